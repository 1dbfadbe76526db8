"""The only writer of the search table: one `Zoekregel` for each activity that can be found. The
ready pages of an activity (`aanbod/ready.py`) are written in the same transaction."""

import re
import unicodedata
from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import Combinable
from django.utils import translation

from aanbod import bits, cards, ready, translations
from aanbod.models import (
    ActiviteitPage,
    Dag,
    Moment,
    Navraag,
    PlacesTaken,
    Sessie,
    Soort,
    Taalniveau,
    Vertaling,
    Zoekregel,
)
from aanbod.sessies import BRUSSELS, day_of
from gemeenten.models import Gemeente

CONFIGURATION = "veertig"
#: Also behind "and", "with" and "so", which are written to it.
ARTICLE = re.compile(r"\b[وبف]?ال(\w{2,})")


def plain(text: str) -> str:
    """Lower case without accents, as `Zoekregel.fuzzy` has it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@transaction.atomic
def index(page: ActiviteitPage, now: datetime) -> None:
    """Write the row of a live activity as it is saved. An activity on fixed moments that has no
    date to come cannot be joined, so it has no row; nor has one by agreement in its pause, until
    `manage.py sessies` runs on the day after it."""
    _lock(page.pk)
    ready.store(page, now=now)
    coming = _coming(page, now)
    on_moments = page.timing == page.Timing.MOMENTEN
    paused = page.is_paused(now.astimezone(BRUSSELS).date())
    if not coming if on_moments else paused:
        Zoekregel.objects.filter(page_id=page.pk).delete()
        return
    row = _row(page, coming)
    row.published_at = page.first_published_at or now
    names = [field.name for field in Zoekregel._meta.fields if not field.primary_key]
    Zoekregel.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["page"], update_fields=names
    )


def remove(page: ActiviteitPage) -> None:
    ready.remove(page.pk)
    Zoekregel.objects.filter(page_id=page.pk).delete()


@transaction.atomic
def set_places_taken(page_id: int, taken: int) -> None:
    """Say how many places of an activity are taken. For bewijzen, in the transaction that fills
    or frees a place; an activity that is gone is no error."""
    found = _lock(page_id)
    if not found:
        return
    PlacesTaken.objects.update_or_create(page_id=page_id, defaults={"number": taken})
    Zoekregel.objects.filter(page_id=page_id).update(places_left=_left(found[0], taken))


def rebuild(*, now: datetime) -> int:
    """Make every row again; the number of rows."""
    for page in ActiviteitPage.objects.live().iterator():
        index(page, now=now)
    Zoekregel.objects.exclude(page__in=ActiviteitPage.objects.live()).delete()
    return Zoekregel.objects.count()


def _lock(page_id: int) -> list[int | None]:
    """[capacity] of a page, or nothing when it is gone. Who publishes and who joins at the same
    time wait for each other here, or the row would keep the older number of places."""
    rows = ActiviteitPage.objects.filter(pk=page_id).select_for_update(no_key=True)
    return list(rows.values_list("capacity", flat=True))


def _coming(page: ActiviteitPage, now: datetime) -> list[tuple[datetime, list[str]]]:
    """Start and moments of every time to come that is not cancelled."""
    rows = Sessie.objects.filter(page=page, van__gt=now).exclude(state=Sessie.State.AFGELAST)
    return list(rows.order_by("van").values_list("van", "moments"))


def _row(page: ActiviteitPage, coming: list[tuple[datetime, list[str]]]) -> Zoekregel:
    gemeente = page.gemeente
    themas = [item.tag for item in page.thema_items.select_related("tag")]
    next_at = coming[0][0] if coming else None
    moments, days = _when(page, coming)
    rows = translations.rows_of(page)
    document, heading = _vectors(page, gemeente, [thema.name for thema in themas], rows)
    row = Zoekregel(
        page_id=page.pk,
        gemeente=gemeente,
        title=page.title,
        document=document,
        heading=heading,
        fuzzy=plain(
            " ".join([page.title, _kind(page), *(thema.name for thema in themas), *_titles(rows)])
        ),
        soort=page.soort,
        lat=page.lat or gemeente.lat,
        lon=page.lon or gemeente.lon,
        moments=moments,
        days=days,
        taalniveau=Taalniveau.values.index(page.taalniveau),
        cost=page.cost,
        kinderopvang=page.kinderopvang,
        voor=page.voor,
        wheelchair=page.wheelchair,
        kenmerken=[item.tag.slug for item in page.kenmerk_items.select_related("tag")],
        themas=[thema.slug for thema in themas],
        next_at=next_at,
        places_left=_left(page.capacity, _taken(page)),
        lowered=Navraag.objects.filter(page_id=page.pk, step=Navraag.Step.LAGER).count(),
        cards=cards.render(page, next_at, rows),
    )
    row.bits = bits_of(row)
    return row


def bits_of(row: Zoekregel) -> int:
    """The bits that belong to the other fields of a row."""
    return bits.of_row(
        soort=row.soort,
        moments=row.moments,
        days=row.days,
        taalniveau=row.taalniveau,
        cost=row.cost,
        kinderopvang=row.kinderopvang,
        voor=row.voor,
        wheelchair=row.wheelchair,
        kenmerken=row.kenmerken,
    )


def _when(
    page: ActiviteitPage, coming: list[tuple[datetime, list[str]]]
) -> tuple[list[str], list[str]]:
    """Moments and weekdays on which the activity can be done. By agreement any weekday can be,
    and so can any moment when the editor ticked none."""
    if page.timing == page.Timing.AFSPRAAK:
        return list(page.moments or Moment.values), list(Dag.values)
    moments = {moment for _van, found in coming for moment in found}
    days = {day_of(van) for van, _found in coming}
    return [m for m in Moment.values if m in moments], [d for d in Dag.values if d in days]


def _words(row: Vertaling) -> str:
    """Arabic words with an article stand in it without as well: nobody types it."""
    text = " ".join(getattr(row, name) for name in translations.FIELDS)
    return " ".join([text, *ARTICLE.findall(text)])


def _titles(rows: dict[str, Vertaling]) -> list[str]:
    return [row.title for row in rows.values()]


def _kind(page: ActiviteitPage) -> str:
    with translation.override("nl"):
        return str(Soort(page.soort).label)


def _vectors(
    page: ActiviteitPage, gemeente: Gemeente, themas: list[str], rows: dict[str, Vertaling]
) -> tuple[Combinable, Combinable]:
    """Every word of it, and those that say what it is."""
    place = page.deelgemeente.name if page.deelgemeente else ""
    parts = {
        "A": [page.title],
        "B": [_kind(page), page.summary, *themas],
        "C": [page.organisatie.name, page.place_name, place, gemeente.name],
        # In the Dutch configuration too: a question is asked once, in that one, and what the
        # stemmer makes of another language it makes of the question as well.
        "D": [page.description, *(_words(row) for row in rows.values())],
    }
    vectors = [
        SearchVector(Value(" ".join(words)), config=CONFIGURATION, weight=weight)
        for weight, words in parts.items()
    ]
    heading = vectors[0] + vectors[1]
    return heading + vectors[2] + vectors[3], heading


def _taken(page: ActiviteitPage) -> int:
    row = PlacesTaken.objects.filter(page_id=page.pk).first()
    return row.number if row else 0


def _left(capacity: int | None, taken: int) -> int | None:
    return None if capacity is None else max(0, capacity - taken)
