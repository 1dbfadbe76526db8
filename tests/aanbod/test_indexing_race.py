"""Somebody joins while an editor publishes: the search table keeps the newest number of places."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aanbod import indexing
from aanbod.models import Zoekregel
from tests.aanbod.cast import make_cast, make_page


@pytest.fixture
def page(committed_db):
    cast = make_cast()
    return make_page(cast.in_herent, cast.lange_tafel, capacity=8)


def in_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def publish_while_joining(page, monkeypatch):
    """Indexing has read how many places are taken; only then somebody takes three; only then
    indexing writes. Returns the places left that the results show in the end."""
    has_read, may_write = threading.Event(), threading.Event()
    taken = indexing._taken

    def read_and_wait(found):
        number = taken(found)
        has_read.set()
        may_write.wait(2)
        return number

    monkeypatch.setattr(indexing, "_taken", read_and_wait)

    def publish():
        with transaction.atomic():
            indexing.index(page, now=timezone.now())

    publishing = in_thread(publish)
    assert has_read.wait(10)
    joining = in_thread(lambda: indexing.set_places_taken(page.pk, 3))
    joining.join(1)
    may_write.set()
    publishing.join()
    joining.join()
    return Zoekregel.objects.get(page=page).places_left


def test_the_last_who_changes_the_places_is_right(page, monkeypatch):
    assert publish_while_joining(page, monkeypatch) == 5


def test_without_the_lock_the_older_number_stays(page, monkeypatch):
    """The control: the race is real."""
    monkeypatch.setattr(indexing, "_lock", lambda page_id: [8])
    assert publish_while_joining(page, monkeypatch) == 8
