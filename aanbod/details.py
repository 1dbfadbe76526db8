"""What a reader wants to know of one activity, put together from its fields and its dates."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from urllib.parse import quote

from aanbod import sessies
from aanbod.cards import Effort, effort
from aanbod.models import ActiviteitPage, Kenmerk, Moment, Opname, Reeks, Sessie

SHOWN_DATES = 4
#: Beyond those that are shown, for the days on which nobody writes the page anew.
READY_DATES = SHOWN_DATES + 3


@dataclass(frozen=True)
class Time:
    """One dated occurrence (UTC)."""

    van: datetime
    tot: datetime
    cancelled: bool = False
    moved: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Way:
    """Links that open a map when somebody taps them; the page itself asks no other host."""

    #: For the map that is on the phone (RFC 5870).
    app: str
    #: For any browser.
    web: str


@dataclass(frozen=True)
class Details:
    #: At most `READY_DATES`, cancelled ones among them: somebody may be on their way.
    times: list[Time]
    #: There are dates beyond `times`.
    more_times: bool
    series: list[Reeks]
    moments: list[Moment]
    effort: Effort
    kenmerken: list[Kenmerk]
    #: The pause is now or still to come.
    pause: bool
    #: Name, street and place, as one reads them.
    address: str
    way: Way | None
    #: The picture as the page shows it: an <img>.
    picture: str
    #: Addresses of recordings, by language.
    recordings: dict[str, str]


def of(page: ActiviteitPage, *, now: datetime) -> Details:
    """Works for a preview as well, of a page that was never saved."""
    times = _times(page, now)
    place = address(page)
    return Details(
        times=times[:READY_DATES],
        more_times=len(times) > READY_DATES,
        series=list(page.reeksen.all()) if page.timing == page.Timing.MOMENTEN else [],
        moments=[Moment(value) for value in page.moments],
        effort=effort(page),
        kenmerken=sorted((item.tag for item in page.kenmerk_items.all()), key=lambda k: k.order),
        pause=bool(page.paused_until and page.paused_until >= day_of(now)),
        address=place,
        way=_way(page, place),
        picture=_picture(page),
        recordings=_recordings(page),
    )


def places_left(capacity: int | None, taken: int | None) -> int | None:
    """None: no limit."""
    return None if capacity is None else max(0, capacity - (taken or 0))


def day_of(now: datetime) -> date:
    """The day in Brussels."""
    return now.astimezone(sessies.BRUSSELS).date()


def _times(page: ActiviteitPage, now: datetime) -> list[Time]:
    if page.pk and page.live:
        rows = Sessie.objects.filter(page=page, tot__gt=now).order_by("van")
        return [_time(row) for row in rows[: READY_DATES + 1]]
    today = day_of(now)
    planned = sessies.planned(page, from_day=today, until_day=today + sessies.AHEAD)
    return [Time(van, tot) for van, tot in islice(planned.items(), READY_DATES + 1)]


def _time(row: Sessie) -> Time:
    return Time(
        row.van,
        row.tot,
        cancelled=row.state == Sessie.State.AFGELAST,
        moved=row.state == Sessie.State.VERPLAATST,
        reason=row.reason,
    )


def address(page: ActiviteitPage) -> str:
    """Name, street and town, as one reads them."""
    town = page.deelgemeente.name if page.deelgemeente else _gemeente(page)
    return ", ".join(
        filter(None, [page.place_name, page.street, f"{page.postcode} {town}".strip()])
    )


def _gemeente(page: ActiviteitPage) -> str:
    # A page that was never saved has no place in the tree yet.
    return page.gemeente.name if page.pk else ""


def _way(page: ActiviteitPage, place: str) -> Way | None:
    """None when only the middle of the deelgemeente is known: a map would lead astray."""
    is_exact = page.location_source != page.LocationSource.DEELGEMEENTE
    if page.lat is None or page.lon is None or not (is_exact or page.street):
        return None
    point = f"{page.lat:.5f},{page.lon:.5f}"
    if is_exact:
        web = f"https://www.openstreetmap.org/directions?to={quote(point)}"
    else:
        web = f"https://www.openstreetmap.org/search?query={quote(place)}"
    return Way(app=f"geo:{point}?q={quote(place)}", web=web)


def _picture(page: ActiviteitPage) -> str:
    if page.picture is None:
        return ""
    rendition = page.picture.get_rendition("fill-720x405|format-webp")
    return rendition.img_tag({"loading": "lazy"})


def _recordings(page: ActiviteitPage) -> dict[str, str]:
    if not page.pk:
        return {}
    return {row.language: row.file.url for row in Opname.objects.filter(page_id=page.pk)}
