"""Translations beside the Dutch: what they may say and when they are behind."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from aanbod import indexing, translations
from aanbod.models import ActiviteitPage, Vertaling
from aanbod.translations import Texts, TranslationRefused, behind, dutch_hash, translate
from gemeenten.models import Rol
from gemeenten.permissions import can_translate
from tests.aanbod.cast import make_page, make_staff

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ENGLISH = Texts("Talking table", "Come and talk.", "We talk together.\n\nBring nothing.")


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel)


def english(page, texts=ENGLISH, **fields):
    return translate(page, "en", texts, by=None, now=NOW, **fields)


def publish(page, **fields):
    page = ActiviteitPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return ActiviteitPage.objects.get(pk=page.pk)


def state(page, language="en"):
    return Vertaling.objects.get(page=page, language=language).state


# -- What a translation may say --------------------------------------------------------------


def test_a_translation_says_who_made_it_and_when(cast, page):
    row = translate(page, "en", ENGLISH, by=cast.katrijn, now=NOW)

    assert (row.title, row.state, row.by, row.at) == ("Talking table", "mens", cast.katrijn, NOW)
    assert row.source_hash == dutch_hash(page)


def test_a_second_translation_in_that_language_replaces_the_first(page):
    english(page)
    english(page, Texts("Table", "Talk.", "We talk."))

    assert [row.title for row in Vertaling.objects.filter(page=page)] == ["Table"]


@pytest.mark.parametrize("name", ["bring", "cost_note"])
def test_where_the_dutch_is_empty_the_translation_is_empty(page, name):
    with pytest.raises(TranslationRefused) as refusal:
        english(page, Texts("Table", "Talk.", "We talk.", **{name: "A gift"}))

    assert refusal.value.problems == {name: translations.NOTHING_MORE}
    assert not Vertaling.objects.filter(page=page).exists()


@pytest.mark.parametrize("name", ["title", "summary", "description"])
def test_what_a_reader_cannot_do_without_is_translated(page, name):
    texts = {"title": "a", "summary": "b", "description": "c", name: " \n "}
    with pytest.raises(TranslationRefused) as refusal:
        english(page, Texts(**texts))

    assert refusal.value.problems == {name: translations.MISSING}


def test_a_text_longer_than_its_column_is_refused_with_the_most_it_may_be(page):
    with pytest.raises(TranslationRefused, match="300"):
        english(page, Texts("a", "b" * 301, "c"))


@pytest.mark.parametrize("language", ["nl", "de", "", "xx"])
def test_dutch_and_a_language_that_veertig_does_not_have_are_refused(page, language):
    with pytest.raises(TranslationRefused):
        translate(page, language, ENGLISH, by=None, now=NOW)


def test_a_language_that_is_announced_can_be_prepared(page):
    assert translate(page, "ti", ENGLISH, by=None, now=NOW).language == "ti"


def test_a_sign_that_the_database_cannot_keep_is_left_out(page):
    assert english(page, Texts("Ta\0ble", "Talk.", "We\r\ntalk.")).title == "Table"


def test_a_translation_of_dutch_that_changed_in_the_meantime_is_refused(page):
    publish(page, summary="Kom zingen.")

    with pytest.raises(TranslationRefused, match="intussen veranderd"):
        english(page)


def test_two_rows_in_one_language_are_impossible(page):
    row = english(page)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_machine_cannot_pass_for_a_person(page):
    english(page, by_machine=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vertaling.objects.update(state="mens")


# -- Behind the Dutch ------------------------------------------------------------------------


def test_new_dutch_puts_the_translation_behind_when_it_is_published(page):
    english(page)
    publish(page, summary="Kom zingen.")

    assert state(page) == "achter"


def test_a_draft_of_new_dutch_does_not(page):
    english(page)
    page.summary = "Kom zingen."
    page.save_revision()

    assert state(page) == "mens"


def test_dutch_that_is_published_unchanged_does_not(page):
    english(page)
    publish(page, capacity=3)

    assert state(page) == "mens"


def test_line_ends_as_a_browser_sends_them_are_no_change(page):
    english(page)
    publish(page, description=page.description.replace("\n", "\r\n"))

    assert state(page) == "mens"


@pytest.mark.parametrize("by_machine", [False, True])
def test_dutch_that_is_put_back_takes_the_translation_out_of_it(page, by_machine):
    before = english(page, by_machine=by_machine).state
    summary = page.summary
    publish(page, summary="Kom zingen.")
    publish(page, summary=summary)

    assert state(page) == before


def test_translating_anew_takes_it_out_of_it(page):
    english(page)
    english(publish(page, summary="Kom zingen."))

    assert state(page) == "mens"


def test_publishing_that_fails_leaves_the_translation_as_it_was(page, monkeypatch):
    english(page)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(indexing, "index", fail)
    with pytest.raises(RuntimeError):
        publish(page, summary="Kom zingen.")

    assert state(page) == "mens"


def test_control_without_the_step_at_publishing_nothing_falls_behind(page, monkeypatch):
    english(page)
    monkeypatch.setattr(translations, "follow_dutch", lambda page: None)
    publish(page, summary="Kom zingen.")

    assert state(page) == "mens"


# -- What is to do ---------------------------------------------------------------------------


def test_behind_lists_what_is_missing_and_what_is_behind(cast, page):
    old = make_page(cast.in_herent, cast.lange_tafel, "Bakken")
    done = make_page(cast.in_herent, cast.lange_tafel, "Koken")
    english(old)
    english(done)
    publish(old, summary="Anders.")

    assert [found.title for found in behind(cast.herent, "en")] == ["Bakken", "Praattafel"]
    assert behind(cast.herent, "ar").count() == 3


def test_behind_knows_live_activities_of_that_municipality_only(cast):
    make_page(cast.in_herent, cast.lange_tafel, "Concept", publish=False)
    make_page(cast.in_leuven, cast.lange_tafel, "Koor")

    assert not behind(cast.herent, "en")
    assert behind(cast.leuven, "en").count() == 1


# -- Who translates --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["vertaler", "redacteur", "moderator", "gemeentebeheerder"])
def test_colleagues_of_the_municipality_may_translate_there_and_not_elsewhere(cast, kind):
    user = make_staff(f"Iemand {kind}", Rol.Kind(kind), cast.herent)

    assert can_translate(user, cast.herent)
    assert not can_translate(user, cast.leuven)


def test_others_may_not(cast):
    assert not can_translate(cast.stranger, cast.herent)
    assert not can_translate(cast.lieve.user, cast.herent)
