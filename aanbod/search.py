"""Finding activities: reading the filters of an address, and asking the search table once.

The values are those of model.md. Several values of one filter widen it, different filters narrow
the result. One statement reads what fits, up to a bound, with the cards of one page and what the
filters count; only when more than COUNTED fit, a second one reads the page from an index.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import asin, cos, degrees, radians, sin, sqrt
from typing import Any, NamedTuple

from django.db import connection
from django.http import QueryDict

from aanbod import bits, woorden
from aanbod.bits import CHOICES, KENMERKEN
from aanbod.indexing import CONFIGURATION, plain
from gemeenten.models import Gemeente
from gemeenten.places import Place, find_place, kept

PER_PAGE = 20
#: Totals are exact up to here; further on it says "1000+".
COUNTED = 1000
LAST_PAGE = COUNTED // PER_PAGE
MAX_KM = 200
MAX_TEXT = 100
#: So many values that we do not know are told back.
MAX_UNKNOWN = 10
#: What fits is looked for among so many, the nearest or the first to come, when more than COUNTED
#: have the words.
CANDIDATES = 200
#: On the map at once.
MOST_POINTS = 200
#: Metres: the radius that PostgreSQL's earthdistance uses.
EARTH = 6378168
#: Metres at which something fits half as well.
HALF = 5000

__all__ = ["CHOICES", "KENMERKEN", "Query", "Results", "facets", "nearest", "parse", "results"]

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
    #: What `facets` counts.
    samples: "_Samples" = field(default_factory=lambda: _Samples({}, {}, {}))


class _Samples(NamedTuple):
    """Of the rows that fit, up to COUNTED + 1 of them: their bits, themes and gemeenten. By the
    name of the filter that is left out: a filter does not narrow its own counts. "" is none."""

    bits: dict[str, list[int]]
    themas: dict[str, list[str]]
    gemeenten: dict[str, list[int]]


class Facet(NamedTuple):
    """How many there are with one value of a filter, given the other filters."""

    number: int
    #: At least so many: more than COUNTED fit, and no further was counted.
    more: bool


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
    as unknown. A page beyond the last one is the last one. When nothing has the words and one of
    them stands nowhere, what is written almost like that one is found.
    """
    query, place, gemeenten = _resolve(query)
    parts = _conditions(query, place, gemeenten)
    order = _order(query, place)
    rows, samples = _matched(query, parts, order, place, language)
    if query.q and not samples.bits[""]:
        near = _forgiving(query.q)
        if near:
            parts = {**parts, "q": near.where}
            order = _Order(near.order)
            rows, samples = _matched(query, parts, order, place, language)
    total = len(samples.bits[""])
    page = min(query.pagina, LAST_PAGE, _pages(total))
    if total > COUNTED:
        rows = _page(parts, order, page, place, language)
    elif page != query.pagina:
        rows = _page(parts, _Order(order.exact), page, place, language)
    return Results(
        rows=rows,
        total=min(total, COUNTED),
        more=total > COUNTED,
        page=page,
        pages=_pages(total),
        query=query,
        place=place,
        gemeenten=gemeenten,
        samples=samples,
    )


def nearest(query: Query, *, language: str) -> list[Row]:
    """The first twenty alone, without counting anything. Typing errors are not forgiven."""
    query, place, gemeenten = _resolve(query)
    parts = _conditions(query, place, gemeenten)
    return _page(parts, _order(query, place), 1, place, language)


class Point(NamedTuple):
    """One activity on the map (degrees, WGS84)."""

    title: str
    card: str
    lat: float
    lon: float
    nis: str


def points(found: Results, *, language: str) -> list[Point]:
    """Where the first MOST_POINTS of a result are, in its order."""
    if not found.total:
        return []
    parts = _conditions(found.query, found.place, found.gemeenten)
    order = _order(found.query, found.place)
    where, sort = _where(parts), order.near or order.exact
    sql = (
        f"SELECT title, cards ->> %s, shown.lat, shown.lon, nis FROM ("  # noqa: S608
        f"SELECT title, cards, lat, lon, gemeente_id FROM aanbod_zoekregel{where.sql} "
        f"ORDER BY {sort.sql} LIMIT {MOST_POINTS}) AS shown "
        "JOIN gemeenten_gemeente ON gemeenten_gemeente.id = gemeente_id"
    )
    params = [language, *where.params, *sort.params]
    return [Point(title, card or "", *rest) for title, card, *rest in _rows(sql, params)]


