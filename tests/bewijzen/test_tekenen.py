"""The contact person's first page: getting in, who waits for an answer, what there is to sign."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import cards, sign_off
from bewijzen.ledger import Block
from bewijzen.models import Deelname, Regel, Verzoek
from bewijzen.refusals import Refusal
from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_activiteit,
    make_contact,
    make_deelname,
    make_sessie,
    make_traject,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import GARBAGE, hidden, new_intent, words

URL = "/nl/tekenen/"


@pytest.fixture
def lieve(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lieve)
    return client


def lines() -> int:
    with acting_as(TEST):
        return Regel.objects.count()


# Getting in


def test_a_visitor_sees_one_button_that_leads_to_the_code_and_back(client, db):
    response = client.get(URL)
    assert "Stuur mij een code" in words(response)
    assert "/login/code/?next=/nl/tekenen/" in response.content.decode()


def test_a_visitor_with_a_card_goes_to_where_it_is_typed(client, db):
    response = client.get(URL, {"next": "/B/ABC"})
    assert "/nl/activeer/?next=/B/ABC" in response.content.decode()


def test_somebody_who_is_no_contact_person_reads_what_to_do(cast, client):
    client.force_login(cast.stranger)
    response = client.get(URL)
    assert response.status_code == 403
    assert "Vraag aan de gemeente om je contactpersoon te maken." in words(response)


def test_a_contact_person_whose_time_is_over_is_one_no_more(cast, client):
    from aanbod.models import Contactpersoon

    Contactpersoon.everyone.filter(user=cast.lieve).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(cast.lieve)
    assert client.get(URL).status_code == 403


@pytest.mark.parametrize("path", ["getekend/", "ontvangst/1/", "sessie/1/"])
def test_a_visitor_comes_back_to_the_page_after_signing_in(client, db, path):
    response = client.get(f"/ar/tekenen/{path}")
    assert response["Location"] == f"/ar/tekenen/?next=/ar/tekenen/{path}"


# What there is to sign


def test_meetings_of_the_last_two_weeks_say_how_many_wait(cast, lieve):
    page = words(lieve.get(URL))
    assert "Praattafel" in page
    assert "van 19.00 tot 21.00" in page
    assert "1 mens te tekenen" in page


def test_a_meeting_that_was_signed_says_so(cast, lieve):
    sign(cast.samira_praat, cast.joris, van=at("19:00"), tot=at("21:00"))
    assert "1 mens getekend" in words(lieve.get(URL))


def test_meetings_of_another_organisation_or_gemeente_are_not_shown(cast, lieve):
    for page in [cast.groen, cast.leuvense_tafel]:
        make_sessie(page, at("10:00"))
        make_deelname(cast.yusuf, page)
    shown = words(lieve.get(URL))
    assert "Bomen planten" not in shown
    assert "Leuvense tafel" not in shown
    assert "Yusuf" not in shown


def test_people_by_agreement_can_be_signed_one_by_one(cast, lieve):
    response = lieve.get(URL)
    assert "Samira Fietsles" in words(response)
    assert f"/nl/tekenen/deelname/{cast.samira_fiets.pk}/" in response.content.decode()


def test_a_contact_person_sees_first_names_only(cast, lieve):
    assert "Al-Masri" not in words(lieve.get(URL))


def test_an_initial_tells_two_of_the_same_name_apart(cast, lieve):
    for traject in [cast.ahmad_n, cast.ahmad_s]:
        make_deelname(traject, cast.fietsles)
    page = words(lieve.get(URL))
    assert "Ahmad N. Fietsles" in page
    assert "Ahmad S. Fietsles" in page
    assert "Samira Fietsles" in page


def test_a_contact_person_is_not_on_the_own_list(cast, lieve):
    own = make_traject(cast, "Lieve Vanderstok", user=cast.lieve)
    make_deelname(own, cast.fietsles)
    assert "Lieve Fietsles" not in words(lieve.get(URL))


# Requests to join


def request_of(cast: Cast) -> Deelname:
    return make_deelname(cast.yusuf, cast.praattafel, "gevraagd")


def test_who_asked_to_join_is_welcomed_with_one_tap(cast, lieve):
    asked = request_of(cast)
    assert "Wil meedoen Yusuf Praattafel" in words(lieve.get(URL))
    lieve.post(f"/nl/tekenen/aanvraag/{asked.pk}/", {"antwoord": "welkom"})
    assert state_of(asked) == "deelnemer"


def test_saying_no_needs_a_reason(cast, lieve):
    asked = request_of(cast)
    response = lieve.post(f"/nl/tekenen/aanvraag/{asked.pk}/", {"antwoord": "weiger"})
    assert response.status_code == 422
    assert "Schrijf kort waarom." in words(response)
    assert state_of(asked) == "gevraagd"


def test_saying_no_with_a_reason_tells_the_person(cast, lieve):
    asked = request_of(cast)
    answer = {"antwoord": "weiger", "reason": "Het is vol."}
    assert lieve.post(f"/nl/tekenen/aanvraag/{asked.pk}/", answer).status_code == 302
    assert state_of(asked) == "geweigerd"
    with acting_as(TEST):
        assert Bericht.objects.get().receiver == cast.yusuf.inburgeraar.user


def test_a_full_activity_is_said_and_nothing_changes(cast, lieve):
    cast.praattafel.capacity = 1
    cast.praattafel.save()
    asked = request_of(cast)
    response = lieve.post(f"/nl/tekenen/aanvraag/{asked.pk}/", {"antwoord": "welkom"})
    assert response.status_code == 422
    assert "Er zijn geen plaatsen meer." in words(response)


def state_of(deelname: Deelname) -> str:
    with acting_as(TEST):
        return Deelname.objects.get(pk=deelname.pk).state


# Notes "I was there"


def test_a_note_is_signed_with_one_tap_and_gives_a_receipt(cast, lieve):
    note = make_verzoek(cast.samira_praat, minutes=90)
    response = lieve.get(URL)
    assert "Samira , 1 uur 30 Praattafel" in words(response)
    intent = hidden(response, "intent")
    answer = {"antwoord": "teken", "intent": intent}
    response = lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer, follow=True)
    assert "1 uur 30 bevestigd voor Samira" in words(response)
    assert note_state(note) == "getekend"


def test_signing_a_note_twice_writes_one_line(cast, lieve):
    note = make_verzoek(cast.samira_praat)
    answer = {"antwoord": "teken", "intent": new_intent()}
    places = {lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer)["Location"] for _ in range(2)}
    assert (len(places), lines()) == (1, 1)


def test_two_colleagues_who_sign_the_same_note_write_one_line(cast, lieve):
    note = make_verzoek(cast.samira_praat)
    answer = {"antwoord": "teken", "intent": new_intent()}
    lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer)
    lieve.force_login(cast.joris)
    answer = {"antwoord": "teken", "intent": new_intent()}
    response = lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer)
    assert response.status_code == 422
    assert "Dat kan nu niet meer." in words(response)
    assert lines() == 1


def test_a_note_without_intent_is_not_signed(cast, lieve):
    note = make_verzoek(cast.samira_praat)
    for garbage in ["", *GARBAGE]:
        answer = {"antwoord": "teken", "intent": garbage}
        response = lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer)
        assert response.status_code == 422
        assert "Deze pagina was niet volledig." in words(response)
    assert lines() == 0


def test_not_signing_needs_a_reason_and_what_was_typed_stays(cast, lieve):
    note = make_verzoek(cast.samira_praat)
    response = lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", {"antwoord": "weiger"})
    assert response.status_code == 422
    assert note_state(note) == "open"
    long = "x" * 400
    response = lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", {"antwoord": "weiger", "reason": long})
    assert response.status_code == 422
    assert long in response.content.decode()


def test_not_signing_with_a_reason_tells_the_person(cast, lieve):
    note = make_verzoek(cast.samira_praat)
    answer = {"antwoord": "weiger", "reason": "Je was er niet."}
    for _ in range(2):
        assert lieve.post(f"/nl/tekenen/verzoek/{note.pk}/", answer).status_code == 302
    assert note_state(note) == "geweigerd"
    with acting_as(TEST):
        assert Bericht.objects.get().receiver == cast.samira.inburgeraar.user


def note_state(note: Verzoek) -> str:
    with acting_as(TEST):
        return Verzoek.objects.get(pk=note.pk).state


# Who may not


@pytest.mark.parametrize("who", ["peter", "saar"])
def test_a_contact_person_of_another_organisation_or_gemeente_finds_nothing(cast, client, who):
    asked, note = request_of(cast), make_verzoek(cast.samira_praat)
    client.force_login(getattr(cast, who))
    before = row_counts()
    answers = [
        (f"aanvraag/{asked.pk}/", {"antwoord": "welkom"}),
        (f"verzoek/{note.pk}/", {"antwoord": "teken", "intent": new_intent()}),
        (f"aanvraag/{uuid4()}/", {"antwoord": "welkom"}),
        (f"verzoek/{uuid4()}/", {"antwoord": "teken", "intent": new_intent()}),
    ]
    for path, answer in answers:
        assert client.post(URL + path, answer).status_code == 404
    assert row_counts() == before


def test_nobody_signs_the_own_note_through_a_second_role(cast, client):
    samira = cast.samira.inburgeraar.user
    make_contact(samira, cast.lange_tafel, cast.herent)
    note = make_verzoek(cast.samira_praat)
    client.force_login(samira)
    answer = {"antwoord": "teken", "intent": new_intent()}
    assert client.post(f"/nl/tekenen/verzoek/{note.pk}/", answer).status_code == 404
    assert lines() == 0


# The typed code


def test_the_digits_under_the_qr_lead_to_the_same_form(cast, lieve):
    kaart = cards.new_card(cast.samira, by=None, now=timezone.now())
    digits = cards.typed_code(kaart)
    typed = f"{digits[:4]} {digits[4:]}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    response = lieve.post("/nl/tekenen/code/", {"code": typed})
    assert response["Location"] == f"/B/{cards.token(kaart)}"


def test_a_wrong_code_five_times_says_what_to_do_next(cast, lieve):
    for _ in range(4):
        response = lieve.post("/nl/tekenen/code/", {"code": "0000000000"})
        assert response.status_code == 422
        assert "Deze code kennen wij niet." in words(response)
    response = lieve.post("/nl/tekenen/code/", {"code": "0000000000"})
    assert response.status_code == 429
    assert "Wacht een kwartier" in words(response)


def test_the_limit_is_for_one_person_and_counts_wrong_codes_only(cast, lieve):
    digits = cards.typed_code(cards.new_card(cast.samira, by=None, now=timezone.now()))
    for _ in range(7):
        assert lieve.post("/nl/tekenen/code/", {"code": digits}).status_code == 302
    for _ in range(5):
        lieve.post("/nl/tekenen/code/", {"code": "0000000000"})
    assert lieve.post("/nl/tekenen/code/", {"code": digits}).status_code == 429
    lieve.force_login(cast.joris)
    assert lieve.post("/nl/tekenen/code/", {"code": digits}).status_code == 302


def test_a_code_that_is_no_code_is_answered_by_a_sentence(cast, lieve):
    for garbage in ["", "abc", *GARBAGE]:
        response = lieve.post("/nl/tekenen/code/", {"code": garbage})
        assert response.status_code in {422, 429}
        assert "Typ de code onder de QR" in words(response)


def test_a_withdrawn_card_is_not_known_by_its_digits(cast, lieve):
    old = cards.typed_code(cards.new_card(cast.samira, by=None, now=timezone.now()))
    cards.new_card(cast.samira, by=None, now=timezone.now())
    assert lieve.post("/nl/tekenen/code/", {"code": old}).status_code == 422


def test_somebody_unknown_can_not_try_codes(cast, client):
    client.force_login(cast.stranger)
    digits = cards.typed_code(cards.new_card(cast.samira, by=None, now=timezone.now()))
    response = client.post("/nl/tekenen/code/", {"code": digits})
    assert response["Location"] == URL


# Always


@pytest.mark.parametrize("path", ["code/", f"verzoek/{UUID(int=40)}/"])
def test_what_a_button_does_can_not_be_opened_as_a_page(cast, lieve, path):
    response = lieve.get(URL + path)
    assert response.status_code == 405
    assert "Er is niets veranderd" in words(response)


def test_looking_changes_nothing_and_is_kept_by_no_cache(cast, lieve):
    make_verzoek(cast.samira_praat)
    before = row_counts()
    assert "no-store" in lieve.get(URL)["Cache-Control"]
    assert row_counts() == before


def test_more_rows_ask_no_more_of_the_database(cast, lieve):
    fill(cast, "een")
    few = queries(lieve)
    for name in ["twee", "drie", "vier"]:
        fill(cast, name)
    assert queries(lieve) == few


def fill(cast: Cast, name: str) -> None:
    page = make_activiteit(cast.herent, cast.lange_tafel, f"Tafel {name}")
    make_sessie(page, at("10:00"))
    make_sessie(page, at("10:00", days_ago=2))
    person = make_deelname(make_traject(cast, f"Amina {name.title()}"), page)
    sign(person, cast.lieve, van=at("10:00", days_ago=2), tot=at("12:00", days_ago=2))
    make_verzoek(person)
    make_deelname(make_traject(cast, f"Omar {name.title()}"), page, "gevraagd")
    make_deelname(make_traject(cast, f"Dina {name.title()}"), cast.fietsles)


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(URL).status_code == 200
    return len(asked)


def test_a_note_for_a_day_that_is_signed_already_is_not_signed_twice(lieve, cast):
    sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=120)
    with acting_as(System("test")):
        note = Verzoek.objects.create(
            deelname=cast.samira_praat,
            day=today() - timedelta(days=1),
            minutes=120,
            created_at=cast.now,
        )
    with pytest.raises(Refusal) as refused:
        sign_off.sign_note(note.pk, signer=cast.lieve, intent=uuid4(), now=cast.now)
    assert refused.value.code == "signed_already"


def test_hours_signed_once_answer_the_same_when_others_of_that_day_came_later(cast):
    day, intent = today() - timedelta(days=1), uuid4()
    first = Block(day, 60)
    again = {"signer": cast.lieve, "intent": intent, "now": cast.now}
    receipt = sign_off.sign(cast.samira_praat.pk, first, **again)
    sign_off.sign(
        *(cast.samira_praat.pk, Block(day, 30)),
        signer=cast.lieve,
        intent=uuid4(),
        now=cast.now,
        sure=True,
    )
    assert sign_off.sign(cast.samira_praat.pk, first, **again) == receipt


def test_other_hours_of_that_day_are_signed_only_by_who_is_sure(cast):
    day = today() - timedelta(days=1)
    sign_off.sign(
        cast.samira_praat.pk, Block(day, 60), signer=cast.lieve, intent=uuid4(), now=cast.now
    )
    with pytest.raises(Refusal) as refused:
        sign_off.sign(
            cast.samira_praat.pk, Block(day, 30), signer=cast.lieve, intent=uuid4(), now=cast.now
        )
    assert refused.value.code == "signed_already"
