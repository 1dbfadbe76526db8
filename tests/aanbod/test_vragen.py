"""A visitor's question reaches the contact persons, who show no address and cannot be flooded."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aanbod import vragen
from aanbod.models import ActiviteitContact
from aanbod.vragen import MOST_FOR_PAGE, MOST_FOR_PERSON, Nobody, TooMany, Vraag
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.aanbod.cast import TEST, make_page, weekly

VRAAG = Vraag("Mag ik dinsdag komen?", "Samira", "0470 00 00 00")


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests():
    cache.clear()


@pytest.fixture
def page(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)])
    name(page, cast.lieve)
    return page


def name(page, contact, deputy=0):
    with acting_as(TEST):
        ActiviteitContact.objects.create(page=page, contactpersoon=contact, deputy=deputy)


def ask(page, vraag=VRAAG, *, now=None, intent=None):
    vragen.send(page, vraag, intent=intent or uuid4(), now=now or timezone.now())


def sent():
    return list(Bericht._base_manager.filter(key__startswith="vraag:").order_by("pk"))


def form(**more):
    return {"intent": str(uuid4()), "text": "Mag ik komen?", "name": "", "reply": "", **more}


def url(page, language="nl"):
    return f"/{language}/aanbod/vraag/{page.pk}/"


# -- Who gets it ----------------------------------------------------------------------------------


def test_who_is_named_gets_it_with_the_name_and_number_that_were_given(cast, page):
    ask(page)
    [bericht] = sent()
    assert bericht.receiver == cast.lieve.user
    for part in ["Praattafel", "Mag ik dinsdag komen?", "Samira", "0470 00 00 00"]:
        assert part in bericht.text


def test_the_subject_says_nothing_personal(page):
    ask(page, Vraag("Ik heet Samira", "Samira", "samira@post.example"))
    assert sent()[0].subject == "Een vraag over je activiteit"


def test_without_a_number_it_says_that_nobody_can_answer(page):
    ask(page, Vraag("Mag ik komen?", "", ""))
    assert "Je kan niet antwoorden" in sent()[0].text


def test_a_deputy_gets_it_when_nobody_before_reads_mail(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    name(page, cast.joris)
    name(page, cast.lieve, deputy=1)
    ask(page)
    assert [bericht.receiver for bericht in sent()] == [cast.lieve.user]


def test_with_nobody_named_everyone_of_the_organisatie_there_gets_it(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    ask(page)
    assert [bericht.receiver for bericht in sent()] == [cast.lieve.user]


def test_when_nobody_reads_mail_it_is_said(client, cast, page):
    cast.lieve.user.email = None
    cast.lieve.user.save()
    with pytest.raises(Nobody):
        ask(page)
    html = client.get(url(page)).content.decode()
    assert "Hier leest nu niemand berichten." in html
    assert "<textarea" not in html
    assert client.post(url(page), form()).status_code == 422


def test_whose_time_is_over_gets_nothing(cast, page):
    cast.lieve.valid_to = timezone.localdate() - timedelta(1)
    cast.lieve.save()
    with pytest.raises(Nobody):
        ask(page)


# -- Limits ---------------------------------------------------------------------------------------


def test_the_same_question_twice_is_one(page):
    intent = uuid4()
    ask(page, intent=intent)
    ask(page, intent=intent)
    assert len(sent()) == 1


def test_an_activity_gets_no_more_than_ten_a_day(page):
    now = timezone.now()
    for _ in range(MOST_FOR_PAGE):
        ask(page, now=now)
    with pytest.raises(TooMany):
        ask(page, now=now)
    assert len(sent()) == MOST_FOR_PAGE
    ask(page, now=now + timedelta(hours=25))


def test_control_without_the_limit_it_gets_more(page, monkeypatch):
    monkeypatch.setattr(vragen, "MOST_FOR_PAGE", 1000)
    for _ in range(MOST_FOR_PAGE + 1):
        ask(page)
    assert len(sent()) == MOST_FOR_PAGE + 1


def test_a_person_gets_no_more_than_twenty_a_day_whatever_they_are_about(cast, page):
    others = [make_page(cast.in_herent, cast.lange_tafel, f"Koor {n}") for n in range(3)]
    refused = 0
    for each in [page, *others]:
        for _ in range(MOST_FOR_PAGE):
            try:
                ask(each)
            except TooMany:
                refused += 1
    assert len(sent()) == MOST_FOR_PERSON
    assert refused == 40 - MOST_FOR_PERSON


def test_one_visitor_asks_no_more_than_ten_times_an_hour(client, cast, page, monkeypatch):
    monkeypatch.setattr(vragen, "MOST_FOR_PAGE", 1000)
    answers = [client.post(url(page), form()).status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2
    refused = client.post(url(page), form(text="Nog een")).content.decode()
    assert "Probeer het morgen nog eens." in refused
    assert "Nog een" in refused


# -- The form -------------------------------------------------------------------------------------


def test_the_form_begins_with_the_ready_message_and_shows_no_address(client, cast, page):
    html = client.get(url(page)).content.decode()
    assert re.search(r"Dag, mag ik dinsdag \d+ \w+ om 19.30 uur komen naar “Praattafel”", html)
    assert html.count("<h1") == 1
    assert "Lieve" not in html
    assert "post.example" not in html


def test_what_is_sent_arrives(client, cast, page):
    response = client.post(url(page), form(reply="samira@post.example"), follow=True)
    assert "Je vraag is verstuurd" in response.content.decode()
    assert "samira@post.example" in sent()[0].text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "", "Schrijf je vraag."),
        ("text", "   ", "Schrijf je vraag."),
        ("reply", "bel me", "geen e-mailadres en geen telefoonnummer"),
        ("reply", "a@b", "geen e-mailadres en geen telefoonnummer"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, page, field, typed, sentence):
    response = client.post(url(page), form(**{field: typed}))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert sent() == []


def test_who_fills_in_what_people_do_not_see_is_thanked_and_not_passed_on(client, page):
    assert client.post(url(page), form(website="http://x.example")).status_code == 302
    assert sent() == []


def test_control_without_that_field_it_is_passed_on(client, page):
    client.post(url(page), form())
    assert len(sent()) == 1


def test_opening_it_sends_nothing(client, page):
    client.get(url(page), form())
    client.get(url(page) + "?verstuurd")
    assert sent() == []


def test_of_a_draft_nothing_can_be_asked(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Geheim", publish=False)
    assert client.get(url(page)).status_code == 404
    assert client.post(url(page), form()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999"])
def test_of_nothing_nothing_can_be_asked(client, pk):
    assert client.get(f"/nl/aanbod/vraag/{pk}/").status_code == 404
    assert client.get(f"/nl/aanbod/toon/{pk}/").status_code == 404


ANYTHING = st.text(max_size=50) | st.text(alphabet="٠١٢3+ @.\0", max_size=20)


@given(
    sent_form=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(["intent", "text", "name", "reply", "website", "x"], ANYTHING),
    ),
    whole=st.booleans(),
)
@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_form_is_an_error_of_the_server(client, page, sent_form, whole):
    data = {**form(), **sent_form} if whole else sent_form
    assert client.post(url(page), data).status_code in (302, 422, 429)


# -- The card for the door ------------------------------------------------------------------------


def test_the_card_for_the_door_is_in_dutch_with_its_translation_below(client, page):
    dutch = client.get(f"/nl/aanbod/toon/{page.pk}/").content.decode()
    arabic = client.get(f"/ar/aanbod/toon/{page.pk}/").content.decode()
    for html in (dutch, arabic):
        assert "Dag! Ik kom voor: <strong>Praattafel</strong>" in html
        assert html.count("<h1") == 1
    assert "Dit staat er" not in dutch
    assert '<div class="say show flow" lang="nl" dir="ltr">' in arabic
