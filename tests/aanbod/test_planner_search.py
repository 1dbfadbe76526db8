"""Which activities are ready first: against an exhaustive search, and case by case."""

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aanbod import planner_search
from aanbod.planner_search import Option, Time, earliest, travel

DAY = 24 * 60
#: The ordinal of some Monday; days are counted from it.
MONDAY = 739_950
HERENT, LEUVEN = (50.9077, 4.6706), (50.8796, 4.7009)


def at(day: int, hour: float, hours: float = 2) -> Time:
    start = day * DAY + int(hour * 60)
    return Time(MONDAY + day, int(hours * 60), start, start + int(hours * 60))


def activity(page_id, *times, place=HERENT, hours_total=None, **fields):
    ceiling = hours_total * 60 if hours_total else None
    return Option(page_id, *place, tuple(times), ceiling, **fields)


def weekly(page_id, day, hour, *, weeks=30, hours=2.0, **fields):
    times = (at(day + 7 * week, hour, hours) for week in range(weeks))
    return activity(page_id, *times, **fields)


def by_agreement(page_id, *days, hours=2, **fields):
    times = tuple(Time(MONDAY + day, hours * 60) for day in days)
    return activity(page_id, *times, by_agreement=True, **fields)


def ready(found):
    """Day counted from MONDAY, and which activities."""
    return (found.day - MONDAY, set(found.ids)) if found else None


# -- The slow reference ----------------------------------------------------------------------


def exhaustive(options, missing):
    """The earliest day on which any times of any three activities, no two of them clashing, give
    enough; None when none do."""
    sets = chain.from_iterable(combinations(options, size) for size in (1, 2, 3))
    days = [day for chosen in sets if (day := _first_day(chosen, missing)) is not None]
    return min(days, default=None)


def _first_day(chosen, missing):
    times = [(option, time) for option in chosen for time in option.times]
    for day in sorted({time.day for _option, time in times}):
        so_far = [pair for pair in times if pair[1].day <= day]
        picks = chain.from_iterable(combinations(so_far, n) for n in range(len(so_far) + 1))
        if any(_given(pick) >= missing and not _clashes(pick) for pick in picks):
            return day
    return None


def _given(pick):
    total = {}
    for option, time in pick:
        total[option.page_id] = total.get(option.page_id, 0) + time.minutes
    ceilings = {option.page_id: option.ceiling for option, _time in pick}
    return sum(
        minutes if ceilings[pk] is None else min(minutes, ceilings[pk])
        for pk, minutes in total.items()
    )


def _clashes(pick):
    timed = [pair for pair in pick if not pair[0].by_agreement]
    return any(
        one.end + travel(a, b) > other.start and other.end + travel(b, a) > one.start
        for (a, one), (b, other) in combinations(timed, 2)
    )


