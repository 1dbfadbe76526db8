"""What proof adds to the CMS."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import LinkMenuItemComponent, MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from aanbod.home import WHAT_WAITS, Waits
from aanbod.models import ActiviteitPage
from aanbod.permissions import counted_gemeenten
from bewijzen import permissions
from bewijzen.models import EersteKeer, Zoekvraag
from gemeenten.acting import SignedInRequest
from gemeenten.models import User


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


@hooks.register("register_admin_urls")
def zoekvraag_urls() -> list[URLResolver]:
    return [
        path("zoekvragen/", include("bewijzen.gemeente.zoekvraag_urls")),
        path("toeleiders/", include("bewijzen.gemeente.toeleider_urls")),
    ]


class CountedMenuItem(MenuItem):
    """For who guides a gemeente, with how many of `model` wait in the states `waiting`."""

    model: Any
    waiting: list[str]

    def is_shown(self, request: SignedInRequest) -> bool:
        return permissions.guided_gemeenten(request.user).exists()

    def count(self, user: User) -> int:
        own = permissions.guided_gemeenten(user)
        return self.model.objects.filter(gemeente__in=own, state__in=self.waiting).count()

    def render_component(self, request: SignedInRequest) -> LinkMenuItemComponent:
        component = super().render_component(request)
        if number := self.count(request.user):
            component.label = f"{self.label} ({number})"
        return component


class ZoekvragenMenuItem(CountedMenuItem):
    model = Zoekvraag
    waiting = [*Zoekvraag.OPEN]


class TogetherMenuItem(CountedMenuItem):
    model = EersteKeer
    waiting = [EersteKeer.State.GEVRAAGD]


@hooks.register("register_admin_menu_item")
def zoekvragen_menu_item() -> ZoekvragenMenuItem:
    return ZoekvragenMenuItem(
        "Zoekvragen", reverse("zoekvragen:index"), name="zoekvragen", icon_name="help", order=290
    )


@hooks.register("register_admin_menu_item")
def together_menu_item() -> TogetherMenuItem:
    return TogetherMenuItem(
        "Samen gaan", reverse("toeleiders:index"), name="toeleiders", icon_name="group", order=292
    )


@hooks.register(WHAT_WAITS)
def guidance_that_waits(user: User) -> list[Waits]:
    """On the start of the CMS: what the menu counts too."""
    questions, together = zoekvragen_menu_item(), together_menu_item()
    return [
        Waits(
            questions.count(user),
            "zoekvraag wacht op een antwoord",
            "zoekvragen wachten op een antwoord",
            questions.url,
        ),
        Waits(
            together.count(user),
            "vraag om samen te gaan wacht op een toeleider",
            "vragen om samen te gaan wachten op een toeleider",
            together.url,
        ),
    ]
