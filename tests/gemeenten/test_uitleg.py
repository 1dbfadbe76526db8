"""Pages about the traject: loaded once, edited in the CMS, read in every language."""

import json
import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gemeenten import uitleg, uitleg_laden
from gemeenten.models import UitlegPage, UitlegVertaling
from gemeenten.uitlegtekst import Piece, check_icons, pieces

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SLUGS = [row["slug"] for row in uitleg_laden.dutch()]
PATHS = ["over/", *(f"over/{slug}/" for slug in SLUGS[1:])]


@pytest.fixture
def loaded(db) -> None:
    call_command("laad_uitleg", verbosity=0)


@pytest.fixture
def kosten(loaded) -> UitlegPage:
    return UitlegPage.objects.get(slug="kosten")


def publish(page: UitlegPage, **changes: str) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


# -- Reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language(client: Client, loaded, language: str, path: str) -> None:
    response = client.get(f"/{language}/{path}")
    html = response.content.decode()
    direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert html.count("<h1") == 1
    assert not re.search(r'(src|href)="https?://(?!localhost)', html)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "nl"])
def test_a_translation_says_so_and_has_the_dutch_beside_it(client, loaded, language) -> None:
    html = client.get(f"/{language}/over/stappenplan/").content.decode()
    assert f'<h1 lang="{language}"' in html
    assert 'lang="nl" dir="ltr">Ga naar de activiteit.' in html
    assert 'class="flow hide-nl"' in html
    assert 'class="flow two"' in client.get(f"/{language}/over/stappenplan/?naast").content.decode()


def test_the_dutch_stands_alone(client: Client, loaded) -> None:
    html = client.get("/nl/over/").content.decode()
    assert 'class="flow alone"' in html
    assert "beside-nl" not in html[html.index("<main") :]


