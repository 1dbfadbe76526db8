"""An organisation answers while the nightly command takes its next step: the answer is kept."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aanbod import navraag
from aanbod.models import ActiviteitPage, Navraag
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_cast, make_page


@pytest.fixture
def page(committed_db):
    cast = make_cast()
    page = make_page(cast.in_herent, cast.lange_tafel)
    Navraag.objects.update(ask_on=timezone.localdate())
    with acting_as(TEST):
        navraag.run(now=timezone.now())
    return page


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def answer_during_the_night(page, monkeypatch):
    """The command has read the row and knows that a step is due; only then the answer comes; only
    then the command writes. Returns the row in the end."""
    has_read, may_write = threading.Event(), threading.Event()
    due = navraag.due

    def read_and_wait(row, today):
        step = due(row, today)
        has_read.set()
        may_write.wait(2)
        return step

    monkeypatch.setattr(navraag, "due", read_and_wait)
    later = timezone.now() + timedelta(days=15)
    night = in_thread(lambda: navraag.run(now=later))
    assert has_read.wait(10)
    given, via = navraag.Answer.JA, navraag.Via.LINK
    answering = in_thread(lambda: navraag.answer(page.pk, given, via=via, now=later))
    answering.join(1)
    may_write.set()
    night.join()
    answering.join()
    return Navraag.objects.get(page=page)


def test_an_answer_during_the_night_is_kept(page, monkeypatch):
    row = answer_during_the_night(page, monkeypatch)
    assert (row.answer, row.step) == ("ja", navraag.Step.RUST)


def test_control_without_the_lock_the_answer_is_lost(page, monkeypatch):
    def unlocked(page_id):
        return ActiviteitPage.objects.get(pk=page_id), Navraag.objects.get(page=page_id)

    monkeypatch.setattr(navraag, "_locked", unlocked)
    assert answer_during_the_night(page, monkeypatch).answer == ""
