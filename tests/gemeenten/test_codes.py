"""A code on paper opens one account, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from gemeenten import codes
from gemeenten.codes import hand_out, may_try, redeem
from gemeenten.models import Toegangscode
from tests.gemeenten.conftest import make_user

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def samira(db):
    return make_user("Samira")


@pytest.fixture
def tom(db):
    return make_user("Tom")


@pytest.mark.django_db
class TestHandingOut:
    def test_twelve_digits_in_groups_of_four(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW)

        assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", code)
        row = Toegangscode._base_manager.get()
        assert (row.made_by, row.made_at) == (tom, NOW)
        assert row.expires_at == NOW + timedelta(days=30)

    def test_the_database_does_not_hold_the_code(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW)

        stored = str(Toegangscode._base_manager.values().get())
        assert code not in stored
        assert code.replace("-", "") not in stored

    def test_another_secret_key_makes_another_hash(self, settings):
        before = codes._hash("123456789012")
        settings.SECRET_KEY = "another-key-for-this-test-only-0000000000"

        assert codes._hash("123456789012") != before

    def test_a_new_code_kills_the_one_before(self, samira, tom):
        old = hand_out(samira, by=tom, now=NOW)
        new = hand_out(samira, by=tom, now=NOW)

        assert redeem(old, now=NOW) is None
        assert redeem(new, now=NOW) == samira

    def test_the_code_of_somebody_else_lives_on(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW)
        hand_out(tom, by=tom, now=NOW)

        assert redeem(code, now=NOW) == samira


@pytest.mark.django_db
class TestRedeeming:
    def test_a_code_works_once(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW)

        assert redeem(code, now=NOW) == samira
        assert redeem(code, now=NOW) is None
        assert Toegangscode._base_manager.get().used_at == NOW

    @pytest.mark.parametrize(
        "written",
        [
            lambda code: code.replace("-", ""),
            lambda code: f"  {code.replace('-', ' ')} ",
            lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
            lambda code: code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        ],
        ids=["joined", "spaced", "arabic", "persian", "wide"],
    )
    def test_it_may_be_typed_in_any_script_and_grouping(self, samira, tom, written):
        code = hand_out(samira, by=tom, now=NOW)

        assert redeem(written(code), now=NOW) == samira

    def test_it_works_to_its_last_minute_and_not_after(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW, valid_days=7)

        assert redeem(code, now=NOW + timedelta(days=7)) is None
        assert redeem(code, now=NOW + timedelta(days=7, minutes=-1)) == samira

    def test_it_opens_no_account_that_was_closed(self, samira, tom):
        code = hand_out(samira, by=tom, now=NOW)
        samira.is_active = False
        samira.save()

        assert redeem(code, now=NOW) is None

    @pytest.mark.parametrize("text", ["", "000000000000", "abc", "1" * 5000, "\x00", "१२३", "²²²²"])
    def test_anything_else_is_nobody(self, samira, tom, text):
        hand_out(samira, by=tom, now=NOW)

        assert redeem(text, now=NOW) is None


@pytest.mark.django_db
class TestTrying:
    def test_five_attempts_in_a_quarter_from_one_address(self, rf):
        def attempt(address):
            request = rf.post("/nl/activeer/", REMOTE_ADDR=address)
            request.user = AnonymousUser()
            return may_try(request)

        assert [attempt("192.0.2.1") for _ in range(6)] == [True] * 5 + [False]
        assert attempt("192.0.2.2")

    def test_opening_the_page_is_no_attempt(self, rf):
        request = rf.get("/nl/activeer/")
        request.user = AnonymousUser()

        assert all(may_try(request) for _ in range(20))


def type_at_once(function) -> list:
    def run(_):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, range(4)))


def test_of_four_phones_that_type_it_at_once_one_comes_in(committed_db):
    samira = make_user("Samira")
    code = hand_out(samira, by=None, now=NOW)
    barrier = Barrier(4)

    def type_it():
        barrier.wait(timeout=10)
        return redeem(code, now=NOW)

    assert sorted(map(str, type_at_once(type_it))) == ["None", "None", "None", "Samira"]


def test_control_looking_first_and_writing_after_lets_all_four_in(committed_db):
    code = hand_out(make_user("Samira"), by=None, now=NOW)
    barrier = Barrier(4)

    def type_it():
        rows = Toegangscode._base_manager
        row = rows.get(code_hash=codes._hash(code.replace("-", "")))
        free = row.used_at is None
        barrier.wait(timeout=10)
        rows.filter(pk=row.pk).update(used_at=NOW)
        return free

    assert type_at_once(type_it) == [True] * 4
