"""The offer as plain JSON (`aanbod/api/schemas.py`)."""

from typing import Any

from aanbod.api import offer
from aanbod.api.offer import Shown
from aanbod.models import Sessie
from gemeenten.models import Gemeente


def activiteit(one: Shown) -> dict[str, Any]:
    page = one.page
    lat, lon = one.coordinates
    return {
        "id": page.pk,
        "url": one.url,
        "titel": page.title,
        "in_een_zin": page.summary,
        "beschrijving": page.description,
        "meebrengen": page.bring,
        "soort": page.soort,
        "gemeente": {"nis": one.gemeente.nis, "naam": one.gemeente.name},
        "organisatie": {"naam": page.organisatie.name, "website": page.organisatie.website},
        "contact": page.contact_public,
        "plaats": {
            "naam": page.place_name,
            "straat": page.street,
            "postcode": page.postcode,
            "gemeente": one.locality,
            "lat": lat,
            "lon": lon,
        },
        "wanneer": page.timing,
        "momenten": page.moments,
        "minuten_per_keer": page.minutes_per_time,
        "uren_in_totaal": page.hours_total,
        "taalniveau": page.taalniveau,
        "voor": page.voor,
        "kosten": page.cost,
        "uitleg_kosten": page.cost_note,
        "kinderopvang": page.kinderopvang,
        "rolstoel": page.wheelchair,
        "plaatsen": page.capacity,
        "plaatsen_vrij": one.places_left,
        "kenmerken": one.kenmerken,
        "themas": one.themas,
        "gepubliceerd": page.first_published_at,
        "jsonld": offer.named("api-1:activiteit_jsonld", page.pk),
        "agenda": offer.named("api-1:activiteit_ics", page.pk),
    }


def sessie(row: Sessie) -> dict[str, Any]:
    return {"van": row.van, "tot": row.tot, "staat": row.state, "reden": row.reason}


def gemeente(row: Gemeente) -> dict[str, Any]:
    return {
        "nis": row.nis,
        "naam": row.name,
        "url": offer.address(row.landing, row),
        "provincie": row.province,
        "postcodes": row.postcodes,
        "lat": row.lat,
        "lon": row.lon,
        "welkom": row.landing.intro,
        "contact": row.landing.contact,
        "jsonld": offer.named("api-1:gemeente_jsonld", row.nis),
        "agenda": offer.named("api-1:gemeente_ics", row.nis),
    }
