"""Activities of one gemeente that look alike: by name, place and time. They may well be two
activities, so this says why and stops nobody.

Only the gemeente's own activities are compared, drafts among them: nobody else's drafts are ever
read here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from math import cos, hypot, radians
from typing import Any

from aanbod.importing import moments
from aanbod.indexing import plain
from aanbod.models import ActiviteitPage, Dag, Frequentie, Reeks
from aanbod.waiting import Item
from gemeenten.models import Gemeente, GemeentePage

#: From 0 to 1, as PostgreSQL's pg_trgm counts.
ALMOST_THE_SAME, ALIKE = 0.7, 0.4
#: Metres: two pins this near are one place, this far are two.
NEAR, FAR = 150, 500
#: Signs of likeness (`reasons`) from which somebody is warned.
ENOUGH = 2
MOST = 3
NOT_TELLING = {
    *("de", "het", "een", "en", "of", "in", "op", "aan", "bij", "te", "van", "voor", "met", "om"),
    *("samen", "gratis", "nieuw"),
}
METRES_PER_DEGREE = 111_320


@dataclass(frozen=True)
class Slot:
    """A fixed time: a weekday and clock times, from the first to the last day of its series."""

    weekday: int
    start: time
    end: time
    first: date
    last: date


@dataclass(frozen=True)
class Facts:
    """What two activities are compared by; empty for unknown."""

    title: str
    street: str = ""
    place_name: str = ""
    postcode: str = ""
    deelgemeente: str = ""
    #: Degrees (WGS84), only when they are those of the address or the pin.
    point: tuple[float, float] | None = None
    slots: tuple[Slot, ...] = ()
    page_id: int | None = None
    live: bool = False
    grams: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Likeness:
    """An activity that looks like another, with a sentence for each thing that is the same."""

    page_id: int
    title: str
    live: bool
    reasons: list[str]

    def __str__(self) -> str:
        where = "staat online" if self.live else "is een concept"
        return f"Lijkt op “{self.title}” ({where}). {' '.join(self.reasons)}"


# -- The rule ----------------------------------------------------------------------------------


def reasons(one: Facts, other: Facts) -> list[str]:
    """Why two activities look alike, in sentences; [] when they do not.

    A name that is almost the same counts for two signs, one that is alike for one; so do the
    same place and the same time, and another place or another time takes one away. What is not
    known says nothing.
    """
    name, said_name = _name(one, other)
    place, said_place = _place(one, other)
    when, said_when = _time(one, other)
    if name + place + when < ENOUGH:
        return []
    return [said for said in (said_name, said_place, said_when) if said]


def _name(one: Facts, other: Facts) -> tuple[int, str]:
    alike = similarity(one.grams or trigrams(one.title), other.grams or trigrams(other.title))
    if alike >= ALMOST_THE_SAME:
        return 2, "De naam is bijna dezelfde."
    return (1, "De naam lijkt erop.") if alike >= ALIKE else (0, "")


def _place(one: Facts, other: Facts) -> tuple[int, str]:
    if one.point and other.point:
        metres = _metres(one.point, other.point)
        if metres <= NEAR:
            return 1, "Het is op dezelfde plaats."
        if metres > FAR:
            return -1, ""
    for mine, theirs in ((one.street, other.street), (one.place_name, other.place_name)):
        if mine and plain(mine) == plain(theirs):
            return 1, "Het is op dezelfde plaats."
    pairs = [(one.street, other.street), (one.postcode, other.postcode)]
    pairs.append((one.deelgemeente, other.deelgemeente))
    different = any(a and b and plain(a) != plain(b) for a, b in pairs)
    return (-1, "") if different else (0, "")


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Across a flat piece of earth: exact enough for a few kilometres."""
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians(one[0]))
    return hypot(north, east) * METRES_PER_DEGREE


def _time(one: Facts, other: Facts) -> tuple[int, str]:
    if not one.slots or not other.slots:
        return 0, ""
    for mine in one.slots:
        if any(_meet(mine, theirs) for theirs in other.slots):
            day, clock = Dag(Dag.values[mine.weekday]).label, f"{mine.start:%H.%M}"
            return 1, f"Het is op hetzelfde moment: {day} om {clock} uur."
    return -1, ""


def _meet(one: Slot, other: Slot) -> bool:
    """On the same weekday in the same period, and together for half of the shorter one."""
    if one.weekday != other.weekday or one.first > other.last or other.first > one.last:
        return False
    (a, b), (c, d) = _minutes(one), _minutes(other)
    return 2 * (min(b, d) - max(a, c)) >= min(b - a, d - c)


def _minutes(slot: Slot) -> tuple[int, int]:
    start = slot.start.hour * 60 + slot.start.minute
    end = slot.end.hour * 60 + slot.end.minute
    return start, end if end > start else end + 24 * 60


def trigrams(title: str) -> frozenset[str]:
    """As pg_trgm makes them, of the words that say something."""
    words = "".join(sign if sign.isalnum() else " " for sign in plain(title)).split()
    telling = [word for word in words if word not in NOT_TELLING] or words
    padded = [f"  {word} " for word in telling]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


# -- Where the facts come from -----------------------------------------------------------------


