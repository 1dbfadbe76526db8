"""What the offer adds to the CMS."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem as LinkMenuItemComponent
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from aanbod import home, lookalikes, nalezen, publishing, wachtrij
from aanbod.contact_views import StaffRequest
from aanbod.editing import HAND_OVER
from aanbod.models import ActiviteitPage
from aanbod.models.pages import PUBLISH_REFUSED
from aanbod.nalezen_views import hand_over_after_saving, say_hints
from aanbod.navraag import UNANSWERED
from aanbod.permissions import (
    can_edit_contacts,
    contact_gemeenten,
    import_gemeenten,
    queue_gemeenten,
    translated_gemeenten,
)
from gemeenten.models import GemeentePage
from gemeenten.permissions import can_edit_offer, can_publish_offer


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        PUBLISH_REFUSED, "Publiceren geweigerd", "Niet gepubliceerd: er ontbreekt iets"
    )
    actions.register_action(
        UNANSWERED, "Offline, geen antwoord", "Offline: de organisatie zei niet of ze nog klopt"
    )


@hooks.register("before_bulk_action")
def refuse_bulk_publishing(
    request: HttpRequest, action_type: str, objects: list[Page], action: Any
) -> HttpResponse | None:
    """Nothing is published while one of the chosen activities misses something."""
    if action_type != "publish" or action.model is not Page:
        return None
    refused = False
    for page in _activities(objects, request.POST.get("include_descendants")):
        latest = page.get_latest_revision_as_object()
        for sentences in publishing.problems(latest).values():
            refused = True
            messages.error(request, f"“{latest.title}” is niet gepubliceerd. {' '.join(sentences)}")
    return redirect(action.next_url) if refused else None


def _activities(pages: list[Page], with_descendants: Any) -> Iterator[ActiviteitPage]:
    for page in pages:
        found = page.get_descendants(inclusive=True)
        if not with_descendants:
            found = found.filter(pk=page.pk)
        yield from ActiviteitPage.objects.filter(pk__in=found)


@hooks.register("construct_homepage_panels", order=10)
def start_panel(request: HttpRequest, panels: list) -> None:
    panels.append(home.StartPanel())


@hooks.register("register_admin_urls")
def reading_urls() -> list[URLResolver]:
    return [path("nalezen/", include("aanbod.nalezen_urls"))]


hooks.register("after_create_page", hand_over_after_saving)
hooks.register("after_edit_page", hand_over_after_saving)
hooks.register("after_publish_page", say_hints)


@hooks.register("after_create_page", order=-1)
@hooks.register("after_edit_page", order=-1)
def say_what_looks_alike(request: StaffRequest, page: Page) -> None:
    """Who publishes at once did not see the panel that warns. It stops nobody."""
    if "action-publish" not in request.POST or page.specific_class is not ActiviteitPage:
        return
    for likeness in lookalikes.of_page(page.specific, page.specific.gemeente):
        address = reverse("wagtailadmin_pages:edit", args=[likeness.page_id])
        messages.warning(request, str(likeness), buttons=[messages.button(address, "Bekijk")])


class HandOverMenuItem(ActionMenuItem):
    """For who may not publish: the draft goes to a moderator of the gemeente."""

    name = HAND_OVER
    label = "Laat nalezen"
    icon_name = "resubmit"
    order = 30

    def is_shown(self, context: dict[str, Any]) -> bool:
        if not super().is_shown(context):
            return False
        page = context.get("page")
        landing = page.get_parent().specific if page and page.pk else context["parent_page"]
        if not isinstance(landing, GemeentePage):
            return False
        user, gemeente = context["request"].user, landing.gemeente
        return can_edit_offer(user, gemeente) and not can_publish_offer(user, gemeente)


@hooks.register("register_page_action_menu_item")
def hand_over_menu_item() -> ActionMenuItem:
    return HandOverMenuItem()


@hooks.register("register_page_header_buttons")
def reading_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    if page.specific_class is not ActiviteitPage:
        return
    activiteit = page.specific
    if can_edit_offer(user, activiteit.gemeente) and nalezen.waiting(activiteit):
        url = reverse("nalezen:activiteit", args=[page.pk])
        yield Button("Wacht op nalezen", url, icon_name="view", priority=12)


@hooks.register("register_admin_urls")
def contact_urls() -> list[URLResolver]:
    return [
        path("contacten/", include("aanbod.contact_urls")),
        path("", include("aanbod.cms_urls")),
    ]


class ContactsMenuItem(MenuItem):
    def is_shown(self, request: StaffRequest) -> bool:
        return bool(contact_gemeenten(request.user))


@hooks.register("register_admin_menu_item")
def contacts_menu_item() -> MenuItem:
    return ContactsMenuItem(
        "Organisaties", reverse("contacten:index"), icon_name="group", order=300
    )


@hooks.register("register_admin_urls")
def queue_urls() -> list[URLResolver]:
    return [path("wachtrij/", include("aanbod.queue_urls"))]


class QueueMenuItem(MenuItem):
    """With how much waits behind its name."""

    def is_shown(self, request: StaffRequest) -> bool:
        return queue_gemeenten(request.user).exists()

    def render_component(self, request: StaffRequest) -> LinkMenuItemComponent:
        shown = super().render_component(request)
        here = list(queue_gemeenten(request.user).values_list("pk", flat=True))
        if number := wachtrij.count(here):
            shown.label = f"{self.label} ({number})"
        return shown


@hooks.register("register_admin_menu_item")
def queue_menu_item() -> MenuItem:
    return QueueMenuItem(
        "Wachtrij", reverse("wachtrij:index"), name="wachtrij", icon_name="tasks", order=290
    )


@hooks.register("register_admin_urls")
def import_urls() -> list[URLResolver]:
    return [path("invoer/", include("aanbod.import_urls"))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: StaffRequest) -> bool:
        return import_gemeenten(request.user).exists()


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem("Invoer", reverse("invoer:index"), icon_name="upload", order=305)


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLResolver]:
    return [path("vertalingen/", include("aanbod.translation_urls"))]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: StaffRequest) -> bool:
        return translated_gemeenten(request.user).exists()


@hooks.register("register_admin_menu_item")
def translations_menu_item() -> MenuItem:
    return TranslationsMenuItem(
        "Vertalingen",
        reverse("vertalingen:index"),
        name="vertalingen",
        icon_name="globe",
        order=310,
    )


@hooks.register("register_page_header_buttons")
def contacts_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    if page.specific_class is ActiviteitPage and can_edit_contacts(user, page.specific.gemeente):
        yield Button(
            "Contactpersonen",
            reverse("contacten:activiteit", args=[page.pk]),
            icon_name="group",
            priority=15,
        )
        yield Button(
            "Data", reverse("redactie:data", args=[page.pk]), icon_name="date", priority=16
        )
        yield Button(
            "Klopt ze nog?",
            reverse("redactie:navraag", args=[page.pk]),
            icon_name="help",
            priority=17,
        )


@hooks.register("register_page_header_buttons")
def poster_buttons(
    page: Page, user: Any, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    """The posters of a live page; the language beside Dutch is chosen there."""
    address = _posters(page) if page.live else ""
    if address:
        yield Button("Affiche", address, icon_name="print", priority=40)


def _posters(page: Page) -> str:
    with translation.override("nl"):
        if page.specific_class is ActiviteitPage:
            return reverse("aanbod:affiches", args=[page.pk])
        if page.specific_class is GemeentePage:
            return reverse("aanbod:affiches_gemeente", args=[page.specific.gemeente.nis])
    return ""


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/cms/activiteit.js"))


@hooks.register("insert_global_admin_css")
def editor_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/cms.css"))
