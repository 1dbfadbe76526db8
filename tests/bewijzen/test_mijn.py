"""The inburgeraar's own page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import ledger, overview, participation, trajects
from bewijzen.models import Deelname, Traject, Verzoek
from gemeenten import outbox
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_activiteit,
    make_deelname,
    make_sessie,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import hidden, new_intent, words

URL = "/nl/mijn/"


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def test_somebody_without_hours_is_greeted_and_told_how_to_start(cast, samira):
    page = words(samira.get(URL))
    assert "Dag Samira" in page
    assert "iedereen begint met 0" in page
    assert "Toon mijn code" in page


def test_the_ring_says_what_counts_and_what_waits(cast, samira):
    sign(cast.samira_praat, cast.lieve, minutes=17 * 60 + 30)
    make_verzoek(cast.samira_fiets, minutes=180)
    page = words(samira.get(URL))
    assert "17 uur 30 telt" in page
    assert "3 uur wacht" in page
    assert "van 40 uur" in page
    assert "begint met 0" not in page


def test_a_note_waits_on_the_contact_of_the_activity_by_name(cast, samira):
    make_verzoek(cast.samira_praat, minutes=120)
    page = words(samira.get(URL))
    assert "Praattafel , 2 uur" in page
    assert "wacht op Lieve (contactpersoon)" in page


def test_a_note_waits_on_either_colleague_when_nobody_is_named(cast, samira):
    make_verzoek(cast.samira_fiets, minutes=120)
    assert "wacht op Joris of Lieve (contactpersoon)" in words(samira.get(URL))


def test_a_request_to_join_waits_for_an_answer(cast, samira):
    make_deelname(cast.samira, cast.groen, "gevraagd")
    assert "Peter antwoordt je" in words(samira.get(URL))


def test_forty_hours_wait_for_the_trajectbegeleider(cast, samira):
    reach_forty(cast)
    page = words(samira.get(URL))
    assert "Je hebt 40 uur! Je trajectbegeleider kijkt het na." in page
    assert "wacht op je trajectbegeleider" in page


def test_forty_checked_hours_are_congratulated(cast, samira):
    reach_forty(cast)
    trajects.check_reached(cast.samira, by=cast.nele, now=timezone.now())
    page = words(samira.get(URL))
    assert "Proficiat" in page
    assert "wacht op je trajectbegeleider" not in page


def reach_forty(cast: Cast) -> None:
    for days_ago in range(1, 5):
        sign(cast.samira_praat, cast.lieve, days_ago=days_ago, minutes=600)


def test_the_next_meeting_of_what_was_joined_comes_soon(cast, samira):
    page = words(samira.get(URL))
    assert "Binnenkort Praattafel" in page
    assert "19.00" in page


def test_a_meeting_that_was_called_off_does_not_come(cast, samira):
    cast.next_week.state = "afgelast"
    cast.next_week.save()
    assert "Binnenkort" not in words(samira.get(URL))


def test_a_line_shows_its_proof_in_words(cast, samira):
    sign(cast.samira_praat, cast.lieve, van=at("19:00"), tot=at("21:00"), grade="gescand")
    page = words(samira.get(URL))
    assert "van 19.00 tot 21.00" in page
    assert "Getekend door Lieve Vanderstok" in page
    assert "kaart gescand" in page


def test_every_grade_has_words(cast):
    assert set(overview.GRADE_WORDS) == {"samen", "gescand", "getekend", "papier"}


def test_a_withdrawn_line_stays_in_sight_with_its_reason(cast, samira):
    regel = sign(cast.samira_praat, cast.lieve)
    ledger.withdraw(
        regel.pk, by=cast.lieve, reason="Foute dag", intent=new_intent(), now=timezone.now()
    )
    page = words(samira.get(URL))
    assert "Ingetrokken door Lieve Vanderstok : Foute dag" in page
    assert "0 uur telt" in page


def test_what_is_remarkable_about_a_line_is_seen_by_the_person_too(cast, samira):
    sign(cast.samira_praat, cast.lieve, minutes=660)
    assert "Meer dan 10 uur op één dag." in words(samira.get(URL))


def test_a_judgement_that_it_does_not_fit_comes_with_its_reason(cast, samira):
    participation.judge(
        cast.samira_praat,
        "past_niet",
        by=cast.nele,
        now=timezone.now(),
        reason="Iedereen spreekt er Frans.",
        until=today(),
    )
    page = words(samira.get(URL))
    assert "past niet" in page
    assert "Iedereen spreekt er Frans." in page


def test_a_refused_request_says_why(cast, samira):
    asked = make_deelname(cast.samira, cast.groen, "gevraagd")
    participation.decline(asked, by=cast.peter, reason="Het is vol.", now=timezone.now())
    assert "Waarom niet: Het is vol." in words(samira.get(URL))


def test_a_refused_note_says_why(cast, samira):
    note = make_verzoek(cast.samira_praat)
    with acting_as(TEST):
        Verzoek.objects.filter(pk=note.pk).update(state="geweigerd", reason="Je was er niet.")
    assert "Niet getekend: Je was er niet." in words(samira.get(URL))


def tell(cast: Cast, key: str) -> Bericht:
    return outbox.tell(
        cast.samira.inburgeraar.user,
        subject="Nieuws",
        text=f"Bericht {key}",
        key=key,
        now=timezone.now(),
        channel=Bericht.Channel.APP,
    )


def test_a_message_is_new_until_it_is_read_with_a_button(cast, samira):
    tell(cast, "een")
    response = samira.get(URL)
    assert "Nieuw voor jou Nieuws Bericht een" in words(response)
    samira.post("/nl/mijn/gelezen/", {"tot": hidden(response, "tot")})
    page = words(samira.get(URL))
    assert "Nieuw voor jou" not in page
    assert "Oude berichten" in page


def test_a_message_that_came_after_the_page_was_opened_stays_new(cast, samira):
    tell(cast, "een")
    shown = hidden(samira.get(URL), "tot")
    tell(cast, "twee")
    samira.post("/nl/mijn/gelezen/", {"tot": shown})
    page = words(samira.get(URL))
    assert "Nieuw voor jou Nieuws Bericht twee" in page


def test_reading_with_a_damaged_form_does_nothing(cast, samira):
    tell(cast, "een")
    for garbage in ["", "x", "\x00", "9" * 40, "-1", "٣"]:
        assert samira.post("/nl/mijn/gelezen/", {"tot": garbage}).status_code == 302
    with acting_as(TEST):
        assert Bericht.objects.get().read_at is None


def test_reading_is_a_button_and_not_a_link(cast, samira):
    tell(cast, "een")
    response = samira.get("/nl/mijn/gelezen/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    with acting_as(TEST):
        assert Bericht.objects.get().read_at is None


def test_messages_of_somebody_else_are_not_shown(cast, client):
    tell(cast, "een")
    client.force_login(cast.yusuf.inburgeraar.user)
    assert "Bericht een" not in words(client.get(URL))


def test_nothing_of_another_person_shows(cast, samira):
    other = make_deelname(cast.yusuf, cast.groen)
    sign(other, cast.peter)
    page = words(samira.get(URL))
    assert "Bomen planten" not in page


def test_a_visitor_goes_to_where_the_card_is_typed_and_back(cast, client):
    response = client.get("/ar/mijn/code/")
    assert (response.status_code, response["Location"]) == (
        302,
        "/ar/activeer/?next=/ar/mijn/code/",
    )


def test_somebody_who_gathers_no_hours_reads_so(cast, client):
    client.force_login(cast.lieve)
    response = client.get(URL)
    assert response.status_code == 403
    assert "je verzamelt hier zelf geen uren" in words(response)


def test_the_page_is_kept_by_no_cache(cast, samira):
    assert "no-store" in samira.get(URL)["Cache-Control"]


def test_looking_changes_nothing(cast, samira):
    sign(cast.samira_praat, cast.lieve)
    before = row_counts()
    samira.get(URL)
    assert row_counts() == before


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(URL).status_code == 200
    return len(asked)


def test_more_rows_ask_no_more_of_the_database(cast, samira):
    fill(cast, "een")
    few = queries(samira)
    for name in ["twee", "drie", "vier"]:
        fill(cast, name)
    assert queries(samira) == few


def fill(cast: Cast, name: str) -> None:
    page = make_activiteit(cast.herent, cast.groendienst, f"Groen {name}")
    make_sessie(page, at("10:00", days_ago=-2))
    deelname = make_deelname(cast.samira, page)
    regel = sign(deelname, cast.peter, days_ago=2, minutes=60)
    sign(deelname, cast.peter, days_ago=3, minutes=60)
    ledger.withdraw(regel.pk, by=cast.peter, reason="Fout", intent=new_intent(), now=timezone.now())
    make_verzoek(deelname, days_ago=1)
    asked = make_activiteit(cast.herent, cast.groendienst, f"Gevraagd {name}")
    make_deelname(cast.samira, asked, "gevraagd")
    tell(cast, name)


def test_the_current_traject_is_the_one_opened_last(cast, samira):
    with acting_as(TEST):
        old = Traject.objects.get(pk=cast.samira.pk)
        newer = Traject.objects.create(
            inburgeraar=old.inburgeraar,
            agentschap=old.agentschap,
            gemeente=old.gemeente,
            trajectbegeleider=old.trajectbegeleider,
            started_on=old.started_on,
            opened_at=timezone.now(),
        )
        assert trajects.current(old.inburgeraar.user) == newer
        assert not Deelname.objects.filter(traject=newer).exists()
