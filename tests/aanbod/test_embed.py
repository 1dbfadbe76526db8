"""The list of a municipality inside its own site."""

import re

import pytest

from tests.aanbod.cast import make_page, weekly

URL = "/nl/aanbod/inbedden/24038/"


@pytest.fixture
def offered(cast):
    make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)])
    make_page(cast.in_leuven, cast.lange_tafel, "Leuvens")


def test_it_lists_the_activities_of_that_municipality_alone(client, offered):
    html = client.get(URL).content.decode()
    assert "Praattafel" in html
    assert "Leuvens" not in html
    assert html.count("<h1") == 1


def test_links_leave_the_frame(client, offered):
    html = client.get(URL).content.decode()
    assert '<base target="_top">' in html
    assert 'target="_self"' not in html


def test_there_is_no_menu_and_no_footer(client, offered):
    html = client.get(URL).content.decode()
    assert "<nav" not in html
    assert "<footer" not in html


def test_any_site_may_show_it(client, offered):
    response = client.get(URL)
    assert re.search(r"frame-ancestors \*(;|$)", response["Content-Security-Policy"])
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("path", ["/nl/aanbod/", "/nl/herent/", "/nl/aanmelden/login/"])
def test_no_other_page_may_be_shown_elsewhere(client, offered, path):
    response = client.get(path)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_rest_of_the_policy_stays_strict(client, offered):
    policy = client.get(URL)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_nobody_gets_a_cookie(client, offered):
    response = client.get(URL)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_it_has_the_colour_of_the_municipality(client, cast, offered):
    cast.in_herent.colour = "#8a1c5b"
    cast.in_herent.save()
    assert "--gemeente:#8a1c5b" in client.get(URL).content.decode()


def test_an_arabic_site_gets_it_from_right_to_left(client, offered):
    html = client.get("/ar/aanbod/inbedden/24038/").content.decode()
    assert 'dir="rtl"' in html
    assert "/ar/herent/praattafel/" in html


def test_nobody_is_in_it(client, offered):
    html = client.get(URL).content.decode()
    assert not [name for name in ("Lieve", "Joris", "post.example") if name in html]


@pytest.mark.parametrize("nis", ["99999", "1", "24038x", "%00"])
def test_a_municipality_that_is_not_here_is_a_404(client, cast, nis):
    assert client.get(f"/nl/aanbod/inbedden/{nis}/").status_code == 404


def test_it_is_only_read(client, offered):
    assert client.post(URL).status_code == 405


def test_queries_do_not_grow_with_the_offer(client, cast, offered, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(12) as queries:
            client.get(URL)
        return len(queries)

    count()
    few = count()
    for number in range(6):
        make_page(cast.in_herent, cast.lange_tafel, f"Nog {number}")
    assert count() == few


def test_the_guide_names_this_address():
    from django.conf import settings

    assert "/nl/aanbod/inbedden/24038/" in (settings.BASE_DIR / "docs/inbedden.md").read_text()
