"""From an address to a point: asked by the worker, of a real server over HTTP, and never in
anybody's way."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django_tasks import default_task_backend

from aanbod import geocoding
from aanbod.geocoding import GeocoderUnreachable
from aanbod.models import ActiviteitPage, AdresPunt, Zoekregel
from aanbod.places import ASK_AGAIN, address_of, is_asked, locate
from tests.aanbod.cast import make_page

IN_HERENT = (50.9090, 4.6721)
IN_LEUVEN = (50.8772, 4.7046)
ASK = geocoding.ask.module_path
ADDRESS = "Spoorwegstraat 6, 3020 Herent, België"


def photon(lat, lon):
    point = {"type": "Point", "coordinates": [lon, lat]}
    feature = {"type": "Feature", "geometry": point, "properties": {"name": "x", "country": "BE"}}
    return 200, {"type": "FeatureCollection", "features": [feature]}


class Photon(ThreadingHTTPServer):
    """Speaks Photon's JSON; `answer` and `delay` (seconds) say how well."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.delay, self.asked = photon(*IN_HERENT), 0.0, []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(parse_qs(urlsplit(self.path).query).get("q", [""])[0])
        status, body = self.server.answer
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        for byte in sent if self.server.delay else [None]:
            time.sleep(self.server.delay)
            try:
                self.wfile.write(sent if byte is None else bytes([byte]))
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings, monkeypatch):
    running = Photon()
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    settings.GEOCODER, settings.GEOCODER_URL = "photon", running.url
    settings.GEOCODER_TIMEOUT = 0.4
    monkeypatch.setattr(geocoding, "LONGEST_WAIT", 0.3)
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        street="Spoorwegstraat 6",
        postcode="3020",
        deelgemeente=cast.winksele,
    )


def where(page):
    found = ActiviteitPage.objects.get(pk=page.pk)
    return found.lat, found.lon, found.location_source


def tasks():
    """The arguments with which the worker was told to ask; others have work for it as well."""
    results = default_task_backend.results
    return [result.args for result in results if result.task.module_path == ASK]


@pytest.fixture(autouse=True)
def no_tasks():
    default_task_backend.clear()


# -- What it says ----------------------------------------------------------------------------


def test_the_address_is_put_on_the_map_and_in_the_results(server, page):
    geocoding.ask.call(page.pk)
    assert where(page) == (*IN_HERENT, "geocoder")
    row = Zoekregel.objects.get(page=page)
    assert (row.lat, row.lon) == IN_HERENT
    assert server.asked == [ADDRESS]


def test_an_address_is_asked_once(server, page):
    geocoding.ask.call(page.pk)
    geocoding.ask.call(page.pk)
    assert len(server.asked) == 1


def test_publishing_again_keeps_the_point_without_asking(server, page):
    geocoding.ask.call(page.pk)
    ActiviteitPage.objects.get(pk=page.pk).save_revision().publish()
    assert where(page) == (*IN_HERENT, "geocoder")
    assert len(server.asked) == 1


def test_an_unknown_address_stays_in_the_deelgemeente_and_is_not_asked_again_soon(
    server, page, cast
):
    server.answer = 200, {"type": "FeatureCollection", "features": []}
    geocoding.ask.call(page.pk)
    assert where(page) == (cast.winksele.lat, cast.winksele.lon, "deelgemeente")
    now = timezone.now()
    assert is_asked(ADDRESS, now=now)
    assert not is_asked(ADDRESS, now=now + ASK_AGAIN * 2)


def test_a_street_of_the_same_name_elsewhere_is_not_believed(server, page, cast):
    server.answer = photon(*IN_LEUVEN)
    geocoding.ask.call(page.pk)
    assert where(page)[2] == "deelgemeente"
    assert AdresPunt.objects.get().lat is None


