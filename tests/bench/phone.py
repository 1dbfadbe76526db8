"""What a cheap phone gets: Chromium at 360 × 740, four times slower, 400 kbit/s, 400 ms."""

import functools
import http.server
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from aanbod.models import ActiviteitPage
from tests.bench.server import Server
from tests.bench.table import Line, against, at_most

ROUNDS = 3
WATCH = """
window.seen = {lcp: 0, shift: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) seen.lcp = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


class _Traffic:
    """Compressed bytes over the line, by address."""

    def __init__(self, session: CDPSession) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict) -> None:
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict) -> None:
        address = self.addresses.get(event["requestId"], "?")
        self.bytes[address] = self.bytes.get(address, 0) + event["encodedDataLength"]


@contextmanager
def phone(browser: Browser) -> Iterator[tuple[Page, _Traffic]]:
    context: BrowserContext = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="nl-BE", device_scale_factor=2
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 400_000 / 8,
            "uploadThroughput": 400_000 / 8,
        },
    )
    try:
        yield page, _Traffic(session)
    finally:
        context.close()


def first_visits(server: Server) -> list[Line]:
    activity = ActiviteitPage.objects.live().filter(zoekregel__isnull=False).first()
    assert activity is not None
    paths = {
        "home": "/nl/",
        "results": "/nl/aanbod/?plaats=3020",
        "activity": urlsplit(activity.full_url).path,
    }
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, path in paths.items():
            lines += _first_visit(browser, server, name, path)
        lines.append(_next_page(browser, server, paths))
        browser.close()
    return lines


def _first_visit(browser: Browser, server: Server, name: str, path: str) -> list[Line]:
    _status, _headers, body = server.get(path)
    paints, plain, shifts = [], [], []
    document = everything = 0.0
    for _ in range(ROUNDS):
        with _plain(body.decode()) as bare, phone(browser) as (page, _traffic):
            plain.append(_paint(page, bare)["lcp"])
        with phone(browser) as (page, traffic):
            seen = _paint(page, server.url + path)
            paints.append(seen["lcp"])
            shifts.append(seen["shift"])
            document = traffic.bytes[server.url + path]
            everything = sum(traffic.bytes.values())
    assert not _early_scripts(body.decode()), f"{path} has script before its first paint"
    return [
        at_most(f"{name}, first visit: HTML and CSS", document, 14_600, unit="B"),
        at_most(f"{name}, first visit: everything", everything, 40_000, unit="B"),
        against(
            f"{name}: largest contentful paint",
            median(paints),
            median(plain),
            1.3,
            unit="ms",
            floor_name="ms F2",
        ),
        at_most(f"{name}: layout shift", max(shifts), 0, unit=""),
    ]


def _paint(page: Page, url: str) -> dict[str, float]:
    page.goto(url, wait_until="networkidle")
    return page.evaluate("() => window.seen")


def _next_page(browser: Browser, server: Server, paths: dict[str, str]) -> Line:
    """From the results to an activity, on a phone that has been there."""
    with phone(browser) as (page, traffic):
        page.goto(server.url + paths["results"], wait_until="networkidle")
        before = sum(traffic.bytes.values())
        page.goto(server.url + paths["activity"], wait_until="networkidle")
        came = sum(traffic.bytes.values()) - before
    return at_most("the next page", came, 10_000, unit="B")


def _early_scripts(html: str) -> list[str]:
    """Scripts that stop the first paint: neither a module nor deferred."""
    tags = re.findall(r"<script\b[^>]*>", html)
    return [tag for tag in tags if not re.search(r"\b(defer|async)\b|type=\"module\"", tag)]


class _Text(HTMLParser):
    """The words of a page in plain paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.hidden += tag in ("style", "script", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "svg")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.hidden:
            self.words.append(data.strip())


@contextmanager
def _plain(html: str) -> Iterator[str]:
    """F2: the address of a static page with the same text and no style."""
    text = _Text()
    text.feed(html)
    words = "".join(f"<p>{word}</p>" for word in text.words)
    page = (
        '<!doctype html><html lang="nl"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>F2</title>{words}'
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_text(page)
        handler = functools.partial(_Quiet, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://localhost:{server.server_address[1]}/"
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass
