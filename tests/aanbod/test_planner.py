"""The planner's rules on the real tables: reach, wishes, the week, and what stands in the way.

Today is Monday 1 March 2027: the Easter holidays are from 29 March to 11 April, and the clock goes
forward on 28 March."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanbod import indexing, planner
from aanbod.models import Reeks, Sessie, Zoekregel
from aanbod.planner import Wish, obstacles, plans
from aanbod.planner_week import FREE, Week, taken
from aanbod.sessies import refresh
from gemeenten.places import Place
from tests.aanbod.cast import brussels, make_page

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
MONDAY = date(2027, 3, 1)
TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 1, 2, 4, 5
FAR = {"lat": 51.2, "lon": 4.4}


@pytest.fixture
def offer(cast):
    """Makes an activity in Herent with its dates as they are on NOW."""

    def make(title, *reeksen, **fields):
        page = make_page(
            cast.in_herent, fields.pop("organisatie", cast.lange_tafel), title,
            reeksen=list(reeksen), **{"lat": 50.9077, "lon": 4.6706, **fields},
        )  # fmt: skip
        lat, lon = fields.get("lat", 50.9077), fields.get("lon", 4.6706)
        Sessie.objects.filter(page=page).delete()
        refresh(page, now=NOW)
        indexing.index(page, now=NOW)
        Zoekregel.objects.filter(page=page).update(lat=lat, lon=lon)
        return page

    return make


@pytest.fixture
def wish(cast):
    place = Place("Herent", cast.herent.lat, cast.herent.lon, cast.herent)
    return Wish(place=place, done=2400 - 4 * 60)


def on(weekday, start="19:30", end="21:30", **fields):
    return Reeks(
        **{
            "frequency": "wekelijks",
            "first_day": MONDAY + timedelta(days=weekday),
            "start": time.fromisoformat(start),
            "end": time.fromisoformat(end),
            **fields,
        }
    )


def first(wish):
    found = plans(wish, now=NOW)
    return found[0].found if found else None


def days(found):
    return [date.fromordinal(moment.day) for going in found.going for moment in going.times]


# -- A plan ----------------------------------------------------------------------------------


def test_two_evenings_of_two_hours_make_the_four_that_are_missing(offer, wish):
    offer("Praattafel", on(TUESDAY))
    assert days(first(wish)) == [date(2027, 3, 2), date(2027, 3, 9)]


def test_who_has_the_hours_needs_no_plan(offer, wish):
    offer("Praattafel", on(TUESDAY))
    assert plans(replace(wish, done=2400), now=NOW) == []


def test_a_cancelled_date_is_not_planned_and_a_moved_one_is_where_it_went(offer, wish):
    page = offer("Praattafel", on(TUESDAY))
    one, two = Sessie.objects.filter(page=page)[:2]
    Sessie.objects.filter(pk=one.pk).update(state="afgelast", reason="ziek")
    Sessie.objects.filter(pk=two.pk).update(
        state="verplaatst", van=two.van + timedelta(days=1), tot=two.tot + timedelta(days=1)
    )
    assert days(first(wish)) == [date(2027, 3, 10), date(2027, 3, 16)]


def test_by_agreement_is_once_a_week_after_a_week_to_arrange_it(offer, wish):
    offer("Buddy", timing="afspraak", minutes_per_time=120)
    assert days(first(wish)) == [date(2027, 3, 8), date(2027, 3, 15)]


def test_by_agreement_waits_for_the_end_of_a_pause(offer, wish):
    offer("Buddy", timing="afspraak", minutes_per_time=120,
          paused_from=date(2027, 3, 8), paused_until=date(2027, 3, 21))  # fmt: skip
    assert days(first(wish)) == [date(2027, 3, 22), date(2027, 3, 29)]


def test_the_ceiling_of_an_activity_holds(offer, wish):
    offer("Kort", on(TUESDAY), hours_total=2)
    assert plans(wish, now=NOW) == []
    offer("Lang", on(SATURDAY))
    assert first(wish).day == date(2027, 3, 6).toordinal()


def test_plans_differ(offer, wish):
    for number in range(4):
        offer(f"Praattafel {number}", on(number))
    found = plans(wish, now=NOW)
    assert len(found) == 3
    assert len({frozenset(plan.found.ids) for plan in found}) == 3
    assert [plan.found.day for plan in found] == sorted(plan.found.day for plan in found)


def test_what_two_rows_say_in_another_order_is_the_same(offer, wish, monkeypatch):
    for number in range(5):
        offer(f"Praattafel {number}", on(number))
    before = plans(wish, now=NOW)
    reach = planner._reach
    monkeypatch.setattr(planner, "_reach", lambda wish: reach(wish)[::-1])
    assert plans(wish, now=NOW) == before


# -- The week --------------------------------------------------------------------------------

TUESDAY_EVENING = taken(TUESDAY, 1050, 1440, lesson=True)
WORK = taken(TUESDAY, 1050, 1440)


@pytest.mark.parametrize(
    ("sentence", "week", "fits"),
    [
        ("nothing taken, everything fits", FREE, True),
        ("work on that evening", Week((WORK,)), False),
        ("a lesson on another evening", Week((taken(WEDNESDAY, 1050, 1440),)), True),
        ("a lesson that ends when it begins", Week((taken(TUESDAY, 1080, 1170),)), True),
        ("a lesson that ends a minute later", Week((taken(TUESDAY, 1080, 1171),)), False),
        ("work at night that begins when it ends", Week((taken(TUESDAY, 1290, 360),)), True),
    ],
)  # fmt: skip
def test_a_date_has_to_fit_in_the_week(offer, wish, sentence, week, fits):
    offer("Praattafel", on(TUESDAY))
    assert bool(plans(replace(wish, week=week), now=NOW)) == fits
    assert week.fits(brussels("2027-03-02", "19:30"), brussels("2027-03-02", "21:30")) == fits


def test_lessons_stop_in_school_holidays_and_work_does_not(offer, wish):
    offer("Praattafel", on(TUESDAY))
    lessons = replace(wish, week=Week((TUESDAY_EVENING,)), done=2400 - 60)
    assert days(first(lessons)) == [date(2027, 3, 30)]
    assert first(replace(lessons, week=Week((WORK,)))) is None
    assert first(replace(lessons, week=Week((TUESDAY_EVENING,), lessons_stop=False))) is None


def test_a_night_that_crosses_midnight_needs_the_next_morning_too(offer, wish):
    offer("Nachtwandeling", on(FRIDAY, "22:00", "02:00"))
    wish = replace(wish, done=2400 - 240)
    assert days(first(wish)) == [date(2027, 3, 5)]
    assert first(replace(wish, week=Week((taken(SATURDAY, 60, 360),)))) is None
    sunday = Week((taken(0, 0, 360),))
    offer("Zondagnacht", on(6, "22:00", "02:00"))
    assert first(replace(wish, week=sunday)).going[0].option.title == "Nachtwandeling"


def test_over_the_change_of_the_clock_an_hour_is_not_counted_that_was_not_lived(offer, wish):
    offer("Nacht", on(SATURDAY, "23:00", "05:00", frequency="eenmalig",
                      first_day=date(2027, 3, 27)))  # fmt: skip
    assert first(replace(wish, done=2400 - 300)).minutes == 300
    assert first(replace(wish, done=2400 - 301)) is None


def test_after_the_change_of_the_clock_the_same_hour_fits_the_same_lessons(offer, wish):
    offer("Praattafel", on(TUESDAY))
    free_from_1930 = Week((taken(TUESDAY, 0, 1170), taken(TUESDAY, 1290, 1440)), False)
    found = first(replace(wish, done=2400 - 12 * 60, week=free_from_1930))
    assert days(found)[-1] == date(2027, 4, 6)


@pytest.mark.parametrize("moments", [["avond"], ["weekend"], []])
def test_by_agreement_needs_room_in_the_week(offer, wish, moments):
    offer("Buddy", timing="afspraak", minutes_per_time=120, moments=moments)
    every_evening = tuple(taken(day, 1050, 1440) for day in range(7))
    whole_week = tuple(taken(day, 0, 1440) for day in range(7))
    assert bool(plans(replace(wish, week=Week(every_evening)), now=NOW)) == (moments != ["avond"])
    assert plans(replace(wish, week=Week(whole_week)), now=NOW) == []


# -- Wishes, and what stands in the way ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "asked", "fields"),
    [
        ("straal", {}, FAR),
        ("soort", {"soort": ("sport",)}, {}),
        ("kosten", {"cost": 0}, {"cost": 4}),
        ("taalniveau", {"taalniveau": "a1"}, {"taalniveau": "b1"}),
        ("voor", {"only_women": True}, {}),
        ("kinderopvang", {"kinderopvang": ("opvang",)}, {"kinderopvang": "mee"}),
        ("klaar", {"ready_by": date(2027, 3, 8)}, {}),
        ("klaar", {"ready_by": date(2026, 3, 8)}, {}),
        ("week", {"week": Week((WORK,))}, {}),
    ],
)  # fmt: skip
def test_the_wish_that_stands_in_the_way_is_named_and_what_works_without_it(
    offer, wish, name, asked, fields
):
    offer("Praattafel", on(TUESDAY), **fields)
    asked = replace(wish, **asked)
    assert plans(asked, now=NOW) == []
    found = obstacles(asked, now=NOW)
    assert [way.names for way in found] == [(name,)]
    assert plans(found[0].wish, now=NOW)[0].found.day == found[0].plan.found.day


@pytest.mark.parametrize(
    ("names", "asked", "fields"),
    [
        (("soort", "kosten"), {"soort": ("sport",), "cost": 0}, {"cost": 4}),
        (("straal", "soort"), {"soort": ("sport",)}, FAR),
        (("klaar", "kosten"), {"ready_by": date(2027, 3, 8), "cost": 0}, {"cost": 4}),
        (("klaar", "week"), {"ready_by": date(2026, 3, 8), "week": Week((WORK,))}, {}),
        (("taalniveau", "voor"), {"taalniveau": "a1", "only_women": True}, {"taalniveau": "b1"}),
        (("week", "kinderopvang"), {"week": Week((WORK,)), "kinderopvang": ("opvang",)}, {}),
    ],
)
def test_two_wishes_that_stand_in_the_way_together_are_named_both(
    offer, wish, names, asked, fields
):
    offer("Praattafel", on(TUESDAY), **fields)
    asked = replace(wish, **asked)
    assert plans(asked, now=NOW) == []
    found = obstacles(asked, now=NOW)
    assert [way.names for way in found] == [names]
    assert plans(found[0].wish, now=NOW)[0].found.day == found[0].plan.found.day


def test_when_three_wishes_stand_in_the_way_no_pair_helps(offer, wish):
    offer("Praattafel", on(TUESDAY), cost=4, taalniveau="b1")
    assert obstacles(replace(wish, soort=("sport",), cost=0, taalniveau="a1"), now=NOW) == []


def test_what_is_full_is_not_planned(offer, wish):
    page = offer("Praattafel", on(TUESDAY), capacity=2)
    assert plans(wish, now=NOW)
    indexing.set_places_taken(page.pk, 2)
    assert plans(wish, now=NOW) == []


def test_what_is_for_women_only_is_planned_for_a_woman_only(offer, wish):
    offer("Vrouwencafé", on(TUESDAY), voor="vrouwen")
    assert plans(wish, now=NOW) == []
    assert plans(replace(wish, woman=True), now=NOW)
    assert plans(replace(wish, only_women=True), now=NOW)


# -- Cost ------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_the_offer(offer, wish):
    for number in range(3):
        offer(f"Praattafel {number}", on(number))
    with CaptureQueriesContext(connection) as few:
        plans(wish, now=NOW)
    for number in range(3, 7):
        offer(f"Praattafel {number}", on(number), on(number, "09:00", "11:00"))
    with CaptureQueriesContext(connection) as many:
        plans(wish, now=NOW)
    assert len(many) <= len(few) <= 3 * len(planner.WEEKS_A_STEP)


def test_of_many_the_best_of_every_part_of_the_week_are_read(offer, wish, monkeypatch):
    """Three hours on the same evening clash; two on others do not."""
    monkeypatch.setattr(planner, "SHORTLIST", 6)
    monkeypatch.setattr(planner, "NEAREST", 1)
    for number in range(6):
        offer(f"Dinsdag {number}", on(TUESDAY, "18:00", "21:00"))
    offer("Woensdag", on(WEDNESDAY))
    offer("Vrijdag", on(FRIDAY))
    found = first(replace(wish, done=2400 - 7 * 60))
    assert date.fromordinal(found.day) == date(2027, 3, 5)
