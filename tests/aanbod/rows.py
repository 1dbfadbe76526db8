"""Many rows of the search table at once, for tests of search: pages without their tree."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value

from aanbod.indexing import CONFIGURATION, bits_of, plain
from aanbod.models import Zoekregel
from gemeenten.models import Gemeente


def make_rows(gemeente: Gemeente, rows: list[dict[str, Any]]) -> None:
    """Rows with these values and plain ones for the rest; `words` is the text to find, `page_id`
    counts from 1."""
    with connection.cursor() as cursor:
        # The rows alone: 2,000 real pages would take longer than everything that is tested.
        cursor.execute("SET LOCAL session_replication_role = replica")
        Zoekregel.objects.bulk_create(
            [make_row(gemeente, number, row) for number, row in enumerate(rows, 1)]
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def make_row(gemeente: Gemeente, number: int, values: dict[str, Any]) -> Zoekregel:
    title = values.get("title", f"Activiteit {number}")
    words = values.get("words", "")
    vector = SearchVector(Value(title), config=CONFIGURATION, weight="A") + SearchVector(
        Value(words), config=CONFIGURATION, weight="B"
    )
    row = Zoekregel(
        **{
            "page_id": number,
            "gemeente": gemeente,
            "title": title,
            "document": vector,
            "heading": vector,
            "fuzzy": plain(f"{title} {words}"),
            "soort": "andere",
            "lat": gemeente.lat,
            "lon": gemeente.lon,
            "taalniveau": 0,
            "cost": 0,
            "published_at": datetime(2026, 1, 1, tzinfo=UTC),
            "cards": {
                "nl": f"<article>{number}</article>",
                "ar": f"<article>{number} ar</article>",
            },
            **{key: value for key, value in values.items() if key != "words"},
        }
    )
    row.bits = bits_of(row)
    return row
