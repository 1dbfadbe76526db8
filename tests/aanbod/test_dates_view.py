"""A pause, and one date that is cancelled, moved or put back: on the page and in the results at
once, with the reason."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aanbod import dates, details, sessies
from aanbod.models import ActiviteitPage, Reeks, Sessie, Zoekregel
from aanbod.sessies import BRUSSELS, planned, refresh
from tests.aanbod.cast import brussels, make_page, weekly
from tests.aanbod.forms import add_url, form

REASON = "de zaal is dicht"


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly()])


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def first(page):
    return dates.coming(page, now=timezone.now()).first()


def next_at(page):
    return Zoekregel.objects.get(page=page).next_at


def change(client, sessie, action, **fields):
    return client.post(reverse("redactie:datum", args=[sessie.pk]), {"action": action, **fields})


def public(client, page):
    return client.get(page.get_url()).content.decode()


# -- Rules -----------------------------------------------------------------------------------


def test_a_cancelled_date_is_not_the_next_one(page):
    off, following = dates.coming(page, now=timezone.now())[:2]
    dates.cancel(off.pk, REASON, now=timezone.now())
    assert next_at(page) == following.van


def test_an_activity_without_any_date_left_is_not_found(page):
    for sessie in dates.coming(page, now=timezone.now()):
        dates.cancel(sessie.pk, REASON, now=timezone.now())
    assert not Zoekregel.objects.filter(page=page).exists()


def test_a_cancelled_date_can_be_restored(page):
    before = first(page)
    dates.cancel(before.pk, REASON, now=timezone.now())
    again = dates.restore(before.pk, now=timezone.now())
    assert (again.state, again.reason, again.van) == ("gepland", "", before.van)
    assert next_at(page) == before.van


def test_a_moved_date_is_found_on_its_new_day(page):
    sessie = first(page)
    day = sessie.van.astimezone(BRUSSELS).date() + timedelta(days=1)
    dates.move(sessie.pk, day, time(10), time(12), REASON, now=timezone.now())
    assert next_at(page) == brussels(day, "10:00")
    assert "ochtend" in first(page).moments


def test_a_moved_date_goes_back_to_its_own_hour(page):
    sessie = first(page)
    day = sessie.van.astimezone(BRUSSELS).date() + timedelta(days=1)
    dates.move(sessie.pk, day, time(10), time(11), REASON, now=timezone.now())
    again = dates.restore(sessie.pk, now=timezone.now())
    assert (again.van, again.tot, again.moments) == (sessie.van, sessie.tot, sessie.moments)


def test_a_date_that_the_rule_no_longer_gives_goes_when_it_is_restored(page):
    sessie = first(page)
    dates.cancel(sessie.pk, REASON, now=timezone.now())
    Reeks.objects.filter(page=page).update(first_day=timezone.localdate() + timedelta(days=60))
    assert dates.restore(sessie.pk, now=timezone.now()) is None


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_cancelling_asks_for_a_reason(page, reason):
    with pytest.raises(dates.DateRefused, match="reden"):
        dates.cancel(first(page).pk, reason, now=timezone.now())
    assert first(page).state == "gepland"


def test_what_has_begun_cannot_be_changed(page):
    sessie = first(page)
    with pytest.raises(dates.DateRefused, match="begonnen"):
        dates.cancel(sessie.pk, REASON, now=sessie.van)


@pytest.mark.parametrize(
    ("offset", "start", "end", "says"),
    [
        (-30, "10:00", "12:00", "voorbij"),
        (500, "10:00", "12:00", "meer dan een jaar"),
        (1, "10:00", "10:00", "gelijk"),
    ],
)
def test_a_date_cannot_be_moved_just_anywhere(page, offset, start, end, says):
    day = timezone.localdate() + timedelta(days=offset)
    clocks = time.fromisoformat(start), time.fromisoformat(end)
    with pytest.raises(dates.DateRefused, match=says):
        dates.move(first(page).pk, day, *clocks, REASON, now=timezone.now())


@pytest.mark.parametrize(("day", "says"), [(date.min, "voorbij"), (date.max, "meer dan een jaar")])
def test_nor_to_the_first_or_the_last_day_that_there_is(page, day, says):
    with pytest.raises(dates.DateRefused, match=says):
        dates.move(first(page).pk, day, time(0), time(12), REASON, now=timezone.now())


def test_a_date_cannot_be_moved_onto_another(page):
    one, other = dates.coming(page, now=timezone.now())[:2]
    day = other.van.astimezone(BRUSSELS).date()
    with pytest.raises(dates.DateRefused, match="al een andere datum"):
        dates.move(one.pk, day, time(19, 30), time(21), REASON, now=timezone.now())


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2027-03-28", 2), ("2026-10-25", 3), ("2026-10-26", 2)],
)
def test_the_clock_on_the_wall_holds_on_a_day_of_clock_change(cast, day, hours):
    """At 2027-03-28 02.00 an hour is skipped; at 2026-10-25 03.00 one comes twice."""
    now = brussels("2026-09-01", "12:00")
    series = Reeks(
        frequency="wekelijks", first_day=date(2026, 9, 8), start=time(19, 30), end=time(21, 30)
    )
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[series], publish=False)
    refresh(page, now=now)
    sessie = dates.coming(page, now=now).first()
    moved = dates.move(
        sessie.pk, date.fromisoformat(day), time(1, 30), time(3, 30), REASON, now=now
    )
    local = moved.van.astimezone(BRUSSELS)
    assert (local.date().isoformat(), local.time()) == (day, time(1, 30))
    expected = 1 if day == "2027-03-28" else hours
    assert moved.tot - moved.van == timedelta(hours=expected)
    assert moved.tot.astimezone(BRUSSELS).time() == time(3, 30)


def test_moving_into_the_hour_that_spring_takes_away_keeps_the_length(cast):
    van, tot = sessies.block(date(2027, 3, 28), time(2, 15), time(2, 45))
    assert tot - van == timedelta(minutes=30)


@pytest.mark.parametrize("action", ["restore"])
@pytest.mark.parametrize("day", [date(2026, 10, 20), date(2026, 10, 27), date(2027, 3, 30)])
def test_a_restored_date_is_at_half_past_seven_on_either_side_of_a_clock_change(cast, day, action):
    now = brussels("2026-09-01", "12:00")
    series = Reeks(
        frequency="wekelijks", first_day=date(2026, 9, 8), start=time(19, 30), end=time(21, 30)
    )
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[series], publish=False)
    refresh(page, now=now)
    sessie = Sessie.objects.get(page=page, van=brussels(day, "19:30"))
    dates.move(sessie.pk, day, time(9), time(10), REASON, now=now)
    again = dates.restore(sessie.pk, now=now)
    assert (again.van, again.tot) == (brussels(day, "19:30"), brussels(day, "21:30"))


# -- Pause -----------------------------------------------------------------------------------


def paused(page, start, end):
    page.paused_from, page.paused_until = date.fromisoformat(start), date.fromisoformat(end)
    return page


def test_in_a_pause_there_are_no_dates_and_after_it_they_are_back_by_themselves(page):
    series = Reeks(
        frequency="wekelijks", first_day=date(2027, 6, 22), start=time(19, 30), end=time(21, 30)
    )
    page.reeksen = [series]
    paused(page, "2027-06-29", "2027-08-31")
    found = planned(page, from_day=date(2027, 6, 20), until_day=date(2027, 9, 15))
    days = [van.astimezone(BRUSSELS).date().isoformat() for van in found]
    assert days == ["2027-06-22", "2027-09-07", "2027-09-14"]


def test_publishing_a_pause_takes_its_dates_away(page):
    sessie = first(page)
    today = timezone.localdate()
    page.paused_from, page.paused_until = today, today + timedelta(days=20)
    page.save_revision().publish()
    assert not Sessie.objects.filter(pk=sessie.pk).exists()
    assert next_at(page).astimezone(BRUSSELS).date() > page.paused_until


def test_by_agreement_it_is_not_found_in_its_pause_and_found_after_it(cast):
    from aanbod import indexing

    page = make_page(cast.in_herent, cast.lange_tafel)
    today = timezone.localdate()
    page.paused_from, page.paused_until = today, today + timedelta(days=2)
    page.save_revision().publish()
    assert not Zoekregel.objects.filter(page=page).exists()
    indexing.index(page, now=timezone.now() + timedelta(days=3))
    assert Zoekregel.objects.filter(page=page).exists()


def test_the_page_says_until_when(client, page):
    today = timezone.localdate()
    page.paused_from, page.paused_until = today, today + timedelta(days=20)
    page.save_revision().publish()
    assert "Pauze" in public(client, page)


def test_a_pause_that_is_over_is_not_shown(page):
    paused(page, "2026-07-01", "2026-08-31")
    assert details.of(page, now=brussels("2026-08-31", "23:00")).pause
    assert not details.of(page, now=brussels("2026-09-01", "00:30")).pause


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2027, 7, 1), None, "paused_until"),
        (None, date(2027, 7, 1), "paused_from"),
        (date(2027, 7, 2), date(2027, 7, 1), "paused_until"),
    ],
)
def test_half_a_pause_is_refused(page, start, end, field):
    page.paused_from, page.paused_until = start, end
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert field in refusal.value.message_dict


def test_half_a_pause_is_refused_by_its_field_also_in_a_draft(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast, paused_from="2027-07-01"))
    assert "laatste dag" in " ".join(response.context["form"].errors["paused_until"])


def test_a_copy_takes_no_pause_along(page):
    paused(page, "2026-07-01", "2026-08-31")
    page.save_revision().publish()
    copy = page.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, keep_live=False)
    assert copy.paused_from is None


# -- In the CMS ------------------------------------------------------------------------------


def test_the_list_shows_the_dates_and_the_page_links_to_it(katrijn, page):
    url = reverse("redactie:data", args=[page.pk])
    assert "Afgelasten" in katrijn.get(url).content.decode()
    edit = katrijn.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert url in edit


def test_cancelling_shows_the_reason_to_everybody(katrijn, page, client):
    assert change(katrijn, first(page), "afgelast", reason=REASON).status_code == 302
    text = public(client, page)
    assert "gaat niet door" in text
    assert REASON in text


def test_moving_shows_the_new_day(katrijn, page, client):
    day = timezone.localdate() + timedelta(days=1)
    sent = {"day": day.isoformat(), "start": "10:00", "end": "12:00", "reason": REASON}
    assert change(katrijn, first(page), "verplaats", **sent).status_code == 302
    assert "andere datum" in public(client, page)


def test_restoring_takes_the_reason_away(katrijn, page, client):
    change(katrijn, first(page), "afgelast", reason=REASON)
    change(katrijn, first(page), "herstel")
    assert REASON not in public(client, page)


def test_what_was_typed_stays_after_a_refusal(katrijn, page):
    sent = {"day": "2020-01-01", "start": "10:00", "end": "12:00", "reason": REASON}
    response = change(katrijn, first(page), "verplaats", **sent)
    text = response.content.decode()
    assert "al voorbij" in text
    assert REASON in text


@pytest.mark.parametrize("action", ["", "wis", "afgelast", "verplaats"])
def test_an_unfinished_form_changes_nothing(katrijn, page, action):
    assert change(katrijn, first(page), action).status_code == 200
    assert first(page).state == "gepland"


def test_an_editor_of_another_gemeente_finds_nothing(client, cast, page):
    client.force_login(cast.rik)
    assert client.get(reverse("redactie:data", args=[page.pk])).status_code == 404
    assert change(client, first(page), "afgelast", reason=REASON).status_code == 404
    assert first(page).state == "gepland"


def test_reading_changes_nothing(katrijn, page):
    assert katrijn.get(reverse("redactie:datum", args=[first(page).pk])).status_code == 405


def test_a_page_of_the_offer_is_never_private():
    assert ActiviteitPage.private_page_options == []
