"""The offer in the words of schema.org. A municipality is known by its NIS code, as a
PropertyValue: there is no address of another's that we would have to invent."""

from typing import Any

from aanbod.api import offer
from aanbod.api.offer import Shown
from aanbod.models import Sessie
from gemeenten.models import Gemeente

CONTEXT = "https://schema.org"
_STATUS = {
    Sessie.State.GEPLAND: "https://schema.org/EventScheduled",
    Sessie.State.AFGELAST: "https://schema.org/EventCancelled",
    Sessie.State.VERPLAATST: "https://schema.org/EventRescheduled",
}


def document(node: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, **node}


def graph(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@context": CONTEXT, "@graph": nodes}


def gemeente(row: Gemeente) -> dict[str, Any]:
    url = offer.address(row.landing, row)
    return {
        "@type": "AdministrativeArea",
        "@id": f"{url}#gemeente",
        "name": row.name,
        "url": url,
        "identifier": {"@type": "PropertyValue", "propertyID": "NIS", "value": row.nis},
        "geo": _geo(row.lat, row.lon),
    }


def activiteit(one: Shown, dates: list[Sessie]) -> dict[str, Any]:
    """An EventSeries with its dates, or an Event when there is only one."""
    page = one.page
    shared = {
        "name": page.title,
        "description": page.summary,
        "inLanguage": "nl",
        "location": _place(one),
        "organizer": _organisation(one),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": not page.cost,
        "offers": {
            "@type": "Offer",
            "price": f"{page.cost:.2f}",
            "priceCurrency": "EUR",
            "url": one.url,
        },
    }
    if page.capacity is not None:
        shared["maximumAttendeeCapacity"] = page.capacity
        shared["remainingAttendeeCapacity"] = one.places_left
    who = {"@id": f"{one.url}#activiteit", "url": one.url}
    if len(dates) == 1:
        said = " ".join(filter(None, [dates[0].reason, page.summary]))
        return {"@type": "Event", **who, **shared, **_when(dates[0]), "description": said}
    events = [{"@type": "Event", "name": page.title, **_when(row)} for row in dates]
    series = {"@type": "EventSeries", **who, **shared}
    if not events:
        return series
    # Whoever reads the parts alone needs the place as well.
    place = {"location": {"@id": shared["location"]["@id"]}}
    return {
        **series,
        "startDate": events[0]["startDate"],
        "endDate": events[-1]["endDate"],
        "subEvent": [{**event, **place} for event in events],
    }


def _when(row: Sessie) -> dict[str, Any]:
    when = {
        "startDate": row.van.isoformat(),
        "endDate": row.tot.isoformat(),
        "eventStatus": _STATUS[Sessie.State(row.state)],
    }
    if row.state == Sessie.State.VERPLAATST and row.by_rule:
        when["previousStartDate"] = row.by_rule.isoformat()
    if row.reason:
        when["description"] = row.reason
    return when


def _place(one: Shown) -> dict[str, Any]:
    page = one.page
    address = {
        "@type": "PostalAddress",
        "addressLocality": one.locality,
        "addressCountry": "BE",
        **({"streetAddress": page.street} if page.street else {}),
        **({"postalCode": page.postcode} if page.postcode else {}),
    }
    return {
        "@type": "Place",
        "@id": f"{one.url}#plaats",
        "name": page.place_name or one.locality,
        "address": address,
        "geo": _geo(*one.coordinates),
        "containedInPlace": gemeente(one.gemeente),
    }


def _geo(lat: float, lon: float) -> dict[str, Any]:
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}


def _organisation(one: Shown) -> dict[str, Any]:
    organisatie = one.page.organisatie
    website = {"url": organisatie.website} if organisatie.website else {}
    return {"@type": "Organization", "name": organisatie.name, **website}
