"""iCalendar: the dates of an activity or a municipality in somebody's own calendar."""

from datetime import timedelta

import pytest
from django.conf import settings
from icalendar import Calendar

from aanbod.models import Sessie
from tests.aanbod.cast import BRUSSELS, make_page, weekly


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        "Praten, koffie; en meer",
        slug="praten",
        reeksen=[weekly(1)],
        place_name="Buurthuis",
        street="Bloemenlaan",
        postcode="3020",
        deelgemeente=cast.winksele,
    )


def read(client, path):
    response = client.get(f"/api/v1/{path}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client, path):
    return list(read(client, path).walk("VEVENT"))


def test_every_date_to_come_is_an_event(client, page):
    found = events(client, f"activiteiten/{page.pk}")
    rows = Sessie.objects.filter(page=page).order_by("van")
    assert [event["dtstart"].dt for event in found] == [row.van for row in rows]
    assert {event["status"] for event in found} == {"CONFIRMED"}


def test_an_event_says_what_where_and_where_to_read_more(client, page):
    event = events(client, f"activiteiten/{page.pk}")[0]
    assert event["summary"] == "Praten, koffie; en meer"
    assert event["location"] == "Buurthuis, Bloemenlaan, 3020 Winksele"
    assert event["url"] == f"{settings.BASE_URL}/nl/herent/praten/"
    assert event["description"].endswith(event["url"])


def test_a_date_that_is_over_is_not_in_it(client, page):
    row = Sessie.objects.filter(page=page).first()
    past = row.van - timedelta(days=30)
    Sessie.objects.filter(pk=row.pk).update(van=past, tot=past + timedelta(hours=1))
    assert past not in [event["dtstart"].dt for event in events(client, f"activiteiten/{page.pk}")]


def test_a_cancelled_date_stays_and_says_so(client, page):
    before = events(client, f"activiteiten/{page.pk}")[0]
    Sessie.objects.filter(pk=Sessie.objects.first().pk).update(state="afgelast")
    after = events(client, f"activiteiten/{page.pk}")[0]
    assert after["status"] == "CANCELLED"
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]


def test_why_a_date_is_off_stands_in_its_event(client, page):
    first = Sessie.objects.order_by("van").first()
    Sessie.objects.filter(pk=first.pk).update(state="afgelast", reason="de zaal is dicht, sorry")
    cancelled, other = events(client, f"activiteiten/{page.pk}")[:2]
    assert cancelled["comment"] == "de zaal is dicht, sorry"
    assert cancelled["description"].startswith("de zaal is dicht, sorry\n")
    assert "comment" not in other


def test_a_moved_date_keeps_its_uid(client, page):
    before = events(client, f"activiteiten/{page.pk}")[0]
    row = Sessie.objects.filter(page=page).order_by("van").first()
    row.van, row.tot, row.state = (
        row.van + timedelta(hours=1),
        row.tot + timedelta(hours=1),
        "verplaatst",
    )
    row.save()
    after = events(client, f"activiteiten/{page.pk}")[0]
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == before["dtstart"].dt + timedelta(hours=1)


def test_uids_are_unique_and_survive_publishing_anew(client, page):
    before = [event["uid"] for event in events(client, f"activiteiten/{page.pk}")]
    page.save_revision().publish()
    assert [event["uid"] for event in events(client, f"activiteiten/{page.pk}")] == before
    assert len(set(before)) == len(before)


def test_the_zone_is_brussels_and_known_without_asking_anyone(client, page):
    found = read(client, f"activiteiten/{page.pk}")
    [zone] = found.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Brussels"
    for row in Sessie.objects.filter(page=page):
        here = row.van.astimezone(BRUSSELS)
        assert zone.to_tz().utcoffset(here.replace(tzinfo=None)) == here.utcoffset()
    assert b"DTSTART;TZID=Europe/Brussels:" in found.to_ical()


def test_by_agreement_has_an_empty_calendar(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert events(client, f"activiteiten/{page.pk}") == []


def test_a_municipality_has_the_dates_of_all_its_activities_and_of_no_other(client, cast, page):
    make_page(cast.in_herent, cast.lange_tafel, "Zingen", reeksen=[weekly(2)])
    make_page(cast.in_herent, cast.lange_tafel, "Klad", reeksen=[weekly(2)], publish=False)
    make_page(cast.in_leuven, cast.lange_tafel, "Leuvens", reeksen=[weekly(2)])
    found = read(client, "gemeenten/24038")
    assert found["name"] == "Meedoen in Herent"
    titles = {str(event["summary"]) for event in found.walk("VEVENT")}
    assert titles == {"Praten, koffie; en meer", "Zingen"}


def test_text_cannot_add_lines_of_its_own(client, cast):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        "Titel",
        reeksen=[weekly(1)],
        summary="Kom.\r\nEND:VEVENT\r\nX-KWAAD:1",
    )
    for event in events(client, f"activiteiten/{page.pk}"):
        assert "X-KWAAD" not in event


# -- From the page of an activity ------------------------------------------------------------


def html(client, page):
    return client.get(f"/nl/herent/{page.slug}/").content.decode()


def test_the_page_of_an_activity_leads_to_its_calendar_and_its_data(client, page):
    base = f"/api/v1/activiteiten/{page.pk}"
    text = html(client, page)
    assert f'<link rel="alternate" type="text/calendar" href="{base}.ics">' in text
    assert f'<link rel="alternate" type="application/ld+json" href="{base}.jsonld">' in text
    assert f'href="{base}.ics" type="text/calendar"' in text
    assert "Zet in mijn agenda" in text


def test_without_dates_there_is_nothing_to_put_in_a_calendar(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert "Zet in mijn agenda" not in html(client, page)


def test_a_municipality_with_very_many_dates_has_the_first_ones(client, cast, page, monkeypatch):
    monkeypatch.setattr("aanbod.api.offer.MOST_DATES_OF_GEMEENTE", 3)
    first = Sessie.objects.order_by("van").values_list("van", flat=True)[:3]
    found = events(client, "gemeenten/24038")
    assert {event["dtstart"].dt for event in found} == set(first)
