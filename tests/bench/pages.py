"""What public pages cost the server, against F0."""

from collections.abc import Callable, Iterator
from itertools import cycle
from urllib.parse import urlsplit

from aanbod.models import ActiviteitPage
from tests.bench.server import Server, interleaved
from tests.bench.table import Line, against, at_most
from tests.bench.wsgi import FLOOR

RESULTS = [
    "/nl/aanbod/?plaats=3020&straal=25",
    "/nl/aanbod/?plaats=Leuven&soort=sport&soort=cultuur",
    "/nl/aanbod/?q=samen&plaats=3000",
    "/nl/aanbod/?moment=avond&moment=weekend&kosten=gratis",
    "/nl/aanbod/",
]


def _calls(server: Server, paths: Iterator[str], status: int = 200, **headers: str) -> Callable:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def call() -> None:
        path = next(paths)
        found, _headers, _body = server.get(path, named)
        assert found == status, f"{found} for {path}"

    return call


def floor_of(server: Server) -> Callable[[], None]:
    return _calls(server, cycle([FLOOR]))


def page(
    server: Server, name: str, call: Callable[[], object], bar: float, *, times: int = 40
) -> Line:
    """One kind of request against F0."""
    cost, floor = interleaved(server, call, floor_of(server), times=times, floor_times=200)
    return against(name, cost * 1000, floor * 1000, bar, unit="ms", floor_name="ms F0")


def fresh(paths: list[str]) -> Iterator[str]:
    """Addresses that nobody asked for before: no cache of ours has them."""
    number = 0
    while True:
        for path in paths:
            number += 1
            mark = "&" if "?" in path else "?"
            yield f"{path}{mark}bench={number}"


def results(server: Server) -> list[Line]:
    call = _calls(server, fresh(RESULTS))
    return [page(server, "results page, 1,000 activities, no page cache", call, 8)]


def public_pages(server: Server) -> list[Line]:
    activities = [
        urlsplit(found.full_url).path
        for found in ActiviteitPage.objects.live().filter(zoekregel__isnull=False)[:400]
    ]
    lines = [
        page(server, "activity page, first time", _calls(server, fresh(activities)), 20),
        page(server, "activity page, again", _calls(server, cycle(activities[:1])), 2),
    ]
    places = {"home": "/nl/", "results": RESULTS[0], "activity": activities[0]}
    for name, path in places.items():
        _status, headers, _body = server.get(path)
        call = _calls(server, cycle([path]), 304, If_None_Match=headers["etag"])
        lines.append(page(server, f"{name} page that the browser has: 304", call, 2, times=100))
    return lines


def memory(server: Server) -> list[Line]:
    """What the worker grows between the 2,000th and the 10,000th request, in MB."""
    paths = fresh([*RESULTS, "/nl/"])
    sizes = []
    for number in range(1, 10_001):
        server.get(next(paths))
        if number in (2_000, 10_000):
            sizes.append(server.memory() / 1e6)
    return [
        at_most(
            "memory of the worker, from request 2,000 to 10,000", sizes[1] - sizes[0], 10, unit="MB"
        )
    ]
