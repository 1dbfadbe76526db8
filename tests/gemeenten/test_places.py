"""A place is found as people type it."""

import pytest

from gemeenten.loading import load_deelgemeenten, load_gemeenten
from gemeenten.models import Gemeente
from gemeenten.places import find_place, suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gemeenten():
    load_gemeenten()
    load_deelgemeenten()


@pytest.mark.parametrize(
    ("text", "name", "gemeente"),
    [
        ("herent", "Herent", "Herent"),
        ("  HERENT ", "Herent", "Herent"),
        ("Hérent", "Herent", "Herent"),
        ("3020", "Herent", "Herent"),
        ("٣٠٢٠", "Herent", "Herent"),
        ("3020 Herent", "Herent", "Herent"),
        ("Kessel-Lo", "Kessel-Lo", "Leuven"),
        ("kessel lo", "Kessel-Lo", "Leuven"),
        ("3010 Kessel-Lo", "Kessel-Lo", "Leuven"),
        ("Veltem", "Veltem-Beisem", "Herent"),
        ("3020 veltem", "Veltem-Beisem", "Herent"),
        ("St. Niklaas", "Sint-Niklaas", "Sint-Niklaas"),
        ("'s-Gravenbrakel", None, None),
        ("3020 Leuven", "Herent", "Herent"),
    ],
)
def test_a_postcode_a_municipality_or_a_deelgemeente(text, name, gemeente):
    place = find_place(text)

    assert (place and (place.name, place.gemeente.name)) == (name and (name, gemeente))


def test_the_point_is_that_of_the_deelgemeente():
    place = find_place("Kessel-Lo")

    assert (place.lat, place.lon) == (50.88549, 4.73717)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "-", "Nergenshuizen", "0000", "9999", "30201", "%", "a" * 5000, "\x00", "🏠"],
)
def test_what_is_no_place_is_none(text):
    assert find_place(text) is None


def test_a_municipality_goes_before_a_deelgemeente_of_the_same_name():
    assert find_place("Halle").gemeente.name == "Halle"


def test_an_active_municipality_goes_before_another():
    assert find_place("1050").gemeente.name == "Brussel"

    Gemeente.objects.filter(name="Elsene").update(active=True)

    assert find_place("1050").gemeente.name == "Elsene"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Herend", "Herent"),
        ("Luven", "Leuven"),
        ("Kesel-Lo", "Kessel-Lo"),
        ("Wijnksele", "Winksele"),
    ],
)
def test_a_typo_gets_suggestions(text, first):
    assert find_place(text) is None
    assert suggestions(text)[0].name == first


def test_at_most_five_suggestions():
    assert len(suggestions("Sint-Pieters")) == 5
    assert len(suggestions("Sint-Pieters", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "qqqqq", "\x00", "3020"])
def test_no_suggestions_for_what_resembles_nothing(text):
    assert suggestions(text) == []
