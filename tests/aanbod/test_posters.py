"""Posters for the wall: one A4, Dutch and one other language, a QR that opens the page."""

import io
from datetime import date
from types import SimpleNamespace

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.utils import timezone

from aanbod import posters
from aanbod.api import offer
from tests.aanbod.cast import make_page, weekly

TODAY = timezone.localdate()


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1, skip_school_holidays=True)],
        place_name="Buurthuis",
        postcode="3020",
        deelgemeente=cast.winksele,
        cost="2.50",
        kinderopvang="mee",
        contact_public="De balie",
    )


def sheet(client, path):
    response = client.get(f"/nl/aanbod/affiche/{path}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return response.content


def text(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf), strict=True).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def codes(pdf):
    [page] = pypdfium2.PdfDocument(pdf)
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


def test_it_says_what_when_and_where(client, page):
    words = text(sheet(client, f"{page.pk}.pdf"))
    for part in [
        "Herent",
        "Praattafel",
        "Praattafel: kom erbij.",
        "elke week, dinsdag, 19.30 – 21.30, niet in schoolvakanties",
        "Buurthuis, 3020 Winksele",
        "2,50 euro per keer",
        "Kinderen mogen mee",
        "De Lange Tafel · De balie",
        "Dit telt mee voor je 40 uur.",
    ]:
        assert part in words


def test_what_the_interface_knows_is_in_the_other_language_too(client, page):
    words = text(sheet(client, f"{page.pk}.pdf?taal=en"))
    assert "elke week, dinsdag, 19.30 – 21.30" in words
    assert "every week, Tuesday, 19:30 – 21:30" in words


def test_dutch_that_nobody_translated_stays_and_is_announced(client, page):
    words = text(sheet(client, f"{page.pk}.pdf?taal=en"))
    assert "Praattafel: kom erbij." in words
    assert "This text is in Dutch." in words


def test_a_translation_stands_beside_the_dutch_until_it_is_behind(client, page):
    from aanbod import translations
    from aanbod.translations import Texts

    texts = Texts("Talking table", "Come along.", "We talk.")
    translations.translate(page, "en", texts, by=None, now=timezone.now())
    words = text(sheet(client, f"{page.pk}.pdf?taal=en"))
    assert "Praattafel" in words
    assert "Talking table Come along." in words
    page.summary = "Iets heel anders."
    page.save_revision().publish()
    assert "Talking table" not in text(sheet(client, f"{page.pk}.pdf?taal=en"))


def test_its_code_opens_the_page(client, page):
    found = codes(sheet(client, f"{page.pk}.pdf?taal=ar"))
    assert found == [f"{settings.BASE_URL}/nl/herent/praattafel/"]


def test_a_municipality_has_one_with_its_first_activities(client, cast, page):
    make_page(cast.in_leuven, cast.lange_tafel, "Leuvens")
    made = sheet(client, "gemeente/24038.pdf?taal=en")
    words = text(made)
    assert "Meedoen in Herent" in words
    assert "Praattafel Nederlands praten · elke week, dinsdag" in words
    assert "Leuvens" not in words
    assert codes(made) == [f"{settings.BASE_URL}/nl/herent/"]


def test_a_date_that_is_past_is_not_printed(cast):
    row = weekly(1, frequency="eenmalig", first_day=date(2026, 3, 3))
    one = SimpleNamespace(page=make_page(cast.in_herent, cast.lange_tafel, reeksen=[row]))
    assert posters._times(one, date(2026, 3, 3)) == ["di 3 maart 2026, 19.30 – 21.30"]
    assert posters._times(one, date(2026, 3, 4)) == ["Er is nu geen datum."]


