"""What a reader sees of a translation: the page, the cards and the search."""

import re
from datetime import UTC, datetime

import pytest

from aanbod import search, translations
from aanbod.frame import frame
from aanbod.models import ActiviteitPage, Zoekregel
from aanbod.translations import Texts, translate
from tests.aanbod.cast import make_page

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LABEL = "Vertaling. De Nederlandse tekst telt."
CHANGED = "De Nederlandse tekst is intussen veranderd."


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent, cast.lange_tafel, bring="Een schort", cost_note="Koffie is gratis."
    )


@pytest.fixture(autouse=True)
def dutch_words(monkeypatch):
    """The msgids, whatever the catalogues say."""
    from django.utils.translation import trans_real

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", lambda self, message: message)
    frame.cache_clear()
    yield
    frame.cache_clear()


def english(page, **changes):
    texts = {
        "title": "Talking table",
        "summary": "Come and talk.",
        "description": "We chatter.\n\nNo homework.",
        "bring": "An apron",
        **changes,
    }
    return translate(page, "en", Texts(**texts), by=None, now=NOW)


def arabic(page):
    texts = Texts("طاولة الطبخ", "تعال وتحدث.", "نتحدث معًا.")
    return translate(page, "ar", texts, by=None, now=NOW)


def get(client, language="en"):
    response = client.get(f"/{language}/herent/praattafel/")
    assert response.status_code == 200
    return response.content.decode()


def fold(html):
    return re.search(r'<details class="fold">.*?</details>', html, re.DOTALL)[0]


def card(page, language="en"):
    return Zoekregel.objects.get(page=page).cards[language]


def found(text):
    return [row.page_id for row in search.results(search.Query(q=text), language="en").rows]


# -- The page --------------------------------------------------------------------------------


def test_a_reader_gets_the_own_language_and_the_label(client, page):
    english(page)
    html = get(client)

    assert '<h1 lang="en" dir="ltr">Talking table</h1>' in html
    assert "<title>Talking table" in html
    assert '<meta name="description" content="Come and talk.">' in html
    assert '<span lang="en" dir="ltr">An apron</span>' in html
    assert "<p>We chatter.</p>" in html
    assert LABEL in html
    assert CHANGED not in html
    assert "Deze tekst is in het Nederlands." not in html


def test_the_dutch_stands_beside_it_in_a_fold(client, page):
    english(page)
    folded = fold(get(client))

    assert 'lang="nl"' in folded
    for text in ["Praattafel", page.summary, "We praten samen.", "Een schort", "Koffie is gratis."]:
        assert text in folded


def test_arabic_runs_from_right_to_left(client, page):
    arabic(page)

    assert '<h1 lang="ar" dir="rtl">طاولة الطبخ</h1>' in get(client, "ar")


def test_a_text_without_translation_stays_dutch_and_says_so(client, page):
    english(page, bring="")
    html = get(client)

    assert '<span lang="nl" dir="auto">Een schort</span>' in html
    assert 'lang="nl" dir="auto">Koffie is gratis.</span>' in html


def test_new_dutch_is_announced_above_the_old_translation(client, page):
    english(page)
    page.summary = "Kom zingen."
    page.save_revision().publish()

    assert CHANGED in get(client)


def test_dutch_that_was_taken_away_is_not_left_in_the_translation(client, page):
    english(page)
    page.bring = ""
    page.save_revision().publish()

    assert "apron" not in get(client)


def test_a_machine_translation_says_so_also_when_it_is_behind(client, page):
    translate(page, "en", Texts("T", "S", "D"), by=None, now=NOW, by_machine=True)
    label = "Vertaling door een computer. De Nederlandse tekst telt."
    assert label in get(client)

    page.summary = "Kom zingen."
    page.save_revision().publish()
    assert label in get(client)
    assert "vertaald door een computer" in card(page)


def test_in_dutch_and_in_a_language_without_translation_all_stays_as_it_was(client, page):
    english(page)

    assert LABEL not in get(client, "nl")
    assert '<h1 lang="nl" dir="auto">Praattafel</h1>' in get(client, "nl")
    assert '<h1 lang="nl" dir="auto">Praattafel</h1>' in get(client, "ar")
    assert "Deze tekst is in het Nederlands." in get(client, "ar")


def test_what_a_translator_types_is_text(client, page):
    english(page, title="<b>T</b>", description="<script>x</script>")

    assert "<b>T" not in get(client) + card(page)
    assert "<script>x" not in get(client)


def test_there_is_one_heading(client, page):
    english(page)

    assert get(client).count("<h1") == 1


# -- Cards and search ------------------------------------------------------------------------


def test_the_card_is_in_the_language_of_the_reader_and_labelled(page):
    english(page)

    assert 'lang="en" dir="ltr">Talking table</a>' in card(page)
    assert "vertaling" in card(page)
    assert 'lang="nl" dir="auto">Praattafel</a>' in card(page, "ar")
    assert "vertaling" not in card(page, "nl")


def test_a_translation_that_goes_takes_its_card_along(page):
    english(page).delete()

    assert "Praattafel" in card(page)
    assert found("chatter") == []


@pytest.mark.parametrize("words", ["chatter", "apron", "come chatter"])
def test_a_reader_finds_words_of_the_own_language(page, words):
    assert found(words) == []
    english(page)

    assert found(words) == [page.pk]


@pytest.mark.parametrize("words", ["نتحدث", "طاولة", "الطبخ", "طبخ"])
def test_a_reader_finds_arabic_words_those_of_the_title_without_article_too(page, words):
    arabic(page)

    assert found(words) == [page.pk]


def test_words_of_the_dutch_count_for_more_than_those_of_a_translation(cast, page):
    english(page, title="Koken")
    cooking = make_page(cast.in_herent, cast.lange_tafel, "Koken")

    assert found("koken") == [cooking.pk, page.pk]


def test_a_word_that_must_not_be_there_is_looked_for_in_translations_too(cast, page):
    english(page)
    other = make_page(cast.in_herent, cast.lange_tafel, "Praattafel in de zaal")

    assert found("praattafel -chatter") == [other.pk]


def test_making_all_rows_again_keeps_the_translations(page):
    from aanbod import indexing

    english(page)
    indexing.rebuild(now=NOW)

    assert "Talking table" in card(page)


def test_a_draft_that_is_translated_has_no_card(cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Concept", publish=False)
    english(draft, bring="")

    assert not Zoekregel.objects.filter(page=draft).exists()


def test_a_page_takes_its_translations_along_when_it_goes(page):
    english(page)
    ActiviteitPage.objects.get(pk=page.pk).delete()

    assert not Zoekregel.objects.filter(page_id=page.pk).exists()
    assert translations.rows_of(page) == {}