def test_a_page_is_the_same_for_everybody_and_sets_no_cookie(client: Client, loaded) -> None:
    response = client.get("/nl/over/kosten/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_piece_that_an_editor_changed_is_read_in_dutch(client: Client, kosten) -> None:
    publish(kosten, body=kosten.body.replace("De test: 90 euro", "De test: 95 euro"))
    html = client.get("/en/over/kosten/").content.decode()
    assert '<p lang="nl" dir="ltr">De test: 95 euro</p>' in html
    assert "The test: 90 euro" not in html
    assert "The course: 90 euro" in html
    assert 'class="notice notice-warning"' in html


def test_what_an_editor_typed_is_never_html(client: Client, kosten) -> None:
    publish(kosten, body="<script>alert(1)</script>\n- [gift] <b>x</b>")
    html = client.get("/nl/over/kosten/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_pictogram_that_is_gone_does_not_break_the_page(client: Client, kosten) -> None:
    UitlegPage.objects.filter(pk=kosten.pk).update(body="- [eenhoorn] Een punt")
    assert client.get("/nl/over/kosten/").status_code == 200


def test_queries_do_not_grow_with_the_text(client, kosten, django_assert_max_num_queries) -> None:
    publish(kosten, body="\n".join(f"- Punt {number}" for number in range(300)))
    client.get("/en/over/kosten/")
    with django_assert_max_num_queries(14):
        client.get("/en/over/kosten/")


# -- Loading ---------------------------------------------------------------------------------


def test_loading_again_changes_nothing(loaded) -> None:
    assert uitleg_laden.load(timezone.now()) == {"paginas": 0, "vertalingen": 0}


def test_loading_again_keeps_what_an_editor_changed(kosten) -> None:
    publish(kosten, title="Wat betaal je?", body="Vraag het.")
    call_command("laad_uitleg", verbosity=0)
    kosten.refresh_from_db()
    assert (kosten.title, kosten.body) == ("Wat betaal je?", "Vraag het.")


def test_loading_again_leaves_what_a_person_translated(kosten) -> None:
    uitleg.translate(kosten, "en", {kosten.title: "Prices"}, by=None, now=timezone.now())
    call_command("laad_uitleg", verbosity=0)
    row = UitlegVertaling.objects.get(page=kosten, language="en")
    assert row.texts == {kosten.title: "Prices"}
    assert not row.by_machine


def test_what_is_loaded_says_that_no_person_read_it(loaded) -> None:
    assert set(UitlegVertaling.objects.values_list("by_machine", flat=True)) == {True}
    for row in UitlegVertaling.objects.select_related("page"):
        assert uitleg.state(row.page, row) == UitlegVertaling.State.MACHINE


@pytest.mark.parametrize("language", uitleg_laden.languages())
def test_a_file_has_a_text_for_every_piece_with_the_same_numbers(language: str) -> None:
    """Prices, hours and days may not change on the way to another language."""
    rows = uitleg_laden.dutch()
    known = json.loads((uitleg_laden.FOLDER / f"{language}.json").read_text("utf-8"))
    assert set(known) == {row["slug"] for row in rows}
    for row in rows:
        for dutch, text in uitleg_laden.translations(row, language).items():
            assert text.strip(), dutch
            for number in re.findall(r"\d+", dutch):
                assert number in text, (dutch, text)


def test_every_public_language_has_a_file() -> None:
    public = [code for code, _name in settings.LANGUAGES if code != "nl"]
    assert uitleg_laden.languages() == public


# -- Pieces ----------------------------------------------------------------------------------


def test_one_line_is_one_piece() -> None:
    assert pieces("## Kop\n\n- [users] Een punt\n- Nog een\n1. Stap\n! Let op\nTekst [x]") == [
        Piece("kop", "Kop"),
        Piece("punt", "Een punt", "users"),
        Piece("punt", "Nog een"),
        Piece("stap", "Stap"),
        Piece("let_op", "Let op"),
        Piece("tekst", "Tekst [x]"),
    ]


@pytest.mark.parametrize("line", ["##", "-", "1.", "!", "- [users]", "\0", "   ", "[]"])
def test_an_odd_line_is_text_or_nothing(line: str) -> None:
    assert len(pieces(line)) <= 1


def test_a_pictogram_that_is_not_there_is_refused_with_the_list() -> None:
    with pytest.raises(ValidationError, match="eenhoorn"):
        check_icons("- [eenhoorn] Een punt")


def test_a_translation_says_nothing_that_the_dutch_does_not(kosten) -> None:
    texts = {kosten.title: "Price", "Iets dat er niet staat": "Something more"}
    row = uitleg.translate(kosten, "en", texts, by=None, now=timezone.now())
    assert row.texts == {kosten.title: "Price"}
    assert uitleg.state(kosten, row) == UitlegVertaling.State.ACHTER


# -- The CMS ---------------------------------------------------------------------------------


def test_a_beheerder_translates(client: Client, kosten, beheerder) -> None:
    client.force_login(beheerder)
    url = f"/cms/uitleg/{kosten.pk}/en/"
    html = client.get(url).content.decode()
    assert "The test: 90 euro" in html
    seen = re.search(r'name="seen" value="(\w+)"', html)
    sent = {f"tekst_{n}": f"Text {n}" for n, _dutch in enumerate(uitleg.texts(kosten))}
    client.post(url, {**sent, "seen": seen[1]})
    row = UitlegVertaling.objects.get(page=kosten, language="en")
    assert uitleg.state(kosten, row) == UitlegVertaling.State.MENS
    assert row.by == beheerder


def test_who_read_another_dutch_is_asked_to_look_again(client, kosten, beheerder) -> None:
    client.force_login(beheerder)
    response = client.post(f"/cms/uitleg/{kosten.pk}/en/", {"seen": "x", "tekst_0": "Price"})
    assert "intussen veranderd" in response.content.decode()
    assert UitlegVertaling.objects.get(page=kosten, language="en").by_machine


def test_a_beheerder_edits_the_dutch(client: Client, kosten, beheerder) -> None:
    client.force_login(beheerder)
    assert client.get(f"/cms/pages/{kosten.pk}/edit/").status_code == 200
    assert client.get("/cms/uitleg/").status_code == 200


def test_a_redacteur_neither_edits_nor_translates(client, kosten, pages, redacteur) -> None:
    client.force_login(redacteur)
    assert client.get(f"/cms/pages/{kosten.pk}/edit/").status_code == 404
    assert client.get("/cms/uitleg/").status_code == 404
    assert client.post(f"/cms/uitleg/{kosten.pk}/en/", {}).status_code == 404


@pytest.mark.parametrize("language", ["nl", "xx", "EN"])
def test_a_language_that_nobody_translates_is_404(client, kosten, beheerder, language) -> None:
    client.force_login(beheerder)
    assert client.get(f"/cms/uitleg/{kosten.pk}/{language}/").status_code == 404


def test_nobody_makes_or_moves_a_page_by_hand() -> None:
    assert not UitlegPage.is_creatable
