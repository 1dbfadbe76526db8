"""Aanbod op maat (R1, R14): up to three plans of one to three activities with real dates that
reach the hours that are still missing, and what stands in the way when there is none.

The search table says which activities are within reach and suit; their dates are added up for
each activity in SQL, and only a short list of them is read date by date.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from heapq import nlargest
from itertools import combinations, islice
from typing import Any, NamedTuple

from django.db import connection

from aanbod.models import ActiviteitPage, Moment, Sessie, Taalniveau
from aanbod.planner_search import MOST, Found, Option, Time, distance, earliest
from aanbod.planner_week import FREE, Week
from aanbod.sessies import AHEAD, BRUSSELS, is_school_holiday
from gemeenten.places import Place

WANTED = 3
STRAAL = 10
#: Kilometres that are tried when the reach stands in the way.
WIDER = (20, 50)
#: Arranging something takes a week.
TO_ARRANGE = timedelta(days=7)
#: Dates are read so far ahead, in eight steps of so many weeks; further only when there are too
#: few plans: twelve months in the end.
STEPS, WEEKS_A_STEP = 8, (1, 3, 7)
#: So many activities are read date by date. With no more within reach, nothing is left out.
SHORTLIST = 20
#: Of these the nearest, so that a plan close to home is among them.
NEAREST = 6


@dataclass(frozen=True)
class Wish:
    """What somebody needs and wants; what is absent asks for everything."""

    place: Place
    #: Kilometres around the place.
    straal: int = STRAAL
    week: Week = FREE
    kinderopvang: tuple[str, ...] = ()
    soort: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    #: The most Dutch that may be wished for (R3: a wish, never a gate).
    taalniveau: str = ""
    #: Only among women; and for a woman: those as well.
    only_women: bool = False
    woman: bool = False
    #: Euro a time at most.
    cost: int | None = None
    ready_by: date | None = None
    #: Minutes that are there already.
    done: int = 0
    target: int = 2400

    @property
    def missing(self) -> int:
        return max(0, self.target - self.done)


class Plan(NamedTuple):
    """`why`: snelst, een (one activity), dichtbij, anders, or bijna (with a wish left out)."""

    found: Found
    why: str


class Obstacle(NamedTuple):
    """The wish or the two wishes that stand in the way, the same without, and what then works."""

    names: tuple[str, ...]
    wish: Wish
    plan: Plan


# -- Asking ----------------------------------------------------------------------------------


def plans(wish: Wish, *, now: datetime, wanted: int = WANTED) -> list[Plan]:
    """Up to `wanted` plans that differ, the first to be ready first; [] when there is none or
    nothing is missing.

    With no more than SHORTLIST activities within reach none is ready before the first plan, unless
    so many clash that `earliest` reaches its BUDGET (never with 14). With more, those that give
    most by the day it could be are weighed, of every time of the week."""
    found: list[Plan] = []
    if not wish.missing:
        return found
    for horizon in _horizons(wish, now):
        found = _varied(_options(wish, horizon, now), wish.missing, wanted)
        if len(found) >= wanted:
            break
    return sorted(found, key=lambda plan: plan.found.day)


def obstacles(wish: Wish, *, now: datetime) -> list[Obstacle]:
    """For a wish without a plan: what to change so that there is one, what asks least first. When
    no single change helps, up to WANTED pairs of changes; empty when no pair helps either."""
    changes = _changes(wish)
    single = [(change,) for change in changes]
    if found := list(_working(wish, single, now)):
        return found
    everything = replace(wish, **{name: to for change in changes for name, to in change.to.items()})
    if _first(everything, now) is None:
        return []
    pairs = [pair for pair in combinations(changes, 2) if pair[0].name != pair[1].name]
    return list(islice(_working(wish, pairs, now), WANTED))


def _working(
    wish: Wish, tries: Iterable[tuple["_Change", ...]], now: datetime
) -> Iterator[Obstacle]:
    """Those after which there is a plan, each set of names once."""
    found = set()
    for tried in tries:
        names = tuple(change.name for change in tried)
        if names in found:
            continue
        relaxed = replace(wish, **{name: to for change in tried for name, to in change.to.items()})
        if first := _first(relaxed, now):
            found.add(names)
            yield Obstacle(names, relaxed, Plan(first, "bijna"))


def _first(wish: Wish, now: datetime) -> Found | None:
    horizons = _horizons(wish, now)
    return earliest(_options(wish, horizons[-1], now), wish.missing) if horizons else None


class _Change(NamedTuple):
    """A wish left out: its name, and the fields of Wish with what they become."""

    name: str
    to: dict[str, Any]


def _changes(wish: Wish) -> list[_Change]:
    """Each wish left out, in the order of what it asks of somebody."""
    wider = [_Change("straal", {"straal": km}) for km in WIDER if km > wish.straal]
    possible = [
        (wish.ready_by, [_Change("klaar", {"ready_by": None})]),
        (wider, wider),
        (wish.soort or wish.thema, [_Change("soort", {"soort": (), "thema": ()})]),
        (wish.cost is not None, [_Change("kosten", {"cost": None})]),
        (wish.taalniveau, [_Change("taalniveau", {"taalniveau": ""})]),
        (wish.only_women, [_Change("voor", {"only_women": False, "woman": True})]),
        (wish.week.taken, [_Change("week", {"week": FREE})]),
        (wish.kinderopvang, [_Change("kinderopvang", {"kinderopvang": ()})]),
    ]
    return [change for asked, changes in possible if asked for change in changes]


def _varied(options: list[Option], missing: int, wanted: int) -> list[Plan]:
    """Plans that share nothing while that can be, and never all the same activities."""
    first = earliest(options, missing)
    if first is None:
        return []
    chosen = [Plan(first, "snelst")]
    for why, pool, most in _pools(options, chosen):
        if len(chosen) >= wanted:
            break
        found = earliest(pool, missing, most=most)
        if found and all(set(found.ids) != set(plan.found.ids) for plan in chosen):
            chosen.append(Plan(found, why))
    return chosen


def _pools(options: list[Option], chosen: list[Plan]) -> Iterator[tuple[str, list[Option], int]]:
    """What the next plan may be made of; reads `chosen` as it grows."""

    def rest() -> list[Option]:
        used = {page_id for plan in chosen for page_id in plan.found.ids}
        return [option for option in options if option.page_id not in used]

    first = chosen[0].found
    if len(first.going) > 1:
        yield "een", rest(), 1
    farthest = max(going.option.km for going in first.going)
    yield "dichtbij", [option for option in rest() if option.km < farthest], MOST
    yield "anders", rest(), MOST
    for page_id in first.ids:
        yield "anders", [option for option in options if option.page_id != page_id], MOST


# -- How far ahead ---------------------------------------------------------------------------


class _Horizon(NamedTuple):
    """Moments up to which minutes are added up, and the last day that may be used."""

    today: date
    marks: list[datetime]
    last_day: date


def _horizons(wish: Wish, now: datetime) -> list[_Horizon]:
    """Ever further ahead; none when the day to be ready by has passed."""
    today = now.astimezone(BRUSSELS).date()
    end = min(wish.ready_by or date.max, today + AHEAD)
    if end < today:
        return []
    found = []
    for weeks in WEEKS_A_STEP:
        last_day = min(end, today + timedelta(weeks=weeks * STEPS))
        days = [min(end, today + timedelta(weeks=weeks * (n + 1))) for n in range(STEPS)]
        found.append(_Horizon(today, [_midnight_after(day) for day in days], last_day))
        if last_day == end:
            break
    return found


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, BRUSSELS)


# -- Reading ---------------------------------------------------------------------------------


class _Row(NamedTuple):
    """An activity with its minutes up to each mark. `slots`: one bit for each part of the week on
    which it is; 0 by agreement."""

    page_id: int
    km: float
    slots: int
    sums: tuple[int, ...]


def _options(wish: Wish, horizon: _Horizon, now: datetime) -> list[Option]:
    rows = _sums(wish, horizon, now)
    ids = _shortlist(rows, wish.missing)
    return _read(wish, ids, {row.page_id: row.km for row in rows}, horizon, now) if ids else []


def _shortlist(rows: list[_Row], missing: int) -> list[int]:
    """The activities that matter for being ready first: those that give most up to the first mark
    at which it could be enough, the best of every part of the week first, because those do not
    clash; and some that are nearest."""
    if len(rows) <= SHORTLIST:
        return [row.page_id for row in rows]

    def together(mark: int) -> int:
        return sum(nlargest(MOST, [row.sums[mark] for row in rows]))

    mark = min(bisect_left(range(STEPS), missing, key=together), STEPS - 1)
    ranked = sorted(
        (row for row in rows if row.sums[mark]),
        key=lambda row: (-row.sums[mark], row.km, row.page_id),
    )
    rank: dict[int, int] = {}
    placed = []
    for row in ranked:
        placed.append((rank.get(row.slots, 0), -row.sums[mark], row.km, row.page_id))
        rank[row.slots] = rank.get(row.slots, 0) + 1
    chosen = [row.page_id for row in ranked[:MOST]]
    chosen += [page_id for *_rest, page_id in sorted(placed)[: SHORTLIST - NEAREST]]
    chosen += [row.page_id for row in sorted(ranked, key=lambda row: (row.km, row.page_id))]
    return list(dict.fromkeys(chosen))[:SHORTLIST]


def _sums(wish: Wish, horizon: _Horizon, now: datetime) -> list[_Row]:
    """Everything within reach that suits and has a place, with what it gives."""
    reach = _reach(wish)
    dated = [row.page_id for row in reach if row.timing == ActiviteitPage.Timing.MOMENTEN]
    given = _given(dated, wish.week, horizon, now) if dated else {}
    found = (_row(row, given, wish.week, horizon) for row in reach)
    return [row for row in found if row.sums[-1]]


class _Within(NamedTuple):
    page_id: int
    km: float
    timing: str
    minutes_per_time: int | None
    hours_total: int | None
    moments: list[str]


def _reach(wish: Wish) -> list[_Within]:
    where, params = _suits(wish)
    sql = f"""
        SELECT z.page_id, z.lat, z.lon, p.timing, p.minutes_per_time, p.hours_total, p.moments
        FROM aanbod_zoekregel z JOIN aanbod_activiteitpage p ON p.page_ptr_id = z.page_id
        WHERE {where}
    """  # noqa: S608 - our own pieces; values are parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    here = wish.place.lat, wish.place.lon
    reach = (
        _Within(page_id, distance(here, (lat, lon)), *rest) for page_id, lat, lon, *rest in rows
    )
    return [row for row in reach if row.km <= wish.straal]


def _given(
    page_ids: list[int], week: Week, horizon: _Horizon, now: datetime
) -> dict[int, tuple[int, ...]]:
    """(slots, minutes up to each mark) of each activity. By their ids: PostgreSQL cannot tell how
    many are within reach, and would add up the dates anew for each."""
    fits, fit_params = _fits(week)
    sums = ", ".join(
        "coalesce(sum(minutes) FILTER (WHERE van < %s), 0)::int" for _mark in horizon.marks
    )
    sql = f"""
        SELECT page_id,
            bit_or(1 << start / 1440 * 3 + CASE
                WHEN start %% 1440 < 720 THEN 0 WHEN start %% 1440 < 1050 THEN 1 ELSE 2
            END), {sums}
        FROM (
            SELECT s.page_id, s.van, s.moments, {_START} AS start, {_MINUTES} AS minutes
            FROM aanbod_sessie s WHERE s.page_id = ANY(%s) AND {_LIVE} OFFSET 0
        ) AS s WHERE {fits} GROUP BY page_id
    """  # noqa: S608 - OFFSET 0: the clock in Brussels is asked once for each date
    with connection.cursor() as cursor:
        last = horizon.marks[-1]
        cursor.execute(sql, [*horizon.marks, page_ids, now, last, *fit_params])
        return {page_id: tuple(rest) for page_id, *rest in cursor.fetchall()}


def _row(
    within: _Within,
    given: dict[int, tuple[int, ...]],
    week: Week,
    horizon: _Horizon,
) -> _Row:
    slots, sums = 0, (0,) * STEPS
    if within.page_id in given:
        slots, *dated = given[within.page_id]
        sums = tuple(dated)
    elif within.timing == ActiviteitPage.Timing.AFSPRAAK and within.minutes_per_time:
        minutes = within.minutes_per_time
        days = _weekly(week, tuple(within.moments), minutes, horizon.today, horizon.last_day)
        sums = tuple(minutes * bisect_left(days, mark.date()) for mark in horizon.marks)
    if within.hours_total:
        sums = tuple(min(total, within.hours_total * 60) for total in sums)
    return _Row(within.page_id, within.km, slots, sums)


def _read(
    wish: Wish, ids: list[int], km: dict[int, float], horizon: _Horizon, now: datetime
) -> list[Option]:
    """These activities with every date that fits."""
    fits, fit_params = _fits(wish.week)
    sql = f"""
        SELECT z.page_id, z.lat, z.lon, z.title, z.soort, z.cost, z.kinderopvang,
            p.timing, p.minutes_per_time, p.hours_total, p.moments, p.paused_from, p.paused_until,
            s.id, extract(epoch FROM s.van)::bigint / 60, extract(epoch FROM s.tot)::bigint / 60,
            s.day
        FROM aanbod_zoekregel z JOIN aanbod_activiteitpage p ON p.page_ptr_id = z.page_id
        LEFT JOIN (
            SELECT s.*, {_LOCAL}::date AS day, {_START} AS start, {_MINUTES} AS minutes
            FROM aanbod_sessie s WHERE s.page_id = ANY(%s) AND {_LIVE} OFFSET 0
        ) AS s ON s.page_id = z.page_id AND p.timing = 'momenten' AND {fits}
        WHERE z.page_id = ANY(%s)
        ORDER BY z.page_id, s.van, s.id
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids, now, horizon.marks[-1], *fit_params, ids])
        rows = cursor.fetchall()
    pages: dict[int, tuple[Any, ...]] = {row[0]: row for row in rows}
    times: dict[int, list[Time]] = {page_id: [] for page_id in pages}
    for row in rows:
        pk, start, end, day = row[13:]
        if pk is not None:
            times[row[0]].append(Time(day.toordinal(), end - start, start, end, pk))
    return [
        _option(page, times[page_id], km[page_id], wish, horizon) for page_id, page in pages.items()
    ]


