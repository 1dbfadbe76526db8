"""Every page in every language: whole, turned the right way, and translated to the last text.

The pages are found by following links through the demo, as a visitor, an inburgeraar and a
contact person; a page that is linked to is tested without being named here.
"""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import trans_real

from aanbod.models import ActiviteitPage, Vertaling
from gemeenten.models import Deelgemeente, Gemeente, GemeentePage, UitlegVertaling, User
from tests.marketplace.reading import Page, Pseudo, walk

PUBLIC = ["", "aanbod/?q=xyzzy", "activeer/", "verifieer/"]
#: What is the same in every language.
SAME = ["Veertig", "QR", "xyzzy", "PDF", *(name for _code, name in settings.LANGUAGES)]


@pytest.fixture
def demo(db: None, settings: object, tmp_path: object) -> dict:
    settings.VAR_DIR = tmp_path
    out = StringIO()
    call_command("demo", "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """English says ⟦the Dutch⟧, on ready-made cards too: before `demo`."""
    monkeypatch.setitem(trans_real._translations, "en", Pseudo())


def visits(demo: dict, language: str) -> Iterator[tuple[str, int, str]]:
    """Every page in `language`, as the three kinds of people who read it."""
    yield from walk(Client(), *(f"/{language}/{path}" for path in PUBLIC))
    inburgeraar = Client()
    inburgeraar.post(f"/{language}/activeer/", {"code": demo["newcomer"]["activation_code"]})
    yield from walk(inburgeraar, f"/{language}/mijn/")
    contact = Client()
    contact.force_login(User.objects.get(email=demo["contact"]["email"]))
    yield from walk(contact, f"/{language}/tekenen/")


def data() -> list[str]:
    """Words of editors, longest first: they stand on a page in whatever language they are."""
    words = [*SAME, *Gemeente.objects.values_list("name", flat=True)]
    words += Deelgemeente.objects.values_list("name", flat=True)
    words += GemeentePage.objects.values_list("title", flat=True)
    for model in (ActiviteitPage, Vertaling):
        for row in model.objects.all():
            words += [row.title, row.summary]
    for row in UitlegVertaling.objects.filter(language="en"):
        words += row.texts.values()
    for page in ActiviteitPage.objects.select_related("organisatie"):
        words.append(page.organisatie.website)
    return sorted({" ".join(word.split()) for word in words if word}, key=len, reverse=True)


def untranslated(html: str, words: list[str]) -> list[str]:
    """The texts of a pseudo page that nobody translated."""
    found = []
    for text in Page(html).bare:
        rest = text
        for word in words:
            rest = rest.replace(word, "")
        if any(sign.isalpha() for sign in rest):
            found.append(text)
    return found


def test_no_text_escapes_translation(pseudo: None, demo: dict) -> None:
    words = data()
    escaped = [
        f"{address}: {text}"
        for address, _status, html in visits(demo, "en")
        for text in untranslated(html, words)
    ]
    assert escaped == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>Zomaar</p>",
        "<p>⟦Vertaald⟧ en meer</p>",
        '<p><img alt="Zomaar"></p>',
        "<p>⟦<b>⟧Zomaar</b></p>",
        '<button aria-label="Sluit">⟦x⟧</button>',
    ],
)
def test_a_text_that_escaped_is_found(html: str) -> None:
    assert untranslated(html, SAME) != []


@pytest.mark.parametrize(
    "html",
    [
        "<p>⟦Dag <bdi>Samira</bdi>, welkom⟧</p>",
        '<p lang="nl">Zomaar</p>',
        "<p>12:30 – 14:00 · ⟦Veertig⟧</p>",
        "<title>⟦Zoeken⟧ · Veertig</title>",
    ],
)
def test_what_is_translated_or_data_is_not(html: str) -> None:
    assert untranslated(html, SAME) == []


def test_every_page_is_whole_in_every_language(demo: dict) -> None:
    found = list(walk(Client(), *(f"/nl/{path}" for path in PUBLIC)))
    assert len(found) > 15
    faults, reader = [], Client()
    for language, _name in settings.LANGUAGES:
        for dutch, _status, _html in found:
            address = dutch.replace("/nl/", f"/{language}/", 1)
            answer = reader.get(address)
            faults += [f"{address}: {fault}" for fault in _faults(answer, language)]
    assert faults == []


def _faults(answer: object, language: str) -> Iterator[str]:
    if answer.status_code != 200:
        yield f"answers {answer.status_code}"
        return
    page = Page(answer.content.decode())
    if page.lang != language:
        yield f"says it is in {page.lang}"
    if page.dir != ("rtl" if language in settings.LANGUAGES_BIDI else "ltr"):
        yield f"runs {page.dir}"
    if page.headings != 1:
        yield f"has {page.headings} h1"
    if outside := [url for url in page.resources if "//" in url]:
        yield f"asks another host: {outside}"


def test_the_chooser_names_every_language_in_itself(db: None) -> None:
    html = Client().get("/nl/aanbod/").content.decode()
    for language, name in settings.LANGUAGES:
        assert f'href="/{language}/aanbod/" lang="{language}" hreflang="{language}"' in html
        assert f">{name}</a>" in html


def test_only_a_page_in_tigrinya_brings_its_letters(db: None) -> None:
    html = {code: Client().get(f"/{code}/privacy/").content for code, _ in settings.LANGUAGES}
    assert [code for code, page in html.items() if b"noto-ethiopic" in page] == ["ti"]
