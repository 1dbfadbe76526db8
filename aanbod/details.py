"""What a reader wants to know of one activity, put together from its fields and its dates."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from aanbod import sessies
from aanbod.cards import Effort, effort
from aanbod.models import ActiviteitPage, Kenmerk, Moment, Reeks, Sessie

SHOWN_DATES = 4


@dataclass(frozen=True)
class Time:
    """One dated occurrence (UTC)."""

    van: datetime
    tot: datetime
    cancelled: bool = False
    moved: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Details:
    times: list[Time]
    series: list[Reeks]
    moments: list[Moment]
    effort: Effort
    kenmerken: list[Kenmerk]
    places_left: int | None
    #: The pause is now or still to come.
    pause: bool


def of(page: ActiviteitPage, *, now: datetime) -> Details:
    """Works for a preview as well, of a page that was never saved."""
    return Details(
        times=_times(page, now),
        series=list(page.reeksen.all()) if page.timing == page.Timing.MOMENTEN else [],
        moments=[Moment(value) for value in page.moments],
        effort=effort(page),
        kenmerken=sorted((item.tag for item in page.kenmerk_items.all()), key=lambda k: k.order),
        places_left=_places_left(page),
        pause=bool(page.paused_until and page.paused_until >= _day(now)),
    )


def _times(page: ActiviteitPage, now: datetime) -> list[Time]:
    """The first dates to come, cancelled ones among them: somebody may be on their way."""
    if page.pk and page.live:
        rows = Sessie.objects.filter(page=page, tot__gt=now).order_by("van")[:SHOWN_DATES]
        return [_time(row) for row in rows]
    today = _day(now)
    planned = sessies.planned(page, from_day=today, until_day=today + sessies.AHEAD)
    return [Time(van, tot) for van, tot in islice(planned.items(), SHOWN_DATES)]


def _time(row: Sessie) -> Time:
    return Time(
        row.van,
        row.tot,
        cancelled=row.state == Sessie.State.AFGELAST,
        moved=row.state == Sessie.State.VERPLAATST,
        reason=row.reason,
    )


def _day(now: datetime) -> date:
    return now.astimezone(sessies.BRUSSELS).date()


def _places_left(page: ActiviteitPage) -> int | None:
    if page.capacity is None:
        return None
    taken = getattr(page, "places_taken", None) if page.pk else None
    return max(0, page.capacity - (taken.number if taken else 0))
