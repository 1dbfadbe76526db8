"""Counting visits and searches without knowing anybody.

A request only adds one to a number in this process; a thread writes the numbers to the database
now and then, and once more when the process ends. A batch is written in one transaction or not
at all, and is never tried twice: a crash may lose counts and nothing counts double. No address,
cookie, session or name of a browser is kept. A word that somebody typed may be a name, so it is
written only when it stands in the offer itself.
"""

import atexit
import logging
import os
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from aanbod.indexing import plain
from aanbod.models import Bezoek, Soort, Zoekopdracht, Zoekwoord
from aanbod.models.telling import MEER
from aanbod.search import Query, Results
from gemeenten.models.pages import RESERVED_SLUGS
from gemeenten.places import Place

logger = logging.getLogger(__name__)

#: Seconds between the first count of a batch and its writing.
WAIT = 30
#: Different numbers in one batch: at the first it is written at once, beyond the second a new one
#: is not counted.
FULL, MOST = 1000, 5000
#: Of one search, the words that are counted.
WORDS = 5
#: Gemeenten of one search that are counted.
GEMEENTEN = 3
#: The address of a page of a gemeente or of an activity.
PAGE = re.compile(r"/[a-z]{2}/([a-z0-9-]{1,80})/(?:([a-z0-9-]{1,255})/)?", re.ASCII)
ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|fetch|headless|lighthouse|curl|wget|python|"
    r"java/|go-http|okhttp|libwww|axios|node",
    re.IGNORECASE,
)


class Opened(NamedTuple):
    """A page that was opened; without `activiteit` that of the gemeente."""

    day: date
    gemeente: str
    activiteit: str


class Asked(NamedTuple):
    """What a search asked for; the fields are those of `Zoekopdracht`."""

    day: date
    gemeente: int
    place: str
    soort: str
    moment: str
    kinderopvang: str
    taalniveau: str
    kosten: str
    empty: bool


class Typed(NamedTuple):
    """A word as it was typed, in lower case without accents."""

    day: date
    gemeente: int
    word: str
    empty: bool


Key = Opened | Asked | Typed


class Buffer:
    """Numbers that wait to be written. `write` gets a batch; `later` plans a writing."""

    def __init__(
        self, write: Callable[[Counter[Key]], None], later: Callable[[float], None]
    ) -> None:
        self._write = write
        self._later = later
        self._lock = threading.Lock()
        self._numbers: Counter[Key] = Counter()

    def add(self, key: Key) -> None:
        with self._lock:
            before = len(self._numbers)
            if before < MOST or key in self._numbers:
                self._numbers[key] += 1
            after = len(self._numbers)
        if before == 0:
            self._later(WAIT)
        elif before < FULL <= after:
            self._later(0)

    def flush(self) -> None:
        """Write what is waiting. Taken out first, so that it is written at most once."""
        batch = self._take()
        if batch:
            self._write(batch)

    def forget(self) -> None:
        """Let go of what waits. A process that is split off has its parent's numbers too."""
        self._lock = threading.Lock()
        self._numbers = Counter()

    def _take(self) -> Counter[Key]:
        with self._lock:
            batch, self._numbers = self._numbers, Counter()
        return batch


def _plan(seconds: float) -> None:
    timer = threading.Timer(seconds, _flush_and_close)
    timer.daemon = True  # it never holds up the end of the process
    timer.start()


def _flush_and_close() -> None:
    try:
        waiting.flush()
    finally:
        connection.close()  # of this thread


def store(batch: Counter[Key]) -> None:
    """Write one batch, or lose it. Sorted, so that two processes wait for each other in the same
    order."""
    try:
        with transaction.atomic():
            _store_opened(_of_kind(batch, Opened))
            _store_asked(_of_kind(batch, Asked))
            _store_typed(_of_kind(batch, Typed))
    except Error as error:
        logger.warning("%s counts were lost: %s", sum(batch.values()), type(error).__name__)


waiting = Buffer(store, _plan)
atexit.register(_flush_and_close)
os.register_at_fork(after_in_child=waiting.forget)


# -- What a request adds ---------------------------------------------------------------------


class CountVisits:
    """Counts the pages of gemeenten and activities that were shown, those that the browser still
    had (304) among them. Which page an address is, is asked when the number is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in (200, 304) and is_visitor(request):
            match = PAGE.fullmatch(request.path_info)
            if match and match[1] not in RESERVED_SLUGS:
                waiting.add(Opened(timezone.localdate(), match[1], match[2] or ""))
        return response


def is_visitor(request: HttpRequest) -> bool:
    """Somebody who reads a page: no program that says what it is, and no page fetched ahead."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not ROBOT.search(agent)


def searched(request: HttpRequest, found: Results) -> None:
    """Count a search in or near a gemeente that asks for something. The next page of the same
    results is no new search; one without a place belongs to no gemeente."""
    query = found.query
    if query.pagina > 1 or not is_visitor(request) or not (query.active() or found.place):
        return
    near = [found.place.gemeente] if found.place else []
    place = "" if found.gemeenten else _part(found.place)
    day, empty = timezone.localdate(), found.total == 0
    for gemeente in (found.gemeenten or near)[:GEMEENTEN]:
        waiting.add(_asked(query, day, gemeente.pk, place, empty))
        for word in _words(query.q):
            waiting.add(Typed(day, gemeente.pk, word, empty))


