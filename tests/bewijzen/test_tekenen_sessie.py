"""Who was there? A whole meeting signed with one button."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bewijzen.models import Bevestiging, Deelname, Regel, Verzoek
from gemeenten.acting import acting_as
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_deelname,
    make_sessie,
    make_traject,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import GARBAGE, hidden, new_intent, words

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def table(cast: Cast, client: Client) -> list[Deelname]:
    """Samira, Yusuf and both Ahmads at the praattafel of yesterday; Lieve is signed in."""
    client.force_login(cast.lieve)
    others = [make_deelname(t, cast.praattafel) for t in [cast.yusuf, cast.ahmad_n, cast.ahmad_s]]
    return [cast.samira_praat, *others]


def url(cast: Cast) -> str:
    return f"/nl/tekenen/sessie/{cast.yesterday.pk}/"


def form(client: Client, cast: Cast, there: list[Deelname], **changes: str) -> dict[str, str]:
    """What the page sends with these people ticked."""
    page = client.get(url(cast))
    sent = {"day": str(YESTERDAY), "van": "19:00", "tot": "21:00"}
    for deelname in there:
        sent[f"{deelname.pk}-was_there"] = "on"
        sent[f"{deelname.pk}-intent"] = hidden(page, f"{deelname.pk}-intent")
        sent[f"{deelname.pk}-minutes"] = ""
    return {**sent, **changes}


def signed(*deelnames: Deelname) -> list[int]:
    with acting_as(TEST):
        rows = Bevestiging.objects.filter(deelname__in=deelnames)
        return list(rows.order_by("regel_id").values_list("minutes", flat=True))


def test_everyone_who_takes_part_is_ticked(cast, client, table):
    response = client.get(url(cast))
    page = words(response)
    assert "Wie was er?" in page
    for name in ["Samira", "Yusuf", "Ahmad N.", "Ahmad S."]:
        assert name in page
    assert response.content.decode().count(" checked") == 4


def test_one_button_signs_for_everyone_who_was_there(cast, client, table):
    response = client.post(url(cast), form(client, cast, table[:3]), follow=True)
    assert "3 mensen bevestigd" in words(response)
    assert signed(*table) == [120, 120, 120]
    assert signed(table[3]) == []
    with acting_as(TEST):
        assert set(Regel.objects.values_list("grade", flat=True)) == {"getekend"}


def test_somebody_who_was_there_for_a_part_gets_that_part(cast, client, table):
    sent = form(client, cast, table[:2], **{f"{table[1].pk}-minutes": "75"})
    client.post(url(cast), sent)
    assert signed(*table[:2]) == [120, 75]


def test_sending_it_twice_is_harmless(cast, client, table):
    sent = form(client, cast, table)
    places = {client.post(url(cast), sent)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len(signed(*table)) == 4


def test_a_note_of_that_day_is_answered_along_with_it(cast, client, table):
    make_verzoek(table[0])
    client.post(url(cast), form(client, cast, table[:1]))
    with acting_as(TEST):
        assert Verzoek.objects.get().state == "getekend"


def test_who_is_signed_already_is_shown_as_done(cast, client, table):
    sign(table[0], cast.joris, van=at("19:00"), tot=at("21:00"))
    response = client.get(url(cast))
    assert "Al getekend Samira" in words(response)
    assert f"{table[0].pk}-intent" not in response.content.decode()


def test_a_refused_row_says_why_and_the_others_are_written(cast, client, table):
    elsewhere = make_deelname(cast.samira, cast.groen)
    sign(elsewhere, cast.peter, van=at("20:00"), tot=at("22:00"))
    response = client.post(url(cast), form(client, cast, table))
    page = words(response)
    assert response.status_code == 422
    assert "3 mensen bevestigd" in page
    assert "Dit lukte nog niet" in page
    assert "Op dit moment staan al uren voor deze persoon." in page
    assert len(signed(*table)) == 3


def test_the_refused_row_can_be_mended_and_sent_again(cast, client, table):
    elsewhere = make_deelname(cast.samira, cast.groen)
    sign(elsewhere, cast.peter, van=at("20:00"), tot=at("22:00"))
    response = client.post(url(cast), form(client, cast, table))
    again = {
        "day": str(YESTERDAY),
        "van": "19:00",
        "tot": "20:00",
        f"{table[0].pk}-was_there": "on",
        f"{table[0].pk}-intent": hidden(response, f"{table[0].pk}-intent"),
        f"{table[0].pk}-minutes": "",
    }
    assert client.post(url(cast), again).status_code == 302
    assert signed(table[0]) == [60]


def test_a_colleague_who_signed_meanwhile_leaves_no_second_line(cast, client, table):
    sent = form(client, cast, table[:1])
    sign(table[0], cast.joris, days_ago=1, minutes=120)
    response = client.post(url(cast), sent)
    assert response.status_code == 422
    assert "Voor die dag zijn de uren bij deze activiteit al getekend." in words(response)
    assert signed(table[0]) == [120]


def test_the_day_and_the_clock_can_be_changed_for_everyone(cast, client, table):
    day = YESTERDAY - timedelta(days=7)
    sent = form(client, cast, table[:1], day=str(day), van="18:00", tot="19:30")
    client.post(url(cast), sent)
    with acting_as(TEST):
        line = Bevestiging.objects.get()
    assert (line.day, line.minutes) == (day, 90)


def test_a_meeting_over_midnight_belongs_to_the_day_it_starts(cast, client, table):
    day = YESTERDAY - timedelta(days=7)
    sent = form(client, cast, table[:1], day=str(day), van="22:00", tot="01:00")
    client.post(url(cast), sent)
    with acting_as(TEST):
        line = Bevestiging.objects.get()
    assert (line.day, line.minutes) == (day, 180)


def refused(client: Client, cast: Cast, sent: dict[str, str]) -> str:
    before = row_counts()
    response = client.post(url(cast), sent)
    assert response.status_code == 422
    assert row_counts() == before
    return words(response)


def test_nobody_ticked_is_answered_by_a_sentence(cast, client, table):
    assert "Vink aan wie er was." in refused(client, cast, form(client, cast, []))


def test_a_date_next_year_is_answered_by_a_sentence(cast, client, table):
    day = str(today() + timedelta(days=366))
    page = refused(client, cast, form(client, cast, table, day=day))
    assert "Deze tijd moet nog komen." in page


def test_a_mistyped_end_that_makes_it_very_long_is_asked_about(cast, client, table):
    sent = form(client, cast, table, van="14:00", tot="12:00", day=str(today() - timedelta(days=3)))
    assert "Dat is meer dan 10 uur op één dag. Klopt dat?" in refused(client, cast, sent)
    assert client.post(url(cast), {**sent, "sure": "on"}).status_code == 302


def test_more_minutes_than_the_meeting_lasted_are_refused_for_that_row(cast, client, table):
    sent = form(client, cast, table[:1], **{f"{table[0].pk}-minutes": "150"})
    assert "Dat is meer tijd dan er tussen begin en einde ligt." in refused(client, cast, sent)


def test_a_damaged_intent_writes_nothing(cast, client, table):
    for garbage in ["", *GARBAGE]:
        sent = form(client, cast, table, **{f"{table[0].pk}-intent": garbage})
        assert "Deze pagina was niet volledig." in refused(client, cast, sent)


def test_whatever_is_typed_is_answered(cast, client, table):
    sent = form(client, cast, table[:1])
    for field in ["day", "van", "tot", f"{table[0].pk}-minutes"]:
        for garbage in [*GARBAGE, "0001-01-01", "9999-12-31", "25:00"]:
            changed = {**sent, f"{table[0].pk}-intent": new_intent(), field: garbage}
            assert client.post(url(cast), changed).status_code in {302, 422}


def test_what_was_typed_stays(cast, client, table):
    sent = form(client, cast, table[:1], van="18:45", tot="geen idee")
    page = client.post(url(cast), sent).content.decode()
    assert 'value="18:45"' in page
    assert "geen idee" in page
    assert page.count(" checked") == 4  # the rows that were not sent are as they were


def test_somebody_who_joined_later_is_not_ticked(cast, client, table):
    with acting_as(TEST):
        Deelname.objects.filter(pk=table[0].pk).update(created_at=cast.now)
    assert client.get(url(cast)).content.decode().count(" checked") == 3


def test_somebody_for_whom_it_does_not_fit_any_more_is_not_ticked(cast, client, table):
    with acting_as(TEST):
        Deelname.objects.filter(pk=table[0].pk).update(
            judgement="past_niet",
            judgement_reason="Alleen",
            judged_until=YESTERDAY - timedelta(days=5),
        )
    response = client.get(url(cast))
    assert response.content.decode().count(" checked") == 3
    response = client.post(url(cast), form(client, cast, table[:1]))
    assert "niet meer past voor deze persoon" in words(response)


def test_a_meeting_that_has_to_come_can_not_be_signed(cast, client, table):
    response = client.get(f"/nl/tekenen/sessie/{cast.next_week.pk}/")
    assert "Deze activiteit moet nog beginnen." in words(response)


def test_a_meeting_that_is_still_on_says_until_when(cast, client, table):
    on = make_sessie(cast.praattafel, cast.now - timedelta(hours=1), hours=3)
    page = words(client.get(f"/nl/tekenen/sessie/{on.pk}/"))
    assert "Teken op het einde." in page


@pytest.mark.parametrize("who", ["peter", "saar"])
def test_a_contact_person_of_another_organisation_or_gemeente_finds_nothing(cast, client, who):
    client.force_login(getattr(cast, who))
    sent = {
        "day": str(YESTERDAY),
        "van": "19:00",
        "tot": "21:00",
        f"{cast.samira_praat.pk}-was_there": "on",
        f"{cast.samira_praat.pk}-intent": new_intent(),
    }
    before = row_counts()
    assert client.get(url(cast)).status_code == 404
    assert client.post(url(cast), sent).status_code == 404
    assert row_counts() == before


def test_a_meeting_that_does_not_exist_is_not_there(cast, client, table):
    for pk in [0, 10**30]:
        assert client.get(f"/nl/tekenen/sessie/{pk}/").status_code == 404
    for day in ["x", "2026-13-01", "0001-01-01"]:
        klaar = client.get(f"{url(cast)}klaar/{day}/")
        assert klaar.status_code == (200 if day == "0001-01-01" else 404)


def test_the_receipt_of_the_meeting_leads_to_each_line(cast, client, table):
    client.post(url(cast), form(client, cast, table[:1]))
    response = client.get(f"{url(cast)}klaar/{YESTERDAY}/")
    with acting_as(TEST):
        regel = Regel.objects.get()
    assert f"/nl/tekenen/ontvangst/{regel.pk}/" in response.content.decode()


def test_looking_changes_nothing(cast, client, table):
    before = row_counts()
    client.get(url(cast))
    assert row_counts() == before


def test_more_people_ask_no_more_of_the_database(cast, client, table):
    few = queries(client, cast)
    for number in range(4):
        make_deelname(make_traject(cast, f"Amina {number}"), cast.praattafel)
    assert queries(client, cast) == few


def queries(client: Client, cast: Cast) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url(cast)).status_code == 200
    return len(asked)


def test_without_javascript_the_button_names_no_number(cast, client, table):
    page = client.get(url(cast)).content.decode()
    assert "Bevestig wie er was" in page
    assert "Bevestig 3 mensen" in page  # one of the words that js/tel.js chooses from