@st.composite
def offers(draw):
    """Few activities with times so close that they often clash."""
    options = []
    for page_id in range(draw(st.integers(1, 4))):
        loose = draw(st.integers(0, 3)) == 0
        count = draw(st.integers(0, 3))
        slots = draw(st.lists(st.integers(0, 30), min_size=count, max_size=count))
        times = [at(slot // 4, 9 + 2 * (slot % 4), draw(st.integers(1, 4))) for slot in slots]
        times = sorted(Time(t.day, t.minutes) if loose else t for t in times)
        options.append(
            activity(
                page_id,
                *times,
                place=draw(st.sampled_from([HERENT, LEUVEN])),
                hours_total=draw(st.sampled_from([None, None, 3, 5])),
                by_agreement=loose,
                km=draw(st.sampled_from([0.0, 3.8])),
            )
        )
    return options


@given(options=offers(), hours=st.integers(1, 12))
@settings(max_examples=400, deadline=None)
def test_never_later_than_an_exhaustive_search(options, hours):
    found = earliest(options, hours * 60)
    assert (found.day if found else None) == exhaustive(options, hours * 60)


@given(options=offers(), hours=st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_a_plan_holds_what_it_says(options, hours):
    found = earliest(options, hours * 60)
    if found is None:
        return
    pick = [(going.option, time) for going in found.going for time in going.times]
    assert not _clashes(pick)
    assert _given(pick) == found.minutes >= hours * 60
    assert max(time.day for _option, time in pick) == found.day
    assert 1 <= len(found.going) <= 3


@given(options=offers(), hours=st.integers(1, 12), data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_rows_does_not_matter(options, hours, data):
    shuffled = data.draw(st.permutations(options))
    assert earliest(shuffled, hours * 60) == earliest(options, hours * 60)


def test_the_reference_sees_what_a_search_without_clashes_would_miss(monkeypatch):
    """The control: without the rule of clashes the answer is too early, and this is noticed."""
    options = [weekly(1, 1, 19, weeks=4), weekly(2, 1, 20, weeks=4)]
    assert ready(earliest(options, 8 * 60))[0] == exhaustive(options, 8 * 60) - MONDAY == 22
    monkeypatch.setattr(
        planner_search,
        "_through",
        lambda options, timed, away: [[(place, time) for _start, _end, place, time in timed]],
    )
    assert ready(earliest(options, 8 * 60))[0] == 8


# -- Case by case ----------------------------------------------------------------------------

TUESDAY, THURSDAY, SATURDAY = 1, 3, 5


@pytest.mark.parametrize(
    ("sentence", "options", "hours", "expected"),
    [
        ("two hours every Tuesday: forty hours take twenty weeks",
         [weekly(1, TUESDAY, 19)], 40, (TUESDAY + 19 * 7, {1})),
        ("two activities are ready in half the time",
         [weekly(1, TUESDAY, 19), weekly(2, SATURDAY, 10)], 40, (SATURDAY + 9 * 7, {1, 2})),
        ("of four activities the three that give most are taken",
         [weekly(1, 0, 9), weekly(2, 1, 9), weekly(3, 2, 9), weekly(4, 3, 9, hours=1)], 6,
         (2, {1, 2, 3})),
        ("an activity that is not needed is not in the plan",
         [weekly(1, TUESDAY, 19), weekly(2, SATURDAY, 10)], 2, (TUESDAY, {1})),
        ("what is on at the same time counts once",
         [weekly(1, TUESDAY, 19, weeks=2), weekly(2, TUESDAY, 19, weeks=2)], 6, None),
        ("on the same evening one after the other at one place is possible",
         [weekly(1, TUESDAY, 18), weekly(2, TUESDAY, 20)], 4, (TUESDAY, {1, 2})),
        ("at another place the way there takes time",
         [weekly(1, TUESDAY, 18), weekly(2, TUESDAY, 20, place=LEUVEN)], 4,
         (TUESDAY + 7, {1})),
        ("with an hour between there is time to go from Herent to Leuven",
         [weekly(1, TUESDAY, 18), weekly(2, TUESDAY, 21, place=LEUVEN)], 4, (TUESDAY, {1, 2})),
        ("an activity gives no more than its ceiling",
         [weekly(1, TUESDAY, 19, hours_total=6)], 8, None),
        ("the rest comes from another",
         [weekly(1, TUESDAY, 19, hours_total=2), weekly(2, SATURDAY, 10)], 6,
         (SATURDAY + 7, {1, 2})),
        ("two short times are better than the long one they clash with",
         [activity(1, at(1, 9, 4)), activity(2, at(1, 8, 3)), activity(3, at(1, 11, 3))], 6,
         (1, {2, 3})),
        ("what is by agreement is fitted in beside anything",
         [weekly(1, TUESDAY, 19), by_agreement(2, 1, 8, 15)], 4, (TUESDAY, {1, 2})),
        ("a night that crosses midnight belongs to the day it starts",
         [activity(1, at(4, 22, 4))], 4, (4, {1})),
        ("and clashes with what comes after midnight",
         [activity(1, at(4, 22, 4)), activity(2, at(5, 1, 3))], 7, None),
        ("nothing on, nothing planned", [], 1, None),
    ],
)  # fmt: skip
def test_cases(sentence, options, hours, expected):
    assert ready(earliest(options, hours * 60)) == expected
    slow = exhaustive([replace(o, times=o.times[:3]) for o in options], hours * 60)
    if slow is not None:
        assert earliest(options, hours * 60).day <= slow


def test_of_equals_the_nearest_is_chosen_then_the_cheapest():
    far, near = weekly(1, 1, 19, km=5.0), weekly(2, 1, 19, km=1.0)
    dear = weekly(3, 1, 19, km=1.0, cost=4.0)
    assert earliest([far, dear, near], 120).ids == (2,)


def test_a_detour_is_never_shorter():
    """So it is enough that neighbours in time do not clash."""
    a, b, c = (activity(n, place=(50.9 + n / 50, 4.6 + n * n / 90)) for n in range(3))
    assert travel(a, c) <= travel(a, b) + travel(b, c)


@example(count=40)
@given(count=st.integers(14, 40))
@settings(max_examples=5, deadline=None)
def test_many_that_all_clash_are_still_answered(count):
    options = [weekly(n, 1, 19 + n / 40, weeks=50) for n in range(count)]
    assert ready(earliest(options, 40 * 60))[0] == 1 + 19 * 7
