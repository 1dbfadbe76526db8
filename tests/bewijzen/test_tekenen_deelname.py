"""One block for one person: signing it, its receipt, taking it back, and looking back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import ledger, participation, sign_off
from bewijzen.models import Bevestiging, Regel
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_contact,
    make_deelname,
    make_traject,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import GARBAGE, hidden, new_intent, words

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def lieve(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lieve)
    return client


def url(cast: Cast) -> str:
    return f"/nl/tekenen/deelname/{cast.samira_fiets.pk}/"


def typed(**changes: str) -> dict[str, str]:
    times = {"day": str(YESTERDAY), "van": "14:00", "tot": "16:00"}
    return {**times, "intent": new_intent(), **changes}


def minutes() -> list[int]:
    with acting_as(TEST):
        return list(Bevestiging.objects.order_by("regel_id").values_list("minutes", flat=True))


def test_today_and_the_usual_length_are_filled_in_and_no_clock_time_is_invented(cast, lieve):
    page = lieve.get(url(cast)).content.decode()
    assert f'value="{today()}"' in page
    assert 'name="hours" value="1"' in page
    assert 'name="van" class="short" id' in page


def test_two_clock_times_are_signed_and_the_receipt_says_for_whom(cast, lieve):
    response = lieve.post(url(cast), typed(), follow=True)
    page = words(response)
    assert "2 uur bevestigd voor Samira" in page
    assert "van 14.00 tot 16.00" in page
    assert "getekend van de lijst" in page
    assert "Terug naar vandaag" in page


def test_hours_alone_are_signed_without_clock_times(cast, lieve):
    lieve.post(url(cast), typed(van="", tot="", hours="1", minutes="30"))
    with acting_as(TEST):
        line = Bevestiging.objects.get()
    assert (line.minutes, line.block) == (90, None)


def test_hours_beside_clock_times_are_a_part_of_them(cast, lieve):
    lieve.post(url(cast), typed(hours="1"))
    assert minutes() == [60]


def test_a_note_is_filled_in_when_it_leads_here(cast, lieve):
    note = make_verzoek(cast.samira_fiets, days_ago=3, minutes=75)
    page = lieve.get(url(cast), {"verzoek": str(note.pk)}).content.decode()
    assert f'value="{today() - timedelta(days=3)}"' in page
    assert 'name="minutes" value="15"' in page
    for garbage in GARBAGE:
        assert lieve.get(url(cast), {"verzoek": garbage}).status_code == 200


def test_sending_it_twice_gives_the_same_receipt(cast, lieve):
    sent = typed()
    places = {lieve.post(url(cast), sent)["Location"] for _ in range(2)}
    assert (len(places), minutes()) == (1, [120])


def test_sending_hours_without_clock_times_twice_gives_the_same_receipt(cast, lieve):
    sent = typed(van="", tot="", hours="2")
    places = {lieve.post(url(cast), sent)["Location"] for _ in range(2)}
    assert (len(places), minutes()) == (1, [120])


def test_the_same_intent_with_other_hours_is_refused(cast, lieve):
    sent = typed()
    lieve.post(url(cast), sent)
    response = lieve.post(url(cast), {**sent, "tot": "17:00"})
    assert response.status_code == 409
    assert "Deze uren werden al verstuurd met andere gegevens." in words(response)
    assert minutes() == [120]


def refused(lieve: Client, cast: Cast, **changes: str) -> str:
    before = row_counts()
    response = lieve.post(url(cast), typed(**changes))
    assert response.status_code == 422
    assert row_counts() == before
    return words(response)


def test_overlapping_hours_are_answered_by_a_sentence(cast, lieve):
    sign(cast.samira_praat, cast.joris, van=at("15:00"), tot=at("17:00"))
    assert "Op dit moment staan al uren voor deze persoon." in refused(lieve, cast)


def test_a_date_next_year_is_answered_by_a_sentence(cast, lieve):
    day = str(today() + timedelta(days=366))
    assert "Deze tijd moet nog komen." in refused(lieve, cast, day=day)


def test_twenty_five_hours_on_a_day_are_answered_by_a_sentence(cast, lieve):
    page = refused(lieve, cast, van="", tot="", hours="25", sure="on")
    assert "Er zijn maar 24 uren in een dag." in page


def test_more_than_24_hours_together_are_answered_by_a_sentence(cast, lieve):
    sign(cast.samira_praat, cast.joris, minutes=23 * 60)
    page = refused(lieve, cast, van="", tot="", hours="2")
    assert "Er zijn maar 24 uren in een dag." in page


def test_a_start_without_an_end_is_answered_by_a_sentence(cast, lieve):
    assert "Vul het begin én het einde in." in refused(lieve, cast, tot="")


def test_very_long_is_asked_about_and_then_signed(cast, lieve):
    sent = typed(van="08:00", tot="20:00")
    response = lieve.post(url(cast), sent)
    assert response.status_code == 422
    assert "Dat is meer dan 10 uur op één dag. Klopt dat?" in words(response)
    assert hidden(response, "intent") == sent["intent"]
    lieve.post(url(cast), {**sent, "sure": "on"})
    assert minutes() == [720]


def test_a_second_time_on_a_day_without_clock_times_is_asked_about(cast, lieve):
    sign(cast.samira_fiets, cast.joris, minutes=60)
    page = refused(lieve, cast)
    assert "Voor die dag staan al uren bij deze activiteit." in page
    lieve.post(url(cast), typed(sure="on"))
    assert minutes() == [60, 120]


def test_what_was_judged_not_to_fit_is_answered_by_a_sentence(cast, lieve):
    participation.judge(
        cast.samira_fiets,
        "past_niet",
        by=cast.nele,
        now=timezone.now(),
        reason="Alleen",
        until=today() - timedelta(days=5),
    )
    assert "niet meer past voor deze persoon" in refused(lieve, cast)


def test_a_damaged_intent_writes_nothing_and_the_page_carries_a_new_one(cast, lieve):
    for garbage in ["", *GARBAGE]:
        assert "Deze pagina was niet volledig." in refused(lieve, cast, intent=garbage)


def test_whatever_is_typed_is_answered_and_stays(cast, lieve):
    for field in ["day", "van", "tot", "hours", "minutes"]:
        for garbage in [*GARBAGE, "0001-01-01", "9999-12-31", "25:00", "2026-02-30"]:
            response = lieve.post(url(cast), typed(**{field: garbage}))
            assert response.status_code in {302, 422}
    assert "geen idee" in lieve.post(url(cast), typed(tot="geen idee")).content.decode()


@pytest.mark.parametrize("who", ["peter", "saar"])
def test_a_contact_person_of_another_organisation_or_gemeente_finds_nothing(cast, client, who):
    regel = sign(cast.samira_fiets, cast.lieve)
    client.force_login(getattr(cast, who))
    before = row_counts()
    assert client.post(url(cast), typed()).status_code == 404
    assert client.get(f"/nl/tekenen/ontvangst/{regel.pk}/").status_code == 404
    sent = {"reason": "Fout", "intent": new_intent()}
    assert client.post(f"/nl/tekenen/intrekken/{regel.pk}/", sent).status_code == 404
    assert "Samira" not in words(client.get("/nl/tekenen/getekend/"))
    assert row_counts() == before


def test_nobody_signs_the_own_bewijs_through_a_second_role(cast, client):
    samira = cast.samira.inburgeraar.user
    make_contact(samira, cast.lange_tafel, cast.herent)
    client.force_login(samira)
    assert client.post(url(cast), typed()).status_code == 404
    assert minutes() == []


def test_somebody_who_is_no_contact_person_goes_to_the_page_that_says_how(cast, client):
    client.force_login(cast.nele)
    assert client.post(url(cast), typed())["Location"] == "/nl/tekenen/"
    assert minutes() == []


# Taking back


def test_a_line_is_withdrawn_with_a_reason_and_the_person_is_told(cast, lieve):
    regel = sign(cast.samira_fiets, cast.joris)
    response = lieve.get(f"/nl/tekenen/intrekken/{regel.pk}/")
    assert "2 uur van Samira intrekken?" in words(response)
    sent = {"reason": "Foute dag", "intent": hidden(response, "intent")}
    for _ in range(2):
        response = lieve.post(f"/nl/tekenen/intrekken/{regel.pk}/", sent, follow=True)
    page = words(response)
    assert "2 uur ingetrokken voor Samira" in page
    assert "Foute dag" in page
    assert minutes() == []
    with acting_as(TEST):
        assert Bericht.objects.get().receiver == cast.samira.inburgeraar.user


def test_withdrawing_without_a_reason_is_answered_by_a_sentence(cast, lieve):
    regel = sign(cast.samira_fiets, cast.lieve)
    for reason in ["", "   ", "\x00", "x" * 301]:
        sent = {"reason": reason, "intent": new_intent()}
        assert lieve.post(f"/nl/tekenen/intrekken/{regel.pk}/", sent).status_code == 422
    assert minutes() == [120]


def test_withdrawing_twice_is_answered_by_a_sentence(cast, lieve):
    regel = sign(cast.samira_fiets, cast.lieve)
    sent = {"reason": "Fout", "intent": new_intent()}
    lieve.post(f"/nl/tekenen/intrekken/{regel.pk}/", sent)
    response = lieve.post(f"/nl/tekenen/intrekken/{regel.pk}/", {**sent, "intent": new_intent()})
    assert response.status_code == 422
    assert "Deze uren waren al ingetrokken." in words(response)


def test_opening_the_page_withdraws_nothing(cast, lieve):
    regel = sign(cast.samira_fiets, cast.lieve)
    before = row_counts()
    lieve.get(f"/nl/tekenen/intrekken/{regel.pk}/", {"reason": "Fout", "intent": new_intent()})
    assert row_counts() == before


# Looking back


def test_the_list_shows_what_the_organisation_signed_and_what_was_withdrawn(cast, lieve):
    sign(cast.samira_fiets, cast.joris, days_ago=2)
    regel = sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=60)
    ledger.withdraw(regel.pk, by=cast.lieve, reason="Fout", intent=uuid4(), now=timezone.now())
    page = words(lieve.get("/nl/tekenen/getekend/"))
    assert "Samira , 2 uur Fietsles" in page
    assert "Samira , 1 uur Praattafel" in page
    assert "ingetrokken" in page


def test_the_list_is_cut_into_pages(cast, lieve):
    for days_ago in range(1, 52):
        sign(cast.samira_fiets, cast.lieve, days_ago=days_ago, minutes=15)
    first = lieve.get("/nl/tekenen/getekend/")
    assert "pagina=2" in first.content.decode()
    for page in ["2", "0", "999", "x", "\x00", "9" * 5000]:
        assert lieve.get("/nl/tekenen/getekend/", {"pagina": page}).status_code == 200


def test_more_lines_ask_no_more_of_the_database(cast, lieve):
    sign(cast.samira_fiets, cast.lieve)
    few = queries(lieve)
    for number in range(4):
        traject = make_traject(cast, f"Amina {number}")
        sign(make_deelname(traject, cast.fietsles), cast.joris)
    assert queries(lieve) == few


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/nl/tekenen/getekend/").status_code == 200
    return len(asked)


def test_a_receipt_that_does_not_exist_is_not_there(cast, lieve):
    for pk in [0, 10**30]:
        assert lieve.get(f"/nl/tekenen/ontvangst/{pk}/").status_code == 404


# When the database cannot commit


def test_a_database_that_can_not_commit_loses_nothing(cast, lieve, monkeypatch):
    def fails(*words: object, **more: object) -> None:
        raise OperationalError("the connection was lost")

    sent = typed()
    with monkeypatch.context() as broken:
        broken.setattr(sign_off, "sign", fails)
        response = lieve.post(url(cast), sent)
    assert response.status_code == 503
    assert "Er is niets verloren." in words(response)
    again = {name: hidden(response, name) for name in sent}
    assert again == sent
    lieve.post(url(cast), again)
    lieve.post(url(cast), again)
    assert minutes() == [120]


def test_the_page_to_try_again_asks_nothing_of_the_database(cast, lieve, monkeypatch):
    def fails(*words: object, **more: object) -> None:
        raise OperationalError("the connection was lost")

    monkeypatch.setattr("bewijzen.permissions.is_contact", fails)
    with CaptureQueriesContext(connection) as asked:
        response = lieve.get(url(cast))
    assert response.status_code == 503
    # Who is signed in was read before it failed; nothing was asked after it.
    assert not [query for query in asked if "bewijzen_" in query["sql"]]


def test_every_line_that_was_signed_is_in_the_grootboek_once(cast, lieve):
    lieve.post(url(cast), typed())
    with acting_as(TEST):
        assert Regel.objects.get().grade == "getekend"
