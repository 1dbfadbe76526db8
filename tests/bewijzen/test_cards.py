"""The card: its token is frozen (printed cards hold it), and only the living card is found."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from bewijzen import cards
from bewijzen.models import Kaart, Stap
from tests.bewijzen.grootboek import NOW

TRAJECT = UUID("0f8e1c52-6d0b-4b6e-9a3e-2f4c1d7b8a90")
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def kaart(cast):
    return cards.new_card(cast.samira, by=cast.nele, now=NOW)


def queries(text):
    with CaptureQueriesContext(connection) as made:
        found = cards.find(text)
    return len(made), found


# -- Frozen: what is printed stays readable --------------------------------------------------


@pytest.mark.parametrize(
    ("generation", "token", "code"),
    [
        (1, "VERC3Z6QTXWJEVINNL7AGY63J4", "2190506845"),
        (2, "J56YBH3S6PKQYLG4GA5KF2WINA", "7233645441"),
        (10, "V2FKR6RIBAKT45XVCNQWX7MNFS", "2793027327"),
    ],
)
def test_a_card_has_this_token_and_this_code(generation, token, code):
    kaart = Kaart(traject_id=TRAJECT, generation=generation, kid="k1")
    assert cards.token(kaart) == token
    assert cards.typed_code(kaart) == code


def test_another_key_another_traject_and_another_generation_make_another_token(settings):
    settings.KAART_SLEUTELS = {**settings.KAART_SLEUTELS, "k2": b"x" * 32}
    kinds = [("k1", TRAJECT, 1), ("k2", TRAJECT, 1), ("k1", UUID(int=1), 1), ("k1", TRAJECT, 2)]
    made = [Kaart(kid=kid, traject_id=pk, generation=number) for kid, pk, number in kinds]
    assert len({cards.token(kaart) for kaart in made}) == 4
    assert len({cards.typed_code(kaart) for kaart in made}) == 4


def test_a_token_has_130_bits_in_signs_that_a_qr_holds_small(kaart):
    token = cards.token(kaart)
    assert len(token) == 26
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    assert len(cards.typed_code(kaart)) == 10
    assert cards.typed_code(kaart).isdecimal()


def test_the_qr_is_upper_case_and_still_an_address_of_ours(kaart, settings):
    url = cards.card_url(kaart)
    assert url == url.upper()
    match = resolve(urlsplit(url).path)
    assert cards.find(match.kwargs["token"]) == kaart


# -- Found ------------------------------------------------------------------------------------


def test_a_card_is_found_by_its_token(kaart):
    assert cards.find(cards.token(kaart)) == kaart


@pytest.mark.parametrize("typed", [str.lower, "  {}\n".format])
def test_small_letters_and_spaces_around_are_forgiven(kaart, typed):
    assert cards.find(typed(cards.token(kaart))) == kaart


def test_a_card_is_found_by_its_typed_code(kaart):
    assert cards.find(cards.typed_code(kaart)) == kaart


@pytest.mark.parametrize("digits", [ARABIC_INDIC, PERSIAN])
def test_the_code_may_be_typed_in_other_digits(kaart, digits):
    assert cards.find(cards.typed_code(kaart).translate(digits)) == kaart


@pytest.mark.parametrize("spaced", ["{} {}", "{}-{}", " {}  {} ", "{}\u200f{}", "code {} {}"])
def test_the_code_may_be_typed_with_signs_between(kaart, spaced):
    code = cards.typed_code(kaart)
    assert cards.find(spaced.format(code[:5], code[5:])) == kaart


def test_who_is_found_needs_no_other_question(kaart):
    found = cards.find(cards.token(kaart))
    with CaptureQueriesContext(connection) as made:
        assert found.traject.inburgeraar.user.name == "Samira Al-Masri"
        assert found.traject.gemeente.name == "Herent"
    assert len(made) == 0


# -- Not found ---------------------------------------------------------------------------------


def unknown(kaart):
    token, code = cards.token(kaart), cards.typed_code(kaart)
    return {
        "another token": "A" * 26,
        "one letter changed": ("B" if token[0] == "A" else "A") + token[1:],
        "one letter less": token[:-1],
        "one letter more": token + "A",
        "another code": "0000000000",
        "one digit less": code[:-1],
        "one digit more": code + "1",
        "nothing": "",
        "spaces": "   ",
        "the hash in the database": kaart.token_hash,
        "the hash of the code": kaart.code_hash,
        "a null": "\x00",
        "half a character": "\ud800" * 26,
        "a wildcard": "%" * 26,
        "a quote": "' OR 1=1 --",
        "very long": "A" * 100_000,
        "many digits": "1" * 100_000,
        "signs without a value": "²³①" * 4,
    }


@pytest.mark.parametrize("what", unknown(Kaart(traject_id=TRAJECT, generation=1, kid="k1")))
def test_whatever_is_unknown_or_malformed_finds_nothing_in_one_query(kaart, what):
    assert queries(unknown(kaart)[what]) == (1, None)


def test_the_living_and_the_dead_card_cost_one_query_as_well(cast, kaart):
    dead = cards.token(kaart)
    living = cards.new_card(cast.samira, by=cast.nele, now=NOW)
    assert queries(dead) == (1, None)
    assert queries(cards.token(living)) == (1, living)
    assert queries(cards.typed_code(living)) == (1, living)


# -- Generations -------------------------------------------------------------------------------


def test_a_new_card_kills_the_old_one_at_once(cast, kaart):
    token, code = cards.token(kaart), cards.typed_code(kaart)
    later = NOW + timedelta(days=1)
    new = cards.new_card(cast.samira, by=cast.nele, now=later)
    assert (new.generation, cards.living_card(cast.samira)) == (2, new)
    assert cards.find(token) is None
    assert cards.find(code) is None
    assert Kaart._base_manager.get(pk=kaart.pk).withdrawn_at == later


def test_losing_a_card_is_written_down_and_the_first_card_is_not(cast, kaart):
    assert not Stap._base_manager.filter(what="nieuwe kaart").exists()
    cards.new_card(cast.samira, by=cast.nele, now=NOW)
    assert Stap._base_manager.get(what="nieuwe kaart").actor == cast.nele


def test_a_traject_has_one_living_card(kaart):
    with pytest.raises(IntegrityError, match="one_living_kaart"), transaction.atomic():
        Kaart._base_manager.create(
            traject_id=kaart.traject_id,
            generation=9,
            kid="k1",
            token_hash="a",
            code_hash="b",
            made_at=NOW,
        )


def test_a_card_is_made_once_and_then_kept(cast):
    first = cards.card_of(cast.samira, by=cast.nele, now=NOW)
    assert cards.card_of(cast.samira, by=cast.nele, now=NOW) == first


def test_a_code_that_somebody_has_already_is_never_given_again(cast, kaart, monkeypatch):
    codes = iter([cards.typed_code(kaart), "0123456789"])
    monkeypatch.setattr(cards, "_typed_code", lambda kid, token: next(codes))
    other = cards.new_card(cast.yusuf, by=cast.nele, now=NOW)
    assert other.generation == 2
    assert other.code_hash != kaart.code_hash


def test_cards_of_an_old_key_still_work(cast, kaart, settings):
    token, code = cards.token(kaart), cards.typed_code(kaart)
    settings.KAART_SLEUTELS = {"k2": b"y" * 32, **settings.KAART_SLEUTELS}
    assert cards.find(token) == kaart
    assert cards.find(code) == kaart
    assert cards.token(kaart) == token
    assert cards.new_card(cast.yusuf, by=cast.nele, now=NOW).kid == "k2"


# -- A leaked database ---------------------------------------------------------------------------


def test_the_database_holds_no_token_and_no_code(kaart):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kaart::text FROM bewijzen_kaart AS kaart")
        row = cursor.fetchone()[0]
    assert cards.token(kaart) not in row.upper()
    assert cards.typed_code(kaart) not in row


def test_every_code_tried_by_whoever_has_the_database_but_not_the_key_fails(kaart, settings):
    """Ten digits are soon tried, so their hash needs the key."""
    code = cards.typed_code(kaart)
    settings.KAART_SLEUTELS = {"k1": b"not the key, but 32 bytes long!!"}
    assert cards.find(code) is None
