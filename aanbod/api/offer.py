"""What open data shows of the offer: live activities of active municipalities, with everything
read in a few queries however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from aanbod.models import ActiviteitPage, PlacesTaken, Sessie
from gemeenten.models import Gemeente, GemeentePage

#: So many dates of one activity, and of one municipality: a calendar of 500 takes a fifth of a
#: second to write, and who subscribes gets the next ones later.
MOST_DATES = 200
MOST_DATES_OF_GEMEENTE = 500


@dataclass(frozen=True)
class Shown:
    """A live activity with its municipality and what is read beside it."""

    page: ActiviteitPage
    gemeente: Gemeente
    kenmerken: list[str]
    themas: list[str]
    places_left: int | None

    @property
    def url(self) -> str:
        return address(self.page, self.gemeente)

    @property
    def locality(self) -> str:
        return self.page.deelgemeente.name if self.page.deelgemeente else self.gemeente.name

    @property
    def coordinates(self) -> tuple[float, float]:
        """Latitude and longitude in degrees (WGS84), as found when the page was saved."""
        if self.page.lat is None or self.page.lon is None:
            return self.gemeente.lat, self.gemeente.lon
        return self.page.lat, self.page.lon


def gemeenten() -> QuerySet[Gemeente]:
    """The municipalities that publish here and whose page is live."""
    rows = Gemeente.objects.active().filter(landing__live=True)
    return rows.select_related("landing").order_by("nis")


def shown(page_ids: Iterable[int]) -> list[Shown]:
    """The activities that may be shown, in the order of `page_ids`; others are left out."""
    ids = list(page_ids)
    pages = ActiviteitPage.objects.live().public().filter(pk__in=ids)
    pages = pages.select_related("organisatie", "deelgemeente").prefetch_related(
        "kenmerk_items__tag", "thema_items__tag"
    )
    by_path = _by_path(pages)
    taken = dict(PlacesTaken.objects.filter(page__in=ids).values_list("page_id", "number"))
    found = {
        page.pk: _shown(page, gemeente, taken.get(page.pk, 0))
        for page in pages
        if (gemeente := by_path.get(page.path[: -page.steplen]))
    }
    return [found[pk] for pk in ids if pk in found]


def _by_path(pages: Iterable[ActiviteitPage]) -> dict[str, Gemeente]:
    paths = {page.path[: -page.steplen] for page in pages}
    rows = gemeenten().filter(landing__path__in=paths)
    return {gemeente.landing.path: gemeente for gemeente in rows}


def _shown(page: ActiviteitPage, gemeente: Gemeente, taken: int) -> Shown:
    kenmerken = sorted((item.tag for item in page.kenmerk_items.all()), key=lambda tag: tag.order)
    return Shown(
        page=page,
        gemeente=gemeente,
        kenmerken=[tag.slug for tag in kenmerken],
        themas=sorted(item.tag.name for item in page.thema_items.all()),
        places_left=None if page.capacity is None else max(0, page.capacity - taken),
    )


def of_gemeente(gemeente: Gemeente) -> list[int]:
    """The ids of the live activities of a municipality."""
    below = ActiviteitPage.objects.live().public().child_of(gemeente.landing)
    return list(below.order_by("pk").values_list("pk", flat=True))


def dates(page_ids: Iterable[int], *, now: datetime, most: int) -> dict[int, list[Sessie]]:
    """For each activity its dates that are not over, cancelled ones among them; the first `most`
    of all together."""
    rows = Sessie.objects.filter(page__in=list(page_ids), tot__gt=now).order_by("van", "pk")[:most]
    found = defaultdict(list)
    for row in rows:
        found[row.page_id].append(row)
    return found


def absolute(path: str) -> str:
    return settings.BASE_URL + path


def named(name: str, *args: Any) -> str:
    """The absolute address of a view of ours, in Dutch where it has a language."""
    with translation.override("nl"):
        return absolute(reverse(name, args=args))


def address(page: ActiviteitPage | GemeentePage, gemeente: Gemeente) -> str:
    """The absolute address of the Dutch page. Composed, because Wagtail asks for each page."""
    home = f"/nl/{gemeente.landing.slug}/"
    return absolute(home if isinstance(page, GemeentePage) else f"{home}{page.slug}/")
