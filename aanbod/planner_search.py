"""Which one to three activities reach the missing minutes first. Without database or language.

A set of activities gives real times. Two times clash when one cannot be at the second in time
after the first; from clashing times the best are chosen. What is by agreement has a day and no
clock times: those who agree choose an hour that suits, so it clashes with nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import cos, hypot, radians
from typing import NamedTuple

#: On the way from one place to another: so many minutes to leave and arrive, and so many for each
#: kilometre as the crow flies (a bus or a bicycle). Nothing at the same place. A detour is never
#: shorter by this rule, so neighbours in time that do not clash suffice.
LEAVE_AND_ARRIVE = 10
MINUTES_PER_KM = 5
KM_PER_DEGREE = 111.2
#: Activities in one plan.
MOST = 3
#: So many sets are weighed exactly; more than there are sets of three out of 14 activities. Where
#: no times clash the first one weighed is the answer.
BUDGET = 500
#: So many ways through clashing times are kept where activities give a limited number of hours.
WAYS = 150


class Time(NamedTuple):
    """One time to go. `day` is the ordinal of the day it starts on in Brussels; `start` and `end`
    are minutes since 1970 in UTC, or 0 by agreement."""

    day: int
    minutes: int
    start: int = 0
    end: int = 0
    pk: int = 0


@dataclass(frozen=True)
class Option:
    """An activity with every time to come that fits, in order of day and start."""

    page_id: int
    lat: float
    lon: float
    times: tuple[Time, ...]
    #: Minutes it gives in total at most (hours_total); None: no ceiling.
    ceiling: int | None = None
    by_agreement: bool = False
    #: Kilometres from home.
    km: float = 0.0
    title: str = ""
    soort: str = ""
    cost: float = 0.0
    kinderopvang: str = ""


class Going(NamedTuple):
    option: Option
    times: tuple[Time, ...]

    @property
    def minutes(self) -> int:
        """What it gives; the ceiling holds."""
        total = sum(time.minutes for time in self.times)
        return total if self.option.ceiling is None else min(total, self.option.ceiling)


@dataclass(frozen=True)
class Found:
    """Activities with the times that reach the missing minutes on `day` and not before."""

    going: tuple[Going, ...]
    day: int

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(going.option.page_id for going in self.going)

    @property
    def minutes(self) -> int:
        return sum(going.minutes for going in self.going)


def travel(one: Option, other: Option) -> int:
    """Minutes from one activity to the other."""
    if (one.lat, one.lon) == (other.lat, other.lon):
        return 0
    km = distance((one.lat, one.lon), (other.lat, other.lon))
    return LEAVE_AND_ARRIVE + int(MINUTES_PER_KM * km)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points in degrees, as if Flanders were flat: to a metre or ten."""
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return KM_PER_DEGREE * hypot(one[0] - other[0], east)


# -- One set ---------------------------------------------------------------------------------


def finish(options: Sequence[Option], missing: int) -> Found | None:
    """The earliest day on which these activities together have given `missing` minutes, with the
    times to go to; None when they never do."""
    timed = sorted(
        (time.start, time.end, place, time)
        for place, option in enumerate(options)
        if not option.by_agreement
        for time in option.times
    )
    away = [[travel(one, other) for other in options] for one in options]
    clash = any(
        before[1] + away[before[2]][after[2]] > after[0] for before, after in pairwise(timed)
    )
    loose = [
        (place, time)
        for place, option in enumerate(options)
        if option.by_agreement
        for time in option.times
    ]
    if clash:
        ways = _through(options, timed, away)
    else:
        ways = [[(place, time) for _start, _end, place, time in timed]]
    best: Found | None = None
    for way in ways:
        found = _count(options, [*way, *loose], missing)
        if found and (best is None or found.day < best.day):
            best = found
    return best


def _count(
    options: Sequence[Option], going: Iterable[tuple[int, Time]], missing: int
) -> Found | None:
    """Go to all of it in order until it is enough; not to what its ceiling no longer counts."""
    given = [0] * len(options)
    went: list[list[Time]] = [[] for _option in options]
    total = 0
    for place, time in sorted(going, key=lambda pair: (pair[1].day, pair[1].start, pair[0])):
        ceiling = options[place].ceiling
        more = time.minutes if ceiling is None else min(time.minutes, ceiling - given[place])
        if more <= 0:
            continue
        went[place].append(time)
        given[place] += more
        total += more
        if total >= missing:
            chosen = [
                Going(option, tuple(times))
                for option, times in zip(options, went, strict=True)
                if times
            ]
            return Found(tuple(chosen), time.day)
    return None


class _Way(NamedTuple):
    """Minutes given: first of all activities without a ceiling, then of each that has one."""

    given: tuple[int, ...]
    before: "_Way | None"
    place: int
    time: Time | None