def facets(found: Results) -> dict[str, dict[str, Facet]]:
    """For each filter with a list, the number for each of its values; of themes and gemeenten
    (by primary key, as text) only those that there are."""
    counted: dict[str, dict[str, Facet]] = {}
    for left_out, rows in found.samples.bits.items():
        more = len(rows) > COUNTED
        for (name, value), number in bits.count(rows).items():
            if name == left_out or (not left_out and name not in found.samples.bits):
                counted.setdefault(name, {})[value] = Facet(number, more)
    counted["thema"] = _listed(found.samples.themas, "thema", found)
    counted["gemeente"] = _listed(found.samples.gemeenten, "gemeente", found)
    return counted


def _listed(sample: dict[str, list[Any]], name: str, found: Results) -> dict[str, Facet]:
    own = name if name in sample else ""
    more = len(found.samples.bits.get(own, [])) > COUNTED or (
        own != "" and len(sample[own]) > COUNTED
    )
    numbers = Counter(sample.get(own, []))
    return {str(value): Facet(number, more) for value, number in numbers.most_common()}


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
    place = find_place_kept(query.plaats) if query.plaats else None
    if query.plaats and place is None:
        unknown.append(("plaats", query.plaats))
        query = replace(query, plaats="")
    gemeenten = gemeenten_kept(query.gemeente) if query.gemeente else []
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
    if len(unknown) == len(query.unknown):
        return query, place, gemeenten
    return replace(query, unknown=tuple(unknown)), place, gemeenten


@kept
def find_place_kept(text: str) -> Place | None:
    return find_place(text)


@kept
def gemeenten_kept(values: tuple[str, ...]) -> list[Gemeente]:
    """Those with one of these NIS codes or slugs, by name."""
    by_nis = Gemeente.objects.filter(nis__in=values)
    return list((by_nis | Gemeente.objects.filter(slug__in=values)).order_by("name"))


def _conditions(query: Query, place: Place | None, gemeenten: list[Gemeente]) -> dict[str, _Part]:
    """A condition by the name of each filter that narrows the result."""
    parts = {}
    if query.q:
        parts["q"] = _Part(f"document @@ {_TSQUERY}", [woorden.asked(query.q)])
    if gemeenten:
        parts["gemeente"] = _Part("gemeente_id = ANY(%s)", [[row.pk for row in gemeenten]])
    if place and query.straal:
        near = _in_square if query.q else _in_box
        parts["straal"] = near(place, query.straal)
    for name in CHOICES:
        if values := getattr(query, name):
            parts[name] = _Part("bits & %s <> 0", [bits.mask(name, values)])
    if query.thema:
        parts["thema"] = _Part("themas && %s::varchar[]", [list(query.thema)])
    return parts


#: The words as PostgreSQL's text search understands them.
_TSQUERY = f"websearch_to_tsquery('{CONFIGURATION}', %s)"


def _point(place: Place) -> tuple[float, float, float]:
    """Metres from the middle of the earth, as earthdistance has it."""
    lat, lon = radians(place.lat), radians(place.lon)
    return EARTH * cos(lat) * cos(lon), EARTH * cos(lat) * sin(lon), EARTH * sin(lat)


def _cube(*corners: tuple[float, ...]) -> str:
    return ",".join(f"({','.join(map(repr, corner))})" for corner in corners)


def _in_box(place: Place, km: int) -> _Part:
    """Straight through the earth, as the index of places knows it."""
    here, straight = _point(place), _straight(km)
    box = _cube(tuple(c - straight for c in here), tuple(c + straight for c in here))
    circle = _in_circle(here, straight)
    return _Part(f"(%s::cube @> earth AND {circle.sql})", [box, *circle.params])


def _in_square(place: Place, km: int) -> _Part:
    """The same beside words: those are looked up first. PostgreSQL cannot tell how many lie in a
    box, and would read all of them for a word that is rare."""
    north = degrees(km * 1000 / EARTH) * 1.01
    east = north / cos(radians(place.lat))
    circle = _in_circle(_point(place), _straight(km))
    return _Part(
        f"(lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s AND {circle.sql})",
        [place.lat - north, place.lat + north, place.lon - east, place.lon + east, *circle.params],
    )


def _in_circle(here: tuple[float, ...], straight: float) -> _Part:
    return _Part("earth <-> %s::cube <= %s", [_cube(here), straight])


def _straight(km: int) -> float:
    """Metres through the earth between two points so far from each other on it."""
    return 2 * EARTH * sin(km * 1000 / 2 / EARTH)


def _where(parts: dict[str, _Part]) -> _Part:
    if not parts:
        return _Part("", [])
    conditions = " AND ".join(part.sql for part in parts.values())
    return _Part(
        f" WHERE {conditions}", [param for part in parts.values() for param in part.params]
    )


