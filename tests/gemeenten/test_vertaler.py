"""A vertaler works on translations in the CMS and meets nothing else of it."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gemeenten.activation import activate
from gemeenten.models import Rol
from gemeenten.permissions import can_edit_offer, can_translate, can_use_cms
from gemeenten.tree import own_pages
from tests.gemeenten.conftest import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def vertaler(pages, herent, stranger):
    give(stranger, Rol.Kind.VERTALER, herent)
    return stranger


@pytest.fixture
def inside(vertaler, client):
    client.force_login(vertaler)
    return client


def menu(answer) -> set[str]:
    text = answer.content.decode()
    properties = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', text, re.DOTALL)[1]
    return set(re.findall(r'"name": "([\w-]+)"', properties))


def test_a_vertaler_translates_and_does_not_edit(vertaler, herent, leuven):
    assert can_use_cms(vertaler)
    assert can_translate(vertaler, herent)
    assert not can_translate(vertaler, leuven)
    assert not can_edit_offer(vertaler, herent)
    assert not own_pages(vertaler).exists()


def test_the_group_opens_the_door_and_nothing_more(vertaler):
    assert [group.name for group in vertaler.groups.all()] == ["vertaler 24038"]
    assert vertaler.get_all_permissions() == {"wagtailadmin.access_admin"}


def test_the_start_of_the_cms_leads_to_the_translations(inside):
    answer = inside.get("/cms/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/cms/vertalingen/24038/")


def test_the_menu_has_translations_only(inside):
    answer = inside.get("/cms/", follow=True)

    assert menu(answer) & {"explorer", "images", "help", "contactpersonen"} == set()
    assert "vertalingen" in menu(answer)


def test_control_an_editor_has_more_in_the_menu(pages, redacteur, client):
    client.force_login(redacteur)

    assert menu(client.get("/cms/")) >= {"explorer", "images", "vertalingen"}


@pytest.mark.parametrize(
    "name",
    [
        *["wagtailadmin_explore_root", "wagtailadmin_pages:search", "wagtailimages:index"],
        *["wagtailimages:add", "wagtaildocs:index", "wagtailadmin_choose_page"],
        *["wagtailadmin_api:pages:listing", "wagtailadmin_reports:site_history"],
    ],
)
def test_other_addresses_of_the_cms_lead_back(inside, name):
    answer = inside.get(reverse(name))

    assert answer.status_code in (302, 403)
    assert answer.headers.get("Location", "/cms/") == "/cms/"


@pytest.mark.parametrize("name", ["wagtailadmin_pages:edit", "wagtailadmin_pages:history"])
def test_so_do_the_pages_of_the_own_municipality(inside, pages, name):
    assert inside.get(reverse(name, args=[pages["herent"].pk])).headers["Location"] == "/cms/"


@pytest.mark.parametrize("name", ["contacten:index", "contacten:gemeente", "contacten:nieuw"])
def test_so_do_our_own_screens_for_other_work(inside, name):
    args = [] if name == "contacten:index" else ["24038"]

    assert inside.get(reverse(name, args=args)).headers["Location"] == "/cms/"


def test_the_own_account_is_open(inside):
    assert inside.get(reverse("wagtailadmin_account")).status_code == 200


def test_who_edits_as_well_has_the_whole_cms(inside, vertaler, herent):
    give(vertaler, Rol.Kind.REDACTEUR, herent)

    assert inside.get("/cms/images/").status_code == 200


def test_a_role_that_ended_opens_nothing(inside):
    Rol.everyone.update(valid_to="2026-01-01")

    assert inside.get("/cms/vertalingen/").status_code == 403


def test_a_vertaler_belongs_to_a_municipality(stranger):
    with pytest.raises(IntegrityError, match="rol_has_its_field_of_work"), transaction.atomic():
        give(stranger, Rol.Kind.VERTALER)


def test_activating_again_takes_back_rights_that_the_group_got_by_hand(vertaler, herent):
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.get(name="vertaler 24038")
    group.permissions.add(Permission.objects.get(codename="add_page"))
    activate(herent)

    assert [permission.codename for permission in group.permissions.all()] == ["access_admin"]
