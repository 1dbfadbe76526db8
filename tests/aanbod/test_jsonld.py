"""schema.org JSON-LD: what search engines and other platforms read."""

import pytest
from django.conf import settings

from aanbod.models import Sessie
from tests.aanbod.cast import make_page, weekly


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1)],
        place_name="Buurthuis",
        street="Bloemenlaan",
        postcode="3020",
        deelgemeente=cast.winksele,
        cost="2.50",
        capacity=8,
    )


def read(client, path):
    response = client.get(f"/api/v1/{path}.jsonld")
    assert (response.status_code, response["Content-Type"]) == (200, "application/ld+json")
    document = response.json()
    assert document["@context"] == "https://schema.org"
    return document


def test_a_series_has_its_dates_as_events(client, page):
    node = read(client, f"activiteiten/{page.pk}")
    assert node["@type"] == "EventSeries"
    rows = Sessie.objects.filter(page=page).order_by("van")
    assert len(node["subEvent"]) == rows.count()
    assert node["subEvent"][0]["startDate"] == rows[0].van.isoformat()
    assert node["subEvent"][0]["eventStatus"] == "https://schema.org/EventScheduled"


def test_a_single_date_is_an_event(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1, frequency="eenmalig")])
    node = read(client, f"activiteiten/{page.pk}")
    assert (node["@type"], "subEvent" in node) == ("Event", False)
    assert node["startDate"]


def test_by_agreement_is_a_series_without_dates(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    node = read(client, f"activiteiten/{page.pk}")
    assert (node["@type"], "startDate" in node) == ("EventSeries", False)


def test_cancelled_and_moved_dates_say_so(client, page):
    first, second = Sessie.objects.filter(page=page).order_by("van")[:2]
    Sessie.objects.filter(pk=first.pk).update(state="afgelast")
    Sessie.objects.filter(pk=second.pk).update(state="verplaatst")
    events = read(client, f"activiteiten/{page.pk}")["subEvent"]
    assert events[0]["eventStatus"] == "https://schema.org/EventCancelled"
    assert events[1]["eventStatus"] == "https://schema.org/EventRescheduled"
    assert events[1]["previousStartDate"] == second.by_rule.isoformat()


def test_why_a_date_is_off_is_said_with_the_date(client, page):
    first = Sessie.objects.filter(page=page).order_by("van").first()
    Sessie.objects.filter(pk=first.pk).update(state="afgelast", reason="de zaal is dicht")
    events = read(client, f"activiteiten/{page.pk}")["subEvent"]
    assert events[0]["description"] == "de zaal is dicht"
    assert "description" not in events[1]


def test_and_with_an_activity_that_has_only_that_date(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1, frequency="eenmalig")])
    Sessie.objects.update(state="afgelast", reason="de zaal is dicht")
    node = read(client, f"activiteiten/{page.pk}")
    assert node["description"] == f"de zaal is dicht {page.summary}"


def test_the_place_is_in_a_municipality_known_by_its_nis_code(client, page):
    place = read(client, f"activiteiten/{page.pk}")["location"]
    assert place["@type"] == "Place"
    assert place["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Bloemenlaan",
        "postalCode": "3020",
        "addressLocality": "Winksele",
        "addressCountry": "BE",
    }
    nis = {"@type": "PropertyValue", "propertyID": "NIS", "value": "24038"}
    assert place["containedInPlace"]["identifier"] == nis
    assert read(client, "gemeenten/24038")["identifier"] == nis


def test_who_organises_and_what_it_costs(client, page):
    node = read(client, f"activiteiten/{page.pk}")
    assert node["organizer"] == {"@type": "Organization", "name": "De Lange Tafel"}
    assert (node["offers"]["price"], node["offers"]["priceCurrency"]) == ("2.50", "EUR")
    assert (node["isAccessibleForFree"], node["remainingAttendeeCapacity"]) == (False, 8)


def test_the_list_is_one_graph_of_what_was_asked_for(client, cast, page):
    make_page(cast.in_leuven, cast.lange_tafel, "Voetbal", soort="sport")
    graph = read(client, "activiteiten")["@graph"]
    assert [node["name"] for node in graph] == ["Praattafel", "Voetbal"]
    assert [node["name"] for node in read_with(client, "?gemeente=leuven")] == ["Voetbal"]


def read_with(client, question):
    return client.get(f"/api/v1/activiteiten.jsonld{question}").json()["@graph"]


def test_only_schema_org_and_ourselves_are_named(client, page):
    text = client.get(f"/api/v1/activiteiten/{page.pk}.jsonld").content.decode()
    for address in (part.split('"')[0] for part in text.split('"http')[1:]):
        assert f"http{address}".startswith(("https://schema.org", settings.BASE_URL))
