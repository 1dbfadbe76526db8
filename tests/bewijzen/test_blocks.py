"""A day, clock times or hours become one block of lived time, in Brussels."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from bewijzen.blocks import block_on, doubts
from bewijzen.ledger import BRUSSELS, Block
from bewijzen.refusals import Refusal
from gemeenten.acting import acting_as
from tests.bewijzen.cast import Cast, at, sign, today

NOW = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
TUESDAY = date(2026, 3, 24)


def refusal(*words: object) -> str:
    with pytest.raises(Refusal) as refused:
        block_on(*words, now=NOW)
    return refused.value.code


def test_two_clock_times_are_a_block_with_all_its_minutes():
    block = block_on(TUESDAY, time(19), time(21), None, now=NOW)
    assert (block.day, block.minutes) == (TUESDAY, 120)
    assert block.van == datetime(2026, 3, 24, 19, tzinfo=BRUSSELS)


def test_only_hours_are_a_block_without_invented_clock_times():
    assert block_on(TUESDAY, None, None, 90, now=NOW) == Block(TUESDAY, 90)


def test_hours_beside_clock_times_are_a_part_of_them():
    block = block_on(TUESDAY, time(19), time(21), 90, now=NOW)
    assert (block.minutes, block.tot - block.van) == (90, timedelta(hours=2))


def test_an_end_before_the_start_lies_on_the_next_day():
    block = block_on(TUESDAY, time(22), time(1), None, now=NOW)
    assert (block.day, block.minutes) == (TUESDAY, 180)


@pytest.mark.parametrize(("day", "minutes"), [(date(2025, 3, 29), 240), (date(2025, 10, 25), 360)])
def test_a_night_in_which_the_clock_changes_counts_the_time_that_passed(day, minutes):
    assert block_on(day, time(22), time(3), None, now=NOW).minutes == minutes


def test_brussels_times_subtract_in_utc_in_the_grootboek_too():
    van = datetime(2025, 3, 29, 22, tzinfo=BRUSSELS)
    tot = datetime(2025, 3, 30, 3, tzinfo=BRUSSELS)
    assert Block.between(van, tot).minutes == 240


def test_only_a_start_is_refused():
    assert refusal(TUESDAY, time(19), None, None) == "half_a_block"


def test_the_same_start_and_end_are_no_time_and_not_a_whole_day():
    assert refusal(TUESDAY, time(19), time(19), None) == "no_minutes"


def test_a_day_that_has_to_come_is_refused():
    assert refusal(date(2027, 3, 24), time(19), time(21), None) == "future"


def test_a_day_before_the_rules_held_is_refused_whatever_its_year():
    assert refusal(date(1, 1, 1), time(0), time(1), None) == "long_ago"


def test_more_than_ten_hours_are_asked_about(cast: Cast):
    with acting_as(cast.lieve):
        assert doubts(cast.samira_praat, Block(today(), 660), uuid4(), today=today()) == [
            "many_hours"
        ]
        assert doubts(cast.samira_praat, Block(today(), 600), uuid4(), today=today()) == []


def test_a_second_line_that_the_database_cannot_compare_is_asked_about(cast: Cast):
    line = sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=120)
    block = Block(line.day, 60)
    with acting_as(cast.lieve):
        assert doubts(cast.samira_praat, block, uuid4(), today=today()) == ["same_day"]
        assert doubts(cast.samira_praat, block, line.intent, today=today()) == []
        assert doubts(cast.samira_fiets, block, uuid4(), today=today()) == []


def test_two_blocks_with_clock_times_are_left_to_the_database(cast: Cast):
    sign(cast.samira_praat, cast.lieve, van=at("19:00"), tot=at("21:00"))
    block = Block.between(at("14:00"), at("15:00"))
    with acting_as(cast.lieve):
        assert doubts(cast.samira_praat, block, uuid4(), today=today()) == []


def test_a_block_past_midnight_is_asked_about_for_one_person(cast: Cast):
    late = block_on(TUESDAY, time(22), time(1), None, now=NOW)
    with acting_as(cast.lieve):
        assert doubts(cast.samira_praat, late, uuid4(), today=TUESDAY) == ["over_midnight"]
    assert doubts(None, late, uuid4(), today=TUESDAY) == []


def test_a_day_of_more_than_three_months_ago_is_asked_about():
    block = Block(TUESDAY, 120)
    assert doubts(None, block, uuid4(), today=TUESDAY + timedelta(days=91)) == ["long_ago"]
    assert doubts(None, block, uuid4(), today=TUESDAY + timedelta(days=90)) == []
