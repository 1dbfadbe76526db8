"""From an address to a point, by a geocoder that an operator chose (settings: GEOCODER).

Without one, and as long as it does not answer, an activity stands in the middle of its
deelgemeente. It is asked by the worker after publishing, one question at a time, never while
somebody waits; what it said is kept (`AdresPunt`).
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import Geocoder

from aanbod import indexing, places
from aanbod.models import ActiviteitPage, AdresPunt
from gemeenten import boundaries
from gemeenten.models import Gemeente

logger = logging.getLogger(__name__)

GEOCODERS: dict[str, type[Geocoder]] = {"photon": Photon, "nominatim": Nominatim}
MAX_ATTEMPTS = 3
TRY_AGAIN = timedelta(minutes=15)
#: Seconds between two questions, what public geocoders ask for, and to wait for one's turn.
PAUSE, LONGEST_WAIT = 2, 30.0
TURN = "geocoder"


class GeocoderUnreachable(Exception):
    """It gave no answer that makes sense, in time."""


def ask_after_commit(page: ActiviteitPage) -> None:
    """Have the worker ask for the address of a live activity, when nobody knows it yet."""
    if not settings.GEOCODER or page.location_source == places.Source.PIN:
        return
    address = places.address_of(page, page.gemeente)
    if address and not places.is_asked(address, now=timezone.now()):
        transaction.on_commit(partial(ask.enqueue, page.pk), robust=True)


@task()
def ask(page_id: int, attempt: int = 1) -> None:
    """Ask for the address of one activity and put it on the map. Not answered: later again, and
    after `MAX_ATTEMPTS` the next time that it is published."""
    page = ActiviteitPage.objects.live().filter(pk=page_id).first()
    if not settings.GEOCODER or page is None:
        return
    gemeente = page.gemeente
    address = places.address_of(page, gemeente)
    if address and not places.is_asked(address, now=timezone.now()):
        try:
            _keep(address, gemeente, look_up(address))
        except GeocoderUnreachable as failure:
            logger.warning("No point for page %s, attempt %s: %s", page_id, attempt, failure)
            if attempt < MAX_ATTEMPTS:
                later = timezone.now() + TRY_AGAIN
                ask.using(run_after=later).enqueue(page_id, attempt + 1)
            return
    put_on_map(page_id)


def look_up(address: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees (WGS84), or None when the geocoder knows no such address.
    Raises GeocoderUnreachable."""
    _wait_for_turn()
    pool = ThreadPoolExecutor(1)
    try:
        # A time limit on the whole: that of a socket starts anew with each byte.
        answer = pool.submit(_geocoder().geocode, address).result(2 * settings.GEOCODER_TIMEOUT)
    except TookTooLong:
        raise GeocoderUnreachable("TimeoutError") from None
    except (GeopyError, OSError, ValueError, LookupError, TypeError, AttributeError) as failure:
        # The last ones: geopy reads an answer that is no geocoder's without looking.
        raise GeocoderUnreachable(type(failure).__name__) from failure
    finally:
        pool.shutdown(wait=False)
    return (answer.latitude, answer.longitude) if answer else None


@transaction.atomic
def put_on_map(page_id: int) -> None:
    """Write where a live activity is, as everything that is known says."""
    page = ActiviteitPage.objects.live().select_for_update(of=["self"]).filter(pk=page_id).first()
    if page is None:
        return
    found = places.locate(page, page.gemeente)
    page.lat, page.lon, page.location_source = found.lat, found.lon, found.source
    ActiviteitPage.objects.filter(pk=page_id).update(
        lat=found.lat, lon=found.lon, location_source=found.source
    )
    indexing.index(page, now=timezone.now())


def _geocoder() -> Geocoder:
    address = urlsplit(settings.GEOCODER_URL)
    return GEOCODERS[settings.GEOCODER](
        scheme=address.scheme,
        domain=address.netloc + address.path.rstrip("/"),
        timeout=settings.GEOCODER_TIMEOUT,
        user_agent="veertig",
    )


def _wait_for_turn() -> None:
    """One question every `PAUSE` seconds, whichever worker asks."""
    until = time.monotonic() + LONGEST_WAIT
    while not cache.add(TURN, 1, timeout=PAUSE):
        if time.monotonic() > until:
            raise GeocoderUnreachable("no turn")
        time.sleep(0.1)


def _keep(address: str, gemeente: Gemeente, point: tuple[float, float] | None) -> None:
    """A point outside of the gemeente is of another street with that name."""
    inside = point is not None and boundaries.contains(gemeente.nis, *point)
    lat, lon = point if point and inside else (None, None)
    AdresPunt.objects.update_or_create(
        address=address, defaults={"lat": lat, "lon": lon, "asked_at": timezone.now()}
    )
