"""Time: the Brussels day, midnight, both clock changes, 24 hours, and what cannot have been lived.

Each bound is tried twice where the database holds it as well: through the rule, and in the
database itself with the rule out of the way.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bewijzen import ledger
from bewijzen.ledger import Block
from bewijzen.models import Bevestiging
from tests.bewijzen.cast import make_deelname
from tests.bewijzen.grootboek import (
    DAY,
    NOW,
    brussels,
    confirm,
    evening,
    lines,
    projection,
    refused,
    sql,
    total,
    withdraw,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def unchecked(monkeypatch):
    """Only the database stands in the way."""
    monkeypatch.setattr(ledger, "check_block", lambda block, now: None)


def block(van: str, tot: str, *, fold: int = 0) -> Block:
    return Block.between(brussels(van), brussels(tot, fold=fold))


# -- The day a block belongs to --------------------------------------------------------------


def test_a_block_across_midnight_belongs_to_the_day_it_starts(cast):
    receipt = confirm(cast.samira_praat, cast.lieve, block("2026-11-19 22:30", "2026-11-20 01:00"))
    assert (receipt.day, receipt.minutes) == (date(2026, 11, 19), 150)


def test_the_day_is_that_of_brussels_and_not_of_utc(cast):
    van = datetime(2026, 11, 19, 23, 15, tzinfo=UTC)  # a quarter past midnight in Brussels
    receipt = confirm(cast.samira_praat, cast.lieve, Block.between(van, van + timedelta(hours=1)))
    assert receipt.day == date(2026, 11, 20)


def test_in_summer_brussels_is_two_hours_ahead(cast):
    van = datetime(2026, 6, 30, 22, 15, tzinfo=UTC)
    receipt = confirm(cast.samira_praat, cast.lieve, Block.between(van, van + timedelta(hours=1)))
    assert receipt.day == date(2026, 7, 1)


def test_a_block_of_another_day_than_it_starts_on_is_refused(cast):
    late = evening("23:00", "23:30")
    with refused("wrong_day"):
        confirm(
            cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=1), 30, late.van, late.tot)
        )


def test_the_database_refuses_a_block_of_another_day(cast, unchecked):
    late = evening("23:00", "23:30")
    with refused("wrong_day"):
        confirm(
            cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=1), 30, late.van, late.tot)
        )


# -- The two clock changes -------------------------------------------------------------------


def test_the_spring_night_loses_an_hour(cast):
    receipt = confirm(cast.samira_praat, cast.lieve, block("2026-03-29 01:00", "2026-03-29 04:00"))
    assert (receipt.day, receipt.minutes) == (SPRING, 120)


def test_the_autumn_night_wins_an_hour(cast):
    receipt = confirm(cast.samira_praat, cast.lieve, block("2026-10-25 01:00", "2026-10-25 04:00"))
    assert (receipt.day, receipt.minutes) == (AUTUMN, 240)


def test_the_hour_that_comes_twice_is_two_blocks(cast):
    first = block("2026-10-25 02:00", "2026-10-25 02:59")
    confirm(cast.samira_praat, cast.lieve, first)
    second = Block.between(
        brussels("2026-10-25 02:00", fold=1), brussels("2026-10-25 02:59", fold=1)
    )
    assert confirm(cast.samira_praat, cast.lieve, second).minutes == 59
    assert projection(cast.samira)[1] == [{"day": AUTUMN, "minutes": 118}]


def test_within_the_hour_that_comes_twice_the_second_half_comes_after_the_first(cast):
    receipt = confirm(
        cast.samira_praat, cast.lieve, block("2026-10-25 02:30", "2026-10-25 02:15", fold=1)
    )
    assert receipt.minutes == 45


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_an_evening_before_or_after_a_change_is_as_long_as_it_looks(cast, day):
    before = evening("20:00", "22:00", day - timedelta(days=1))
    after = evening("20:00", "22:00", day)
    assert before.minutes == after.minutes == 120
    confirm(cast.samira_praat, cast.lieve, before)
    confirm(cast.samira_praat, cast.lieve, after)
    assert total(cast.samira) == 240


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 24), (DAY, 24)])
def test_from_midnight_a_day_holds_as_many_hours_as_it_had(cast, day, hours):
    van = brussels(f"{day} 00:00")
    whole = Block.between(van, van.astimezone(UTC) + timedelta(hours=hours))
    now = NOW + timedelta(days=2)
    assert confirm(cast.samira_praat, cast.lieve, whole, now=now).minutes == hours * 60


def test_the_autumn_day_of_25_hours_is_bounded_at_24(cast):
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, block("2026-10-25 00:00", "2026-10-26 00:00"))


# -- Without clock times ---------------------------------------------------------------------


def test_a_day_and_minutes_need_no_clock_times(cast):
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 120))
    (regel,) = lines(cast.samira)
    assert (regel.van, regel.tot) == (None, None)
    assert Bevestiging._base_manager.get().block is None


def test_two_lines_without_clock_times_stand_beside_each_other(cast):
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 120))
    confirm(cast.samira_fiets, cast.lieve, Block(DAY, 120))
    assert total(cast.samira) == 240


def test_a_line_without_clock_times_stands_beside_one_with(cast):
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 120))
    confirm(cast.samira_fiets, cast.lieve, evening())
    assert total(cast.samira) == 240


@pytest.mark.parametrize("missing", ["van", "tot"])
def test_half_a_block_is_refused(cast, missing):
    whole = {"van": evening().van, "tot": evening().tot}
    with refused("half_a_block"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, 60, **{**whole, missing: None}))


@pytest.mark.parametrize("missing", ["van", "tot"])
def test_the_database_refuses_half_a_block(cast, unchecked, missing):
    whole = {"van": evening().van, "tot": evening().tot}
    with refused("half_a_block"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, 60, **{**whole, missing: None}))


# -- Order and length ------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["18:00", "19:00"])
def test_an_end_that_does_not_come_after_the_start_is_refused(cast, end):
    with refused("wrong_order"):
        confirm(cast.samira_praat, cast.lieve, evening("19:00", end))


def test_less_than_a_minute_is_no_time(cast):
    van = evening().van
    with refused("no_minutes"):
        confirm(cast.samira_praat, cast.lieve, Block.between(van, van + timedelta(seconds=59)))


@pytest.mark.parametrize("minutes", [0, -1, -(10**9)])
def test_no_minutes_are_no_line(cast, minutes):
    with refused("no_minutes"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, minutes))


def test_one_minute_is_a_line(cast):
    assert confirm(cast.samira_praat, cast.lieve, Block(DAY, 1)).minutes == 1


def test_part_of_a_block_may_count(cast):
    part = Block(DAY, 90, evening().van, evening().tot)
    assert confirm(cast.samira_praat, cast.lieve, part).minutes == 90


def test_more_minutes_than_the_block_has_are_refused(cast):
    with refused("longer_than_block"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, 121, evening().van, evening().tot))


def test_the_database_refuses_more_minutes_than_the_block_has(cast, unchecked):
    with refused("longer_than_block"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, 121, evening().van, evening().tot))


def test_a_block_longer_than_a_day_is_refused_whatever_minutes_count(cast):
    long = block("2026-11-18 10:00", "2026-11-20 10:00")
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, Block(long.day, 60, long.van, long.tot))


def test_the_database_refuses_a_block_longer_than_a_day(cast, unchecked):
    long = block("2026-11-18 10:00", "2026-11-20 10:00")
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, Block(long.day, 60, long.van, long.tot))


# -- Overlap ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [("19:00", "21:00"), ("18:00", "19:01"), ("20:59", "22:00"), ("19:30", "20:00")],
)
def test_two_blocks_of_one_traject_never_overlap(cast, start, end):
    confirm(cast.samira_praat, cast.lieve)
    with refused("overlap"):
        confirm(cast.samira_fiets, cast.joris, evening(start, end))
    assert total(cast.samira) == 120


@pytest.mark.parametrize(("start", "end"), [("18:00", "19:00"), ("21:00", "22:00")])
def test_blocks_that_touch_do_not_overlap(cast, start, end):
    confirm(cast.samira_praat, cast.lieve)
    assert confirm(cast.samira_fiets, cast.joris, evening(start, end)).minutes == 60


def test_a_block_across_midnight_overlaps_with_the_next_day(cast):
    confirm(cast.samira_praat, cast.lieve, block("2026-11-19 22:30", "2026-11-20 01:00"))
    with refused("overlap"):
        confirm(cast.samira_fiets, cast.lieve, block("2026-11-20 00:30", "2026-11-20 02:00"))


def test_two_people_may_be_at_the_same_place(cast):
    confirm(cast.samira_praat, cast.lieve)
    assert confirm(make_deelname(cast.yusuf, cast.praattafel), cast.lieve).minutes == 120


# -- 24 hours --------------------------------------------------------------------------------


def test_a_day_holds_24_hours_of_both_kinds_together(cast):
    yesterday = DAY - timedelta(days=1)
    confirm(cast.samira_praat, cast.lieve, evening(day=yesterday))
    confirm(cast.samira_fiets, cast.lieve, Block(yesterday, 1320))
    assert projection(cast.samira)[1] == [{"day": yesterday, "minutes": 1440}]
    with refused("too_much_for_a_day"):
        confirm(cast.samira_fiets, cast.lieve, Block(yesterday, 1))


def test_clock_times_on_a_full_day_are_refused(cast):
    yesterday = DAY - timedelta(days=1)
    confirm(cast.samira_fiets, cast.lieve, Block(yesterday, 1321))
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, evening(day=yesterday))
    assert total(cast.samira) == 1321


def test_25_hours_on_a_day_are_refused(cast):
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=1), 25 * 60))


def test_a_number_that_no_column_holds_is_refused(cast):
    with refused("too_much_for_a_day"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY, 10**12))


def test_another_day_and_another_traject_have_24_hours_of_their_own(cast):
    for days in [1, 2]:
        confirm(cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=days), 1440))
    yusuf = make_deelname(cast.yusuf, cast.praattafel)
    confirm(yusuf, cast.lieve, Block(DAY - timedelta(days=1), 1440))
    assert (total(cast.samira), total(cast.yusuf)) == (2880, 1440)


def test_withdrawn_hours_make_room_on_the_day(cast):
    yesterday = DAY - timedelta(days=1)
    withdraw(confirm(cast.samira_praat, cast.lieve, Block(yesterday, 1440)), cast.lieve)
    assert confirm(cast.samira_praat, cast.lieve, Block(yesterday, 1440)).minutes == 1440


# -- Not lived yet, or too long ago ----------------------------------------------------------


def test_a_block_that_ends_five_minutes_from_now_counts(cast):
    now = evening().tot - timedelta(minutes=5)
    assert confirm(cast.samira_praat, cast.lieve, now=now).minutes == 120


def test_a_block_that_ends_later_is_refused(cast):
    now = evening().tot - timedelta(minutes=5, seconds=1)
    with refused("future"):
        confirm(cast.samira_praat, cast.lieve, now=now)


def test_the_database_refuses_a_block_that_ends_later(cast, unchecked):
    with refused("future"):
        confirm(cast.samira_praat, cast.lieve, now=evening().tot - timedelta(minutes=5, seconds=1))


def test_tomorrow_is_refused(cast):
    with refused("future"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY + timedelta(days=1), 60))


def test_the_database_refuses_tomorrow(cast, unchecked):
    with refused("future"):
        confirm(cast.samira_praat, cast.lieve, Block(DAY + timedelta(days=1), 1))


def test_a_date_next_year_is_refused(cast):
    with refused("future"):
        confirm(cast.samira_praat, cast.lieve, evening(day=date(2027, 11, 20)))


def test_after_midnight_in_brussels_the_new_day_has_begun(cast):
    now = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight of the 21st
    assert confirm(cast.samira_praat, cast.lieve, Block(date(2026, 11, 21), 30), now=now)


def test_today_holds_no_more_minutes_than_it_had_so_far(cast):
    now = brussels(f"{DAY} 10:00")
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 605), now=now)
    with refused("more_than_today"):
        confirm(cast.samira_fiets, cast.lieve, Block(DAY, 606), now=now)


def test_the_database_refuses_more_minutes_than_today_had_so_far(cast, unchecked):
    with refused("future"):
        confirm(cast.samira_fiets, cast.lieve, Block(DAY, 606), now=brussels(f"{DAY} 10:00"))


def test_the_autumn_day_had_25_hours_so_far(cast):
    now = brussels("2026-10-25 10:00")
    assert confirm(cast.samira_praat, cast.lieve, Block(AUTUMN, 11 * 60), now=now)


def test_the_first_day_of_the_rules_counts(cast):
    assert confirm(cast.samira_praat, cast.lieve, Block(date(2023, 1, 1), 60)).minutes == 60


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(1, 1, 1)])
def test_a_day_before_the_rules_is_refused(cast, day):
    with refused("long_ago"):
        confirm(cast.samira_praat, cast.lieve, Block(day, 60))


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_are_refused_and_break_nothing(cast, year):
    van = datetime(year, 1, 1, 0, 0, tzinfo=ledger.BRUSSELS)
    with refused("long_ago" if year == 1 else "future"):
        confirm(cast.samira_praat, cast.lieve, Block.between(van, van + timedelta(hours=1)))


# -- What only the database sees -------------------------------------------------------------


@pytest.mark.parametrize("range_", ["empty", "[2026-11-20 18:00Z,)", "(,2026-11-20 18:00Z)"])
def test_the_projection_holds_bounded_blocks_only(cast, range_):
    confirm(cast.samira_praat, cast.lieve)
    with (
        pytest.raises(IntegrityError, match="block_is_bounded_and_not_empty"),
        transaction.atomic(),
    ):
        Bevestiging._base_manager.update(block=range_)


def test_the_control_of_this_file(cast, unchecked):
    """Without the rule and without the database's bound the hours of tomorrow would be kept."""
    sql("ALTER TABLE bewijzen_bevestiging DROP CONSTRAINT nothing_in_the_future")
    assert confirm(cast.samira_praat, cast.lieve, Block(DAY + timedelta(days=1), 60))
