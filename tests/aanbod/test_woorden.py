"""Words for kinds and themes in the reader's own language find what the Dutch word finds."""

import json

import pytest
from django.conf import settings
from django.http import QueryDict

from aanbod import woorden
from aanbod.search import parse, results
from tests.aanbod.cast import make_gemeente
from tests.aanbod.rows import make_rows

BEGRIPPEN = json.loads(woorden.FILE.read_text("utf-8"))["begrippen"]
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def offer(db):
    """One row for each notion, with its first Dutch word in the title, and one with none."""
    herent = make_gemeente("24038", "Herent", ["3020"], 50.9077, 4.6706)
    titles = [begrip["nl"].split(", ")[0] for begrip in BEGRIPPEN]
    make_rows(herent, [{"title": title} for title in [*titles, "Xylofoon"]])


def found(text):
    params = QueryDict(mutable=True)
    params["q"] = text
    return {row.page_id for row in results(parse(params), language="nl").rows}


def test_there_are_words_for_at_least_ten_notions_in_every_language():
    assert len(BEGRIPPEN) >= 10
    for begrip in BEGRIPPEN:
        assert set(LANGUAGES) <= set(begrip), begrip["nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_language_finds_what_the_dutch_word_finds(offer, language):
    for number, begrip in enumerate(BEGRIPPEN, 1):
        for word in begrip[language].split(", "):
            assert number in found(word), word


@pytest.mark.parametrize(
    "typed",
    [
        "futbol",
        "FUTBOL",
        "fútbol",
        "Football",
        "calcio",
        "كرة القدم",
        "كُرة القَدَم",
        "فوتبال",
        "футбол",
    ],
)
def test_football_as_people_type_it(offer, typed):
    assert found(typed) == found("voetbal") == {1}


@pytest.mark.parametrize(
    "typed", ["والسباحة", "السباحة", "سباحة", "YÜZME", "yuzme", "înot", "inot"]
)
def test_the_article_capitals_and_accents_do_not_matter(offer, typed):
    assert found(typed) == {3}


def test_words_of_two_languages_are_all_needed(offer):
    assert found("futbol natación") == set()


def test_what_stands_between_quotes_is_looked_for_as_it_is():
    assert woorden.asked('"futbol"') == '"futbol"'
    assert woorden.asked("-futbol") == "-futbol"


def test_many_words_are_looked_for_as_they_are_typed():
    many = " ".join(["voetbal"] * 9)
    assert woorden.asked(many) == many