def _some(columns: str, parts: dict[str, _Part]) -> _Part:
    """These columns of the rows that fit, no more of them than one beyond COUNTED."""
    where = _where(parts)
    return _Part(
        f"SELECT {columns} FROM aanbod_zoekregel{where.sql} LIMIT {COUNTED + 1}",  # noqa: S608
        where.params,
    )


def _count(where: _Part) -> _Part:
    """How many rows, counted no further than one beyond COUNTED."""
    return _Part(
        f"(SELECT count(*) FROM (SELECT 1 FROM aanbod_zoekregel{where.sql} "  # noqa: S608
        f"LIMIT {COUNTED + 1}) AS counted)",
        where.params,
    )


class _Order(NamedTuple):
    #: When all rows are at hand.
    exact: _Part
    #: When there are too many to weigh: an order that an index has.
    near: _Part | None = None


def _order(query: Query, place: Place | None) -> _Order:
    """`past`, what fits best: the words, half as much at five kilometres; without words the
    nearest; without a place the first to come. In every order comes last what nobody says still
    holds."""
    if query.sorteer == "nieuw":
        return _Order(_Part("lowered, published_at DESC, page_id", []))
    coming = _Part("lowered, next_at, page_id", [])
    if query.sorteer == "datum":
        return _Order(coming)
    near = coming
    if place:
        # As a distance, because only that can be read from the index in this order.
        by_distance = "lowered <-> 0::smallint, earth <-> %s::cube, page_id"
        near = _Part(by_distance, [_cube(_point(place))])
    if query.q and query.sorteer != "afstand":
        return _Order(_by_rank(query.q, place), near)
    return _Order(near)


def _by_rank(text: str, place: Place | None) -> _Part:
    """A word in the title, the kind or the summary says more than one in the description."""
    rank = f"(0.05 + ts_rank(heading, {_TSQUERY}))"
    asked = woorden.asked(text)
    if place is None:
        return _Part(f"lowered, {rank} DESC, next_at, page_id", [asked])
    weighed = f"{rank} / (1 + (earth <-> %s::cube) / {HALF})"
    return _Part(f"lowered, {weighed} DESC, page_id", [asked, _cube(_point(place))])


def _matched(
    query: Query, parts: dict[str, _Part], order: _Order, place: Place | None, language: str
) -> tuple[list[Row], _Samples]:
    """One page of what fits, when that is no more than COUNTED, and what there is to count."""
    matched = _some(_COLUMNS, parts)
    left_out = [name for name in parts if name in CHOICES]
    wide = [_wide("bits", parts, name) for name in left_out]
    wide += [
        _wide(column, parts, name)
        for name, column in (("thema", _THEMAS), ("gemeente", "gemeente_id"))
        if name in parts
    ]
    offset = (min(query.pagina, LAST_PAGE) - 1) * PER_PAGE
    guided = _GUIDED if "q" in parts else ""
    sql = f"""{guided}
        WITH matched AS MATERIALIZED ({matched.sql}),
        first AS (
            SELECT page_id, cards ->> %s AS card, places_left, lat, lon FROM (
                SELECT * FROM matched ORDER BY {order.exact.sql} LIMIT {PER_PAGE} OFFSET %s
            ) AS page
        )
        SELECT seen.*, shown.* {"".join(f", ({part.sql})" for part in wide)}
        FROM (
            SELECT array_agg(bits), array_agg({_THEMAS}), array_agg(gemeente_id) FROM matched
        ) AS seen, (
            SELECT array_agg(page_id), array_agg(card), array_agg(places_left),
                array_agg(lat), array_agg(lon) FROM first
        ) AS shown
    """  # noqa: S608 - our own pieces; values are parameters
    wide_params = [param for part in wide for param in part.params]
    params = [*matched.params, language, *order.exact.params, offset, *wide_params]
    [found] = _rows(sql, params)
    own, themas, gemeenten, ids, texts, left, lats, lons, *rest = found
    samples = _Samples({"": own or []}, {"": _split(themas)}, {"": gemeenten or []})
    for name in left_out:
        samples.bits[name] = rest.pop(0) or []
    if "thema" in parts:
        samples.themas["thema"] = _split(rest.pop(0))
    if "gemeente" in parts:
        samples.gemeenten["gemeente"] = rest.pop(0) or []
    rows = zip(ids or [], texts or [], left or [], lats or [], lons or [], strict=True)
    return [_row(place, *row) for row in rows], samples


