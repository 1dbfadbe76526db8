"""The question whether an activity still holds: the organisation's page, the editor's, and the
wachtrij."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import links, navraag, wachtrij
from aanbod.models import ActiviteitPage, Inzending, Navraag, Zoekregel
from aanbod.navraag import Step
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_page


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel)


def at_step(page, step):
    """As if the ladder had come so far just now."""
    with acting_as(TEST):
        Navraag.objects.filter(page=page).update(ask_on=timezone.localdate())
        now = timezone.now()
        for _ in range(Step.values.index(step)):
            navraag.run(now=now)
            now += timedelta(days=15)


@pytest.fixture
def link(cast):
    return links.link_of(cast.lange_tafel, cast.herent, by=cast.katrijn, now=timezone.now())


def overview(link):
    return reverse("aanbod:doorgeven", args=[links.token(link)])


def klopt(link, page):
    return reverse("aanbod:doorgeven_klopt", args=[links.token(link), page.pk])


# -- The organisation --------------------------------------------------------------------------


def test_without_a_question_nothing_is_asked(client, link, page):
    assert "Ja, dit klopt nog" not in client.get(overview(link)).text


@pytest.mark.parametrize("step", ["gevraagd", "herinnerd", "lager", "offline"])
def test_an_open_question_stands_on_the_page_and_yes_answers_it(client, link, page, step):
    at_step(page, step)
    text = client.get(overview(link)).text
    assert "Ja, dit klopt nog" in text
    assert klopt(link, page) in text
    assert "Er verandert iets" in text
    client.post(klopt(link, page))
    assert "Ja, dit klopt nog" not in client.get(overview(link)).text
    assert Navraag.objects.get().answer == "ja"


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_answers_nothing(client, link, page, method):
    at_step(page, "lager")
    before = Navraag.objects.values().get()
    assert getattr(client, method)(klopt(link, page)).status_code == 405
    assert getattr(client, method)(overview(link)).status_code == 200
    assert Navraag.objects.values().get() == before


def test_yes_brings_a_lowered_activity_back_up(client, link, page):
    at_step(page, "lager")
    client.post(klopt(link, page))
    assert Zoekregel.objects.get().lowered == 0


def test_an_offline_one_waits_for_the_gemeente(client, link, page):
    at_step(page, "offline")
    text = client.post(klopt(link, page), follow=True).text
    assert "De gemeente zet je activiteit terug online" in text
    assert not ActiviteitPage.objects.get(pk=page.pk).live


def test_what_is_of_somebody_else_cannot_be_answered(client, cast, link, page):
    other = make_page(cast.in_herent, cast.groendienst, "Snoeien")
    elsewhere = make_page(cast.in_leuven, cast.lange_tafel, "Koor")
    for strange in (other, elsewhere):
        at_step(strange, "gevraagd")
        assert client.post(klopt(link, strange)).status_code == 404
        assert Navraag.objects.get(page=strange).answer == ""


def test_a_withdrawn_link_answers_nothing(client, link, page):
    at_step(page, "gevraagd")
    address = klopt(link, page)
    links.withdraw(link.organisatie, link.gemeente, now=timezone.now())
    assert client.post(address).status_code == 404
    assert Navraag.objects.get().answer == ""


def test_a_change_that_is_sent_in_is_an_answer(link, page):
    at_step(page, "lager")
    with acting_as(TEST):
        Inzending.objects.create(
            organisatie=link.organisatie,
            gemeente=link.gemeente,
            kind="wijziging",
            page=page,
            made_at=timezone.now(),
            sent_at=timezone.now(),
        )
    row = Navraag.objects.get()
    assert (row.step, row.answer) == (Step.RUST, "anders")


def test_nobody_is_asked_again_while_their_change_waits_for_the_gemeente(link, page):
    now = timezone.now()
    with acting_as(TEST):
        sent = Inzending.objects.create(
            organisatie=link.organisatie,
            gemeente=link.gemeente,
            kind="wijziging",
            page=page,
            made_at=now,
            sent_at=now,
        )
        Navraag.objects.update(ask_on=date(2020, 1, 1))
        assert not navraag.run(now=now)
        Inzending.objects.filter(pk=sent.pk).update(state="ingetrokken")
        assert navraag.run(now=now)["gevraagd"] == 1


def test_the_number_of_queries_does_not_grow_with_the_questions(
    client, cast, link, page, django_assert_max_num_queries
):
    at_step(page, "gevraagd")
    client.get(overview(link))
    with django_assert_max_num_queries(40) as few:
        client.get(overview(link))
    for number in range(4):
        at_step(make_page(cast.in_herent, cast.lange_tafel, f"Tafel {number}"), "gevraagd")
    with django_assert_max_num_queries(60) as many:
        client.get(overview(link))
    live_addresses = 4  # Wagtail asks for the address of each live page
    assert len(many) <= len(few) + live_addresses


# -- The editor --------------------------------------------------------------------------------


def screen(page):
    return reverse("redactie:navraag", args=[page.pk])


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("rust", "Nog niet gevraagd"),
        ("gevraagd", "We vragen het opnieuw op"),
        ("herinnerd", "Ze komt lager in de resultaten op"),
        ("lager", "Ze gaat offline op"),
        ("offline", "want er kwam geen antwoord"),
    ],
)
def test_the_editor_sees_how_far_it_is_and_what_comes_next(katrijn, page, step, words):
    at_step(page, step)
    text = katrijn.get(screen(page)).text
    assert words in text
    assert "Lieve Vanderstok" in text


def test_the_editor_is_told_whom_to_call(katrijn, cast, page):
    with acting_as(TEST):
        cast.lieve.user.email = None
        cast.lieve.user.save()
    assert "heeft een e-mailadres. Bel ze" in katrijn.get(screen(page)).text


def test_the_editor_answers_after_a_phone_call_with_one_click(katrijn, page):
    at_step(page, "lager")
    text = katrijn.post(screen(page), {"action": "ja"}, follow=True).text
    assert "Het antwoord is bewaard" in text
    assert "een redacteur, na een telefoontje" in text
    assert Navraag.objects.get().step == Step.RUST


def test_offline_by_phone_and_back_online_are_two_clicks(katrijn, page):
    at_step(page, "offline")
    assert "Zet terug online" in katrijn.post(screen(page), {"action": "ja"}, follow=True).text
    katrijn.post(screen(page), {"action": "terug"})
    assert ActiviteitPage.objects.get(pk=page.pk).live


def test_the_editor_chooses_another_day(katrijn, page):
    day = timezone.localdate() + timedelta(days=30)
    katrijn.post(screen(page), {"action": "dag", "ask_on": day.isoformat()})
    assert (Navraag.objects.get().ask_on, Navraag.objects.get().chosen) == (day, True)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "weg"},
        {"action": "terug"},
        {"action": "dag"},
        {"action": "dag", "ask_on": "morgen"},
        {"action": "dag", "ask_on": "2020-01-01"},
        {"action": "dag", "ask_on": "9999-12-31"},
        {"action": "\x00"},
    ],
)
def test_what_is_not_understood_changes_nothing_and_says_so(katrijn, page, sent):
    before = Navraag.objects.values().get()
    answer = katrijn.post(screen(page), sent)
    assert answer.status_code == 200
    assert "Er is niets veranderd" in answer.text
    assert Navraag.objects.values().get() == before


def test_a_draft_has_nothing_to_ask(katrijn, cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Concept", publish=False)
    assert "De activiteit staat niet online" in katrijn.get(screen(draft)).text
    for action in ("ja", "anders", "terug"):
        assert "Er is niets veranderd" in katrijn.post(screen(draft), {"action": action}).text
    assert not Navraag.objects.filter(page=draft).exists()


def test_an_editor_of_another_gemeente_finds_nothing(client, cast, page):
    client.force_login(cast.rik)
    assert client.get(screen(page)).status_code == 404
    assert client.post(screen(page), {"action": "ja"}).status_code == 404
    assert Navraag.objects.get().answer == ""


# -- The wachtrij ------------------------------------------------------------------------------


def queue(gemeente):
    with acting_as(TEST):
        return [one for one in wachtrij.items(gemeente) if one.source == "navraag"]


@pytest.mark.parametrize(("step", "waits"), [("rust", 0), ("gevraagd", 0), ("herinnerd", 1)])
def test_what_was_asked_again_waits_in_the_queue(cast, page, step, waits):
    at_step(page, step)
    assert len(queue(cast.herent)) == waits
    assert queue(cast.leuven) == []


def test_who_cannot_be_reached_waits_at_once(cast, page):
    cast.lieve.user.email = None
    cast.lieve.user.save()
    at_step(page, "gevraagd")
    (item,) = queue(cast.herent)
    assert item.state == "niet te bereiken"
    assert not item.can_approve


def test_back_online_is_one_click_in_the_queue(client, cast, link, page):
    at_step(page, "offline")
    (item,) = queue(cast.herent)
    assert not item.can_approve
    client.post(klopt(link, page))
    (item,) = queue(cast.herent)
    assert item.can_approve
    with acting_as(cast.katrijn):
        (done,) = wachtrij.approve(cast.herent, [item], cast.katrijn, timezone.now())
        (again,) = wachtrij.approve(cast.herent, [item], cast.katrijn, timezone.now())
    assert (done.done, again.done) == (True, False)
    assert ActiviteitPage.objects.get(pk=page.pk).live
    assert queue(cast.herent) == []


def test_nothing_of_another_gemeente_is_approved(cast, client, link, page):
    at_step(page, "offline")
    client.post(klopt(link, page))
    (item,) = queue(cast.herent)
    with acting_as(cast.rik):
        (outcome,) = wachtrij.approve(cast.leuven, [item], cast.rik, timezone.now())
    assert not outcome.done
    assert not ActiviteitPage.objects.get(pk=page.pk).live


def test_the_queue_counts_in_queries_that_do_not_grow(cast, page, django_assert_max_num_queries):
    at_step(page, "herinnerd")
    with acting_as(TEST), django_assert_max_num_queries(30) as few:
        queue(cast.herent)
    for number in range(4):
        at_step(make_page(cast.in_herent, cast.lange_tafel, f"Tafel {number}"), "herinnerd")
    with acting_as(TEST), django_assert_max_num_queries(30) as many:
        assert len(queue(cast.herent)) == 5
    assert len(few) == len(many)
