"""The start of the CMS for who edits an offer: one button, and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from aanbod import wachtrij
from aanbod.models import ActiviteitPage, Vertaling
from gemeenten.models import Rol, User
from gemeenten.permissions import gemeente_ids
from gemeenten.tree import landing_pages, own_pages

#: Drafts that the start names one by one.
NAMED_DRAFTS = 5
#: A hook of ours: apps further up register functions that give more `Waits` for a user.
WHAT_WAITS = "veertig_what_waits"


@dataclass(frozen=True)
class Waits:
    """So many of something wait, and where."""

    count: int
    one: str
    many: str
    url: str

    @property
    def label(self) -> str:
        return self.one if self.count == 1 else self.many


def waits(user: User) -> list[Waits]:
    """Everything that waits for `user`, what is nothing left out; a fixed number of queries."""
    ids = sorted(gemeente_ids(user, *Rol.GEMEENTE_KINDS))
    found = [
        Waits(
            wachtrij.count(ids),
            "activiteit wacht op jullie",
            "activiteiten wachten op jullie",
            reverse("wachtrij:index"),
        ),
        *(waits for function in hooks.get_hooks(WHAT_WAITS) for waits in function(user)),
        Waits(
            _without_translation(user),
            "vertaling ontbreekt of loopt achter",
            "vertalingen ontbreken of lopen achter",
            reverse("vertalingen:index"),
        ),
    ]
    return [waits for waits in found if waits.count]


def _without_translation(user: User) -> int:
    """Over all activities and languages that are translated to."""
    languages = [code for code, _ in settings.LANGUAGES if code in Vertaling.Taal.values]
    live = ActiviteitPage.objects.live().filter(pk__in=own_pages(user).values("pk"))
    done = Q(vertalingen__language__in=languages)
    done &= ~Q(vertalingen__state=Vertaling.State.ACHTER)
    counted = live.annotate(done=Count("vertalingen", filter=done))
    return sum(len(languages) - number for number in counted.values_list("done", flat=True))


def drafts(user: User) -> list[Page]:
    """Own activities with something that everybody cannot see yet, the newest edit first."""
    own = ActiviteitPage.objects.filter(pk__in=own_pages(user).values("pk"))
    unseen = own.filter(Q(live=False) | Q(has_unpublished_changes=True), expired=False)
    return list(unseen.order_by("-latest_revision_created_at", "pk")[: NAMED_DRAFTS + 1])


class StartPanel(Component):
    """First on the home page of the CMS."""

    name = "veertig_start"
    template_name = "aanbod/cms/start.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        if not landing_pages(user).exists():
            return {}
        found = drafts(user)
        return {
            "edits": True,
            "waits": waits(user),
            "drafts": found[:NAMED_DRAFTS],
            "more": len(found) > NAMED_DRAFTS,
        }
