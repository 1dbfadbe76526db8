"""The dates of the offer as iCalendar, for the calendar on somebody's phone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

from aanbod.api.offer import Shown
from aanbod.models import Sessie
from aanbod.sessies import BRUSSELS

CONTENT_TYPE = "text/calendar"


def calendar(name: str, shown: Iterable[Shown], dates: dict[int, list[Sessie]]) -> bytes:
    """One calendar with the dates of these activities; the same bytes for the same dates."""
    made = Calendar()
    made.add("prodid", "-//Veertig//Aanbod//NL")
    made.add("version", "2.0")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add_component(_brussels())
    for one in shown:
        for row in dates.get(one.page.pk, []):
            made.add_component(_event(one, row))
    return made.to_ical()


def _event(one: Shown, row: Sessie) -> Event:
    page = one.page
    event = Event()
    event.add("uid", _uid(row))
    event.add("dtstamp", page.last_published_at or page.first_published_at or row.van)
    event.add("dtstart", row.van.astimezone(BRUSSELS))
    event.add("dtend", row.tot.astimezone(BRUSSELS))
    event.add("summary", page.title)
    event.add("description", "\n".join(filter(None, [row.reason, page.summary, one.url])))
    if row.reason:
        event.add("comment", row.reason)
    event.add("location", _location(one))
    event.add("geo", one.coordinates)
    event.add("url", one.url)
    cancelled = row.state == Sessie.State.AFGELAST
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    # A date that was cancelled or moved replaces the one that somebody's calendar kept.
    event.add("sequence", 0 if row.state == Sessie.State.GEPLAND else 1)
    return event


def _uid(row: Sessie) -> str:
    """The same for as long as the date exists, wherever it is moved to."""
    key = f"{row.by_rule:%Y%m%dT%H%M%SZ}" if row.by_rule else f"los-{row.pk}"
    return f"{row.page_id}-{key}@{urlsplit(settings.BASE_URL).hostname}"


def _location(one: Shown) -> str:
    page = one.page
    town = f"{page.postcode} {one.locality}".strip()
    return ", ".join(part for part in (page.place_name, page.street, town) if part)


def _brussels() -> Timezone:
    """Brussels by its rule since 1996, without an end."""
    zone = Timezone()
    zone.add("tzid", "Europe/Brussels")
    zone.add_component(_change(TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), (1, 2)))
    zone.add_component(_change(TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), (2, 1)))
    return zone


def _change(
    part: TimezoneDaylight | TimezoneStandard,
    name: str,
    month: int,
    first: datetime,
    hours: tuple[int, int],
) -> TimezoneDaylight | TimezoneStandard:
    before, after = (timedelta(hours=hour) for hour in hours)
    part.add("tzname", name)
    part.add("dtstart", first)
    part.add("rrule", vRecur(freq="yearly", bymonth=month, byday="-1SU"))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part
