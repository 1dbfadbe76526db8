"""Where an activity is."""

from aanbod.models import ActiviteitPage
from gemeenten.models import Gemeente


def coordinates(page: ActiviteitPage, gemeente: Gemeente) -> tuple[float, float]:
    """Latitude and longitude in degrees (WGS84): of the deelgemeente when one is chosen, else
    the centre of the gemeente. A postcode is never finer than that."""
    place = page.deelgemeente or gemeente
    return place.lat, place.lon