# -- When it does not answer -----------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),
        (429, {}),
        (403, {}),
        (200, b"<html>geen json"),
        (200, b""),
        (200, []),
        (200, {"features": [{}]}),
        (200, {"features": [{"geometry": {"coordinates": ["x", "y"]}, "properties": {}}]}),
        (200, {"features": None}),
    ],
)
def test_a_broken_geocoder_leaves_the_deelgemeente_and_is_tried_again(server, page, answer):
    server.answer = answer
    geocoding.ask.call(page.pk)
    assert where(page)[2] == "deelgemeente"
    assert not AdresPunt.objects.exists() or AdresPunt.objects.get().lat is None


def test_a_server_error_is_tried_again_later(server, page):
    server.answer = 500, {}
    geocoding.ask.call(page.pk)
    assert tasks() == [[page.pk, 2]]


def test_three_times_and_no_more(server, page):
    server.answer = 500, {}
    geocoding.ask.call(page.pk, 3)
    assert tasks() == []


@pytest.mark.parametrize("delay", [0.02, 1.0])
def test_a_slow_geocoder_is_given_up_in_time(server, page, delay):
    """Also one that sends a byte before each time limit of the socket."""
    server.delay = delay
    before = time.monotonic()
    with pytest.raises(GeocoderUnreachable):
        geocoding.look_up(ADDRESS)
    assert time.monotonic() - before < 1.5


def test_nobody_listens(server, page, settings):
    settings.GEOCODER_URL = "http://127.0.0.1:9"
    geocoding.ask.call(page.pk)
    assert where(page)[2] == "deelgemeente"


def test_one_question_at_a_time(server):
    geocoding.look_up(ADDRESS)
    with pytest.raises(GeocoderUnreachable, match="no turn"):
        geocoding.look_up(ADDRESS)
    cache.delete(geocoding.TURN)
    assert geocoding.look_up(ADDRESS) == pytest.approx(IN_HERENT)


# -- When it is asked ------------------------------------------------------------------------


def test_publishing_asks_the_worker_and_not_the_geocoder(
    server, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert tasks() == [[page.pk]]
    assert server.asked == []


def publish_and_count(page, capture):
    with capture(execute=True):
        page.save_revision().publish()
    return len(tasks())


def test_without_a_setting_nobody_is_asked(page, django_capture_on_commit_callbacks):
    assert publish_and_count(page, django_capture_on_commit_callbacks) == 0
    geocoding.ask.call(page.pk)
    assert where(page)[2] == "deelgemeente"


def test_without_a_street_nobody_is_asked(server, page, django_capture_on_commit_callbacks):
    page.street = "  "
    assert publish_and_count(page, django_capture_on_commit_callbacks) == 0


def test_with_a_pin_nobody_is_asked(server, page, django_capture_on_commit_callbacks):
    page.pin_lat, page.pin_lon = IN_HERENT
    assert publish_and_count(page, django_capture_on_commit_callbacks) == 0


def test_a_page_that_went_offline_meanwhile_is_no_error(server, page):
    page.unpublish()
    geocoding.ask.call(page.pk)
    geocoding.ask.call(0)
    assert server.asked == []


def test_the_pin_goes_before_the_geocoder(page, cast):
    AdresPunt.objects.create(address=ADDRESS, lat=50.92, lon=4.66, asked_at=timezone.now())
    assert locate(page, cast.herent).source == "geocoder"
    page.pin_lat, page.pin_lon = IN_HERENT
    assert locate(page, cast.herent).source == "pin"


def test_the_address_as_it_is_asked(page, cast):
    assert address_of(page, cast.herent) == ADDRESS


def test_an_unknown_geocoder_is_refused_when_veertig_starts(monkeypatch):
    import importlib

    import marketplace.settings as file

    monkeypatch.setenv("GEOCODER", "orakel")
    with pytest.raises(ImproperlyConfigured, match="photon"):
        importlib.reload(file)
    monkeypatch.delenv("GEOCODER")
    importlib.reload(file)
