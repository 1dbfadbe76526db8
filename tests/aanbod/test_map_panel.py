"""The pin of an activity: within the gemeente, on a map of our own, or as two numbers."""

import pytest
from django.urls import reverse

from aanbod.models import ActiviteitPage, Zoekregel
from gemeenten import boundaries
from tests.aanbod.cast import make_page
from tests.aanbod.forms import add_url, edit_url, form

HERENT, LEUVEN = "24038", "24062"
PUBLISH = {"action-publish": "1"}


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


# -- Boundaries ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nis", "lat", "lon", "inside"),
    [
        (HERENT, 50.9077, 4.6706, True),
        (HERENT, 50.8796, 4.7009, False),  # the middle of Leuven
        (LEUVEN, 50.8796, 4.7009, True),
        (LEUVEN, 50.9077, 4.6706, False),
        (HERENT, 0.0, 0.0, False),
        (HERENT, 4.6706, 50.9077, False),  # the two numbers the wrong way round
        ("99999", 0.0, 0.0, True),
    ],
)
def test_a_point_in_a_gemeente(nis, lat, lon, inside):
    assert boundaries.contains(nis, lat, lon) is inside


@pytest.mark.parametrize(("metres", "inside"), [(250, True), (400, False)])
def test_just_outside_of_the_line_still_counts(metres, inside):
    """The line is simplified: from its northernmost point, straight north."""
    ring = boundaries.boundary(HERENT)["geometry"]["coordinates"][0]
    lon, lat = max(ring, key=lambda point: point[1])
    found = boundaries.contains(HERENT, lat + metres / boundaries.METRES_A_DEGREE, lon)
    assert found is inside


def test_every_gemeente_holds_its_own_centre():
    import csv

    file = boundaries.FILE.parent / "gemeenten.csv"
    with file.open() as rows:
        found = list(csv.DictReader(rows))
    missed = [
        row["name"]
        for row in found
        if not boundaries.contains(row["nis_code"], float(row["lat"]), float(row["lon"]))
    ]
    assert len(found) == 304
    assert missed == []
    assert all(boundaries.boundary(row["nis_code"]) for row in found)


# -- The form --------------------------------------------------------------------------------


def test_a_pin_is_where_the_activity_is(katrijn, cast):
    katrijn.post(add_url(cast), form(cast, pin_lat="50.91", pin_lon="4.672") | PUBLISH)
    page = ActiviteitPage.objects.get()
    assert (page.lat, page.lon, page.location_source) == (50.91, 4.672, "pin")
    assert Zoekregel.objects.get(page=page).lat == 50.91


@pytest.mark.parametrize("publish", [{}, PUBLISH])
def test_a_pin_outside_of_the_gemeente_is_refused_with_a_sentence(katrijn, cast, publish):
    response = katrijn.post(add_url(cast), form(cast, pin_lat="50.88", pin_lon="4.70") | publish)
    assert "niet in Herent" in " ".join(response.context["form"].errors["pin_lat"])


@pytest.mark.parametrize(
    ("lat", "lon", "field"),
    [
        ("50.91", "", "pin_lon"),
        ("", "4.67", "pin_lat"),
        ("noord", "4.67", "pin_lat"),
        ("nan", "4.67", "pin_lat"),
        ("inf", "4.67", "pin_lat"),
        ("1e300", "4.67", "pin_lat"),
    ],
)
def test_what_is_no_pin_is_refused_by_its_field(katrijn, cast, lat, lon, field):
    response = katrijn.post(add_url(cast), form(cast, pin_lat=lat, pin_lon=lon) | PUBLISH)
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_without_a_pin_it_is_the_deelgemeente(katrijn, cast):
    katrijn.post(add_url(cast), form(cast) | PUBLISH)
    assert ActiviteitPage.objects.get().location_source == "deelgemeente"


def test_the_form_has_the_map_of_its_own_gemeente(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    text = katrijn.get(edit_url(page)).content.decode()
    assert f'data-kaart="{reverse("redactie:grens", args=[HERENT])}"' in text
    assert 'data-tiles=""' in text
    assert 'id="id_pin_lat"' in text


# -- The boundary and the tiles --------------------------------------------------------------


def test_the_boundary_is_geojson_of_one_gemeente(katrijn):
    feature = katrijn.get(reverse("redactie:grens", args=[HERENT])).json()
    assert feature["properties"]["nis"] == HERENT
    assert feature["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_an_unknown_gemeente_has_no_boundary(katrijn):
    assert katrijn.get(reverse("redactie:grens", args=["00000"])).status_code == 404


def test_the_boundary_is_for_the_cms_only(client, cast):
    client.force_login(cast.stranger)
    assert client.get(reverse("redactie:grens", args=[HERENT])).status_code == 403


def test_no_other_host_is_let_in_unless_tiles_are_set(katrijn, settings):
    policy = katrijn.get("/cms/").headers["Content-Security-Policy"]
    assert "https:" not in policy
    settings.MAP_TILES_URL = "https://kaart.example/{z}/{x}/{y}.png"
    policy = katrijn.get("/cms/").headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://kaart.example;" in policy
    assert policy.count("kaart.example") == 1
