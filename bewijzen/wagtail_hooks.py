"""What proof adds to the CMS."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from aanbod.models import ActiviteitPage
from aanbod.permissions import counted_gemeenten
from gemeenten.acting import SignedInRequest


@hooks.register("register_admin_urls")
def statistics_urls() -> list[URLResolver]:
    return [path("cijfers/", include("bewijzen.cijfers.urls"))]


class StatisticsMenuItem(MenuItem):
    def is_shown(self, request: SignedInRequest) -> bool:
        return counted_gemeenten(request.user).exists()


@hooks.register("register_admin_menu_item")
def statistics_menu_item() -> MenuItem:
    return StatisticsMenuItem("Cijfers", reverse("cijfers:index"), icon_name="table", order=320)


@hooks.register("register_page_header_buttons")
def visits_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str = ""
) -> Iterator[Button]:
    if page.specific_class is ActiviteitPage and page.live:
        gemeente = page.specific.gemeente
        if counted_gemeenten(user).filter(pk=gemeente.pk).exists():
            url = reverse("cijfers:activiteit", args=[page.pk])
            yield Button("Bezoeken", url, icon_name="table", priority=18)
