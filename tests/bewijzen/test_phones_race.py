"""Guesses at a PIN, sent at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connections
from django.db.models import F
from django.utils import timezone

from bewijzen import phones
from bewijzen.refusals import Refusal
from tests.bewijzen.cast import make_cast

TOKEN = "een telefoon"


@pytest.fixture
def row(committed_db):
    cast = make_cast()
    user = cast.samira.inburgeraar.user
    row = phones.enrol(user, TOKEN, "", label="", now=timezone.now())
    phones.set_pin(row, "7391", pictogram="zon")
    return row


def guess(pk: UUID) -> str:
    try:
        phones.check_pin(pk, TOKEN, "9999")
    except Refusal as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "open"


def read_guesses(monkeypatch, row) -> int:
    """How many of forty guesses at once were held against the PIN."""
    read = []
    check = phones.check_password
    monkeypatch.setattr(phones, "check_password", lambda *words: read.append(1) or check(*words))
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(guess, [row.pk] * 40))
    assert "open" not in codes
    return len(read)


def test_of_forty_guesses_at_once_five_are_read(monkeypatch, row):
    assert read_guesses(monkeypatch, row) == phones.MAX_WRONG


def test_control_looking_first_and_counting_later_reads_more(monkeypatch, row):
    def look_and_count(rows) -> bool:
        if rows.get().pin_wrong >= phones.MAX_WRONG:
            return False
        time.sleep(0.05)
        rows.update(pin_wrong=F("pin_wrong") + 1)
        return True

    monkeypatch.setattr(phones, "_claim_try", look_and_count)
    assert read_guesses(monkeypatch, row) > phones.MAX_WRONG
