"""A municipality that starts to publish: its page, its groups and their rights, in one step."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from gemeenten.groups import group_name, sync_groups
from gemeenten.models import Gemeente, GemeentePage, HomePage, Rol, User
from gemeenten.permissions import publishing_kinds

PAGE_ACTIONS = ["add", "change", "publish"]
COLLECTION_ACTIONS = ["add", "change", "choose"]


@transaction.atomic
def activate(gemeente: Gemeente) -> GemeentePage:
    """Give the gemeente its page, collection and groups, and let its colleagues in.

    Can be repeated: what is there stays as it is, rights are made exact again.
    """
    page = _landing_page(gemeente)
    collection = _collection(gemeente)
    for kind in Rol.GEMEENTE_KINDS:
        group, _ = Group.objects.get_or_create(name=group_name(kind, gemeente))
        _set_rights(group, page, collection, page_actions(kind, gemeente))
    vertalers, _ = Group.objects.get_or_create(name=group_name(Rol.Kind.VERTALER, gemeente))
    _let_in(vertalers)
    Gemeente.objects.filter(pk=gemeente.pk).update(active=True)
    gemeente.active = True
    for user in User.objects.filter(rollen__gemeente=gemeente).distinct():
        sync_groups(user)
    return page


@transaction.atomic
def ensure_home() -> HomePage:
    """The home page and Wagtail's site for BASE_URL. Wagtail's own welcome page and its two groups
    with rights on the whole tree go. Can be repeated."""
    root = Page.get_first_root_node()
    home = HomePage.objects.first()
    if home is None:
        for welcome in root.get_children().exact_type(Page):
            welcome.delete()
        root.refresh_from_db()
        home = root.add_child(instance=HomePage(title="Veertig", slug="home"))
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    _site(home)
    return home


def _site(home: HomePage) -> None:
    address = urlsplit(settings.BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )


def _landing_page(gemeente: Gemeente) -> GemeentePage:
    home = ensure_home()
    page = GemeentePage.objects.filter(gemeente=gemeente).first()
    if page is None:
        page = GemeentePage(title=gemeente.name, slug=gemeente.slug, gemeente=gemeente)
        home.add_child(instance=page)
        page.save_revision().publish()
    return page


def _collection(gemeente: Gemeente) -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=gemeente.name).first()
    return found or root.add_child(name=gemeente.name)


def page_actions(kind: Rol.Kind, gemeente: Gemeente) -> list[str]:
    """What a role does with the gemeente's pages: who may not publish hands over."""
    if kind in publishing_kinds(gemeente):
        return PAGE_ACTIONS
    return [action for action in PAGE_ACTIONS if action != "publish"]


def _set_rights(
    group: Group, page: GemeentePage, collection: Collection, actions: list[str]
) -> None:
    """Exactly these rights, nowhere else."""
    _let_in(group)
    on_page = _permissions(Page, actions)
    GroupPagePermission.objects.filter(group=group).exclude(
        page=page, permission__in=on_page
    ).delete()
    for permission in on_page:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    in_collection = [
        *_permissions(get_image_model(), COLLECTION_ACTIONS),
        *_permissions(get_document_model(), COLLECTION_ACTIONS),
    ]
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=collection, permission__in=in_collection
    ).delete()
    for permission in in_collection:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _let_in(group: Group) -> None:
    """Through the door of the CMS; for a vertaler that is all, our own views do the rest."""
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    )


def _permissions(model: type[Model], actions: list[str]) -> list[Permission]:
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    return list(
        Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(model), codename__in=codenames
        )
    )
