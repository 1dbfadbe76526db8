"""Getting in with the code of a card."""

import pytest
from django.test import Client
from django.utils import timezone

from bewijzen import cards
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import Toegangscode, User
from tests.bewijzen.cast import TEST, Cast, make_contact
from tests.bewijzen.screens import GARBAGE, words

URL = "/nl/activeer/"


@pytest.fixture
def code(cast: Cast) -> str:
    return codes.hand_out(samira(cast), by=cast.nele, now=timezone.now())


def samira(cast: Cast) -> User:
    return cast.samira.inburgeraar.user


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_code_of_the_card_opens_the_own_page_for_a_long_time(cast, client, code):
    response = client.post(URL, {"code": code})
    assert (response.status_code, response["Location"]) == (302, "/nl/mijn/")
    assert signed_in(client) == str(samira(cast).pk)
    assert client.session.get_expiry_age() > 100 * 24 * 3600


def test_it_is_typed_in_any_script_and_with_spaces(cast, client, code):
    arabic = code.replace("-", " ").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    client.post(URL, {"code": f" {arabic} "})
    assert signed_in(client) == str(samira(cast).pk)


def test_the_site_goes_on_in_the_language_of_the_person(cast, client, code):
    User.objects.filter(pk=samira(cast).pk).update(language="ar")
    assert client.post(URL, {"code": code})["Location"] == "/ar/mijn/"


def test_a_language_that_we_do_not_have_becomes_dutch(cast, client, code):
    User.objects.filter(pk=samira(cast).pk).update(language="de")
    assert client.post(URL, {"code": code})["Location"] == "/nl/mijn/"


def test_a_first_card_is_made_along_with_it(cast, client, code):
    assert cards.living_card(cast.samira) is None
    client.post(URL, {"code": code})
    assert cards.living_card(cast.samira).generation == 1


def test_a_contact_person_with_a_card_goes_to_what_there_is_to_sign(cast, client):
    gust = make_contact("Gust Boomgaard", cast.lange_tafel, cast.herent)
    code = codes.hand_out(gust, by=cast.redacteur, now=timezone.now())
    assert client.post(URL, {"code": code})["Location"] == "/nl/tekenen/"


def test_a_contact_person_who_was_on_the_way_to_a_scan_goes_on_to_it(cast, client):
    code = codes.hand_out(cast.lieve, by=cast.redacteur, now=timezone.now())
    response = client.post(URL, {"code": code, "next": "/B/ABC"})
    assert response["Location"] == "/B/ABC"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(cast, client, elsewhere):
    code = codes.hand_out(cast.lieve, by=cast.redacteur, now=timezone.now())
    response = client.post(URL, {"code": code, "next": elsewhere})
    assert response["Location"] == "/nl/tekenen/"


def test_opening_the_page_with_a_code_in_its_address_signs_nobody_in(cast, client, code):
    assert client.get(URL, {"code": code}).status_code == 200
    assert signed_in(client) is None
    with acting_as(TEST):
        assert Toegangscode.objects.get().used_at is None


def test_a_code_works_once(cast, client, code):
    client.post(URL, {"code": code})
    other = Client()
    response = other.post(URL, {"code": code})
    assert response.status_code == 422
    assert "Deze code werkt niet" in words(response)
    assert signed_in(other) is None


def test_a_wrong_code_five_times_says_what_to_do_next(cast, client, code):
    for _ in range(4):
        assert client.post(URL, {"code": "000000000000"}).status_code == 422
    response = client.post(URL, {"code": "000000000000"})
    assert response.status_code == 429
    assert "Wacht een kwartier" in words(response)
    assert "Vraag een nieuw blad" in words(response)


def test_after_five_wrong_codes_the_right_one_waits_as_well(cast, client, code):
    for _ in range(5):
        client.post(URL, {"code": "000000000000"})
    assert client.post(URL, {"code": code}).status_code == 429
    assert signed_in(client) is None


def test_right_codes_are_not_counted_so_that_a_whole_class_can_come_in(cast):
    for traject in [cast.samira, cast.yusuf, cast.ahmad_n, cast.ahmad_s] * 2:
        code = codes.hand_out(traject.inburgeraar.user, by=cast.nele, now=timezone.now())
        assert Client().post(URL, {"code": code}).status_code == 302


def test_anything_else_is_answered_by_a_sentence(cast, client):
    for garbage in ["", "abc", *GARBAGE]:
        response = client.post(URL, {"code": garbage, "next": garbage})
        assert response.status_code in {422, 429}
        assert "Typ de code van je blad" in words(response)


def test_the_page_is_kept_by_no_cache(client, db):
    assert "no-store" in client.get(URL)["Cache-Control"]


def test_another_method_gets_a_page_that_says_so(client, db):
    response = client.delete(URL)
    assert response.status_code == 405
    assert "Er is niets veranderd" in words(response)


def test_the_ten_digits_of_the_card_are_told_apart_from_the_twelve(db, client):
    response = client.post("/nl/activeer/", {"code": "4071 226 390"})
    assert "Neem het andere blad" in words(response)
