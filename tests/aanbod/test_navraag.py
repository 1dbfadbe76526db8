"""Does an activity still hold? The ladder, its messages, and what an answer does."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from wagtail.models import PageLogEntry

from aanbod import contacts, navraag
from aanbod.models import ActiviteitPage, Navraag, Zoekregel
from aanbod.navraag import UNANSWERED, Answer, NotPossible, Step, Via, due
from gemeenten.models import Bericht
from gemeenten.outbox import deliver
from tests.aanbod.cast import BRUSSELS, brussels, make_contact, make_page

ASKED = date(2027, 3, 1)
pytestmark = pytest.mark.usefixtures("acting")


@pytest.fixture
def page(cast):
    """Live, and asked from 1 March 2027 on."""
    page = make_page(cast.in_herent, cast.lange_tafel)
    Navraag.objects.filter(page=page).update(ask_on=ASKED)
    return page


def night(day):
    """The command on the night of that day."""
    return navraag.run(now=brussels(day, "03:00"))


def after(days):
    return ASKED + timedelta(days=days)


def climb(*days):
    """The command on nights so many days after the question was due; the step after each."""
    found = []
    for one in days:
        night(after(one))
        found.append(Navraag.objects.get().step)
    return found


def row(page):
    return Navraag.objects.get(page=page)


def is_live(page):
    return ActiviteitPage.objects.get(pk=page.pk).live


def texts(user):
    return [one.text for one in Bericht.objects.filter(receiver=user).order_by("pk")]


# -- The rule ----------------------------------------------------------------------------------

MIDNIGHT = datetime(2027, 3, 1, 0, 30, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("step", "today", "expected"),
    [
        ("rust", "2027-02-28", None),
        ("rust", "2027-03-01", "gevraagd"),
        ("rust", "2029-01-01", "gevraagd"),
        ("gevraagd", "2027-03-01", None),
        ("gevraagd", "2027-03-14", None),
        ("gevraagd", "2027-03-15", "herinnerd"),
        ("gevraagd", "2029-01-01", "herinnerd"),
        ("herinnerd", "2027-03-14", None),
        ("herinnerd", "2027-03-15", "lager"),
        ("lager", "2027-03-14", None),
        ("lager", "2027-03-15", "offline"),
        ("lager", "2029-01-01", "offline"),
        ("offline", "2029-01-01", None),
    ],
)
def test_which_step_is_due_on_which_day(step, today, expected):
    """The step before was taken on 1 March at 0.30 in Brussels: still February in UTC."""
    at = None if step == "rust" else MIDNIGHT
    found = due(Navraag(step=step, step_at=at, ask_on=ASKED), date.fromisoformat(today))
    assert found == expected


def test_the_terms_are_settings(settings):
    settings.NAVRAAG_REMIND_AFTER_DAYS = 3
    asked = Navraag(step=Step.GEVRAAGD, step_at=MIDNIGHT, ask_on=ASKED)
    assert due(asked, date(2027, 3, 4)) == Step.HERINNERD


# -- The nights --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nights", "steps"),
    [
        ([-1], ["rust"]),
        ([0, 13], ["gevraagd", "gevraagd"]),
        ([0, 14, 27], ["gevraagd", "herinnerd", "herinnerd"]),
        ([0, 14, 28, 41], ["gevraagd", "herinnerd", "lager", "lager"]),
        ([0, 14, 28, 42, 90], ["gevraagd", "herinnerd", "lager", "offline", "offline"]),
        # The command did not run for weeks: one step, and the next one has its whole term.
        ([50, 51, 63, 64], ["gevraagd", "gevraagd", "gevraagd", "herinnerd"]),
        ([0, 60, 61, 74], ["gevraagd", "herinnerd", "herinnerd", "lager"]),
        ([0, 14, 99, 100, 112, 113], ["gevraagd", "herinnerd", *["lager"] * 3, "offline"]),
        # Twice on a night.
        ([0, 0, 14, 14], ["gevraagd", "gevraagd", "herinnerd", "herinnerd"]),
    ],
)
def test_one_step_a_night_each_after_its_whole_term(page, nights, steps):
    assert climb(*nights) == steps


def test_published_means_asked_half_a_year_later(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    published = page.last_published_at.astimezone(BRUSSELS).date()
    assert row(page).ask_on == published + timedelta(days=180)


def test_an_activity_from_before_the_ladder_gets_its_day_from_its_last_publishing(page):
    Navraag.objects.all().delete()
    published = page.last_published_at.astimezone(BRUSSELS).date()
    night(published + timedelta(days=179))
    assert row(page).step == Step.RUST
    night(published + timedelta(days=180))
    assert row(page).step == Step.GEVRAAGD


def test_a_draft_is_not_asked(cast):
    make_page(cast.in_herent, cast.lange_tafel, publish=False)
    night(date(2030, 1, 1))
    assert not Navraag.objects.exists()


def test_nothing_happens_during_a_pause(page):
    ActiviteitPage.objects.update(paused_from=ASKED, paused_until=after(10))
    assert climb(5, 11) == ["rust", "gevraagd"]


def test_what_an_editor_took_offline_is_left_alone(page):
    climb(0, 14)
    page.unpublish()
    assert climb(60) == ["herinnerd"]


def test_lower_in_the_results_and_then_gone_with_the_reason_in_the_history(page):
    assert Zoekregel.objects.get().lowered == 0
    climb(0, 14, 28)
    assert Zoekregel.objects.get().lowered == 1
    climb(42)
    assert not Zoekregel.objects.exists()
    assert not is_live(page)
    entry = PageLogEntry.objects.get(action=UNANSWERED, page_id=page.pk)
    assert entry.data["reason"] == navraag.REASON
    assert "niet of ze nog klopt" in entry.message


def test_two_nights_are_logged_once(page):
    climb(0, 14, 28, 42, 42, 43)
    assert PageLogEntry.objects.filter(action=UNANSWERED).count() == 1


# -- The messages ------------------------------------------------------------------------------


def test_each_step_is_said_once_with_what_comes_next_and_when(page, cast):
    climb(0, 0, 5, 14, 14, 28, 28, 42, 42, 50)
    said = texts(cast.lieve.user)
    assert len(said) == 4
    assert "voor 15 maart 2027" in said[0]
    assert "voor 29 maart 2027. Anders komt ze lager" in said[1]
    assert "voor 12 april 2027. Anders gaat ze offline" in said[2]
    assert "staat niet meer online" in said[3]
    to_editor = texts(cast.katrijn)
    assert len(to_editor) == 4
    assert "Op 29 maart 2027 komt de activiteit lager" in to_editor[1]
    assert "Op 12 april 2027 gaat ze offline" in to_editor[2]


def test_a_late_night_moves_the_days_that_are_said(page, cast):
    climb(50)
    assert "voor 4 mei 2027" in texts(cast.lieve.user)[0]


def test_no_step_is_taken_that_was_not_announced(page, cast):
    """Whatever the nights: the day that was said is never after the day it happens."""
    climb(3, 30, 31, 80, 81, 94, 95, 200)
    said = texts(cast.katrijn)
    assert [("opnieuw" in said[0]), ("lager" in said[1]), ("offline" in said[2])] == [True] * 3
    assert row(page).step == Step.OFFLINE


def test_only_its_own_people_and_editors_are_told(page, cast):
    climb(0)
    told = set(Bericht.objects.values_list("receiver__name", flat=True))
    assert told == {"Lieve Vanderstok", "Katrijn Meersdal", "Bart Kouterwegel"}


def test_who_stands_for_the_activity_is_asked_before_the_rest_of_the_organisatie(page, cast):
    nele = make_contact("Nele Distel", cast.lange_tafel, cast.herent)
    contacts.attach(page, {nele.pk}, today=date.today())
    climb(0)
    assert texts(nele.user)
    assert not texts(cast.lieve.user)


def test_a_contact_person_whose_time_is_over_is_not_asked(page, cast):
    contacts.end(cast.lieve, today=date(2026, 1, 2))
    climb(0)
    assert not texts(cast.lieve.user)


def test_when_nobody_has_an_address_the_editors_are_told_at_once(page, cast):
    contacts.end(cast.lieve, today=date(2026, 1, 2))  # Joris has no e-mail address
    climb(0)
    assert not row(page).reached
    assert "Niemand van de organisatie heeft een e-mailadres. Bel ze" in texts(cast.katrijn)[0]


def test_one_mail_for_all_activities_of_an_organisatie(page, cast):
    make_page(cast.in_herent, cast.lange_tafel, "Samen koken")
    Navraag.objects.update(ask_on=ASKED)
    night(ASKED)
    (text,) = texts(cast.lieve.user)
    assert "“Praattafel”" in text
    assert "“Samen koken”" in text


def test_nothing_personal_in_the_subject_and_no_link_in_the_outbox(page, cast, mailoutbox):
    climb(0)
    bericht = Bericht.objects.get(receiver=cast.lieve.user)
    assert bericht.subject == "Klopt je activiteit nog?"
    assert "/doorgeven/" not in bericht.text
    deliver(brussels(ASKED, "03:01"))
    (mail,) = [one for one in mailoutbox if one.to == [cast.lieve.user.email]]
    assert "/nl/aanbod/doorgeven/" in mail.body


def test_a_mail_is_in_the_language_of_the_contact_person(page, cast):
    cast.lieve.language = "en"
    cast.lieve.save()
    climb(0)
    assert Bericht.objects.get(receiver=cast.lieve.user).language == "en"


def test_the_command_says_what_it_did(cast, capsys):
    page = make_page(cast.in_herent, cast.lange_tafel)
    Navraag.objects.filter(page=page).update(ask_on=date(2020, 1, 1))
    call_command("navraag")
    assert capsys.readouterr().out.strip() == "1 gevraagd"
    call_command("navraag")
    assert capsys.readouterr().out.strip() == "Niets te vragen."


# -- The answer --------------------------------------------------------------------------------


def say(page, given=Answer.JA, days=20, via=Via.LINK):
    return navraag.answer(page.pk, given, via=via, now=brussels(after(days), "10:00"))


@pytest.mark.parametrize("nights", [[], [0], [0, 14], [0, 14, 28]])
def test_yes_brings_it_back_up_and_asks_again_in_half_a_year(page, nights):
    climb(*nights)
    say(page, days=30)
    found = row(page)
    assert (found.step, found.ask_on) == (Step.RUST, after(30 + 180))
    assert (found.answer, found.answered_via) == ("ja", "link")
    assert Zoekregel.objects.get().lowered == 0
    assert climb(40, 60, 80) == ["rust"] * 3


def test_a_change_that_is_announced_stops_the_ladder_and_is_asked_after_soon(page):
    climb(0, 14)
    say(page, Answer.ANDERS)
    assert climb(33, 34) == ["rust", "gevraagd"]


def test_a_second_question_is_told_anew(page, cast):
    climb(0)
    say(page, days=1)
    Navraag.objects.update(ask_on=after(2))
    climb(2)
    assert len(texts(cast.lieve.user)) == 2
    assert row(page).answer == ""


def test_the_same_answer_twice_changes_nothing_more(page):
    climb(0)
    assert say(page).ask_on == say(page).ask_on


def test_publishing_is_an_answer_too(page):
    climb(0, 14, 28)
    ActiviteitPage.objects.get().save_revision().publish()
    assert row(page).step == Step.RUST
    assert Zoekregel.objects.get().lowered == 0


def test_a_day_that_an_editor_chose_outlives_publishing(page):
    now = brussels("2026-12-01", "10:00")
    navraag.set_day(page.pk, date(2031, 5, 1), now=now)
    ActiviteitPage.objects.get().save_revision().publish()
    assert row(page).ask_on == date(2031, 5, 1)


def test_choosing_a_day_takes_an_open_question_back(page):
    climb(0, 14, 28)
    navraag.set_day(page.pk, after(200), now=brussels(after(30), "10:00"))
    assert row(page).step == Step.RUST
    assert Zoekregel.objects.get().lowered == 0


def test_who_is_offline_and_says_yes_waits_for_one_click(page, cast):
    climb(0, 14, 28, 42)
    say(page, days=50)
    assert not is_live(page)
    assert navraag.waits_to_go_back(row(page))
    navraag.put_back(page.pk, by=cast.katrijn, now=brussels(after(51), "10:00"))
    assert is_live(page)
    assert row(page).step == Step.RUST


def test_what_goes_back_is_what_stood_online_not_a_later_draft(page, cast):
    climb(0, 14, 28, 42)
    draft = ActiviteitPage.objects.get()
    draft.title = "Halve gedachte"
    draft.save_revision()
    say(page, days=50)
    found = navraag.put_back(page.pk, by=cast.katrijn, now=brussels(after(51), "10:00"))
    assert (found.live, found.title) == (True, "Praattafel")


def test_nothing_goes_back_without_an_answer_or_twice(page, cast):
    now = brussels(after(51), "10:00")
    climb(0, 14, 28, 42)
    with pytest.raises(NotPossible):
        navraag.put_back(page.pk, by=cast.katrijn, now=now)
    say(page, days=50)
    navraag.put_back(page.pk, by=cast.katrijn, now=now)
    with pytest.raises(NotPossible):
        navraag.put_back(page.pk, by=cast.katrijn, now=now)


def test_nobody_of_another_gemeente_puts_it_back(page, cast):
    climb(0, 14, 28, 42)
    say(page, days=50)
    with pytest.raises(NotPossible):
        navraag.put_back(page.pk, by=cast.rik, now=brussels(after(51), "10:00"))
    assert not is_live(page)


def test_a_draft_takes_no_answer(cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, publish=False)
    with pytest.raises(NotPossible):
        say(draft)


def test_what_asks_for_attention_is_of_the_own_gemeente_only(page, cast):
    other = make_page(cast.in_leuven, cast.lange_tafel)
    Navraag.objects.filter(page=other).update(ask_on=ASKED)
    climb_all = [0, 14]
    for days in climb_all:
        night(after(days))
    assert [one.page_id for one in navraag.open_rows([cast.herent.pk])] == [page.pk]
    assert not navraag.open_rows([])
