"""Two colleagues press the same button at the same moment: it goes online once."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from aanbod import links, submissions
from aanbod.models import ActiviteitPage, Inzending
from aanbod.submissions import Sending
from gemeenten.acting import acting_as
from tests.aanbod.cast import ENOUGH, make_cast

VALUES = {
    "naam": "Praatcafé",
    "soort": "conversatie",
    "zin": "Kom mee praten.",
    "tekst": "We praten samen.",
    "wanneer": "afspraak",
    "minuten": 120,
    "kenmerken": list(ENOUGH),
}


@pytest.fixture
def cast(committed_db):
    return make_cast()


def approve_twice(cast, monkeypatch) -> list[str]:
    """Both read the row before either writes, as far as the lock lets them; what came of each."""
    link = links.link_of(cast.lange_tafel, cast.herent, by=None, now=timezone.now())
    row = submissions.send(link, Sending(VALUES, []), now=timezone.now())
    both_read = threading.Barrier(2)
    claim, ends = submissions._claim, []

    def claim_and_wait(*args):
        found = claim(*args)
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock
            both_read.wait(1.5)
        return found

    monkeypatch.setattr(submissions, "_claim", claim_and_wait)

    def press(user):
        try:
            with acting_as(user):
                submissions.decide(cast.herent, row.pk, "1", by=user, now=timezone.now())
            ends.append("online")
        except LookupError:
            ends.append("gone")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[user]) for user in (cast.katrijn, cast.bart)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_of_two_who_approve_at_once_one_puts_it_online(cast, monkeypatch):
    assert approve_twice(cast, monkeypatch) == ["gone", "online"]
    assert ActiviteitPage.objects.count() == 1


def test_control_without_the_lock_both_approve_it(cast, monkeypatch):
    monkeypatch.setattr(submissions, "_lockable", lambda: Inzending.objects.all())

    ends = approve_twice(cast, monkeypatch)

    assert "gone" not in ends
    assert "online" in ends


def send_at_once(cast, monkeypatch) -> int:
    """Two send while there is room for one: how many wait then."""
    monkeypatch.setattr(submissions, "MOST_WAITING", 1)
    link = links.link_of(cast.lange_tafel, cast.herent, by=None, now=timezone.now())
    both_counted = threading.Barrier(2)
    base = submissions._room

    def count_and_wait(*args):
        base(*args)
        with suppress(threading.BrokenBarrierError):
            both_counted.wait(1.5)

    monkeypatch.setattr(submissions, "_room", count_and_wait)

    def post():
        with suppress(submissions.NotSent):
            submissions.send(link, Sending(VALUES, []), now=timezone.now())
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Inzending._base_manager.count()


def test_two_at_once_do_not_pass_the_bound(cast, monkeypatch):
    assert send_at_once(cast, monkeypatch) == 1


def test_control_without_its_lock_they_do(cast, monkeypatch):
    monkeypatch.setattr(submissions, "_lock", lambda organisatie: None)

    assert send_at_once(cast, monkeypatch) == 2