def _option(
    row: tuple[Any, ...],
    times: list[Time],
    km: float,
    wish: Wish,
    horizon: _Horizon,
) -> Option:
    page_id, lat, lon, title, soort, cost, kinderopvang, timing, minutes, hours_total = row[:10]
    moments, paused_from, paused_until = row[10:13]
    by_agreement = timing == ActiviteitPage.Timing.AFSPRAAK
    if by_agreement:
        times = [
            Time(day.toordinal(), minutes)
            for day in _weekly(wish.week, tuple(moments), minutes, horizon.today, horizon.last_day)
            if not (paused_from and paused_from <= day <= paused_until)
        ]
    return Option(
        page_id=page_id,
        lat=lat,
        lon=lon,
        times=tuple(times),
        ceiling=hours_total * 60 if hours_total else None,
        by_agreement=by_agreement,
        km=round(km, 2),
        title=title,
        soort=soort,
        cost=float(cost),
        kinderopvang=kinderopvang,
    )


@lru_cache(maxsize=1024)
def _weekly(
    week: Week, moments: tuple[str, ...], minutes: int, today: date, last_day: date
) -> tuple[date, ...]:
    """Once a week by agreement, on the first weekday with room for it, once there was time to
    arrange it."""
    weekday = week.weekday_for(moments, minutes)
    if weekday is None:
        return ()
    day = today + TO_ARRANGE
    day += timedelta(days=(weekday - day.weekday()) % 7)
    only_holidays = bool(moments) and set(moments) <= {Moment.SCHOOLVAKANTIE}
    days = (date.fromordinal(n) for n in range(day.toordinal(), last_day.toordinal() + 1, 7))
    return tuple(day for day in days if not only_holidays or is_school_holiday(day))


