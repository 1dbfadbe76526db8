"""Between the values of a record and an activity in memory."""

from decimal import Decimal
from typing import Any

from aanbod.importing import moments
from aanbod.importing.columns import COLUMNS
from aanbod.models import ActiviteitPage, Thema
from gemeenten.models import Deelgemeente

#: Columns that are a field of the page as they are.
FIELDS = {
    "naam": "title",
    "soort": "soort",
    "zin": "summary",
    "tekst": "description",
    "meebrengen": "bring",
    "wanneer": "timing",
    "dagdelen": "moments",
    "minuten": "minutes_per_time",
    "uren": "hours_total",
    "plaats": "place_name",
    "straat": "street",
    "postcode": "postcode",
    "nederlands": "taalniveau",
    "plaatsen": "capacity",
    "prijsuitleg": "cost_note",
    "kinderen": "kinderopvang",
    "rolstoel": "wheelchair",
    "contact": "contact_public",
}
EVERYBODY = "iedereen"
#: Before the id of an activity that began here.
OWN = "veertig:"


def fill(
    page: ActiviteitPage, values: dict[str, Any], deelgemeenten: dict[str, Deelgemeente]
) -> None:
    """Put the values of a record in a page in memory, its organisatie excepted. What the record
    does not speak of stays, and so do the kenmerken: somebody here judges the criteria."""
    for key, name in FIELDS.items():
        if key in values:
            setattr(page, name, values[key])
    if "prijs" in values:
        page.cost = Decimal(values["prijs"])
    if "voor" in values:
        page.voor = "" if values["voor"] == EVERYBODY else values["voor"]
    if "deelgemeente" in values:
        page.deelgemeente = deelgemeenten.get(values["deelgemeente"].casefold())
    if "momenten" in values:
        page.reeksen = [moments.read(text) for text in values["momenten"]]
    if "themas" in values:
        page.themas.set(values["themas"])


def cells_of(page: ActiviteitPage) -> dict[str, str]:
    """An activity as text in our columns, as the export writes it."""
    texts = {column.key: "" for column in COLUMNS}
    for key, name in FIELDS.items():
        texts[key] = _written(getattr(page, name))
    texts |= {
        "id": f"{OWN}{page.translation_key}",
        "prijs": f"{page.cost:.2f}",
        "voor": page.voor or EVERYBODY,
        "deelgemeente": page.deelgemeente.name if page.deelgemeente else "",
        "momenten": "\n".join(moments.write(reeks) for reeks in page.reeksen.all()),
        "themas": ", ".join(_themas(page)),
        "organisatie": page.organisatie.name,
        "kenmerken": ", ".join(sorted(item.tag.slug for item in page.kenmerk_items.all())),
    }
    return texts


def _themas(page: ActiviteitPage) -> list[str]:
    rows = Thema.objects.filter(pk__in=[item.tag_id for item in page.thema_items.all()])
    return sorted(rows.values_list("name", flat=True))


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)