def facts_of_page(page: ActiviteitPage) -> Facts:
    """Of an activity as it is in memory."""
    fine = page.location_source != ActiviteitPage.LocationSource.DEELGEMEENTE
    on_moments = page.timing == ActiviteitPage.Timing.MOMENTEN
    point = _point(page.pin_lat, page.pin_lon)
    if fine and not point:
        point = _point(page.lat, page.lon)
    title = page.title if page.live else page.draft_title or page.title
    return Facts(
        title=title,
        street=page.street,
        place_name=page.place_name,
        postcode=page.postcode,
        deelgemeente=page.deelgemeente.name if page.deelgemeente else "",
        point=point,
        slots=_slots(page.reeksen.all()) if on_moments else (),
        page_id=page.pk,
        live=page.live,
    )


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)


def facts_of_values(values: dict[str, Any]) -> Facts:
    """Of a record as `aanbod/importing/columns.py` parses it."""
    return Facts(
        title=values.get("naam", ""),
        street=values.get("straat", ""),
        place_name=values.get("plaats", ""),
        postcode=values.get("postcode", ""),
        deelgemeente=values.get("deelgemeente", ""),
        slots=_slots(moments.read(text) for text in values.get("momenten", [])),
    )


def _slots(series: Iterable[Reeks]) -> tuple[Slot, ...]:
    found = []
    for one in series:
        once = one.frequency == Frequentie.EENMALIG
        last = one.first_day if once else one.last_day or date.max
        found.append(Slot(one.first_day.weekday(), one.start, one.end, one.first_day, last))
    return tuple(found)


class Neighbours:
    """The activities of one gemeente, read once (in a number of queries that does not grow) to
    compare any number with."""

    def __init__(self, gemeente: Gemeente) -> None:
        self.words = frozenset(plain(gemeente.name).split())
        self.facts: list[Facts] = []
        self.by_gram: dict[str, list[int]] = defaultdict(list)
        self.by_place: dict[str, list[int]] = defaultdict(list)
        self.with_point: list[int] = []
        for page in _pages(gemeente):
            self._add(self._prepared(facts_of_page(page)))

    def _prepared(self, facts: Facts) -> Facts:
        """With the trigrams of its name, that of the gemeente left out."""
        title = " ".join(word for word in facts.title.split() if plain(word) not in self.words)
        grams = trigrams(title or facts.title)
        return Facts(**{**facts.__dict__, "grams": grams})

    def _add(self, facts: Facts) -> None:
        at = len(self.facts)
        self.facts.append(facts)
        for gram in facts.grams:
            self.by_gram[gram].append(at)
        for place in _places(facts):
            self.by_place[place].append(at)
        if facts.point:
            self.with_point.append(at)

    def like(self, facts: Facts, *, apart_from: int | None = None) -> list[Likeness]:
        """At most three that look most like it; `apart_from` is the page that it is about."""
        mine = self._prepared(facts)
        found = []
        for at in self._candidates(mine):
            other = self.facts[at]
            if other.page_id in (None, apart_from, facts.page_id):
                continue
            if said := reasons(mine, other):
                found.append((-len(said), -similarity(mine.grams, other.grams), at, said))
        return [
            Likeness(self.facts[at].page_id or 0, self.facts[at].title, self.facts[at].live, said)
            for _few, _alike, at, said in sorted(found)[:MOST]
        ]

    def _candidates(self, facts: Facts) -> set[int]:
        """Those with a name or a place in common: without either nothing looks alike."""
        shared = Counter(at for gram in facts.grams for at in self.by_gram.get(gram, ()))
        size = len(facts.grams)
        found = {
            at
            for at, number in shared.items()
            if number >= ALIKE * (size + len(self.facts[at].grams) - number)
        }
        for place in _places(facts):
            found.update(self.by_place.get(place, ()))
        return found.union(self.with_point) if facts.point else found


def _places(facts: Facts) -> list[str]:
    return [plain(text) for text in (facts.street, facts.place_name) if text]


def _pages(gemeente: Gemeente) -> Iterable[ActiviteitPage]:
    landing = GemeentePage.objects.filter(gemeente=gemeente).first()
    if landing is None:
        return []
    pages = ActiviteitPage.objects.child_of(landing).order_by("pk")
    return (
        pages.select_related("deelgemeente")
        .prefetch_related("reeksen")
        .defer("description", "summary", "bring")
    )


def of_page(page: ActiviteitPage, gemeente: Gemeente) -> list[Likeness]:
    """What looks like an activity as it is in memory."""
    return Neighbours(gemeente).like(facts_of_page(page), apart_from=page.pk)


def add_hints(gemeente: Gemeente, items: list[tuple[Item, dict[str, Any] | None]]) -> None:
    """Say of each item of the wachtrij what it looks like: of a record by its values, of a page
    (None) as it was saved. No query when there is nothing to compare."""
    if not items:
        return
    neighbours = Neighbours(gemeente)
    saved = {facts.page_id: facts for facts in neighbours.facts}
    for item, values in items:
        facts = saved.get(item.page_id) if values is None else facts_of_values(values)
        if facts:
            item.hints += map(str, neighbours.like(facts))
