"""The gemeentebeheerder decides whether a moderator reads first."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, ModelLogEntry

from gemeenten.models import Gemeente, Rol
from tests.gemeenten.conftest import give

pytestmark = pytest.mark.django_db

URL = "/cms/gemeente/24038/"


@pytest.fixture
def runs_it(pages, herent, redacteur, client):
    """A browser in which the gemeentebeheerder of Herent is signed in."""
    give(redacteur, Rol.Kind.GEMEENTEBEHEERDER, herent)
    client.force_login(redacteur)
    return client


def moderated(nis="24038"):
    return Gemeente.objects.get(nis=nis).moderated


def may_publish():
    group = Group.objects.get(name="redacteur 24038")
    return GroupPagePermission.objects.filter(
        group=group, permission__codename="publish_page"
    ).exists()


def test_the_gemeentebeheerder_comes_there_from_the_menu(runs_it):
    assert runs_it.get(reverse("gemeente:index")).headers["Location"] == URL
    assert "Een moderator leest na" in runs_it.get(URL).content.decode()


def test_switching_it_on_and_off_again_with_the_rights(runs_it, redacteur):
    runs_it.post(URL, {"moderated": "on"})
    assert moderated()
    assert not may_publish()
    runs_it.post(URL, {})
    assert not moderated()
    assert may_publish()
    actions = [entry.action for entry in ModelLogEntry.objects.filter(user=redacteur)]
    assert sorted(actions) == ["gemeenten.moderation_off", "gemeenten.moderation_on"]


@pytest.mark.parametrize("kind", [Rol.Kind.REDACTEUR, Rol.Kind.MODERATOR])
def test_a_redacteur_and_a_moderator_find_no_such_screen(pages, herent, stranger, client, kind):
    give(stranger, kind, herent)
    client.force_login(stranger)
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"moderated": "on"}).status_code == 404
    assert client.get(reverse("gemeente:index")).status_code == 404
    assert not moderated()


def test_nor_does_the_gemeentebeheerder_of_another(pages, leuven, stranger, client):
    give(stranger, Rol.Kind.GEMEENTEBEHEERDER, leuven)
    client.force_login(stranger)
    assert client.post(URL, {"moderated": "on"}).status_code == 404
    assert not moderated()
