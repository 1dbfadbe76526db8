"""Finding among a hundred thousand activities, against tantivy (F1)."""

import time
from collections.abc import Callable
from statistics import median, quantiles

from django.http import QueryDict

from aanbod import search
from tests.bench import many
from tests.bench.many import Ask
from tests.bench.pages import _calls, fresh, page
from tests.bench.server import Server
from tests.bench.table import Line, against

ROWS = 100_000
ROUNDS = 3


def measure(server: Server) -> list[Line]:
    rows = many.items(ROWS)
    many.load(rows)
    try:
        return [*_alone(rows), _page(server)]
    finally:
        many.remove()


def _alone(rows: list[many.Item]) -> list[Line]:
    tantivy = many.Tantivy(rows)
    asks = many.asks()
    floor, nearest, whole = [], [], []
    for _ in range(ROUNDS):
        floor += [_milliseconds(tantivy.search, ask) for ask in asks]
        nearest += [_milliseconds(_nearest, ask) for ask in asks]
        whole += [_milliseconds(_whole, ask) for ask in asks]
    against_f1 = {"unit": "ms", "floor_name": "ms F1"}
    p50, p99 = median(whole), quantiles(whole, n=100)[98]
    return [
        against(
            "search, 100,000: twenty nearest (p50)", median(nearest), median(floor), 5, **against_f1
        ),
        against(
            "search, 100,000: with facets and total (p50)", p50, median(floor), 10, **against_f1
        ),
        against("search, 100,000: p99", p99, p50, 8, unit="ms", floor_name="ms p50"),
    ]


def _milliseconds(call: Callable[[Ask], object], ask: Ask) -> float:
    start = time.perf_counter()
    call(ask)
    return (time.perf_counter() - start) * 1000


def _query(ask: Ask, **more: str) -> search.Query:
    asked = QueryDict(mutable=True)
    asked.update({"q": ask.words, "plaats": ask.place, "straal": "25", "soort": ask.soort, **more})
    return search.parse(asked)


def _nearest(ask: Ask) -> object:
    return search.nearest(_query(ask, sorteer="afstand"), language="nl")


def _whole(ask: Ask) -> object:
    found = search.results(_query(ask), language="nl")
    return search.facets(found)


def _page(server: Server) -> Line:
    paths = [
        f"/nl/aanbod/?q={ask.words.replace(' ', '+')}&plaats={ask.place.replace(' ', '+')}"
        for ask in many.asks(60)
    ]
    return page(server, "results page, 100,000 activities", _calls(server, fresh(paths)), 25)
