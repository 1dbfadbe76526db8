"""One activity of mine: saying "I was there", taking it back, and stopping."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from bewijzen import participation
from bewijzen.models import Deelname, Verzoek
from gemeenten.acting import acting_as
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_deelname,
    make_sessie,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import GARBAGE, words

YESTERDAY = timedelta(days=1)


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def url(deelname: Deelname, tail: str = "") -> str:
    return f"/nl/mijn/deelname/{deelname.pk}/{tail}"


def notes(deelname: Deelname) -> list[tuple]:
    with acting_as(TEST):
        found = Verzoek.objects.filter(deelname=deelname)
        return list(found.values_list("day", "minutes", "state"))


def test_a_past_meeting_is_noted_with_one_tap(cast, samira):
    response = samira.get(url(cast.samira_praat))
    assert "van 19.00 tot 21.00" in words(response)
    samira.post(url(cast.samira_praat, "was-er/"), {"sessie": cast.yesterday.pk})
    assert notes(cast.samira_praat) == [(today() - YESTERDAY, 120, "open")]
    page = words(samira.get(url(cast.samira_praat)))
    assert "Genoteerd. Nu wacht het op een contactpersoon." in page
    assert "wacht op Lieve (contactpersoon)" in page


def test_a_second_tap_notes_nothing_more(cast, samira):
    for _ in range(2):
        samira.post(url(cast.samira_praat, "was-er/"), {"sessie": cast.yesterday.pk})
    assert len(notes(cast.samira_praat)) == 1


def test_a_meeting_that_has_to_come_can_not_be_noted(cast, samira):
    samira.post(url(cast.samira_praat, "was-er/"), {"sessie": cast.next_week.pk})
    assert notes(cast.samira_praat) == []


def test_a_meeting_of_another_activity_can_not_be_noted_here(cast, samira):
    other = make_sessie(cast.groen, at("10:00"))
    samira.post(url(cast.samira_praat, "was-er/"), {"sessie": other.pk})
    assert notes(cast.samira_praat) == []


def test_a_meeting_that_was_signed_is_not_offered_again(cast, samira):
    sign(cast.samira_praat, cast.lieve, van=at("19:00"), tot=at("21:00"))
    assert "was-er/" not in samira.get(url(cast.samira_praat)).content.decode()


def test_a_day_and_how_long_are_enough(cast, samira):
    typed = {"day": str(today() - YESTERDAY), "hours": "1", "minutes": "30"}
    response = samira.post(url(cast.samira_fiets), typed)
    assert response["Location"] == url(cast.samira_fiets)
    assert notes(cast.samira_fiets) == [(today() - YESTERDAY, 90, "open")]


def test_the_usual_length_is_filled_in_already(cast, samira):
    page = samira.get(url(cast.samira_fiets)).content.decode()
    assert 'name="hours" value="1"' in page
    assert 'name="minutes" value="30"' in page


def refused(samira: Client, deelname: Deelname, **typed: object) -> str:
    before = row_counts()
    response = samira.post(url(deelname), typed)
    assert response.status_code == 422
    assert row_counts() == before
    return words(response)


def test_a_date_next_year_is_answered_by_a_sentence_and_stays_typed(cast, samira):
    day = str(today() + timedelta(days=366))
    assert "Deze tijd moet nog komen." in refused(samira, cast.samira_fiets, day=day, hours="2")
    response = samira.post(url(cast.samira_fiets), {"day": day, "hours": "2"})
    assert f'value="{day}"' in response.content.decode()


def test_twenty_five_hours_on_a_day_are_answered_by_a_sentence(cast, samira):
    day = str(today() - YESTERDAY)
    page = refused(samira, cast.samira_fiets, day=day, hours="25")
    assert "Er zijn maar 24 uren in een dag." in page


def test_no_time_at_all_is_answered_by_a_sentence(cast, samira):
    page = refused(samira, cast.samira_fiets, day=str(today() - YESTERDAY))
    assert "Vul in hoelang het duurde" in page


def test_the_same_day_twice_is_answered_by_a_sentence(cast, samira):
    make_verzoek(cast.samira_fiets, days_ago=1)
    page = refused(samira, cast.samira_fiets, day=str(today() - YESTERDAY), hours="1")
    assert "Voor die dag heb je dit al genoteerd." in page


def test_whatever_is_typed_is_answered(cast, samira):
    for field in ["day", "hours", "minutes"]:
        for garbage in [*GARBAGE, "0001-01-01", "9999-12-31", "2026-02-30"]:
            typed = {"day": str(today() - YESTERDAY), "hours": "1", "minutes": "0", field: garbage}
            assert samira.post(url(cast.samira_fiets), typed).status_code in {302, 422}


def test_whatever_is_tapped_is_answered(cast, samira):
    for garbage in ["", *GARBAGE]:
        response = samira.post(url(cast.samira_praat, "was-er/"), {"sessie": garbage})
        assert response.status_code == 302
    assert notes(cast.samira_praat) == []


def test_a_note_is_taken_back(cast, samira):
    note = make_verzoek(cast.samira_praat)
    for _ in range(2):
        samira.post(f"/nl/mijn/verzoek/{note.pk}/terug/")
    assert [state for *_, state in notes(cast.samira_praat)] == ["ingetrokken"]


def test_a_note_that_was_signed_can_not_be_taken_back(cast, samira):
    note = make_verzoek(cast.samira_praat)
    with acting_as(TEST):
        Verzoek.objects.update(state="getekend")
    samira.post(f"/nl/mijn/verzoek/{note.pk}/terug/")
    assert [state for *_, state in notes(cast.samira_praat)] == ["getekend"]
    assert "Dat kan nu niet meer." in words(samira.get(url(cast.samira_praat)))


def test_stopping_keeps_the_hours_and_says_so(cast, samira):
    sign(cast.samira_praat, cast.lieve)
    samira.post(url(cast.samira_praat, "stop/"))
    page = words(samira.get(url(cast.samira_praat)))
    assert "gestopt" in page
    assert "2 uur" in page


def test_stopping_twice_is_answered_by_a_sentence(cast, samira):
    for _ in range(2):
        response = samira.post(url(cast.samira_praat, "stop/"), follow=True)
    assert "Dat kan nu niet meer." in words(response)


def test_why_it_does_not_fit_and_why_it_was_refused_can_be_read(cast, samira):
    participation.judge(
        cast.samira_praat,
        "past_niet",
        by=cast.nele,
        now=timezone.now(),
        reason="Je bent er alleen.",
        until=today(),
    )
    assert "Je bent er alleen." in words(samira.get(url(cast.samira_praat)))
    asked = make_deelname(cast.samira, cast.groen, "gevraagd")
    participation.decline(asked, by=cast.peter, reason="Het is vol.", now=timezone.now())
    assert "Deze keer kan je niet meedoen: Het is vol." in words(samira.get(url(asked)))


@pytest.mark.parametrize("tail", ["", "was-er/", "stop/"])
def test_the_deelname_of_somebody_else_is_not_there(cast, samira, tail):
    other = make_deelname(cast.yusuf, cast.praattafel)
    before = row_counts()
    assert samira.post(url(other, tail)).status_code == 404
    assert row_counts() == before


def test_the_note_of_somebody_else_is_not_there(cast, samira):
    note = make_verzoek(make_deelname(cast.yusuf, cast.praattafel))
    assert samira.post(f"/nl/mijn/verzoek/{note.pk}/terug/").status_code == 404
    assert samira.post(f"/nl/mijn/verzoek/{uuid4()}/terug/").status_code == 404


@pytest.mark.parametrize("tail", ["was-er/", "stop/"])
def test_what_a_button_does_can_not_be_opened_as_a_page(cast, samira, tail):
    before = row_counts()
    assert samira.get(url(cast.samira_praat, tail)).status_code == 405
    assert row_counts() == before


def test_looking_changes_nothing(cast, samira):
    before = row_counts()
    samira.get(url(cast.samira_praat))
    assert row_counts() == before
