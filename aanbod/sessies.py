"""When an activity is on: dates by rule, and the `Sessie` rows made of them.

All rules are in Brussels clock time: "dinsdag 19.30" stays 19.30 when the clock changes. Public
holidays are not skipped, because plenty goes on then; an editor cancels a date that does not.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from dateutil import rrule
from dateutil.relativedelta import relativedelta

from aanbod.models import ActiviteitPage, Dag, Frequentie, Moment, Reeks, Sessie

BRUSSELS = ZoneInfo("Europe/Brussels")
AHEAD = relativedelta(months=12)
NOON, EVENING = time(12), time(17, 30)
SATURDAY = 5

_STEP_DAYS = {Frequentie.WEKELIJKS: 7, Frequentie.TWEEWEKELIJKS: 14}


@lru_cache(maxsize=16)
def _school_holidays(year: int) -> frozenset[date]:
    found = holidays.country_holidays(
        "BE", subdiv="Flemish", categories=("school",), years=year, expand=False
    )
    return frozenset(found)


def is_school_holiday(day: date) -> bool:
    """In a Flemish school holiday, single days off included. The package `holidays` follows the
    rules of the decree from 2010 to 2100; outside of those years no day counts as one."""
    return day in _school_holidays(day.year)


def moments_of(van: datetime) -> list[str]:
    """The moments (model.md) of something that starts at `van`: morning before 12.00, afternoon
    before 17.30, evening after that, and weekend and school holiday beside it."""
    local = van.astimezone(BRUSSELS)
    if local.time() < NOON:
        moments = [Moment.OCHTEND]
    elif local.time() < EVENING:
        moments = [Moment.NAMIDDAG]
    else:
        moments = [Moment.AVOND]
    if local.weekday() >= SATURDAY:
        moments.append(Moment.WEEKEND)
    if is_school_holiday(local.date()):
        moments.append(Moment.SCHOOLVAKANTIE)
    return [moment.value for moment in moments]


def day_of(van: datetime) -> str:
    """The weekday (model.md: dag) on which something that starts at `van` is on."""
    return Dag.values[van.astimezone(BRUSSELS).weekday()]


def dates(reeks: Reeks, *, from_day: date, until_day: date) -> Iterator[tuple[datetime, datetime]]:
    """Start and end (in UTC) of each time that begins on a day in Brussels from `from_day` to
    `until_day`, both included, in order.

    An end at or before the start is on the next day. Monthly is the same weekday of the month
    ("the second Tuesday"); a series that starts on a fifth one takes the last of each month.
    """
    until = min(until_day, reeks.last_day or until_day)
    if until < from_day:
        return
    rule = _rule(reeks, from_day)
    for start in rule.between(_midnight(from_day), datetime.combine(until, time.max), inc=True):
        holiday = is_school_holiday(start.date())
        if (holiday and reeks.skip_school_holidays) or (not holiday and reeks.only_school_holidays):
            continue
        yield block(start.date(), reeks.start, reeks.end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _rule(reeks: Reeks, from_day: date) -> rrule.rrule:
    first = _midnight(reeks.first_day)
    if reeks.frequency == Frequentie.EENMALIG:
        return rrule.rrule(rrule.DAILY, dtstart=first, count=1)
    if reeks.frequency == Frequentie.MAANDELIJKS:
        return rrule.rrule(rrule.MONTHLY, dtstart=first, byweekday=_nth_weekday(reeks.first_day))
    step = _STEP_DAYS[Frequentie(reeks.frequency)]
    # Start near the days asked for: a series may be decades old.
    passed = max(0, (from_day - reeks.first_day).days // step)
    return rrule.rrule(rrule.DAILY, interval=step, dtstart=first + timedelta(step * passed))


def _nth_weekday(day: date) -> rrule.weekday:
    nth = (day.day - 1) // 7 + 1
    return rrule.weekday(day.weekday(), nth if nth < 5 else -1)


def block(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Start and end (in UTC) of what is on from `start` to `end`, in Brussels clock time."""
    last = day if end > start else day + timedelta(days=1)
    # In UTC, because Python finds clock times that a change makes unclear equal to nothing.
    van = datetime.combine(day, start, BRUSSELS).astimezone(UTC)
    tot = datetime.combine(last, end, BRUSSELS).astimezone(UTC)
    if tot <= van:  # it starts in the hour that spring takes away: keep its length
        tot = van + (datetime.combine(last, end) - datetime.combine(day, start))
    return van, tot


def planned(page: ActiviteitPage, *, from_day: date, until_day: date) -> dict[datetime, datetime]:
    """End by start of every time that the series of `page` give, as it is in memory, outside of
    its pause; none for an activity by agreement."""
    if page.timing != page.Timing.MOMENTEN:
        return {}
    found: dict[datetime, datetime] = {}
    for reeks in page.reeksen.all():
        for van, tot in dates(reeks, from_day=from_day, until_day=until_day):
            if not page.is_paused(van.astimezone(BRUSSELS).date()):
                found[van] = max(tot, found.get(van, tot))
    return dict(sorted(found.items()))


def refresh(page: ActiviteitPage, *, now: datetime) -> None:
    """Make the `Sessie` rows of `page` for twelve months ahead, today included.

    Rows that the rule still gives stay the same rows. Rows that it no longer gives go when they
    lie ahead; what is past stays, and so does whatever somebody cancelled, moved or added.
    """
    today = now.astimezone(BRUSSELS).date()
    wanted = planned(page, from_day=today, until_day=today + AHEAD)
    ahead = Sessie.objects.filter(page=page, state=Sessie.State.GEPLAND, by_rule__gt=now)
    ahead.exclude(by_rule__in=wanted).delete()
    have = {row.by_rule: row for row in Sessie.objects.filter(page=page, by_rule__in=wanted)}
    changed = []
    for van, tot in wanted.items():
        row = have.get(van)
        if row and row.state == Sessie.State.GEPLAND and row.tot != tot and van > now:
            row.tot = tot
            changed.append(row)
    Sessie.objects.bulk_update(changed, ["tot"])
    Sessie.objects.bulk_create(
        [
            Sessie(page=page, van=van, tot=tot, by_rule=van, moments=moments_of(van))
            for van, tot in wanted.items()
            if van not in have
        ],
        ignore_conflicts=True,
    )
