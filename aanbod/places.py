"""Where an activity is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aanbod.models import ActiviteitPage, AdresPunt
from gemeenten import boundaries
from gemeenten.models import Gemeente

Source = ActiviteitPage.LocationSource
#: After so long an address that was not found is asked again.
ASK_AGAIN = timedelta(days=30)


@dataclass(frozen=True)
class Location:
    """A point in degrees (WGS84), and who says so."""

    lat: float
    lon: float
    source: Source


def locate(page: ActiviteitPage, gemeente: Gemeente) -> Location:
    """The pin that an editor put, else what the geocoder said before of the address, else the
    deelgemeente when one is chosen, else the centre of the gemeente. A postcode is never finer
    than that. Asks nobody; `aanbod/geocoding.py` does."""
    if page.pin_lat is not None and page.pin_lon is not None and is_pin_inside(page, gemeente):
        return Location(page.pin_lat, page.pin_lon, Source.PIN)
    found = AdresPunt.objects.filter(address=address_of(page, gemeente), lat__isnull=False).first()
    if found and found.lat is not None and found.lon is not None:
        return Location(found.lat, found.lon, Source.GEOCODER)
    place = page.deelgemeente or gemeente
    return Location(place.lat, place.lon, Source.DEELGEMEENTE)


def coordinates(page: ActiviteitPage, gemeente: Gemeente) -> tuple[float, float]:
    """Latitude and longitude of `locate`, in degrees (WGS84)."""
    found = locate(page, gemeente)
    return found.lat, found.lon


def is_pin_inside(page: ActiviteitPage, gemeente: Gemeente) -> bool:
    """Does the pin stand in the gemeente? Without a pin nothing stands outside of it."""
    if page.pin_lat is None or page.pin_lon is None:
        return True
    return boundaries.contains(gemeente.nis, page.pin_lat, page.pin_lon)


def address_of(page: ActiviteitPage, gemeente: Gemeente) -> str:
    """The address as a geocoder is asked for it; "" without a street."""
    street = " ".join(page.street.split())
    if not street:
        return ""
    town = " ".join([page.postcode, gemeente.name]).strip()
    return f"{street}, {town}, België"


def is_asked(address: str, *, now: datetime) -> bool:
    """Is an answer on this address still good? One that was found always is."""
    row = AdresPunt.objects.filter(address=address).first()
    return bool(row and (row.lat is not None or row.asked_at > now - ASK_AGAIN))
