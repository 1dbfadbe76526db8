"""Two editors write the same person down at the same moment: one contact person, one mail."""

import threading

import pytest
from django.db import IntegrityError, connections
from django.utils import timezone

from aanbod import contacts
from aanbod.contacts import NewContact
from aanbod.models import Contactpersoon
from gemeenten.models import Bericht
from tests.aanbod.cast import make_cast

NOW = timezone.now()


def new():
    return NewContact("Nora Distelveld", "nora@post.example", "nl", timezone.localdate(NOW))


def add_twice(cast):
    barrier, found = threading.Barrier(2), []

    def run():
        try:
            barrier.wait(10)
            found.append(contacts.add(cast.herent, cast.lange_tafel, new(), now=NOW).pk)
        except Exception as error:
            found.append(type(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def committed(committed_db):
    return make_cast()


def meeting(monkeypatch):
    """Both look for the account before either makes it."""
    both, look = threading.Barrier(2), contacts._known
    first = threading.local()

    def known(*args):
        found = look(*args)
        if not getattr(first, "done", False):
            first.done = True
            both.wait(10)
        return found

    monkeypatch.setattr(contacts, "_known", known)


def test_two_editors_who_add_the_same_person_at_once_add_one(committed, monkeypatch):
    meeting(monkeypatch)
    found = add_twice(committed)
    assert len(set(found)) == 1
    [contact] = Contactpersoon.everyone.filter(user__email="nora@post.example")
    assert [contact.pk] * 2 == found
    assert Bericht._base_manager.filter(receiver=contact.user).count() == 1


def test_control_without_looking_again_one_of_the_two_fails(committed, monkeypatch):
    meeting(monkeypatch)
    look, local = contacts._known, threading.local()

    def once(*args):
        if getattr(local, "done", False):
            return None
        local.done = True
        return look(*args)

    monkeypatch.setattr(contacts, "_known", once)
    assert IntegrityError in add_twice(committed)
