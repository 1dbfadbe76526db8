"""A hundred thousand rows in the search table, and the same rows in tantivy (F1).

The rows have no pages behind them: what is measured is finding. They are made from the rows of
the demo, with words and places of their own.
"""

import json
import random
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Any

from django.db import connection
from django.utils import timezone

from aanbod import bits
from aanbod.indexing import CONFIGURATION, plain
from aanbod.models import Dag, Kinderopvang, Moment, Soort
from gemeenten.models import Deelgemeente

FIRST = 10_000_000
TEXT = """
samen wandelen koken praten tuin fiets naaien voetbal zwemmen dansen muziek zingen
lezen kinderen ouders buren koffie taal oefenen computer herstellen bos markt keuken
brood soep tafel spelen schaken kaarten boek bibliotheek museum theater film foto
schilderen klei hout verf breien haken dieren hond paard boerderij water zee
berg sneeuw trein bus school huis feest groep club ploeg vrienden wijk
straat plein park zaal kerk sporthal oefening les gesprek verhaal brief telefoon
winkel kleren tweedehands rommelmarkt vrijwilliger rusthuis ouderen bezoek spel
gezelschap avondmaal ontbijt picknick barbecue quiz optreden koor
"""
#: Four thousand words, used as often as words are: the second half as often as the first (Zipf).
WORDS = TEXT.split() + [one + two for one in TEXT.split()[:62] for two in TEXT.split()[30:93]]
OFTEN = list(accumulate(1 / (rank + 10) for rank in range(len(WORDS))))


@dataclass(frozen=True)
class Item:
    pk: int
    title: str
    text: str
    soort: str
    lat: float
    lon: float
    moments: list[str]


def items(number: int) -> list[Item]:
    chance = random.Random(40)
    towns = list(Deelgemeente.objects.order_by("pk").values_list("lat", "lon"))
    found = []
    for position in range(number):
        lat, lon = chance.choice(towns)
        words = chance.choices(WORDS, cum_weights=OFTEN, k=4)
        found.append(
            Item(
                FIRST + position,
                " ".join(words).capitalize(),
                " ".join(chance.choices(WORDS, cum_weights=OFTEN, k=40)),
                chance.choice(Soort.values),
                lat + chance.uniform(-0.02, 0.02),
                lon + chance.uniform(-0.02, 0.02),
                chance.sample(Moment.values, 2),
            )
        )
    return found


def load(rows: list[Item]) -> None:
    """Into the search table, without their pages."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM aanbod_zoekregel WHERE page_id >= %s", [FIRST])
        cursor.execute("SELECT * FROM aanbod_zoekregel ORDER BY page_id LIMIT 1")
        names = [column.name for column in cursor.description]
        model = dict(zip(names, cursor.fetchone(), strict=True))
        del model["earth"]  # which the database works out itself
    chance = random.Random(41)
    now = timezone.now()
    columns = list(model)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no page behind these rows
        cursor.execute("CREATE TEMP TABLE new (LIKE aanbod_zoekregel)")
        cursor.execute("ALTER TABLE new ALTER document DROP NOT NULL, ALTER heading DROP NOT NULL")
        cursor.execute("ALTER TABLE new ADD COLUMN a text, ADD COLUMN d text")
        names = [name for name in columns if name not in ("document", "heading")]
        types = _types(cursor, names)
        with cursor.copy(f"COPY new ({', '.join(names)}, a, d) FROM STDIN") as copy:
            copy.set_types(types)
            for item in rows:
                values = [_value(item, name, model, chance, now) for name in names]
                copy.write_row([*values, item.title, item.text])
        cursor.execute(
            f"UPDATE new SET document = setweight(to_tsvector('{CONFIGURATION}', a), 'A')"
            f" || setweight(to_tsvector('{CONFIGURATION}', d), 'D'),"
            f" heading = setweight(to_tsvector('{CONFIGURATION}', a), 'A')"
        )
        indexes = _without_indexes(cursor)
        cursor.execute(
            f"INSERT INTO aanbod_zoekregel ({', '.join(columns)}) "
            f"SELECT {', '.join(columns)} FROM new"
        )
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("DROP TABLE new")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE aanbod_zoekregel")


def _without_indexes(cursor: Any) -> list[str]:
    """Take the indexes away, which is quicker than filling them row by row; how to make them."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'aanbod_zoekregel' "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _types(cursor: Any, names: list[str]) -> list[str]:
    cursor.execute(
        "SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a "
        "WHERE a.attrelid = 'aanbod_zoekregel'::regclass AND a.attnum > 0 AND NOT a.attisdropped"
    )
    known = dict(cursor.fetchall())
    short = {
        "character varying": "varchar",
        "character varying[]": "varchar[]",
        "double precision": "float8",
        "timestamp with time zone": "timestamptz",
        "smallint": "int2",
        "bigint": "int8",
        "integer": "int4",
        "boolean": "bool",
    }
    return [short.get(known[name], known[name]) for name in names] + ["text", "text"]