# -- Pieces of SQL ---------------------------------------------------------------------------

_LOCAL = "(s.van AT TIME ZONE 'Europe/Brussels')"
#: Minutes since Monday 0.00 by the clock in Brussels; 1 January 1970 was a Thursday.
_START = f"((extract(epoch FROM {_LOCAL})::bigint / 60 + 4320) %% 10080)::int"
_MINUTES = "extract(epoch FROM s.tot - s.van)::int / 60"
_LIVE = f"s.van > %s AND s.van < %s AND s.state <> '{Sessie.State.AFGELAST}'"


def _fits(week: Week) -> tuple[str, list[Any]]:
    """As `Week.fits`: a date lies in what is free of the week, by the clock on the wall."""
    if not week.taken:
        return "true", []
    sql = (
        f"CASE WHEN '{Moment.SCHOOLVAKANTIE}' = ANY(s.moments) THEN %s::int4multirange"
        f" ELSE %s::int4multirange END @> int4range(start, start + minutes)"
    )
    return sql, [_multirange(week.free(holiday=True)), _multirange(week.free(holiday=False))]


def _multirange(stretches: Iterable[tuple[int, int]]) -> str:
    return "{" + ",".join(f"[{low},{high})" for low, high in stretches) + "}"


def _suits(wish: Wish) -> tuple[str, list[Any]]:
    """The wishes that the search table answers."""
    parts = [
        "(z.places_left IS NULL OR z.places_left > 0)",
        # The square around the circle, by the index; the circle itself costs less in Python.
        "earth_box(ll_to_earth(%s, %s), %s) @> z.earth",
    ]
    params: list[Any] = [wish.place.lat, wish.place.lon, wish.straal * 1000]
    if wish.kinderopvang:
        parts.append("z.kinderopvang = ANY(%s)")
        params.append(list(wish.kinderopvang))
    if wish.soort or wish.thema:
        parts.append("(z.soort = ANY(%s) OR z.themas && %s::varchar[])")
        params += [list(wish.soort), list(wish.thema)]
    if wish.taalniveau:
        parts.append("z.taalniveau <= %s")
        params.append(Taalniveau.values.index(wish.taalniveau))
    if wish.cost is not None:
        parts.append("z.cost <= %s")
        params.append(wish.cost)
    if wish.only_women:
        parts.append("z.voor = 'vrouwen'")
    elif not wish.woman:
        parts.append("z.voor <> 'vrouwen'")
    return " AND ".join(parts), params
