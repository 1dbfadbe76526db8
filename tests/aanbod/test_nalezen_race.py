"""Two people at the same moment: one decision is made, and one row waits."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from aanbod import nalezen
from aanbod.models import ActiviteitPage, Nalezing
from gemeenten import moderation
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.aanbod.cast import TEST, make_cast, make_page

NOW = timezone.now()


def at_the_same_time(*jobs):
    """Run in threads with connections of their own; what each raised."""
    barrier, raised = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            barrier.wait(10)
            job()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def committed(committed_db):
    made = make_cast()
    moderation.set_moderated(made.herent, True, by=None)
    with acting_as(TEST):
        page = make_page(made.in_herent, made.lange_tafel, publish=False)
    return made, page


def decide_twice(cast, page):
    row = nalezen.hand_over(page, cast.katrijn, now=NOW)
    raised = at_the_same_time(
        lambda: nalezen.publish(row.revision_id, cast.bart, now=NOW),
        lambda: nalezen.send_back(row.revision_id, "Welke dag?", cast.bart, now=NOW),
    )
    return raised, Bericht._base_manager.filter(receiver=cast.katrijn).count()


def test_of_two_decisions_at_once_one_holds(committed):
    raised, messages = decide_twice(*committed)
    assert [type(error) for error in raised] == [nalezen.Refused]
    assert messages == 1


def test_control_without_the_lock_both_are_made(committed, monkeypatch):
    both = threading.Barrier(2)

    def unlocked(page_id):
        return ActiviteitPage.objects.get(pk=page_id)

    def slowly(row, *args):
        both.wait(10)
        return close(row, *args)

    close = nalezen._close
    monkeypatch.setattr(nalezen, "_locked", unlocked)
    monkeypatch.setattr(nalezen, "_close", slowly)
    raised, messages = decide_twice(*committed)
    assert (raised, messages) == ([], 2)


def test_a_double_tap_hands_over_once(committed):
    cast, page = committed
    raised = at_the_same_time(*[lambda: nalezen.hand_over(page, cast.katrijn, now=NOW)] * 3)
    assert raised == []
    assert Nalezing._base_manager.count() == 1


def test_the_switch_pressed_twice_gives_the_rights_once(committed):
    herent = committed[0].herent
    raised = at_the_same_time(
        *[lambda: moderation.set_moderated(herent, False, by=None)] * 3,
    )
    assert raised == []
