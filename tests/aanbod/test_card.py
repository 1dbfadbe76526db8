"""The card: ready-made for each language, with what depends on the reader filled in later."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from aanbod import cards
from aanbod.models import Zoekregel
from tests.aanbod.cast import make_page, weekly


def card(page, language="nl"):
    return Zoekregel.objects.get(page=page).cards[language]


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_card_answers_what_where_when_what_it_costs_and_how_many_hours(cast):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1)],
        hours_total=40,
        kinderopvang="mee",
        deelgemeente=cast.winksele,
    )
    assert text(card(page)) == (
        "Nederlands praten Praattafel Winksele di 19.30 gratis kinderen mee "
        "2 uur per keer · 40 uur in totaal"
    )


def test_by_agreement_says_so(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, minutes_per_time=90)
    assert "in overleg" in text(card(page))
    assert "1 uur 30 per keer" in text(card(page))


def test_a_price_is_in_euro_with_a_comma(cast):
    assert "7,50 euro" in text(card(make_page(cast.in_herent, cast.lange_tafel, cost="7.50")))
    assert " 5 euro" in text(card(make_page(cast.in_herent, cast.lange_tafel, "Fiets", cost=5)))


def test_a_date_that_does_not_come_every_week_is_named(cast):
    series = weekly(1, frequency="eenmalig")
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[series])
    assert f"di {series.first_day.day} " in text(card(page))


def test_evenings_of_different_length_say_up_to(cast):
    page = make_page(
        cast.in_herent, cast.lange_tafel, reeksen=[weekly(1), weekly(3, "10:00", "11:00")]
    )
    assert "tot 2 uur per keer" in text(card(page))


def test_only_for_women_is_said_on_the_card(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, voor="vrouwen")
    assert "Alleen voor vrouwen" in text(card(page))


def test_there_is_a_card_in_every_language_that_leads_to_that_language(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    for language, _name in settings.LANGUAGES:
        assert f'href="/{language}/herent/praattafel/"' in card(page, language)


def test_dutch_words_are_marked_as_dutch_in_every_language(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert 'lang="nl" dir="auto">Praattafel</a>' in card(page, "ar")


def test_what_editors_type_is_text_and_never_html(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "<script>x</script><!--afstand-->")
    html = cards.fill(card(page), distance="<b>1 km</b>", places="")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;!--afstand--&gt;" in html


def test_distance_is_filled_in_for_the_reader(cast):
    html = card(make_page(cast.in_herent, cast.lange_tafel))
    assert "1,2 km · Herent" in text(cards.fill(html, distance="1,2 km", places=""))
    assert "<!--" not in cards.fill(html, distance="", places="")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (12, ""),
        (9, "Nog 9 plaatsen"),
        (1, "Nog 1 plaats"),
        (0, "Volzet: er is een wachtlijst"),
    ],
)
def test_places_are_named_when_they_are_few(left, words):
    with translation.override("nl"):
        assert cards.places_text(left) == words
