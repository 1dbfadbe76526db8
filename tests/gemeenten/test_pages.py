"""Home asks three questions; a municipality's page shows what is on there."""

import base64
import hashlib
import re

import pytest
from django.urls import reverse

from aanbod.models import Moment, Soort
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_cast, make_page

LANGUAGES = ["nl", "en", "ar"]


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def offer(cast):
    with acting_as(TEST):
        make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
        make_page(cast.in_herent, cast.lange_tafel, "Nog niet klaar", publish=False)
        make_page(cast.in_leuven, cast.lange_tafel, "Koor")


def text(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(page, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "herent/"])
def test_every_page_has_one_heading_and_no_style_or_script_inside(client, offer, language, path):
    page = text(client, f"/{language}/{path}")

    assert page.count("<h1") == 1
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_asks_where_when_and_what_in_one_form_that_leads_to_the_results(
    client, cast, language
):
    page = text(client, f"/{language}/")
    [form] = re.findall(r"<form.*?</form>", page, re.DOTALL)

    assert f'method="get" action="/{language}/aanbod/"' in form
    assert set(re.findall(r'name="(\w+)"', form)) == {"plaats", "moment", "soort"}
    assert set(re.findall(r'name="moment" value="(\w+)"', form)) <= set(Moment.values)
    assert set(re.findall(r'name="soort" value="(\w+)"', form)) <= set(Soort.values)
    assert form.count("<button") == 1


def test_what_home_asks_the_results_understand(client, offer):
    answer = client.get(
        reverse("aanbod:results"),
        {"plaats": "Herent", "moment": ["avond", "weekend"], "soort": "conversatie"},
    )

    assert answer.status_code == 200


def test_home_is_the_same_for_everyone_and_remembers_nobody(client, cast):
    answer = client.get("/nl/")

    assert not answer.cookies


def test_a_municipality_shows_its_own_live_activities(client, offer):
    page = text(client, "/nl/herent/")

    assert "Praattafel" in page
    assert "Nog niet klaar" not in page
    assert "Koor" not in page


def test_a_municipality_welcomes_and_says_who_helps(client, cast):
    publish(cast.in_herent, intro="Welkom in Herent.", contact="Team Samenleven")

    page = text(client, "/nl/herent/")

    assert "Welkom in Herent." in page
    assert "Wie helpt je zoeken?" in page
    assert "Team Samenleven" in page


def test_what_an_editor_writes_is_text_and_no_html(client, cast):
    publish(cast.in_herent, intro="<script>alert(1)</script>", contact="<b>x</b>")

    page = text(client, "/nl/herent/")

    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_in_another_language_the_dutch_text_is_marked_as_dutch(client, cast):
    publish(cast.in_herent, intro="Welkom in Herent.")

    assert re.search(
        r'<div class="lead" lang="nl" dir="ltr">\s*<p>Welkom', text(client, "/ar/herent/")
    )


@pytest.mark.parametrize("colour", ["#1d5a9e", "#ffee00", "#000000", "#FFFFFF"])
def test_the_municipalitys_colour_is_allowed_by_its_hash(client, cast, colour):
    publish(cast.in_herent, colour=colour)

    answer = client.get("/nl/herent/")

    [own] = re.findall(r"<style>(:root\{--gemeente.*?)</style>", answer.content.decode())
    digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


def test_without_a_colour_there_is_none(client, cast):
    assert "--gemeente:" not in text(client, "/nl/herent/").split("</style>", 1)[1]


@pytest.mark.parametrize("path", ["/nl/gent/", "/nl/herent/nergens/"])
def test_what_is_not_there_is_404(client, cast, path):
    assert client.get(path).status_code == 404
