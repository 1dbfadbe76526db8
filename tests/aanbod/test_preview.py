"""The preview: at the size of a phone, in any language in which the page is public."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tests.aanbod.cast import make_page
from tests.aanbod.forms import form


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def preview(client, cast, page, mode):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, form(cast)).json()["is_valid"]
    return client.get(f"{url}?mode={mode}")


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("nl", ['lang="nl"', "Wanneer"]),
        ("en", ['lang="en"', "When"]),
        ("ar", ['lang="ar"', 'dir="rtl"']),
        ("xx", ['lang="nl"', "Wanneer"]),
    ],
)
def test_the_page_is_shown_in_the_chosen_language(katrijn, cast, mode, words):
    text = preview(katrijn, cast, make_page(cast.in_herent, cast.lange_tafel), mode)
    for word in words:
        assert word in text.content.decode()


def test_the_editor_keeps_her_own_language(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    with translation.override("nl"):
        preview(katrijn, cast, page, "ar")
        assert translation.get_language() == "nl"


def test_a_phone_is_the_first_size_and_dutch_the_first_language(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert page.default_preview_size == "mobile"
    languages = [mode for mode, _name in page.preview_modes]
    assert languages == [code for code, _name in settings.LANGUAGES]
    assert languages[0] == "nl"
