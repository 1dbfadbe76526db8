"""Several people on one phone, each behind a PIN."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import phone_sessions, phones, sign_off
from bewijzen.ledger import Block
from bewijzen.models import Aanmelding, Regel
from bewijzen.refusals import Refusal
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import User
from tests.bewijzen.cast import TEST, Cast, row_counts, today
from tests.bewijzen.screens import GARBAGE, words

PIN = "7391"


def come_in(client: Client, user: User) -> None:
    """With the code of a card, as people do."""
    cache.clear()
    code = codes.hand_out(user, by=None, now=timezone.now())
    assert client.post("/nl/activeer/", {"code": code}).status_code == 302


def choose_pin(client: Client, pin: str = PIN, **more: str) -> None:
    answer = client.post("/nl/mijn/pin/", {"pin": pin, "again": pin, "pictogram": "maan", **more})
    assert answer.status_code == 302, words(answer)


def lock(client: Client) -> None:
    client.post("/nl/mijn/vergrendel/")


def row_of(user: User) -> Aanmelding:
    with acting_as(TEST):
        return Aanmelding.objects.get(user=user, ended_at=None)


def open_with(client: Client, user: User, pin: str = PIN) -> int:
    return client.post(f"/nl/mijn/wie/{row_of(user).pk}/", {"pin": pin}).status_code


def who(client: Client) -> str:
    """The first name of who is signed in; "" for nobody."""
    answer = client.get("/nl/mijn/")
    page = words(answer)
    return page.split("Dag ")[1].split()[0] if answer.status_code == 200 else ""


@pytest.fixture
def samira(cast: Cast) -> User:
    return cast.samira.inburgeraar.user


@pytest.fixture
def yusuf(cast: Cast) -> User:
    return cast.yusuf.inburgeraar.user


@pytest.fixture
def shared(client: Client, samira: User, yusuf: User) -> Client:
    """One phone: Samira locked behind her PIN, Yusuf signed in with his."""
    come_in(client, samira)
    choose_pin(client)
    lock(client)
    come_in(client, yusuf)
    choose_pin(client, "482650")
    return client


def test_without_a_pin_somebody_else_who_signs_in_takes_the_phone(client, samira, yusuf):
    come_in(client, samira)
    come_in(client, yusuf)
    assert who(client) == "Yusuf"
    with acting_as(TEST):
        assert not Aanmelding.objects.filter(user=samira, ended_at=None).exists()


def test_with_a_pin_both_find_their_own_page(shared, samira, yusuf):
    assert who(shared) == "Yusuf"
    assert open_with(shared, samira) == 302
    assert who(shared) == "Samira"
    assert open_with(shared, yusuf, "482650") == 302
    assert who(shared) == "Yusuf"


def test_a_locked_phone_asks_who_you_are_by_first_name(shared):
    lock(shared)
    answer = shared.get("/nl/mijn/code/")
    assert answer["Location"] == "/nl/mijn/wie/?next=/nl/mijn/code/"
    page = words(shared.get(answer["Location"]))
    assert "Samira" in page
    assert "Yusuf" in page
    assert "Zandoogje" not in page


def test_after_the_pin_one_lands_where_one_was_going(shared, samira):
    lock(shared)
    url = f"/nl/mijn/wie/{row_of(samira).pk}/"
    answer = shared.post(url, {"pin": PIN, "next": "/nl/mijn/code/"})
    assert answer["Location"] == "/nl/mijn/code/"


@pytest.mark.parametrize("pin", ["٧٣٩١", "۷۳۹۱", "7 3 9 1"])
def test_the_digits_of_any_script_open(shared, samira, pin):
    lock(shared)
    assert open_with(shared, samira, pin) == 302


def test_somebody_elses_pin_does_not_open(shared, samira):
    assert open_with(shared, samira, "482650") == 422
    assert who(shared) == "Yusuf"


def test_five_wrong_pins_and_even_the_right_one_opens_no_more(shared, samira):
    for _ in range(4):
        assert open_with(shared, samira, "0001") == 422
    assert open_with(shared, samira, "0001") == 429
    assert open_with(shared, samira) == 429
    assert "Meld je aan met een code" in words(shared.get(f"/nl/mijn/wie/{row_of(samira).pk}/"))


def test_a_right_pin_gives_all_tries_back(shared, samira):
    for _ in range(4):
        open_with(shared, samira, "0001")
    assert open_with(shared, samira) == 302
    lock(shared)
    assert open_with(shared, samira, "0001") == 422


def test_after_too_many_a_new_code_opens_and_asks_for_a_new_pin(shared, samira):
    for _ in range(5):
        open_with(shared, samira, "0001")
    come_in(shared, samira)
    assert who(shared) == "Samira"
    assert row_of(samira).pin_hash == ""


def test_a_code_keeps_a_pin_that_nobody_guessed_at(shared, samira):
    come_in(shared, samira)
    assert row_of(samira).pin_hash


def test_the_pin_opens_on_this_phone_only(shared, samira):
    assert Client().post(f"/nl/mijn/wie/{row_of(samira).pk}/", {"pin": PIN}).status_code == 404


def test_the_cookie_of_the_phone_alone_opens_nobody(shared):
    thief = Client()
    thief.cookies[phone_sessions.COOKIE] = shared.cookies[phone_sessions.COOKIE].value
    assert thief.get("/nl/mijn/").status_code == 302
    assert thief.get("/nl/mijn/gegevens.json").status_code == 302
    assert thief.get("/nl/mijn/zak.json").status_code == 401


def test_the_database_keeps_neither_the_cookie_nor_the_pin(shared, samira):
    row = row_of(samira)
    assert row.phone_hash != shared.cookies[phone_sessions.COOKIE].value
    assert row.pin_hash.startswith("argon2")


def test_signing_out_one_leaves_the_other(shared, samira):
    shared.post("/nl/aanmelden/logout/")
    assert "Yusuf" not in words(shared.get("/nl/mijn/wie/"))
    assert open_with(shared, samira) == 302
    assert who(shared) == "Samira"


def test_a_locked_session_is_gone_on_the_server(shared, client, yusuf):
    key = shared.session.session_key
    lock(shared)
    assert not Session.objects.filter(session_key=key).exists()


def test_who_has_a_pin_is_locked_after_idle_minutes(shared):
    assert shared.session.get_expiry_age() == settings.PHONE_LOCK_SECONDS
    Session.objects.filter(session_key=shared.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )
    assert shared.get("/nl/mijn/")["Location"].startswith("/nl/mijn/wie/")


def test_being_busy_starts_the_minutes_again(shared):
    sessions = Session.objects.filter(session_key=shared.session.session_key)
    sessions.update(expire_date=timezone.now() + timedelta(seconds=20))
    shared.get("/nl/mijn/")
    assert sessions.get().expire_date > timezone.now() + timedelta(seconds=60)


def test_the_phone_asking_by_itself_does_not(shared):
    sessions = Session.objects.filter(session_key=shared.session.session_key)
    sessions.update(expire_date=timezone.now() + timedelta(seconds=20))
    shared.get("/nl/mijn/zak.json")
    assert sessions.get().expire_date < timezone.now() + timedelta(seconds=60)


def test_without_a_pin_a_phone_is_remembered_as_ever(client, samira):
    come_in(client, samira)
    assert client.session.get_expiry_age() > 100 * 24 * 3600
    assert client.post("/nl/mijn/vergrendel/")["Location"] == "/nl/mijn/pin/"
    assert who(client) == "Samira"


@pytest.mark.parametrize("pin", ["123", "1234567", "1234", "0000", "abcd", ""])
def test_a_pin_is_four_to_six_digits_and_not_the_first_that_everybody_tries(client, samira, pin):
    come_in(client, samira)
    answer = client.post("/nl/mijn/pin/", {"pin": pin, "again": pin, "pictogram": "zon"})
    assert answer.status_code == 422
    assert row_of(samira).pin_hash == ""


def test_a_pin_is_typed_twice_the_same(client, samira):
    come_in(client, samira)
    answer = client.post("/nl/mijn/pin/", {"pin": "7391", "again": "7392", "pictogram": "zon"})
    assert "Typ ze twee keer hetzelfde" in words(answer)


def test_changing_a_pin_takes_the_old_one(shared, yusuf):
    form = {"pin": "5555 1", "again": "5555 1", "pictogram": "zon"}
    assert shared.post("/nl/mijn/pin/", {**form, "current": "9999"}).status_code == 422
    choose_pin(shared, "55551", current="482650")
    lock(shared)
    assert open_with(shared, yusuf, "55551") == 302


def test_guessing_at_the_old_one_counts_as_guessing(shared, yusuf):
    form = {"pin": "55551", "again": "55551", "pictogram": "zon", "current": "9999"}
    for _ in range(5):
        shared.post("/nl/mijn/pin/", form)
    assert shared.post("/nl/mijn/pin/", {**form, "current": "482650"}).status_code == 422
    assert row_of(yusuf).pin_wrong == 5


def test_taking_a_pin_off_takes_the_pin(shared, yusuf):
    shared.post("/nl/mijn/pin/weg/", {"pin": "9999"})
    assert row_of(yusuf).pin_hash
    shared.post("/nl/mijn/pin/weg/", {"pin": "482650"})
    assert row_of(yusuf).pin_hash == ""
    assert shared.session.get_expiry_age() > 100 * 24 * 3600


@pytest.mark.parametrize("garbage", GARBAGE)
def test_whatever_is_typed_is_answered(shared, samira, garbage):
    assert open_with(shared, samira, garbage) == 422
    answer = shared.post(
        "/nl/mijn/pin/", dict.fromkeys(["pin", "again", "current", "pictogram"], garbage)
    )
    assert answer.status_code == 422
    shared.cookies[phone_sessions.COOKIE] = garbage.encode("ascii", "ignore").decode("ascii")
    assert shared.get("/nl/mijn/wie/").status_code == 302


def test_another_phone_is_signed_out_from_here(client, samira):
    other = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Safari/5"})
    come_in(other, samira)
    come_in(client, samira)
    assert "Android, Chrome" in words(client.get("/nl/mijn/gegevens/"))
    with acting_as(TEST):
        row = Aanmelding.objects.get(label="Android, Chrome")
    client.post(f"/nl/mijn/telefoon/{row.pk}/afmelden/")
    assert other.get("/nl/mijn/").status_code == 302
    assert who(client) == "Samira"


def test_the_phone_of_somebody_else_is_not_mine_to_sign_out(client, samira, yusuf):
    other = Client()
    come_in(other, yusuf)
    come_in(client, samira)
    url = f"/nl/mijn/telefoon/{row_of(yusuf).pk}/afmelden/"
    assert client.post(url).status_code == 404
    assert who(other) == "Yusuf"


def test_looking_changes_no_row(shared):
    before = row_counts()
    for path in ["", "wie/", "pin/", "gegevens/", "gegevens.json", "zak.json", "lijst/"]:
        shared.get(f"/nl/mijn/{path}")
    assert row_counts() == before


def test_more_people_on_a_phone_ask_no_more_of_the_database(shared, cast):
    lock(shared)
    with CaptureQueriesContext(connection) as few:
        shared.get("/nl/mijn/wie/")
    come_in(shared, cast.ahmad_n.inburgeraar.user)
    choose_pin(shared)
    lock(shared)
    with CaptureQueriesContext(connection) as more:
        assert "Ahmad" in words(shared.get("/nl/mijn/wie/"))
    assert len(more) == len(few)


class TestSigningOnASharedPhone:
    """A phone on which the inburgeraar is signed in cannot sign for them (trust.md §2)."""

    def sign(self, cast: Cast, phone: str, intent=None):
        with phones.on_phone(phone):
            return sign_off.sign(
                cast.samira_praat.pk,
                Block(today() - timedelta(days=1), 120),
                signer=cast.lieve,
                intent=intent or uuid4(),
                now=timezone.now(),
            )

    @pytest.fixture
    def phone(self, client: Client, samira: User) -> str:
        """Where Samira is locked behind her PIN."""
        come_in(client, samira)
        choose_pin(client)
        lock(client)
        return client.cookies[phone_sessions.COOKIE].value

    def test_nobody_signs_for_who_is_locked_there(self, cast, phone):
        with pytest.raises(Refusal) as refused:
            self.sign(cast, phone)
        assert refused.value.code == "own_phone"

    def test_control_on_any_other_phone_it_is_signed(self, cast, phone):
        assert self.sign(cast, phones.new_token()).regel

    def test_others_are_signed_for_on_that_phone(self, cast, phone):
        with phones.on_phone(phone):
            assert not phones.is_of_this_phone(uuid4())

    def test_once_signed_out_it_is_only_a_hint(self, cast, phone, samira):
        phones.sign_out(row_of(samira), now=timezone.now())
        assert self.sign(cast, phone).regel

    def test_what_was_signed_before_keeps_its_receipt(self, cast, samira, client):
        intent = uuid4()
        first = self.sign(cast, "", intent)
        come_in(client, samira)
        again = self.sign(cast, client.cookies[phone_sessions.COOKIE].value, intent)
        assert again.regel == first.regel

    def test_the_screen_of_a_contact_person_refuses_too(self, cast, client, phone):
        client.force_login(cast.lieve)
        client.post(
            f"/nl/tekenen/deelname/{cast.samira_praat.pk}/",
            {
                "intent": str(uuid4()),
                "day": (today() - timedelta(days=1)).isoformat(),
                "hours": "2",
                "minutes": "0",
            },
        )
        with acting_as(TEST):
            assert not Regel.objects.exists()


def test_what_a_phone_is_called():
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
    assert phones.label_of(iphone) == "iPhone, Safari"
    assert (
        phones.label_of("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Edg/120.0") == "Windows, Edge"
    )
    assert phones.label_of("") == ""


def test_who_has_no_pin_finds_the_way_to_the_others_on_this_phone(client, samira, yusuf):
    come_in(client, samira)
    choose_pin(client)
    lock(client)
    come_in(client, yusuf)
    assert 'href="/nl/mijn/wie/"' in client.get("/nl/mijn/").content.decode()
    assert "Samira" in words(client.get("/nl/mijn/wie/"))


def test_who_is_alone_on_a_phone_is_shown_no_way_to_others(client, samira):
    come_in(client, samira)
    assert 'href="/nl/mijn/wie/"' not in client.get("/nl/mijn/").content.decode()