#: Of the rows that fit: what they are counted and sorted by, and what is shown of the first.
_COLUMNS = (
    "page_id, bits, themas, gemeente_id, lowered, next_at, published_at, heading, fuzzy, earth, "
    "cards, places_left, lat, lon"
)
_THEMAS = "array_to_string(themas, ' ')"


def _wide(column: str, parts: dict[str, _Part], name: str) -> _Part:
    """A column of the rows that fit but for one filter."""
    some = _some(f"{column} AS value", {k: v for k, v in parts.items() if k != name})
    return _Part(f"SELECT array_agg(value) FROM ({some.sql}) AS wide", some.params)  # noqa: S608


def _split(themas: list[str] | None) -> list[str]:
    return " ".join(themas or []).split()


def _page(
    parts: dict[str, _Part], order: _Order, page: int, place: Place | None, language: str
) -> list[Row]:
    """The rows of one page. Without words an index has their order; with words those that have
    them are sorted, because following the order would open the document of each row."""
    where = _where(parts)
    with_words = "q" in parts
    table = _Part(f"aanbod_zoekregel{where.sql}", where.params)
    matched = _Part("matched", []) if with_words else table
    offset, last = (page - 1) * PER_PAGE, order.near or order.exact
    if order.near and offset < CANDIDATES:
        matched = _Part(
            f"(SELECT * FROM {matched.sql} ORDER BY {order.near.sql} "  # noqa: S608
            f"LIMIT {CANDIDATES}) AS candidates",
            [*matched.params, *order.near.params],
        )
        last = order.exact
    sql = (
        f"SELECT page_id, cards ->> %s, places_left, lat, lon FROM ("  # noqa: S608
        f"SELECT * FROM {matched.sql} ORDER BY {last.sql} LIMIT {PER_PAGE} OFFSET %s) AS page"
    )
    params = [language, *matched.params, *last.params, offset]
    if with_words:
        sql = f"{_GUIDED}WITH matched AS MATERIALIZED (SELECT {_COLUMNS} FROM {table.sql}) {sql}"  # noqa: S608
        params = [*table.params, *params]
    return [_row(place, *row) for row in _rows(sql, params)]


#: With words, their index is always quicker than reading everything; PostgreSQL does not know
#: what opening a document costs. A word of LONG letters may be half alike. For this statement
#: alone.
_GUIDED = "SET LOCAL enable_seqscan = off; SET LOCAL pg_trgm.word_similarity_threshold = 0.5; "


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        if sql.startswith(_GUIDED):
            for _statement in range(_GUIDED.count(";")):
                cursor.nextset()
        return cursor.fetchall()


def _row(
    place: Place | None, page_id: int, card: str | None, left: int | None, lat: float, lon: float
) -> Row:
    return Row(page_id, card or "", left, _km(place, lat, lon))


# -- Forgiving -------------------------------------------------------------------------------


#: Of so many letters a word may differ more (_GUIDED): "fitsen" is half of "fietsen".
LONG = 6


class _Near(NamedTuple):
    where: _Part
    order: _Part


def _forgiving(text: str) -> _Near | None:
    """For words of which one stands nowhere: the others as they are, and that one as it is almost
    written in a title, kind or theme. None when all of them stand somewhere."""
    groups = woorden.groups(text)
    asked = [" or ".join(group) for group in groups]
    known = f"numnode({_TSQUERY}) = 0 OR EXISTS ({_KNOWN})"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join([known] * len(asked)), [one for one in asked for _ in (0, 1)]
        )
        is_known = cursor.fetchone()
    wrong = [plain(group[0]) for group, known in zip(groups, is_known, strict=True) if not known]
    if not wrong:
        return None
    right = [one for one, known in zip(asked, is_known, strict=True) if known]
    short = [word for word in wrong if len(word) < LONG]
    conditions = [
        *["%s <%% fuzzy"] * len(wrong),
        *["word_similarity(%s, fuzzy) >= 0.6"] * len(short),
        *[f"document @@ {_TSQUERY}"] * len(right),
    ]
    where = _Part(f"({' AND '.join(conditions)})", [*wrong, *short, *right])
    return _Near(where, _Part("lowered, %s <<-> fuzzy, page_id", [" ".join(wrong)]))


_KNOWN = f"SELECT FROM aanbod_zoekregel WHERE document @@ {_TSQUERY}"


def _km(place: Place | None, lat: float, lon: float) -> float | None:
    """Great-circle distance in kilometres, on the same sphere as PostgreSQL's earthdistance."""
    if place is None:
        return None
    lat_1, lon_1, lat_2, lon_2 = map(radians, (place.lat, place.lon, lat, lon))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH / 1000 * asin(min(1.0, sqrt(half)))
