"""When an activity is on: dates by rule, and the rows made of them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbod.models import Frequentie, Reeks, Sessie
from aanbod.sessies import dates, day_of, is_school_holiday, moments_of, planned, refresh
from tests.aanbod.cast import brussels, make_page, weekly

TUESDAY = date(2026, 9, 8)


def reeks(frequency="wekelijks", first_day=TUESDAY, start="19:30", end="21:30", **fields):
    return Reeks(
        frequency=frequency,
        first_day=first_day,
        start=time.fromisoformat(start),
        end=time.fromisoformat(end),
        **fields,
    )


def days(series, from_day="2026-09-01", until_day="2026-12-31"):
    found = dates(
        series, from_day=date.fromisoformat(from_day), until_day=date.fromisoformat(until_day)
    )
    return [
        van.astimezone(brussels(TUESDAY, "00:00").tzinfo).date().isoformat() for van, _ in found
    ]


def only(series, day):
    [found] = dates(series, from_day=day, until_day=day)
    return found


# -- Rules -----------------------------------------------------------------------------------


def test_once_is_one_date():
    assert days(reeks("eenmalig")) == ["2026-09-08"]


def test_every_week_until_the_last_day_included():
    series = reeks(last_day=date(2026, 9, 22))
    assert days(series) == ["2026-09-08", "2026-09-15", "2026-09-22"]


def test_every_two_weeks_keeps_its_rhythm_however_late_one_asks():
    series = reeks("tweewekelijks")
    assert days(series, "2026-10-01", "2026-11-05") == ["2026-10-06", "2026-10-20", "2026-11-03"]


def test_monthly_is_the_same_weekday_of_the_month():
    assert days(reeks("maandelijks")) == ["2026-09-08", "2026-10-13", "2026-11-10", "2026-12-08"]


def test_a_fifth_tuesday_is_the_last_of_each_month():
    series = reeks("maandelijks", first_day=date(2026, 9, 29))
    assert days(series) == ["2026-09-29", "2026-10-27", "2026-11-24", "2026-12-29"]


def test_nothing_before_the_first_day_nor_outside_of_what_is_asked():
    assert days(reeks(), "2026-09-01", "2026-09-08") == ["2026-09-08"]
    assert days(reeks(), "2026-09-09", "2026-09-14") == []
    assert days(reeks(), "2026-09-30", "2026-09-01") == []


def test_a_series_from_long_ago_is_no_work():
    assert days(reeks(first_day=date(1, 1, 2)), "2026-09-01", "2026-09-08") == [
        "2026-09-01",
        "2026-09-08",
    ]


@given(
    st.sampled_from(["wekelijks", "tweewekelijks"]),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    st.integers(0, 90),
)
@settings(max_examples=200)
def test_a_weekly_series_is_every_so_many_days_from_the_first(frequency, first, start, length):
    step = 7 if frequency == "wekelijks" else 14
    end = start + timedelta(length)
    expected = [
        day.isoformat()
        for offset in range(length + 1)
        if (day := start + timedelta(offset)) >= first and (day - first).days % step == 0
    ]
    assert days(reeks(frequency, first), start.isoformat(), end.isoformat()) == expected


# -- School holidays -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2026-11-02", True),  # herfstvakantie
        ("2026-11-09", False),
        ("2026-11-11", True),  # a single day off
        ("2026-12-21", True),  # kerstvakantie
        ("2027-01-03", True),
        ("2027-02-09", True),  # krokusvakantie
        ("2027-07-15", True),
        ("2027-09-01", False),
    ],
)
def test_the_flemish_school_holidays(day, holiday):
    assert is_school_holiday(date.fromisoformat(day)) is holiday


def test_a_series_can_leave_school_holidays_out():
    series = reeks(skip_school_holidays=True)
    assert days(series, "2026-10-20", "2026-11-10") == ["2026-10-20", "2026-10-27", "2026-11-10"]


def test_a_series_can_be_on_in_school_holidays_only():
    series = reeks(only_school_holidays=True)
    assert days(series, "2026-10-20", "2026-12-31") == ["2026-11-03", "2026-12-22", "2026-12-29"]


def test_public_holidays_are_not_left_out():
    """25 December 2026 is a Friday in the school holidays; 1 May 2027 is a Saturday."""
    series = reeks(first_day=date(2026, 12, 18))
    assert "2026-12-25" in days(series)


# -- Clock -----------------------------------------------------------------------------------


def test_it_stays_half_past_seven_when_the_clock_changes():
    before, after = only(reeks(), date(2026, 10, 20)), only(reeks(), date(2026, 10, 27))
    assert before[0] == datetime(2026, 10, 20, 17, 30, tzinfo=UTC)
    assert after[0] == datetime(2026, 10, 27, 18, 30, tzinfo=UTC)


def test_an_end_before_the_start_is_on_the_next_day():
    van, tot = only(reeks(start="22:00", end="01:00"), TUESDAY)
    assert tot - van == timedelta(hours=3)
    assert day_of(van) == "di"


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2026, 10, 25)])
@given(
    start=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    end=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
@settings(max_examples=200)
def test_every_block_on_a_day_of_clock_change_ends_after_it_begins(change, start, end):
    if start == end:
        return
    series = Reeks(frequency="eenmalig", first_day=change, start=start, end=end)
    van, tot = only(series, change)
    assert timedelta(0) < tot - van <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("clock", "moment"),
    [
        ("00:00", "ochtend"),
        ("11:59", "ochtend"),
        ("12:00", "namiddag"),
        ("17:29", "namiddag"),
        ("17:30", "avond"),
        ("23:59", "avond"),
    ],
)
def test_the_moment_follows_the_clock_in_brussels(clock, moment):
    assert moments_of(brussels("2026-09-08", clock)) == [moment]
    assert moments_of(brussels("2026-09-08", clock).astimezone(UTC)) == [moment]


def test_weekend_and_school_holiday_stand_beside_the_hour():
    assert moments_of(brussels("2026-09-12", "10:00")) == ["ochtend", "weekend"]
    assert moments_of(brussels("2026-12-26", "14:00")) == ["namiddag", "weekend", "schoolvakantie"]


def test_every_frequency_that_an_editor_can_choose_has_dates():
    for frequency in Frequentie.values:
        assert days(reeks(frequency))[0] == "2026-09-08"


# -- Rows ------------------------------------------------------------------------------------

NOW = brussels("2026-09-07", "12:00")


@pytest.fixture
def page(cast):
    """Every Tuesday evening, and not yet live, so that only these tests make its rows."""
    return make_page(cast.in_herent, cast.lange_tafel, reeksen=[reeks()], publish=False)


def rows(page):
    return list(Sessie.objects.filter(page=page).values_list("pk", flat=True))


def test_rows_reach_twelve_months_ahead(page):
    refresh(page, now=NOW)
    found = Sessie.objects.filter(page=page)
    assert found.count() == 53
    assert found.first().van == brussels("2026-09-08", "19:30")
    assert found.last().van == brussels("2027-09-07", "19:30")
    assert found.first().moments == ["avond"]
    assert found.first().state == "gepland"


def test_making_them_again_changes_no_row(page):
    refresh(page, now=NOW)
    before = list(Sessie.objects.filter(page=page).values())
    refresh(page, now=NOW)
    assert list(Sessie.objects.filter(page=page).values()) == before


def test_time_passes_and_what_is_past_stays(page):
    refresh(page, now=NOW)
    first = rows(page)[0]
    refresh(page, now=NOW + timedelta(days=14))
    assert first in rows(page)
    assert len(rows(page)) == 55


def test_what_the_rule_no_longer_gives_goes_when_it_lies_ahead(page):
    refresh(page, now=NOW)
    past = rows(page)[0]
    page.reeksen = [reeks(first_day=date(2026, 9, 9))]
    refresh(page, now=NOW + timedelta(days=3))
    kept = Sessie.objects.filter(page=page, pk=past)
    assert kept.exists()
    ahead = Sessie.objects.filter(page=page, van__gt=NOW + timedelta(days=3))
    assert {day_of(row.van) for row in ahead} == {"wo"}


def test_a_cancelled_date_does_not_come_back(page):
    refresh(page, now=NOW)
    Sessie.objects.filter(pk=rows(page)[0]).update(state="afgelast")
    refresh(page, now=NOW)
    assert Sessie.objects.get(pk=rows(page)[0]).state == "afgelast"
    assert len(rows(page)) == 53


def test_a_moved_date_stays_moved_and_its_old_hour_stays_empty(page):
    refresh(page, now=NOW)
    moved = Sessie.objects.filter(page=page).first()
    moved.van, moved.tot = brussels("2026-09-10", "18:00"), brussels("2026-09-10", "20:00")
    moved.state = "verplaatst"
    moved.save()
    refresh(page, now=NOW)
    again = Sessie.objects.get(pk=moved.pk)
    assert (again.van, again.state) == (brussels("2026-09-10", "18:00"), "verplaatst")
    assert not Sessie.objects.filter(page=page, van=brussels("2026-09-08", "19:30")).exists()


def test_a_longer_evening_lengthens_the_same_rows(page):
    refresh(page, now=NOW)
    before = rows(page)
    page.reeksen = [reeks(end="22:00")]
    refresh(page, now=NOW)
    assert rows(page) == before
    assert Sessie.objects.filter(page=page).first().tot == brussels("2026-09-08", "22:00")


def test_two_series_at_the_same_hour_make_one_row_the_longest(page):
    page.reeksen = [reeks(), reeks(end="22:00", last_day=date(2026, 9, 8))]
    found = planned(page, from_day=TUESDAY, until_day=TUESDAY)
    assert list(found.values()) == [brussels("2026-09-08", "22:00")]


def test_an_activity_by_agreement_has_no_rows(page):
    refresh(page, now=NOW)
    page.timing = "afspraak"
    refresh(page, now=NOW)
    assert rows(page) == []


def test_the_command_refreshes_what_is_live_and_nothing_else(cast, page):
    live = make_page(cast.in_herent, cast.lange_tafel, "Fietsles", reeksen=[weekly()])
    Sessie.objects.all().delete()
    call_command("sessies", verbosity=0)
    assert Sessie.objects.filter(page=live, van__gt=timezone.now()).count() >= 51
    assert rows(page) == []
