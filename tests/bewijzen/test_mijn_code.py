"""The code that is shown to a contact person, the card to print, and the bewijs as PDF."""

import pytest
from django.test import Client
from django.utils import timezone

from bewijzen import cards
from bewijzen.models import Kaart
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, Cast, row_counts, sign
from tests.bewijzen.screens import words

URL = "/nl/mijn/code/"


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def card(cast: Cast) -> Kaart:
    return cards.new_card(cast.samira, by=None, now=timezone.now())


def test_the_qr_stands_above_its_digits_in_groups(cast, samira):
    digits = cards.typed_code(card(cast))
    response = samira.get(URL)
    assert "<svg" in response.content.decode()
    assert f"{digits[:4]} {digits[4:7]} {digits[7:]}" in words(response)
    assert "Toon dit aan de contactpersoon" in words(response)


def test_who_has_no_card_makes_one_with_a_button(cast, samira):
    assert "Je hebt nog geen code" in words(samira.get(URL))
    assert samira.post(URL)["Location"] == URL
    assert "Toon dit aan de contactpersoon" in words(samira.get(URL))


def test_opening_the_page_makes_no_card(cast, samira):
    before = row_counts()
    samira.get(URL)
    assert row_counts() == before


def test_two_taps_make_one_card(cast, samira):
    samira.post(URL)
    samira.post(URL)
    with acting_as(TEST):
        assert Kaart.objects.filter(traject=cast.samira).count() == 1


def test_the_qr_is_not_the_activation_code_and_names_nobody(cast, samira):
    card(cast)
    page = words(samira.get(URL))
    assert "Samira" not in page
    assert "Wie dit vindt, ziet geen naam en geen uren." in page


def test_nobody_but_the_person_sees_the_code(cast, client):
    card(cast)
    client.force_login(cast.nele)
    response = client.get(URL)
    assert response.status_code == 403
    assert 'class="qr-code"' not in response.content.decode()


def test_the_page_with_the_code_is_kept_by_no_cache(cast, samira):
    assert "no-store" in samira.get(URL)["Cache-Control"]


def test_the_card_prints_with_name_qr_and_boxes_for_pen(cast, samira):
    card(cast)
    response = samira.get("/nl/mijn/kaart/")
    page = words(response)
    assert "Samira Al-Masri" in page
    assert "Bewijs van deelname" in page
    assert response.content.decode().count("<tr>") > 5


def test_without_a_card_there_is_nothing_to_print_yet(cast, samira):
    assert samira.get("/nl/mijn/kaart/")["Location"] == URL


def test_the_page_of_the_bewijs_says_what_it_is_and_where_the_pdf_is(cast, samira):
    sign(cast.samira_praat, cast.lieve, minutes=120)
    response = samira.get("/nl/mijn/bewijs/")
    assert "Nu staan er 2 uur op." in words(response)
    assert "/nl/mijn/bewijs.pdf" in response.content.decode()


def test_the_pdf_comes_at_any_moment_also_half_filled(cast, samira):
    card(cast)
    sign(cast.samira_praat, cast.lieve, minutes=120)
    response = samira.get("/nl/mijn/bewijs.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert "Samira" not in response["Content-Disposition"]


@pytest.mark.parametrize("path", ["code/", "kaart/", "bewijs/", "bewijs.pdf"])
def test_a_visitor_goes_to_where_the_card_is_typed(cast, client, path):
    response = client.get(f"/nl/mijn/{path}")
    assert response["Location"] == f"/nl/activeer/?next=/nl/mijn/{path}"
