"""The list: who needs attention first, and why, in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bewijzen.caseload import Attention, caseload, reasons
from bewijzen.models import Deelname, Traject
from gemeenten.acting import acting_as
from tests.bewijzen.cast import (
    TEST,
    make_deelname,
    make_traject,
    make_verzoek,
    sign,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(client, cast):
    client.force_login(cast.nele)
    return lambda: client.get("/begeleiding/").content.decode()


def rows(cast):
    with acting_as(cast.nele):
        found = caseload(cast.nele).with_what_waits(today()).neediest_first()
        return {row.inburgeraar.name: row for row in found.select_related("inburgeraar")}


def judged(deelname):
    with acting_as(TEST):
        Deelname.objects.filter(pk=deelname.pk).update(judgement="past")


def reach(traject, deelname, signer):
    for days_ago in range(1, 6):
        sign(deelname, signer, days_ago=days_ago, minutes=480)


def started(traject, days_ago):
    with acting_as(TEST):
        Traject.objects.filter(pk=traject.pk).update(started_on=today() - timedelta(days=days_ago))


def test_who_reached_the_target_comes_first_then_who_waits_for_a_judgement(cast):
    reach(cast.samira, cast.samira_praat, cast.lieve)
    make_deelname(cast.yusuf, cast.praattafel)
    found = rows(cast)
    assert list(found)[:2] == ["Samira Al-Masri", "Yusuf Demir"]
    assert found["Samira Al-Masri"].attention == Attention.CHECK
    assert found["Yusuf Demir"].attention == Attention.JUDGE


def test_a_note_that_waits_on_a_contact_person_is_a_reason_of_its_own(cast):
    deelname = make_deelname(cast.yusuf, cast.praattafel, judgement="past")
    make_verzoek(deelname, minutes=90)
    row = rows(cast)["Yusuf Demir"]
    assert row.attention == Attention.WAITING
    assert row.waiting_minutes == 90
    assert [reason.words for reason in reasons(row, timezone.localtime())] == [
        "Contactpersoon moet tekenen, sinds vandaag"
    ]


def test_notes_and_deelnames_do_not_multiply_each_other(cast):
    for deelname in [cast.samira_praat, cast.samira_fiets]:
        make_verzoek(deelname, days_ago=1)
        make_verzoek(deelname, days_ago=2)
        sign(deelname, cast.lieve, days_ago=5 if deelname == cast.samira_praat else 6)
    row = rows(cast)["Samira Al-Masri"]
    assert (row.waiting_minutes, row.unjudged, row.last_day) == (
        480,
        2,
        today() - timedelta(days=5),
    )


@pytest.mark.parametrize(
    ("days", "attention"), [(42, Attention.NONE), (43, Attention.SILENT), (120, Attention.SILENT)]
)
def test_who_has_no_hours_for_six_weeks_may_be_stuck(cast, days, attention):
    started(cast.yusuf, days)
    assert rows(cast)["Yusuf Demir"].attention == attention


def test_a_paused_traject_is_not_called_silent(cast):
    with acting_as(TEST):
        Traject.objects.filter(pk=cast.yusuf.pk).update(state="gepauzeerd")
    assert rows(cast)["Yusuf Demir"].attention == Attention.NONE


def test_a_finished_traject_asks_for_nothing_and_stands_last(cast):
    reach(cast.samira, cast.samira_praat, cast.lieve)
    with acting_as(TEST):
        Traject.objects.filter(pk=cast.samira.pk).update(state="geregistreerd")
        Traject.objects.exclude(pk=cast.samira.pk).update(started_on=today() - timedelta(days=100))
    found = rows(cast)
    assert found["Samira Al-Masri"].attention == Attention.NONE
    assert list(found)[-1] == "Samira Al-Masri"


def test_who_stopped_without_an_hour_need_not_be_judged(cast):
    make_deelname(cast.yusuf, cast.praattafel, state="gestopt")
    assert rows(cast)["Yusuf Demir"].unjudged == 0


def test_who_stopped_after_hours_still_has_to_be_judged(cast):
    deelname = make_deelname(cast.yusuf, cast.praattafel)
    sign(deelname, cast.lieve)
    with acting_as(TEST):
        Deelname.objects.filter(pk=deelname.pk).update(state="gestopt")
    assert rows(cast)["Yusuf Demir"].unjudged == 1


def test_the_list_shows_the_total_what_waits_and_the_last_day(cast, listing):
    sign(cast.samira_praat, cast.lieve, days_ago=2, minutes=150)
    make_verzoek(cast.samira_fiets, minutes=60)
    html = listing()
    assert "2 uur 30 van 40 uur" in html
    assert "1 uur wacht" in html
    assert "2 activiteiten te beoordelen" in html
    assert "V-" in html


def test_the_list_names_nobody_of_a_colleague(cast, listing):
    assert "Samira" in listing()
    assert "Yordanka" not in listing()


def find(client, **asked):
    return client.post("/begeleiding/zoek/", asked, follow=True).content.decode()


def test_searching_by_a_part_of_the_name_forgives_accents(client, cast, listing):
    make_traject(cast, "Zoë Çelik")
    html = find(client, q="zoe cel")
    assert "Zoë Çelik" in html
    assert "Samira" not in html


def test_searching_by_reference(client, cast, listing):
    html = find(client, q=cast.yusuf.inburgeraar.reference)
    assert "Yusuf" in html
    assert "Samira" not in html


def test_searching_finds_nothing_in_a_colleagues_caseload(client, cast, listing):
    for text in ["Yordanka", cast.yordanka.inburgeraar.reference]:
        html = find(client, q=text).replace(f'value="{text}"', "")
        assert "Yordanka" not in html
        assert "Niemand in je lijst" in html


def test_filtering_on_the_state(client, cast, listing):
    with acting_as(TEST):
        Traject.objects.filter(pk=cast.yusuf.pk).update(state="gepauzeerd")
    html = find(client, toestand="gepauzeerd")
    assert "Yusuf" in html
    assert "Samira" not in html


def test_what_is_looked_for_stays_until_everything_is_asked_again(client, cast, listing):
    find(client, q="Yusuf")
    assert "Samira" not in listing()
    find(client, q="Yusuf", alles="1")
    assert "Samira" in listing()


def test_a_name_that_is_looked_for_never_stands_in_an_address(client, cast, listing):
    response = client.post("/begeleiding/zoek/", {"q": "Samira"})
    assert response.url == "/begeleiding/"


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"q": "%' OR 1=1 --"},
        {"q": "\\"},
        {"toestand": "verdwenen"},
        {"q": "٣", "toestand": "\x00"},
        {},
    ],
)
def test_garbage_in_the_search_is_answered_by_a_page(client, cast, listing, asked):
    response = client.post("/begeleiding/zoek/", asked, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 30, "9" * 5000, "\x00", ""])
def test_garbage_as_page_number_is_answered_by_a_page(client, cast, listing, number):
    assert client.get("/begeleiding/", {"pagina": number}).status_code == 200


def test_a_page_has_fifty_rows(client, cast, listing):
    for number in range(50):
        make_traject(cast, f"Extra {number}")
    html = listing()
    assert html.count('<th scope="row" class="who">') == 50
    assert "Bladzijde 1 van 2" in html
    second = client.get("/begeleiding/?pagina=2").content.decode()
    assert second.count('<th scope="row" class="who">') == 4


def test_the_number_of_queries_does_not_grow_with_the_list(
    client, cast, listing, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as few:
        listing()
    for number in range(30):
        traject = make_traject(cast, f"Extra {number}")
        make_verzoek(make_deelname(traject, cast.praattafel))
    with django_assert_max_num_queries(len(few)):
        listing()
