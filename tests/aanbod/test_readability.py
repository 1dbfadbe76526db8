"""How the Dutch reads: the sentence and the plainer word are named, and nothing is refused."""

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbod.models import ActiviteitPage
from aanbod.readability import PLAINER, Level, check, sentences
from tests.aanbod.cast import make_page
from tests.aanbod.forms import add_url, edit_url, form

HARD = (
    "Indien u wenst te participeren aan deze activiteit, gelieve dan vooraf contact op te nemen "
    "met de dienst, aangezien er slechts een beperkt aantal plaatsen voorzien wordt."
)
EASY = "We koken samen. Daarna eten we. Je moet niets meebrengen. Iedereen mag komen."


def kinds(text):
    return [finding.kind for finding in check(text).findings]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We praten. Je drinkt koffie.", ["We praten.", "Je drinkt koffie."]),
        ("Kom om 19.30 uur!", ["Kom om 19.30 uur!"]),
        ("Eerst eten\n\nDan praten", ["Eerst eten", "Dan praten"]),
        ("Kan je komen? Ja…", ["Kan je komen?", "Ja…"]),
        ("... !! ??", []),
        ("", []),
    ],
)
def test_sentences(text, found):
    assert sentences(text) == found


@pytest.mark.parametrize(
    ("text", "level"),
    [("", Level.A2), (EASY, Level.A2), (HARD, Level.B2)],
)
def test_the_estimated_level(text, level):
    assert check(text).level == level


def test_a_text_between_the_two_is_b1():
    text = "Elke week komen we met de hele groep samen in de zaal naast de kerk."
    assert check(text).level == Level.B1


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("De soep wordt gemaakt.", True),
        ("Koffie wordt door ons betaald.", True),
        ("De kinderen worden opgehaald.", True),
        ("De boeken werden verkocht.", True),
        ("De zaal werd gehuurd door de buren.", True),
        ("Waar gegeten wordt, is het gezellig.", True),
        ("Het wordt een mooie dag.", False),
        ("Het wordt een feest met gezinnen en geen geld.", False),
        ("We maken soep.", False),
        ("Ik ben geboren in Aleppo.", False),
        ("Het wordt gezond en bekend.", False),
    ],
)
def test_a_passive_is_worden_with_a_participle(sentence, passive):
    assert ("passive" in kinds(sentence)) is passive


@pytest.mark.parametrize(("count", "long"), [(12, False), (13, True)])
def test_more_than_twelve_words_is_a_long_sentence(count, long):
    sentence = " ".join(["kom"] * count) + "."
    [*found] = check(sentence).findings
    assert ([f.sentence for f in found] == [sentence]) is long


def test_the_list_of_officialese_has_sixty_words_or_more():
    assert len(PLAINER) >= 60
    assert all(word == word.lower() and plain for word, plain in PLAINER.items())


@pytest.mark.parametrize("word", sorted(PLAINER))
def test_every_word_of_the_list_is_found_with_its_plainer_word(word):
    found = check(f"Kom {word} hier.").findings
    assert any(word in finding.advice and PLAINER[word] in finding.advice for finding in found)


def test_the_sentence_is_named_and_the_word_as_it_was_written():
    [finding] = check("Kom langs. Tevens is er koffie.").findings
    assert finding.sentence == "Tevens is er koffie."
    assert finding.advice == "Schrijf “ook” in plaats van “Tevens”."


def test_a_word_inside_another_is_no_officialese():
    assert kinds("De doelstellingen staan op papier.") == []


def test_a_long_word_is_named():
    [finding] = check("Dat is meervoudigepersoonlijkheid.").findings
    assert finding.kind == "long word"
    assert "meervoudigepersoonlijkheid" in finding.advice


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_no_text_breaks_it(text):
    assert check(text).level in Level


def test_a_large_text_takes_no_time():
    check("a." * 50_000)
    check("ge" * 50_000 + " wordt")


# -- In the CMS ------------------------------------------------------------------------------


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def test_a_hard_text_can_be_published(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast, description=HARD) | {"action-publish": "1"})
    assert response.status_code == 302
    assert ActiviteitPage.objects.get().live


def test_the_form_names_what_is_hard_without_javascript(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, description=HARD)
    text = katrijn.get(edit_url(page)).content.decode()
    assert "Schrijf “als” in plaats van “Indien”." in text
    assert "B2 of hoger" in text


def test_an_easy_text_is_praised(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, description=EASY)
    assert "Dit leest vlot" in katrijn.get(edit_url(page)).content.decode()


def test_the_checks_ask_while_one_types(katrijn):
    response = katrijn.post(reverse("redactie:leesbaarheid"), {"description": "Tevens is er soep."})
    assert "Schrijf “ook”" in response.content.decode()


def test_what_was_typed_comes_back_as_text(katrijn):
    response = katrijn.post(
        reverse("redactie:leesbaarheid"), {"summary": "Tevens <script>alert(1)</script>"}
    )
    assert "<script>" not in response.content.decode()


def test_only_who_works_in_the_cms_can_ask(client, cast):
    client.force_login(cast.stranger)
    assert client.post(reverse("redactie:leesbaarheid"), {"summary": "Soep"}).status_code == 403


def test_reading_it_is_not_asking(katrijn):
    assert katrijn.get(reverse("redactie:leesbaarheid")).status_code == 405