def _value(item: Item, name: str, model: dict[str, Any], chance: random.Random, now: Any) -> Any:
    days, level, cost = [Dag.values[item.pk % 7]], item.pk % 4, item.pk % 3 * 4
    children = ["", "", *Kinderopvang.values][item.pk % 4]
    made = {
        "page_id": item.pk,
        "title": item.title,
        "fuzzy": plain(item.title),
        "soort": item.soort,
        "lat": item.lat,
        "lon": item.lon,
        "moments": item.moments,
        "days": days,
        "taalniveau": level,
        "cost": cost,
        "kinderopvang": children,
        "bits": bits.of_row(
            soort=item.soort,
            moments=item.moments,
            days=days,
            taalniveau=level,
            cost=cost,
            kinderopvang=children,
            voor="",
            wheelchair=False,
            kenmerken=model["kenmerken"],
        ),
        "next_at": now + timedelta(minutes=chance.randrange(60 * 24 * 60)),
    }
    value = made.get(name, model[name])
    return value if name != "cards" or isinstance(value, str) else json.dumps(value)


def remove() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM aanbod_zoekregel WHERE page_id >= %s", [FIRST])
        cursor.execute("VACUUM ANALYZE aanbod_zoekregel")


@dataclass(frozen=True)
class Ask:
    """One of the two hundred questions: words, a kind or none, and where."""

    words: str
    soort: str
    lat: float
    lon: float
    place: str


def asks(number: int = 200) -> list[Ask]:
    chance = random.Random(42)
    towns = list(Deelgemeente.objects.order_by("pk").values_list("lat", "lon", "name"))
    found = []
    for position in range(number):
        lat, lon, name = chance.choice(towns)
        words = chance.choices(WORDS, cum_weights=OFTEN, k=1 + position % 2)
        soort = chance.choice(Soort.values) if position % 3 == 0 else ""
        found.append(Ask(" ".join(words), soort, lat, lon, name))
    return found


#: Degrees north and east that are about 25 km here.
NORTH, EAST = 0.225, 0.357
FACETS = ["soort", "moments", "level", "cost", "children"]


class Tantivy:
    """F1: the same rows in a search library, in this process. One search asks as ours does: the
    words, a kind or none, 25 km around; the best twenty, the total, and counts of five facets."""

    def __init__(self, rows: list[Item]) -> None:
        import tantivy

        self.tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=False)
        builder.add_text_field("text", stored=False)
        for name in FACETS:
            builder.add_text_field(name, stored=False, tokenizer_name="raw", fast=True)
        builder.add_unsigned_field("pk", stored=True)
        builder.add_float_field("lat", indexed=True, fast=True)
        builder.add_float_field("lon", indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        writer = self.index.writer(64_000_000)
        for row in rows:
            writer.add_document(
                tantivy.Document(
                    title=row.title.lower(),
                    text=row.text,
                    soort=row.soort,
                    moments=row.moments,
                    level=str(row.pk % 4),
                    cost=str(row.pk % 3),
                    children=str(row.pk % 4),
                    pk=row.pk,
                    lat=row.lat,
                    lon=row.lon,
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.counts = {name: {"terms": {"field": name, "size": 20}} for name in FACETS}

    def search(self, ask: Ask) -> tuple[list[int], object]:
        t = self.tantivy
        parts = [(t.Occur.Must, self.index.parse_query(ask.words, ["title", "text"]))]
        if ask.soort:
            parts.append((t.Occur.Must, t.Query.term_query(self.schema, "soort", ask.soort)))
        for name, middle, half in (("lat", ask.lat, NORTH), ("lon", ask.lon, EAST)):
            kind = t.FieldType.Float
            box = t.Query.range_query(self.schema, name, kind, middle - half, middle + half)
            parts.append((t.Occur.Must, box))
        query = t.Query.boolean_query(parts)
        found = self.searcher.search(query, 20, count=True)
        counts = self.searcher.aggregate(query, self.counts)
        return [self.searcher.doc(address)["pk"][0] for _score, address in found.hits], counts