def _through(
    options: Sequence[Option],
    timed: list[tuple[int, int, int, Time]],
    away: list[list[int]],
) -> list[list[tuple[int, Time]]]:
    """The ways through clashing times that may be best on some day: for each last time the
    most minutes before it that leave one on time for it."""
    limits = [option.ceiling for option in options]
    slot, count = [], 1
    for limit in limits:
        slot.append(0 if limit is None else count)
        count += limit is not None
    # For each place the ends of its times in order, and the best ways up to each.
    ends: list[list[int]] = [[] for _option in options]
    fronts: list[list[list[_Way]]] = [[] for _option in options]
    nothing = _Way((0,) * count, None, 0, None)
    ways: list[_Way] = []
    for start, end, place, time in sorted(timed, key=lambda row: (row[1], row[0], row[2])):
        earlier = [nothing]
        for other, ending in enumerate(ends):
            index = bisect_right(ending, start - away[other][place])
            if index:
                earlier = [*earlier, *fronts[other][index - 1]]
        arrived = [_step(way, place, time, slot[place], limits[place]) for way in _best(earlier)]
        ways += arrived
        so_far = fronts[place][-1] if fronts[place] else []
        ends[place].append(end)
        fronts[place].append(_best([*so_far, *arrived]))
    return [_walked(way) for way in _worth(ways)]


def _step(way: _Way, place: int, time: Time, slot: int, limit: int | None) -> _Way:
    given = list(way.given)
    given[slot] += time.minutes
    if limit is not None:
        given[slot] = min(given[slot], limit)
    return _Way(tuple(given), way, place, time)


def _best(ways: list[_Way]) -> list[_Way]:
    """Without those that another equals or beats in every number."""
    if len(ways) < 2:
        return ways
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda way: (-sum(way.given), way.given)):
        if not any(all(a >= b for a, b in zip(k.given, way.given, strict=True)) for k in kept):
            kept.append(way)
        if len(kept) == WAYS:
            break
    return kept


def _worth(ways: list[_Way]) -> list[_Way]:
    """For each day on which the most minutes grow, the way that brings them. By agreement adds
    the same on every way, so nothing else matters."""
    kept, most = [], 0
    for way in sorted(ways, key=lambda way: (way.time.day, -sum(way.given))):  # type: ignore[union-attr]
        if sum(way.given) > most:
            most = sum(way.given)
            kept.append(way)
    return kept


def _walked(way: _Way | None) -> list[tuple[int, Time]]:
    found = []
    while way is not None and way.time is not None:
        found.append((way.place, way.time))
        way = way.before
    return found[::-1]


# -- All sets --------------------------------------------------------------------------------


def earliest(options: Iterable[Option], missing: int, *, most: int = MOST) -> Found | None:
    """The set of at most `most` activities that is ready first; None when none ever is.

    Of sets that are ready on the same day the smallest, then what stands first: nearest, cheapest.
    The order of `options` does not matter. No set is ready before its minutes without any clash
    would be enough; sets are weighed in the order of that bound until it passes the best day
    found. So the answer is exact as long as no more than BUDGET sets have to be weighed.
    """
    ordered = sorted(options, key=lambda row: (row.km, row.cost, row.page_id))
    best: Found | None = None
    for day, chosen in _bounds(ordered, missing, most)[:BUDGET]:
        if best is not None and best.day <= day:
            break
        found = finish([ordered[place] for place in chosen], missing)
        if found and (best is None or found.day < best.day):
            best = found
    return best


def _bounds(options: list[Option], missing: int, most: int) -> list[tuple[int, tuple[int, ...]]]:
    """(day on which it would be enough without a clash, places) of every set, the earliest first
    and then the smallest; sets that are never enough are left out."""
    days, sums = _without_clash(options)
    places, last = range(len(days)), [row[-1] if row else 0 for row in sums]
    found: list[tuple[int, tuple[int, ...]]] = []
    for size in range(1, most + 1):
        for chosen in combinations(range(len(options)), size):
            if sum([last[place] for place in chosen]) < missing:
                continue
            rows = [sums[place] for place in chosen]
            index = bisect_left(places, missing, key=lambda at: sum([row[at] for row in rows]))
            found.append((days[index], chosen))
    return sorted(found, key=lambda bound: bound[0])


def _without_clash(options: list[Option]) -> tuple[list[int], list[list[int]]]:
    """All days on which something is on, and for each activity its minutes up to each of them."""
    days = sorted({time.day for option in options for time in option.times})
    sums = []
    for option in options:
        on: dict[int, int] = {}
        for time in option.times:
            on[time.day] = on.get(time.day, 0) + time.minutes
        total, row = 0, []
        for day in days:
            total += on.get(day, 0)
            row.append(total if option.ceiling is None else min(total, option.ceiling))
        sums.append(row)
    return days, sums
