"""What the open addresses of the CMS list for an editor (cms.py says which are open)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from gemeenten import mensen, moderation
from gemeenten.acting import SignedInRequest
from gemeenten.forms import NameForm
from gemeenten.permissions import is_beheerder, only_translates, run_gemeenten

NameEmailSettingsPanel.form_class = NameForm


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    for action, label in [
        (moderation.MODERATION_ON, "Nalezen aangezet"),
        (moderation.MODERATION_OFF, "Nalezen uitgezet"),
        (mensen.GIVEN, "Rol gegeven"),
        (mensen.ENDED, "Rol beëindigd"),
    ]:
        actions.register_action(action, label, label)


@hooks.register("register_admin_urls")
def gemeente_urls() -> list[URLResolver]:
    return [
        path("gemeente/", include("gemeenten.cms_urls")),
        path("mensen/", include("gemeenten.mensen_urls")),
        path("uitleg/", include("gemeenten.uitleg_urls")),
    ]


class GemeenteMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return run_gemeenten(request.user).exists()


@hooks.register("register_admin_menu_item")
def gemeente_menu_item() -> MenuItem:
    return GemeenteMenuItem(
        "Mijn gemeente", reverse("gemeente:index"), name="gemeente", icon_name="cog", order=900
    )


class UitlegMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return is_beheerder(request.user)


@hooks.register("register_admin_menu_item")
def uitleg_menu_item() -> MenuItem:
    return UitlegMenuItem(
        "Uitleg vertalen", reverse("uitleg:index"), name="uitleg", icon_name="globe", order=910
    )


class OwnRecentEditsPanel(RecentEditsPanel):
    """Without pages that somebody edited in another municipality, in a role that ended."""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [
            (date, page)
            for date, page in context["last_edits"]
            if page.permissions_for_user(user).can_edit()
        ]
        return context


@hooks.register("construct_homepage_panels")
def only_own_edits(request: HttpRequest, panels: list) -> None:
    if not request.user.is_superuser:
        panels[:] = [OwnRecentEditsPanel()]


@hooks.register("construct_homepage_summary_items", order=1)
def count_no_documents(request: HttpRequest, items: list[SummaryItem]) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages_only(pages: QuerySet, request: HttpRequest) -> QuerySet:
    if request.user.is_superuser:
        return pages
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages & own


@hooks.register("construct_main_menu")
def hide_what_is_closed(request: HttpRequest, items: list[MenuItem]) -> None:
    if not request.user.is_superuser:
        # Documents: no page has a place for them yet.
        closed = {"documents", "reports", "settings"}
        items[:] = [item for item in items if item.name not in closed]


@hooks.register("construct_main_menu", order=1000)
def show_translators_their_work_only(request: SignedInRequest, items: list[MenuItem]) -> None:
    if only_translates(request.user):
        items[:] = [item for item in items if item.name == "vertalingen"]


@hooks.register("construct_settings_menu")
def hide_users_and_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in {"users", "groups"}]


@hooks.register("construct_help_menu")
def hide_pages_about_wagtail(request: HttpRequest, items: list[MenuItem]) -> None:
    """They are in English, and elsewhere."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.url == "#"]
