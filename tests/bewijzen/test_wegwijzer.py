"""The wegwijzer: a few questions, what the sources say, and nothing kept."""

import itertools
import logging
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bewijzen import doelgroep
from bewijzen.wegwijzer.forms import WegwijzerForm
from bewijzen.wegwijzer.words import sections
from tests.bewijzen.test_doelgroep import CASES

URL = "/nl/wegwijzer/"
ANSWERS = {
    "place": "vlaanderen",
    "years": "34",
    "registered": "ja",
    "residence": "eerste",
    "days": "geen",
    "contract": "sinds_2023",
    "illness": "geen",
    "labour": "geen",
}
#: A refusal that leaves somebody with nothing.
FLAT_NO = re.compile(
    r"\bnee\b|\bmag niet\b|geen recht|niet toegelaten|uitgesloten|kom je niet in aanmerking"
    r"|hoor je niet bij",
    re.IGNORECASE,
)


def ask(client: Client, **changes: str) -> str:
    response = client.post(URL, {**ANSWERS, **changes})
    assert response.status_code == 200
    return response.content.decode()


def own_words(html: str) -> str:
    """What the page itself says: without quotes, and without the questions below."""
    html = html[html.index("<main") : html.index('<details class="fold"')]
    return re.sub(r"<[^>]+>", " ", re.sub(r"<blockquote.*?</blockquote>", "", html, flags=re.S))


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_questions_in_every_language(client: Client, language: str) -> None:
    html = client.get(f"/{language}/wegwijzer/").content.decode()
    direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_answer_in_every_language(client: Client, language: str) -> None:
    response = client.post(f"/{language}/wegwijzer/", ANSWERS)
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("case", CASES, ids=[f"{c.source}: {c.name}" for c in CASES])
def test_every_answer_has_its_source_and_none_is_a_flat_no(case) -> None:
    with override("nl"):
        found = sections(doelgroep.advice(case.situation), case.situation)
        assert len(found) == 5
        for section in found:
            assert section.lines, section.title
            for line in section.lines:
                assert line.names
                assert not FLAT_NO.search(str(line.text)), line.text


@pytest.mark.parametrize("case", CASES, ids=[f"{c.source}: {c.name}" for c in CASES])
def test_everybody_is_told_whom_to_ask(case) -> None:
    with override("nl"):
        last = sections(doelgroep.advice(case.situation), case.situation)[-1]
    assert str(last.lines[0].text)


def test_control_a_flat_no_would_be_seen() -> None:
    for sentence in ["Nee, dat kan niet.", "Je mag niet meedoen.", "Je hebt geen recht."]:
        assert FLAT_NO.search(sentence)


@pytest.mark.django_db
def test_who_signed_without_having_to_is_told_of_the_fine(client: Client) -> None:
    html = own_words(ask(client, residence="eu"))
    assert "Je bent vrijgesteld van de plicht" in html
    assert "riskeert een boete. Ook wie niet verplicht was" in html


@pytest.mark.django_db
def test_who_did_not_sign_yet_hears_of_the_thirty_and_ninety_days(client: Client) -> None:
    html = own_words(ask(client, contract="geen"))
    assert "Binnen 30 dagen" in html
    assert "Binnen 90 dagen" in html


@pytest.mark.django_db
def test_who_is_exempt_hears_that_the_right_stays(client: Client) -> None:
    assert "Je recht op een traject blijft" in own_words(ask(client, years="70"))


@pytest.mark.django_db
def test_where_the_source_is_garbled_its_own_words_stand_there(client: Client) -> None:
    html = ask(client, years="18", came_as_minor="on")
    assert "Allophone kleine nieuwkomers" in html
    assert '<details class="bron" open>' in html
    assert '<blockquote class="quote" lang="nl" dir="ltr">' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("vlaanderen", "Het Agentschap Integratie en Inburgering."),
        ("antwerpen", "van de stad Antwerpen zelf"),
        ("gent", "van de stad Gent zelf"),
        ("brussel", "Huis van het Nederlands Brussel"),
    ],
)
def test_whom_to_ask(client: Client, place: str, words: str) -> None:
    assert words in " ".join(own_words(ask(client, place=place)).split())


@pytest.mark.django_db
def test_nothing_is_written_and_nothing_is_read(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(URL)
        ask(client)
        client.post(URL, {"years": "x"})
    assert [query["sql"] for query in queries] == []


@pytest.mark.django_db
def test_no_cookie_and_no_cache(client: Client) -> None:
    response = client.post(URL, ANSWERS)
    assert not response.cookies
    assert response["Cache-Control"] == "no-store, private"
    assert not client.get(URL).cookies


@pytest.mark.django_db
def test_no_line_of_the_log_holds_an_answer(client: Client, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    ask(client, illness="kan_niet_volgen", years="71")
    client.post(URL, {**ANSWERS, "years": "kanarie"})
    assert "kan_niet_volgen" not in caplog.text
    assert "kanarie" not in caplog.text


@pytest.mark.django_db
def test_what_stands_in_the_address_is_not_heard(client: Client) -> None:
    html = client.get(URL, ANSWERS).content.decode()
    assert "Wat de bronnen zeggen</h1>" not in html
    assert 'value="eerste" required id="id_residence_0" checked' not in html


@pytest.mark.django_db
def test_an_age_in_arabic_digits_is_read(client: Client) -> None:
    assert "Je bent 65 jaar of ouder" in ask(client, years="٧٠")


@pytest.mark.django_db
def test_what_misses_is_asked_again_with_a_sentence(client: Client) -> None:
    html = client.post(URL, {"place": "gent"}).content.decode()
    assert "Schrijf hoe oud je bent, in cijfers." in html
    assert "Kies een antwoord." in html
    assert html.count("<h1") == 1


GARBAGE = ["", "\0", "x" * 9000, "-1", "9" * 5000, "٣٤", "1e9", "<script>", "\ud800", "verplicht"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*WegwijzerForm.base_fields])
def test_garbage_is_answered(client: Client, name: str) -> None:
    for value in GARBAGE:
        body = "&".join(f"{key}={val}" for key, val in ANSWERS.items() if key != name)
        raw = f"{body}&{name}=".encode() + value.encode("utf-8", "surrogatepass")
        response = client.post(URL, raw, content_type="application/x-www-form-urlencoded")
        assert response.status_code in {200, 400}, value
        assert response.content.decode().count("<h1") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


@pytest.mark.django_db
def test_every_combination_of_place_residence_days_and_contract_is_answered(client: Client) -> None:
    fields = WegwijzerForm.base_fields
    names = ["place", "residence", "days", "contract"]
    values = [[value for value, _label in fields[name].choices] for name in names]
    for combination in itertools.product(*values):
        html = own_words(ask(client, **dict(zip(names, combination, strict=True))))
        assert not FLAT_NO.search(html)
