"""The softer limits flag in words and never refuse (domain.md)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bewijzen.flags import flags
from bewijzen.models import Regel

DAY = date(2026, 5, 12)
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


def codes(*, minutes=120, day_minutes=None, received=NOON, claimed=None, started_on=DAY):
    regel = Regel(day=DAY, minutes=minutes, received_at=received, claimed_at=claimed or received)
    found = flags(regel, started_on=started_on, day_minutes=day_minutes or minutes)
    return [flag.code for flag in found]


def test_an_ordinary_line_has_no_flag():
    assert codes() == []


@pytest.mark.parametrize(("minutes", "flagged"), [(14, True), (15, False), (16, False)])
def test_shorter_than_a_quarter_of_an_hour(minutes, flagged):
    assert ("short" in codes(minutes=minutes)) is flagged


@pytest.mark.parametrize(("minutes", "flagged"), [(599, False), (600, False), (601, True)])
def test_more_than_ten_hours_on_a_day_counts_all_lines_of_that_day(minutes, flagged):
    assert ("long_day" in codes(minutes=60, day_minutes=minutes)) is flagged


@pytest.mark.parametrize(("days", "flagged"), [(89, False), (90, False), (91, True)])
def test_more_than_ninety_days_back(days, flagged):
    assert ("far_back" in codes(received=NOON + timedelta(days=days))) is flagged


def test_the_day_of_receiving_is_the_day_in_brussels():
    almost = datetime(2026, 8, 10, 21, 59, tzinfo=UTC)
    assert "far_back" not in codes(received=almost)
    assert "far_back" in codes(received=almost + timedelta(minutes=1))


@pytest.mark.parametrize(("days", "flagged"), [(-1, False), (0, False), (1, True)])
def test_before_the_start_of_the_traject(days, flagged):
    assert ("before_start" in codes(started_on=DAY + timedelta(days=days))) is flagged


@pytest.mark.parametrize(("minutes", "flagged"), [(0, False), (60, False), (61, True)])
def test_received_later_than_signed(minutes, flagged):
    received = NOON + timedelta(minutes=minutes)
    assert ("received_late" in codes(received=received, claimed=NOON)) is flagged


def test_every_flag_is_a_sentence():
    regel = Regel(day=DAY, minutes=5, received_at=NOON + timedelta(days=200), claimed_at=NOON)
    found = flags(regel, started_on=DAY + timedelta(days=1), day_minutes=700)
    assert [flag.sentence for flag in found] == [
        "Korter dan 15 minuten.",
        "Meer dan 10 uur op één dag.",
        "Meer dan 90 dagen later bevestigd.",
        "Voor de start van het traject.",
        "Later ontvangen dan getekend.",
    ]
