"""What was asked in a gemeente in a period, from three sources: searches, zoekvragen, and
deelnames that were asked for. Only how many; who asked stays where it is."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Sum

from aanbod.models import Zoekopdracht, Zoekwoord
from aanbod.models.telling import MEER
from aanbod.sessies import BRUSSELS
from bewijzen.models import Deelname, Zoekvraag
from gemeenten.acting import System, acting_as

FOUND, EMPTY, ZOEKVRAAG, DEELNAME = "gevonden", "leeg", "zoekvraag", "deelname"


class Vraag(NamedTuple):
    """What one question asked for; "" is what was not said, MEER several at once."""

    gemeente: int
    bron: str
    soort: str = ""
    moment: str = ""
    deelgemeente: str = ""
    kinderopvang: str = ""
    taalniveau: str = ""
    kosten: str = ""


def of(gemeenten: Collection[int], first: date, last: date) -> Counter[Vraag]:
    """How often each was asked, from `first` up to and with `last` (days in Brussels)."""
    with acting_as(System("cijfers")):
        return (
            _searches(gemeenten, first, last)
            + _zoekvragen(gemeenten, first, last)
            + _deelnames(gemeenten, first, last)
        )


def words(gemeenten: Collection[int], first: date, last: date) -> Counter[tuple[int, str, bool]]:
    """How often a word of the offer was typed: (gemeente, word, nothing was found)."""
    with acting_as(System("cijfers")):
        rows = Zoekwoord.objects.filter(gemeente__in=gemeenten, day__range=(first, last))
        named = rows.exclude(word="").values_list("gemeente", "word", "empty")
        counted = named.annotate(times=Sum("number")).order_by()
        return Counter({(row[0], row[1], row[2]): row[3] for row in counted})


def waiting(gemeenten: Collection[int]) -> Counter[int]:
    """How many people are on the wachtlijst of each activity now, by page."""
    with acting_as(System("cijfers")):
        rows = Deelname.objects.filter(
            gemeente__in=gemeenten, state=Deelname.State.WACHTLIJST, page__isnull=False
        )
        return Counter(dict(rows.values_list("page").annotate(people=Count("pk")).order_by()))


def _searches(gemeenten: Collection[int], first: date, last: date) -> Counter[Vraag]:
    rows = Zoekopdracht.objects.filter(gemeente__in=gemeenten, day__range=(first, last))
    fields = ["soort", "moment", "deelgemeente__name", "kinderopvang", "taalniveau", "kosten"]
    found: Counter[Vraag] = Counter()
    for gemeente, empty, *said, number in rows.values_list("gemeente", "empty", *fields).annotate(
        times=Sum("number")
    ):
        bron = EMPTY if empty else FOUND
        found[Vraag(gemeente, bron, *(value or "" for value in said))] += number
    return found


def _zoekvragen(gemeenten: Collection[int], first: date, last: date) -> Counter[Vraag]:
    rows = Zoekvraag.objects.filter(gemeente__in=gemeenten, asked_at__range=_moments(first, last))
    fields = ["gemeente", "soorten", "moments", "deelgemeente__name", "children", "taalniveau"]
    return Counter(
        Vraag(
            gemeente,
            ZOEKVRAAG,
            _one(soorten),
            _one(moments),
            deelgemeente or "",
            MEER if children else "",
            taalniveau,
        )
        for gemeente, soorten, moments, deelgemeente, children, taalniveau in rows.values_list(
            *fields
        )
    )


def _deelnames(gemeenten: Collection[int], first: date, last: date) -> Counter[Vraag]:
    """What the activity is that was asked for: its price or level says nothing of a wish."""
    rows = Deelname.objects.filter(
        gemeente__in=gemeenten, created_at__range=_moments(first, last), page__isnull=False
    )
    fields = ["gemeente", "page__soort", "page__zoekregel__moments"]
    return Counter(
        Vraag(gemeente, DEELNAME, soort, _one(moments or []))
        for gemeente, soort, moments in rows.values_list(*fields)
    )


def _one(values: Sequence[str]) -> str:
    return "" if not values else values[0] if len(values) == 1 else MEER


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    start = datetime.combine(first, time(), BRUSSELS)
    return start, datetime.combine(last + timedelta(days=1), time(), BRUSSELS) - timedelta(
        microseconds=1
    )
