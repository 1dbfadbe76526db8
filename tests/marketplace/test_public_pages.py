"""A public page is kept for a few seconds, is small, and is not sent twice."""

import gzip
import time

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from marketplace.public_pages import Compressed, Kept, PublicPages, Shelf

PAGE = "<!doctype html><p>Samen wandelen</p>" * 40
FACTORY = RequestFactory()


class Site:
    """A site that counts how often it was asked."""

    def __init__(self, **headers: str) -> None:
        self.asked = 0
        self.headers = headers
        self.cookie = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(PAGE, headers=self.headers)
        if self.cookie:
            response.set_cookie(self.cookie, "x")
        return response


@pytest.fixture(autouse=True)
def _ten_seconds(settings) -> None:
    settings.PUBLIC_PAGE_SECONDS = 10


def _get(path: str = "/nl/herent/", **headers: str) -> HttpRequest:
    return FACTORY.get(path, headers=headers)


def test_a_second_visitor_gets_the_page_that_was_made_for_the_first() -> None:
    site = Site()
    pages = PublicPages(site)
    first, second = pages(_get()), pages(_get())
    assert site.asked == 1
    assert first.content == second.content == PAGE.encode()


def test_the_page_is_made_again_after_a_few_seconds(settings) -> None:
    settings.PUBLIC_PAGE_SECONDS = 0.01
    site = Site()
    pages = PublicPages(site)
    pages(_get())
    time.sleep(0.02)
    pages(_get())
    assert site.asked == 2


def test_nothing_is_kept_when_that_is_set(settings) -> None:
    settings.PUBLIC_PAGE_SECONDS = 0
    site = Site()
    pages = PublicPages(site)
    pages(_get())
    pages(_get())
    assert site.asked == 2


@pytest.mark.parametrize("other", ["/en/herent/", "/nl/herent/?q=a", "/nl/leuven/"])
def test_another_address_is_another_page(other: str) -> None:
    site = Site()
    pages = PublicPages(site)
    pages(_get())
    pages(_get(other))
    assert site.asked == 2


def test_who_has_a_session_gets_a_fresh_page(settings) -> None:
    site = Site()
    pages = PublicPages(site)
    pages(_get())
    request = _get()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    pages(request)
    assert site.asked == 2


def test_a_page_made_for_who_has_a_session_is_kept_for_nobody(settings) -> None:
    site = Site()
    pages = PublicPages(site)
    request = _get()
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    pages(request)
    pages(_get())
    assert site.asked == 2


@pytest.mark.parametrize(
    "headers",
    [{"Vary": "Cookie"}, {"Cache-Control": "private"}, {"Cache-Control": "max-age=0, no-store"}],
)
def test_what_is_meant_for_one_visitor_is_not_kept(headers: dict[str, str]) -> None:
    site = Site(**headers)
    pages = PublicPages(site)
    response = pages(_get())
    pages(_get())
    assert site.asked == 2
    assert "ETag" not in response


def test_a_page_that_sets_a_cookie_is_not_kept() -> None:
    site = Site()
    site.cookie = "csrftoken"
    pages = PublicPages(site)
    pages(_get())
    assert pages(_get()).cookies
    assert site.asked == 2


@pytest.mark.parametrize("path", ["/begeleiding/", "/cms/", "/B/ABC", "/api/v1/activiteiten"])
def test_what_has_no_language_is_no_public_page(path: str) -> None:
    site = Site()
    pages = PublicPages(site)
    pages(_get(path))
    pages(_get(path))
    assert site.asked == 2


def test_a_form_that_is_sent_is_always_answered_by_its_view() -> None:
    site = Site()
    pages = PublicPages(site)
    pages(_get())
    pages(FACTORY.post("/nl/herent/"))
    assert site.asked == 2


def test_a_browser_that_has_the_page_gets_a_304(settings) -> None:
    for seconds in (10, 0):
        settings.PUBLIC_PAGE_SECONDS = seconds
        pages = PublicPages(Site())
        etag = pages(_get())["ETag"]
        response = pages(_get(if_none_match=etag))
        assert (response.status_code, response.content) == (304, b"")


def test_a_browser_with_an_older_page_gets_the_new_one() -> None:
    response = PublicPages(Site())(_get(if_none_match='W/"older"'))
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("accepted", "open_it"), [("gzip, br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_page_is_compressed_as_the_browser_wishes(accepted: str, open_it) -> None:
    response = PublicPages(Site())(_get(accept_encoding=accepted))
    assert open_it(response.content) == PAGE.encode()
    assert int(response["Content-Length"]) == len(response.content) < len(PAGE)
    assert response["Vary"] == "Accept-Encoding"


def test_every_header_of_the_page_is_kept() -> None:
    pages = PublicPages(Site(**{"Content-Security-Policy": "default-src 'none'"}))
    pages(_get())
    assert pages(_get())["Content-Security-Policy"] == "default-src 'none'"


def test_the_page_that_nobody_asked_for_longest_makes_room() -> None:
    shelf = Shelf(most_bytes=250)
    page = Kept({}, {"": b"x" * 50}, until=9)
    shelf.put("a", page)
    shelf.put("b", page)
    assert shelf.get("a", now=1)
    shelf.put("c", page)
    assert [shelf.get(name, now=1) is not None for name in "abc"] == [True, False, True]
    assert shelf.bytes == 200


def test_pictures_and_sheets_are_not_compressed_again() -> None:
    sheet = HttpResponse(b"%PDF" * 200, content_type="application/pdf")
    assert "Content-Encoding" not in Compressed(lambda request: sheet)(_get(accept_encoding="gzip"))


def test_a_page_of_one_person_is_compressed_too() -> None:
    own = HttpResponse("<p>Jouw uren</p>" * 50)
    response = Compressed(lambda request: own)(_get(accept_encoding="gzip"))
    assert response["Content-Encoding"] == "gzip"
