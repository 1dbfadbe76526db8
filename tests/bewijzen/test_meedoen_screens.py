"""Asking for a place, the waiting list, and the welcome with a first meeting, on the screens."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import participation
from bewijzen.models import Deelname, Traject
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, make_deelname, make_sessie, make_traject, row_counts, today
from tests.bewijzen.grootboek import fresh
from tests.bewijzen.screens import GARBAGE, words


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def yusuf(cast, client: Client) -> Client:
    cast.yusuf.inburgeraar.user.language = "nl"
    client.force_login(cast.yusuf.inburgeraar.user)
    return client


@pytest.fixture
def lieve(cast) -> Client:
    client = Client()
    client.force_login(cast.lieve)
    return client


def fill(cast, number=1):
    cast.praattafel.capacity = number
    cast.praattafel.save(update_fields=["capacity"])


def ask_url(cast):
    return f"/nl/meedoen/{cast.praattafel.pk}/"


def mine(cast):
    with acting_as(TEST):
        return Deelname.objects.get(traject=cast.yusuf, page=cast.praattafel)


# -- Asking ------------------------------------------------------------------------------------


def test_a_full_activity_says_so_before_one_asks(cast, yusuf):
    fill(cast)
    assert "Je komt op de wachtlijst." in words(yusuf.get(ask_url(cast)))


def test_asking_for_a_full_activity_shows_the_place_in_line(cast, yusuf):
    fill(cast)
    page = words(yusuf.post(ask_url(cast), follow=True))
    assert "Je staat nu op de wachtlijst." in page
    assert "op plaats 1" in page
    assert "op plaats 1" in words(yusuf.get("/nl/mijn/"))


def test_ready_sentences_go_along_and_the_contact_person_reads_them(cast, yusuf, lieve):
    yusuf.post(ask_url(cast), {"vraag": ["kind", "onzin"]})
    assert mine(cast).questions == ["kind"]
    assert "Mag mijn kind meekomen?" in words(lieve.get("/nl/tekenen/"))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("stopgezet", "Je traject is gestopt."), ("gepauzeerd", "Je traject staat op pauze.")],
)
def test_a_traject_that_stands_still_reads_what_to_do(cast, yusuf, state, sentence):
    Traject._base_manager.filter(pk=cast.yusuf.pk).update(state=state)
    answer = yusuf.post(ask_url(cast))
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_place_that_is_kept_is_taken_with_one_button(cast, yusuf):
    fill(cast)
    yusuf.post(ask_url(cast))
    samira = cast.samira.inburgeraar.user
    participation.stop(cast.samira_praat, by=samira, now=timezone.now())
    one = mine(cast)
    assert "Er is een plaats voor jou" in words(yusuf.get("/nl/mijn/"))
    assert "Ja, ik wil die plaats" in words(yusuf.get(f"/nl/mijn/deelname/{one.pk}/"))
    yusuf.post(f"/nl/mijn/deelname/{one.pk}/plaats/")
    assert fresh(one).state == "deelnemer"


def test_a_place_that_is_gone_is_said(cast, yusuf):
    fill(cast)
    yusuf.post(ask_url(cast))
    answer = yusuf.post(f"/nl/mijn/deelname/{mine(cast).pk}/plaats/", follow=True)
    assert "Deze plaats is er niet meer." in words(answer)


def test_the_place_of_another_is_not_there(cast, yusuf):
    before = row_counts()
    url = f"/nl/mijn/deelname/{cast.samira_praat.pk}/plaats/"
    assert yusuf.post(url).status_code == 404
    assert row_counts() == before


def test_stopping_may_say_why(cast, yusuf):
    one = make_deelname(cast.yusuf, cast.praattafel)
    yusuf.post(f"/nl/mijn/deelname/{one.pk}/stop/", {"reason": "Ik heb \x00 werk."})
    assert fresh(one).state == "gestopt"


def test_who_is_stopped_reads_why(cast, yusuf):
    one = make_deelname(cast.yusuf, cast.praattafel)
    participation.stop(one, by=cast.lieve, reason="De groep stopt.", now=timezone.now())
    assert "De groep stopt." in words(yusuf.get(f"/nl/mijn/deelname/{one.pk}/"))


def test_who_stopped_alone_reads_no_reproach(cast, yusuf):
    one = make_deelname(cast.yusuf, cast.praattafel)
    participation.stop(one, by=cast.yusuf.inburgeraar.user, now=timezone.now())
    assert "Je doet hier niet meer mee" not in words(yusuf.get(f"/nl/mijn/deelname/{one.pk}/"))


# -- The contact person ------------------------------------------------------------------------


@pytest.fixture
def asked(cast):
    return make_deelname(cast.yusuf, cast.praattafel, "gevraagd")


def url(deelname):
    return f"/nl/tekenen/aanvraag/{deelname.pk}/"


def test_one_tap_says_welcome_for_the_first_date_to_come(cast, lieve, asked):
    page = lieve.get("/nl/tekenen/")
    assert "De eerste keer:" in words(page)
    assert f'name="sessie" value="{cast.next_week.pk}"' in page.content.decode()
    lieve.post(url(asked), {"antwoord": "welkom", "sessie": cast.next_week.pk})
    assert fresh(asked).first_sessie == cast.next_week
    with acting_as(TEST):
        # Yusuf reads Turkish.
        assert "19:00" in Bericht.objects.get(receiver=cast.yusuf.inburgeraar.user).text


def test_a_date_that_is_gone_is_said(cast, lieve, asked):
    answer = lieve.post(url(asked), {"antwoord": "welkom", "sessie": cast.yesterday.pk})
    assert answer.status_code == 422
    assert fresh(asked).state == "gevraagd"


def test_another_date_is_chosen_and_whom_to_ask_for(cast, lieve, asked):
    later = make_sessie(cast.praattafel, timezone.now() + timedelta(days=9))
    assert "Vraag naar Lieve." in lieve.get(url(asked)).content.decode()
    sent = {"antwoord": "afspraak", "when": later.pk, "note": "Vraag naar Lieve."}
    assert lieve.post(url(asked), sent).status_code == 302
    one = fresh(asked)
    assert (one.state, one.first_at, one.first_note) == (
        "deelnemer",
        later.van,
        "Vraag naar Lieve.",
    )


def test_a_day_an_hour_and_a_place_of_ones_own(cast, yusuf, lieve, asked):
    day = today() + timedelta(days=2)
    sent = {"antwoord": "afspraak", "when": "anders", "day": day.isoformat(), "van": "19:00"}
    lieve.post(url(asked), {**sent, "place": "Aan het station"})
    page = words(yusuf.get(f"/nl/mijn/deelname/{asked.pk}/"))
    assert "De eerste keer" in page
    assert "Aan het station" in page
    assert "19.00" in page


def test_it_may_be_agreed_on_later(lieve, asked):
    lieve.post(url(asked), {"antwoord": "afspraak", "when": "later"})
    assert (fresh(asked).state, fresh(asked).first_at) == ("deelnemer", None)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Kies wanneer."),
        ({"when": "anders"}, "Vul de dag én het uur in"),
        ({"when": "anders", "van": "19:00"}, "Vul de dag én het uur in"),
        ({"when": "anders", "day": "2026-01-05", "van": "19:00"}, "Dat moment is al voorbij."),
    ],
)
def test_half_a_meeting_says_what_is_missing(lieve, asked, sent, sentence):
    answer = lieve.post(url(asked), {"antwoord": "afspraak", **sent})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert fresh(asked).state == "gevraagd"


def test_there_is_a_waiting_list_to_put_somebody_on(lieve, asked):
    lieve.post(url(asked), {"antwoord": "wachtlijst"})
    assert fresh(asked).state == "wachtlijst"
    assert "Op de wachtlijst, plaats 1" in words(lieve.get("/nl/tekenen/"))


def test_somebody_elses_asking_is_not_there(cast, asked):
    client = Client()
    client.force_login(cast.peter)
    assert client.get(url(asked)).status_code == 404
    assert client.post(url(asked), {"antwoord": "wachtlijst"}).status_code == 404


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_answered(lieve, asked, garbage):
    for name in ["when", "day", "van", "place", "note", "antwoord", "sessie"]:
        sent = {"antwoord": "afspraak", "when": "anders", name: garbage}
        assert lieve.post(url(asked), sent).status_code in {302, 422}
    answer = lieve.post(url(asked), {"antwoord": "welkom", "sessie": garbage})
    assert answer.status_code in {302, 422}


def test_today_costs_the_same_for_one_who_asks_and_for_ten(cast, lieve, asked):
    lieve.get("/nl/tekenen/")
    with CaptureQueriesContext(connection) as few:
        lieve.get("/nl/tekenen/")
    for number in range(9):
        state = "gevraagd" if number % 2 else "wachtlijst"
        make_deelname(make_traject(cast, f"Iemand Nummer{number}"), cast.praattafel, state)
    make_deelname(cast.ahmad_n, cast.praattafel, "wachtlijst")
    with CaptureQueriesContext(connection) as many:
        lieve.get("/nl/tekenen/")
    # One more at most: the places in line, once there is a line.
    assert len(many) <= len(few) + 1
