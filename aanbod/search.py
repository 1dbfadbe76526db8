"""Finding activities: reading the filters of an address, and asking the search table once.

The values are those of model.md. Several values of one filter widen it, different filters narrow
the result. Only SQL over `Zoekregel`, so that a page of results is one statement.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from django.db import connection
from django.http import QueryDict

from aanbod.indexing import CONFIGURATION, plain
from aanbod.models import Dag, Kinderopvang, Moment, Soort, Taalniveau, Voor
from gemeenten.models import Gemeente
from gemeenten.places import Place, find_place

PER_PAGE = 20
#: Totals are exact up to here; further on it says "1000+".
COUNTED = 1000
LAST_PAGE = COUNTED // PER_PAGE
MAX_KM = 200
MAX_TEXT = 100
#: So many values that we do not know are told back.
MAX_UNKNOWN = 10
#: Metres: the radius that PostgreSQL's earthdistance uses.
EARTH = 6378168

KENMERKEN = (
    *("duo", "groep", "nieuwe-mensen", "duurzame-contacten"),
    *("voertaal", "wederzijds", "nederlandstaligen"),
)
#: Filters with a closed list of values.
CHOICES: dict[str, tuple[str, ...]] = {
    "soort": tuple(Soort.values),
    "moment": tuple(Moment.values),
    "dag": tuple(Dag.values),
    "taalniveau": tuple(Taalniveau.values),
    "kosten": ("gratis", "5", "20"),
    "kinderopvang": tuple(Kinderopvang.values),
    "voor": tuple(Voor.values),
    "toegang": ("rolstoel",),
    "kenmerk": KENMERKEN,
}
SORTS = ("past", "afstand", "datum", "nieuw")
#: What narrows the result, in the order in which a page names it.
FILTERS = ("q", "gemeente", "straal", *CHOICES, "thema")


@dataclass(frozen=True)
class Query:
    """What somebody looks for; everything absent asks for everything."""

    q: str = ""
    gemeente: tuple[str, ...] = ()
    plaats: str = ""
    #: Kilometres around the place; None is no limit.
    straal: int | None = None
    soort: tuple[str, ...] = ()
    moment: tuple[str, ...] = ()
    dag: tuple[str, ...] = ()
    taalniveau: tuple[str, ...] = ()
    kosten: tuple[str, ...] = ()
    kinderopvang: tuple[str, ...] = ()
    voor: tuple[str, ...] = ()
    toegang: tuple[str, ...] = ()
    kenmerk: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    sorteer: str = ""
    pagina: int = 1
    #: (filter, value) pairs that were not understood, as typed but never longer than a line.
    unknown: tuple[tuple[str, str], ...] = ()

    def without(self, name: str) -> "Query":
        """The same without one filter."""
        absent: Any = Query.__dataclass_fields__[name].default
        return replace(self, **{name: absent, "pagina": 1})

    def active(self) -> list[str]:
        """The names of the filters that are set."""
        return [name for name in FILTERS if getattr(self, name)]


class Row(NamedTuple):
    """One activity of the result."""

    page_id: int
    card: str
    places_left: int | None
    #: Kilometres to the place that was asked for; None without one.
    km: float | None


@dataclass(frozen=True)
class Results:
    rows: list[Row]
    #: Exact up to COUNTED; with `more` there are more than that.
    total: int
    more: bool
    page: int
    pages: int
    query: Query
    place: Place | None
    gemeenten: list[Gemeente]


# -- Reading an address ----------------------------------------------------------------------


def parse(params: QueryDict) -> Query:
    """The query in the parameters of an address. Never raises: what is not understood is left
    out and stands in `unknown`."""
    reader = _Reader(params)
    values: dict[str, Any] = {name: reader.choices(name, known) for name, known in CHOICES.items()}
    values["q"] = reader.words("q")
    values["gemeente"] = reader.slugs("gemeente")
    values["thema"] = reader.slugs("thema")
    values["plaats"] = reader.text("plaats")
    values["straal"] = reader.number("straal", MAX_KM)
    values["sorteer"] = reader.choice("sorteer", SORTS)
    values["pagina"] = reader.number("pagina", 10**6) or 1
    return Query(**values, unknown=tuple(reader.unknown[:MAX_UNKNOWN]))


class _Reader:
    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.unknown: list[tuple[str, str]] = []

    def _all(self, name: str) -> list[str]:
        found = [_line(value) for value in self.params.getlist(name)[:100]]
        return [value for value in found if value]

    def _refuse(self, name: str, value: str) -> None:
        self.unknown.append((name, value))

    def text(self, name: str) -> str:
        return next(reversed(self._all(name)), "")

    def words(self, name: str) -> str:
        """Text in which there is something to look for."""
        text = self.text(name)
        if text and not re.search(r"\w", text):
            self._refuse(name, text)
            return ""
        return text

    def choices(self, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
        chosen = {value.lower() for value in self._all(name)}
        for value in sorted(chosen.difference(known)):
            self._refuse(name, value)
        return tuple(value for value in known if value in chosen)

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name).lower()
        if value and value not in known:
            self._refuse(name, value)
            return ""
        return value

    def slugs(self, name: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value in self._all(name):
            if re.fullmatch(r"[a-z0-9-]+", value.lower()):
                found[value.lower()] = None
            else:
                self._refuse(name, value)
        return tuple(found)

    def number(self, name: str, most: int) -> int | None:
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
            self._refuse(name, text)
            return None
        return min(int(text), most)


def _line(value: str) -> str:
    """One line without control characters (PostgreSQL refuses NUL), lone surrogates and needless
    spaces, and never long."""
    printable = "".join(sign if sign.isprintable() else " " for sign in value[: 10 * MAX_TEXT])
    return " ".join(printable.split())[:MAX_TEXT]


# -- Asking the table ------------------------------------------------------------------------


class _Part(NamedTuple):
    """A piece of SQL with its parameters."""

    sql: str
    params: list[Any]


def results(query: Query, *, language: str) -> Results:
    """One page of what `query` asks for, with cards in `language`.

    A place or gemeente that does not exist narrows nothing; the query that comes back lists it
    as unknown. A page beyond the last one is the last one. When nothing has the words, what is
    written almost like them is found.
    """
    query, place, gemeenten = _resolve(query)
    parts = _conditions(query, place, gemeenten)
    page, rows, total = _last_page(query, parts, _order(query, place), place, language)
    if query.q and not rows:
        near = {**parts, "q": _Part("%s <%% fuzzy", [plain(query.q)])}
        order = _Part("lowered, %s <<-> fuzzy, page_id", [plain(query.q)])
        page, rows, total = _last_page(query, near, order, place, language)
    return Results(
        rows=rows,
        total=min(total, COUNTED),
        more=total > COUNTED,
        page=page,
        pages=_pages(total),
        query=query,
        place=place,
        gemeenten=gemeenten,
    )


def totals_without(found: Results) -> dict[str, int]:
    """For each filter that is set: how many there would be without it (counted to COUNTED + 1).
    For a result that is empty."""
    parts = _conditions(found.query, found.place, found.gemeenten)
    if not parts:
        return {}
    counts = [_count(_where({k: v for k, v in parts.items() if k != name})) for name in parts]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(part.sql for part in counts),
            [param for part in counts for param in part.params],
        )
        return dict(zip(parts, cursor.fetchone(), strict=True))


def _pages(total: int) -> int:
    return max(1, -(-min(total, COUNTED) // PER_PAGE))


def _resolve(query: Query) -> tuple[Query, Place | None, list[Gemeente]]:
    unknown = list(query.unknown)
    place = find_place(query.plaats) if query.plaats else None
    if query.plaats and place is None:
        unknown.append(("plaats", query.plaats))
        query = replace(query, plaats="")
    gemeenten = _gemeenten(query.gemeente)
    if query.gemeente:
        known = {key for gemeente in gemeenten for key in (gemeente.nis, gemeente.slug)}
        unknown += [("gemeente", value) for value in query.gemeente if value not in known]
        query = replace(query, gemeente=tuple(v for v in query.gemeente if v in known))
    if place is None and query.straal:
        unknown.append(("straal", str(query.straal)))
        query = replace(query, straal=None)
    if place is None and query.sorteer == "afstand":
        unknown.append(("sorteer", query.sorteer))
        query = replace(query, sorteer="")
    return replace(query, unknown=tuple(unknown)), place, gemeenten


def _gemeenten(values: tuple[str, ...]) -> list[Gemeente]:
    if not values:
        return []
    by_nis = Gemeente.objects.filter(nis__in=values)
    return list((by_nis | Gemeente.objects.filter(slug__in=values)).order_by("name"))


def _conditions(query: Query, place: Place | None, gemeenten: list[Gemeente]) -> dict[str, _Part]:
    """A condition by the name of each filter that narrows the result."""
    parts = {}
    if query.q:
        parts["q"] = _Part(f"document @@ {_TSQUERY}", [query.q])
    if gemeenten:
        parts["gemeente"] = _Part("gemeente_id = ANY(%s)", [[row.pk for row in gemeenten]])
    if place and query.straal:
        parts["straal"] = _within(place, query.straal)
    for name, make in _BY_CHOICE.items():
        if values := getattr(query, name):
            parts[name] = make(values)
    return parts


#: The words as PostgreSQL's text search understands them.
_TSQUERY = f"websearch_to_tsquery('{CONFIGURATION}', %s)"


def _within(place: Place, km: int) -> _Part:
    here = "ll_to_earth(%s, %s)"
    return _Part(
        f"(earth_box({here}, %s) @> ll_to_earth(lat, lon) "
        f"AND earth_distance({here}, ll_to_earth(lat, lon)) <= %s)",
        [place.lat, place.lon, km * 1000, place.lat, place.lon, km * 1000],
    )


def _one_of(column: str) -> Callable[[tuple[str, ...]], _Part]:
    return lambda values: _Part(f"{column} = ANY(%s)", [list(values)])


def _overlaps(column: str) -> Callable[[tuple[str, ...]], _Part]:
    return lambda values: _Part(f"{column} && %s::varchar[]", [list(values)])


def _level(values: tuple[str, ...]) -> _Part:
    """The highest wish that somebody can live with."""
    return _Part("taalniveau <= %s", [max(Taalniveau.values.index(value) for value in values)])


def _cost(values: tuple[str, ...]) -> _Part:
    """At most, euro a time."""
    return _Part("cost <= %s", [max(0 if value == "gratis" else int(value) for value in values)])


_BY_CHOICE: dict[str, Callable[[tuple[str, ...]], _Part]] = {
    "soort": _one_of("soort"),
    "moment": _overlaps("moments"),
    "dag": _overlaps("days"),
    "taalniveau": _level,
    "kosten": _cost,
    "kinderopvang": _one_of("kinderopvang"),
    "voor": _one_of("voor"),
    "toegang": lambda values: _Part("wheelchair", []),
    "kenmerk": _overlaps("kenmerken"),
    "thema": _overlaps("themas"),
}


def _where(parts: dict[str, _Part]) -> _Part:
    if not parts:
        return _Part("", [])
    conditions = " AND ".join(part.sql for part in parts.values())
    return _Part(
        f" WHERE {conditions}", [param for part in parts.values() for param in part.params]
    )


def _count(where: _Part) -> _Part:
    """How many rows, counted no further than one beyond COUNTED."""
    return _Part(
        f"(SELECT count(*) FROM (SELECT 1 FROM aanbod_zoekregel{where.sql} "  # noqa: S608
        f"LIMIT {COUNTED + 1}) AS counted)",
        where.params,
    )


def _order(query: Query, place: Place | None) -> _Part:
    """`past`, what fits best: the words, half as much at five kilometres; without words the
    nearest; without a place the first to come. In every order comes last what nobody says still
    holds."""
    if query.sorteer == "nieuw":
        return _Part("lowered, published_at DESC, page_id", [])
    if query.sorteer == "datum":
        return _Part("lowered, next_at, page_id", [])
    if query.q and query.sorteer != "afstand":
        return _by_rank(query.q, place)
    if place:
        # As a distance, because only that can be read from the index in this order.
        near = "lowered <-> 0::smallint, ll_to_earth(lat, lon) <-> ll_to_earth(%s, %s)"
        return _Part(f"{near}, page_id", [place.lat, place.lon])
    return _Part("lowered, next_at, page_id", [])


def _by_rank(text: str, place: Place | None) -> _Part:
    rank = f"ts_rank(document, {_TSQUERY})"
    if place is None:
        return _Part(f"lowered, {rank} DESC, next_at, page_id", [text])
    away = "earth_distance(ll_to_earth(lat, lon), ll_to_earth(%s, %s))"
    weighed = f"{rank} / (1 + {away} / 5000)"
    return _Part(f"lowered, {weighed} DESC, page_id", [text, place.lat, place.lon])


def _last_page(
    query: Query, parts: dict[str, _Part], order: _Part, place: Place | None, language: str
) -> tuple[int, list[Row], int]:
    """The page that was asked for, or the last one when it lies beyond: (page, rows, total)."""
    page = min(query.pagina, LAST_PAGE)
    rows, total = _page(parts, order, page, place, language)
    if not rows and page > 1:
        page = _pages(_total(parts))
        rows, total = _page(parts, order, page, place, language)
    return page, rows, total


def _page(
    parts: dict[str, _Part], order: _Part, page: int, place: Place | None, language: str
) -> tuple[list[Row], int]:
    """The rows of one page with the total; ([], 0) when the page lies beyond the last."""
    where = _where(parts)
    count = _count(where)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT page_id, cards ->> %s, places_left, lat, lon, {count.sql} "  # noqa: S608
            f"FROM aanbod_zoekregel{where.sql} ORDER BY {order.sql} "
            f"LIMIT {PER_PAGE} OFFSET %s",
            [language, *count.params, *where.params, *order.params, (page - 1) * PER_PAGE],
        )
        found = cursor.fetchall()
    rows = [
        Row(page_id, card or "", places_left, _km(place, lat, lon))
        for page_id, card, places_left, lat, lon, _total in found
    ]
    return rows, found[0][-1] if found else 0


def _total(parts: dict[str, _Part]) -> int:
    count = _count(_where(parts))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {count.sql}", count.params)
        return cursor.fetchone()[0]


def _km(place: Place | None, lat: float, lon: float) -> float | None:
    """Great-circle distance in kilometres, on the same sphere as PostgreSQL's earthdistance."""
    if place is None:
        return None
    lat_1, lon_1, lat_2, lon_2 = map(radians, (place.lat, place.lon, lat, lon))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH / 1000 * asin(min(1.0, sqrt(half)))
