"""Activating a municipality makes its page, groups, collection and rights in one step."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site
from wagtail.permissions import policy_registry

from gemeenten.activation import activate, ensure_home
from gemeenten.models import RESERVED_SLUGS, GemeentePage, HomePage, Rol, User
from tests.gemeenten.conftest import give, make_user

pytestmark = pytest.mark.django_db


def rights(group: Group) -> set[tuple[str, str]]:
    """(what, where) of everything the group may do."""
    return (
        {(p.permission.codename, p.page.slug) for p in group.page_permissions.all()}
        | {(p.permission.codename, p.collection.name) for p in group.collection_permissions.all()}
        | {(p.codename, "") for p in group.permissions.all()}
    )


def test_the_municipality_gets_a_published_page_at_its_own_address(herent):
    page = activate(herent)

    herent.refresh_from_db()
    assert herent.active
    assert (page.title, page.slug, page.live, page.gemeente) == ("Herent", "herent", True, herent)
    assert page.get_parent().specific == HomePage.objects.get()
    assert page.full_url == "http://localhost:8000/nl/herent/"


@pytest.mark.parametrize("kind", Rol.GEMEENTE_KINDS)
def test_each_group_may_do_exactly_this_and_only_here(herent, kind):
    activate(herent)

    assert rights(Group.objects.get(name=f"{kind} 24038")) == {
        ("access_admin", ""),
        ("add_page", "herent"),
        ("change_page", "herent"),
        ("publish_page", "herent"),
        ("add_image", "Herent"),
        ("change_image", "Herent"),
        ("choose_image", "Herent"),
        ("add_document", "Herent"),
        ("change_document", "Herent"),
        ("choose_document", "Herent"),
    }


def test_activating_again_changes_nothing(herent):
    activate(herent)
    Collection.objects.get(name="Herent").add_child(name="Feesten")
    before = [Page.objects.count(), Group.objects.count(), Collection.objects.count()]

    activate(herent)

    assert [Page.objects.count(), Group.objects.count(), Collection.objects.count()] == before


def test_activating_again_takes_rights_away_that_somebody_added(herent, leuven):
    page = activate(leuven)
    activate(herent)
    group = Group.objects.get(name="redacteur 24038")
    expected = rights(group)
    leuven_rights = Group.objects.get(name="redacteur 24062")
    group.page_permissions.create(
        page=page, permission=leuven_rights.page_permissions.first().permission
    )
    given = leuven_rights.collection_permissions.first()
    group.collection_permissions.create(collection=given.collection, permission=given.permission)

    activate(herent)

    assert rights(group) == expected


def test_colleagues_who_had_a_role_already_can_start(herent, redacteur):
    assert not redacteur.groups.exists()

    activate(herent)

    assert [group.name for group in redacteur.groups.all()] == ["redacteur 24038"]


def test_a_redacteur_edits_the_texts_of_the_own_landing_page(pages, redacteur):
    assert pages["herent"].permissions_for_user(redacteur).can_edit()
    assert pages["herent"].permissions_for_user(redacteur).can_publish()
    assert not pages["leuven"].permissions_for_user(redacteur).can_edit()


@pytest.mark.parametrize(
    "action",
    ["can_delete", "can_move", "can_unpublish", "can_copy", "can_set_view_restrictions"],
)
@pytest.mark.parametrize("kind", Rol.GEMEENTE_KINDS)
def test_nobody_of_a_municipality_removes_its_landing_page(herent, pages, kind, action):
    user = make_user("Iemand")
    give(user, kind, herent)

    for page in [pages["herent"], Page.objects.get(slug="herent")]:  # specific, and as in a list
        assert not getattr(page.permissions_for_user(user), action)()


def test_a_beheerder_may_take_a_landing_page_offline(pages, beheerder):
    beheerder = User.objects.get(pk=beheerder.pk)

    assert pages["herent"].permissions_for_user(beheerder).can_unpublish()


def test_nobody_makes_pages_beside_the_landing_page(pages, redacteur):
    home = HomePage.objects.get()

    assert not home.permissions_for_user(redacteur).can_add_subpage()
    assert not home.permissions_for_user(redacteur).can_edit()
    assert not GemeentePage.can_create_at(home)


def test_the_address_of_a_landing_page_is_not_for_editors():
    fields = GemeentePage.get_edit_handler().get_form_class().base_fields

    assert "slug" not in fields
    assert "expire_at" not in fields
    assert set(fields) >= {"title", "intro", "contact", "colour"}


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_no_page_under_home_takes_an_address_of_our_own(pages, slug):
    pages["herent"].slug = slug

    with pytest.raises(ValidationError, match="adres van Veertig"):
        pages["herent"].full_clean()


def test_images_and_documents_are_those_of_the_own_collection(pages, redacteur):
    for model in [get_image_model(), get_document_model()]:
        policy = policy_registry.get_by_type(model)
        for action in ["add", "change", "choose"]:
            found = policy.collections_user_has_permission_for(redacteur, action)
            assert [collection.name for collection in found] == ["Herent"]


def test_home_replaces_wagtails_welcome_page_and_its_groups():
    home = ensure_home()

    assert [page.specific for page in Page.objects.filter(depth=2)] == [home]
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == ("localhost", 8000, home.pk)
    assert site.is_default_site


@pytest.mark.parametrize(
    ("url", "hostname", "port"),
    [
        ("https://veertig.example", "veertig.example", 443),
        ("http://veertig.example", "veertig.example", 80),
        ("http://localhost:8123", "localhost", 8123),
    ],
)
def test_the_site_follows_base_url(settings, url, hostname, port):
    ensure_home()
    settings.BASE_URL = url

    home = ensure_home()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page_id) == (hostname, port, home.pk)


def test_home_stays_the_same_page():
    assert ensure_home() == ensure_home()


def test_the_command_says_where_the_page_is(herent):
    out = StringIO()

    call_command("activeer_gemeente", "24038", stdout=out)

    assert out.getvalue() == "Herent is active: http://localhost:8000/nl/herent/\n"


def test_the_command_says_what_to_do_about_an_unknown_municipality():
    with pytest.raises(CommandError, match="Run laad_gemeenten first"):
        call_command("activeer_gemeente", "99999")