def _part(place: Place | None) -> str:
    """The name of a deelgemeente; a gemeente and its first deelgemeente have the same one."""
    return "" if place is None or place.name == place.gemeente.name else place.name


def _asked(query: Query, day: date, gemeente: int, place: str, empty: bool) -> Asked:
    return Asked(
        day,
        gemeente,
        place,
        soort=_one(query.soort),
        moment=_one(query.moment),
        kinderopvang=_one(query.kinderopvang),
        # In the order of the levels and of the prices: the last is the highest.
        taalniveau=query.taalniveau[-1] if query.taalniveau else "",
        kosten=query.kosten[-1] if query.kosten else "",
        empty=empty,
    )


def _one(values: tuple[str, ...]) -> str:
    return "" if not values else values[0] if len(values) == 1 else MEER


def _words(text: str) -> list[str]:
    """Different whole words of three letters and more."""
    found = re.findall(r"\w{3,40}", plain(text))
    return list(dict.fromkeys(found))[:WORDS]


# -- Writing ---------------------------------------------------------------------------------


def _of_kind(batch: Counter[Key], kind: type) -> list[tuple]:
    """(key…, number) of one kind, as columns."""
    rows = sorted((*key, number) for key, number in batch.items() if type(key) is kind)
    return list(zip(*rows, strict=True))


def _store_opened(columns: list[tuple]) -> None:
    """What is no live page now is not counted."""
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO aanbod_bezoek (day, gemeente_id, page_id, number)
            SELECT asked.day, landing.gemeente_id, activiteit.id, sum(asked.number)
            FROM unnest(%s::date[], %s::text[], %s::text[], %s::int[])
                AS asked(day, gemeente, activiteit, number)
            JOIN wagtailcore_page above ON above.slug = asked.gemeente AND above.live
            JOIN gemeenten_gemeentepage landing ON landing.page_ptr_id = above.id
            LEFT JOIN wagtailcore_page activiteit
                ON activiteit.slug = asked.activiteit AND activiteit.live
                AND activiteit.depth = above.depth + 1
                AND starts_with(activiteit.path, above.path)
                AND EXISTS (
                    SELECT FROM aanbod_activiteitpage WHERE page_ptr_id = activiteit.id
                )
            WHERE asked.activiteit = '' OR activiteit.id IS NOT NULL
            GROUP BY 1, 2, 3
            ORDER BY 1, 2, 3
            ON CONFLICT (gemeente_id, day, page_id)
            DO UPDATE SET number = aanbod_bezoek.number + EXCLUDED.number
            """,
            [list(column) for column in columns],
        )


def _store_asked(columns: list[tuple]) -> None:
    if not columns:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO aanbod_zoekopdracht (day, gemeente_id, deelgemeente_id, soort, moment,
                kinderopvang, taalniveau, kosten, empty, number)
            SELECT asked.day, asked.gemeente, part.id, asked.soort, asked.moment,
                asked.kinderopvang, asked.taalniveau, asked.kosten, asked.empty,
                sum(asked.number)
            FROM unnest(%s::date[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],
                %s::text[], %s::text[], %s::boolean[], %s::int[])
                AS asked(day, gemeente, place, soort, moment, kinderopvang, taalniveau, kosten,
                    empty, number)
            LEFT JOIN gemeenten_deelgemeente part
                ON part.gemeente_id = asked.gemeente AND part.name = asked.place
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            ON CONFLICT (gemeente_id, day, deelgemeente_id, soort, moment, kinderopvang,
                taalniveau, kosten, empty)
            DO UPDATE SET number = aanbod_zoekopdracht.number + EXCLUDED.number
            """,
            [list(column) for column in columns],
        )


def _store_typed(columns: list[tuple]) -> None:
    """Words of our own as they are, all others together."""
    if not columns:
        return
    days, gemeenten, words, empties, numbers = columns
    own = vocabulary(set(words))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO aanbod_zoekwoord (day, gemeente_id, word, empty, number)
            SELECT asked.day, asked.gemeente, asked.word, asked.empty, sum(asked.number)
            FROM unnest(%s::date[], %s::bigint[], %s::text[], %s::boolean[], %s::int[])
                AS asked(day, gemeente, word, empty, number)
            GROUP BY 1, 2, 3, 4
            ORDER BY 1, 2, 3, 4
            ON CONFLICT (gemeente_id, day, word, empty)
            DO UPDATE SET number = aanbod_zoekwoord.number + EXCLUDED.number
            """,
            [
                *[list(days), list(gemeenten)],
                [word if word in own else "" for word in words],
                *[list(empties), list(numbers)],
            ],
        )


def vocabulary(words: set[str]) -> set[str]:
    """Those of `words` that stand in a kind, or in a title or theme of the live offer."""
    kinds = {word for soort in Soort for word in plain(f"{soort} {soort.label}").split()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT word
            FROM aanbod_zoekregel, regexp_split_to_table(fuzzy, '\\W+') AS word
            WHERE fuzzy LIKE ANY(%s) AND word = ANY(%s)
            """,
            [[f"%{word.replace('_', '')}%" for word in sorted(words)], sorted(words)],
        )
        found = {word for (word,) in cursor.fetchall()}
    return words & (kinds | found)


def clear(before: date) -> int:
    """Delete the counts of the days before `before`; the number of rows."""
    models = (Bezoek, Zoekopdracht, Zoekwoord)
    return sum(model.objects.filter(day__lt=before).delete()[0] for model in models)