@pytest.mark.parametrize("language", [None, "ar"])
def test_the_longest_texts_and_all_rows_still_make_one_page(cast, language):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        "Woord " * 42,
        slug="lang",
        summary="Onafgebroken" * 16,
        contact_public="balie " * 33,
        reeksen=[weekly(day) for day in range(6)],
        kinderopvang="mee",
        voor="vrouwen",
        wheelchair=True,
        place_name="W" * 120,
        street="i " * 60,
    )
    [one] = offer.shown([page.pk])
    made = posters.pdf(posters.poster_of_activity(one, language, today=TODAY), timestamp=0)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1
    assert codes(made)


def test_what_people_type_is_text_and_never_typst(client, cast):
    page = make_page(
        cast.in_herent, cast.lange_tafel, '#panic("x") *vet* 王 🎉', slug="vreemd", summary="$x$ #v"
    )
    assert '#panic("x") *vet*' in text(sheet(client, f"{page.pk}.pdf"))


@pytest.mark.parametrize("sign", ["\n", "\x0b", "\x85", "\u2028"])
def test_a_line_break_in_what_people_type_is_a_space(cast, sign):
    page = make_page(cast.in_herent, cast.lange_tafel, place_name=f"Zaal{sign}boven")
    [shown] = offer.shown([page.pk])
    facts = posters.poster_of_activity(shown, "en", today=TODAY)["facts"]
    assert any("Zaal boven" in fact["nl"] for fact in facts)


@pytest.mark.parametrize("colour", ["#ffd800", "#0f6b4f", "#ffffff", "#000000", "#777777"])
def test_words_on_the_colour_of_a_municipality_can_be_read(colour):
    from marketplace.styles import contrast

    assert contrast(colour, posters._readable_on(colour)) >= 4


def test_the_same_poster_is_the_same_bytes_and_a_304(client, page):
    path = f"/nl/aanbod/affiche/{page.pk}.pdf"
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_nobody_is_on_it(client, cast, page):
    for path in (f"{page.pk}.pdf", "gemeente/24038.pdf"):
        words = text(sheet(client, path))
        assert not [name for name in ("Lieve", "Joris", "post.example") if name in words]


@pytest.mark.parametrize("question", ["?taal=xx", "?taal=de", "?taal=%00"])
def test_a_language_that_we_do_not_have_is_not_there(client, page, question):
    assert client.get(f"/nl/aanbod/affiche/{page.pk}.pdf{question}").status_code == 404


def test_a_draft_has_none_and_neither_has_a_municipality_that_is_not_here(client, cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Klad", publish=False)
    for path in (f"{draft.pk}.pdf", "999999999999999999999.pdf", "gemeente/99999.pdf"):
        assert client.get(f"/nl/aanbod/affiche/{path}").status_code == 404


def test_it_is_only_read(client, page):
    assert client.post(f"/nl/aanbod/affiche/{page.pk}.pdf").status_code == 405


def test_an_editor_finds_it_beside_the_activity_and_the_municipality(client, cast, page):
    client.force_login(cast.katrijn)
    for pk, path in [(page.pk, f"{page.pk}"), (cast.in_herent.pk, "gemeente/24038")]:
        html = client.get(f"/cms/pages/{pk}/edit/").content.decode()
        assert f'"/nl/aanbod/affiche/{path}/"' in html


def test_the_language_beside_dutch_is_chosen_on_one_page(client, page):
    for path in (f"{page.pk}", "gemeente/24038"):
        html = client.get(f"/nl/aanbod/affiche/{path}/").content.decode()
        for language, _name in settings.LANGUAGES[1:]:
            assert f'"/nl/aanbod/affiche/{path}.pdf?taal={language}"' in html


@pytest.mark.parametrize("path", ["999999/", "gemeente/99999/"])
def test_there_is_no_such_page_for_what_is_not_there(client, page, path):
    assert client.get(f"/nl/aanbod/affiche/{path}").status_code == 404


def test_a_draft_offers_no_poster_yet(client, cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Klad", publish=False)
    client.force_login(cast.katrijn)
    assert "affiche" not in client.get(f"/cms/pages/{draft.pk}/edit/").content.decode()
