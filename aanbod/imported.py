"""Imported drafts that were never online: somebody here still judges their criteria."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page
from wagtail.query import PageQuerySet

from aanbod import lookalikes, publishing
from aanbod.models import ActiviteitPage, Inzending, Kenmerk, Organisatie
from aanbod.waiting import Item, NotApproved, Source
from gemeenten.models import Deelgemeente, Gemeente, GemeentePage, User

SOURCE_NAME = "ingevoerd"
#: For a page without any revision, which Wagtail does not make.
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
NOT_YOU = "Je mag hier niet zelf publiceren. Open het en vraag het na."


def waiting(gemeente: Gemeente) -> list[Item]:
    """What was imported, or was made of what an organisation sent in, and never was online."""
    pages = list(_pages(gemeente).select_related("latest_revision"))
    facts = _Facts(gemeente, pages)
    items = [_item(page, facts) for page in pages]
    lookalikes.add_hints(gemeente, [(item, None) for item in items])
    return items


def count(gemeente_ids: list[int]) -> int:
    paths = GemeentePage.objects.filter(gemeente__in=gemeente_ids).values_list("path", flat=True)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return _never_online().filter(below).count()


def _pages(gemeente: Gemeente) -> PageQuerySet:
    landing = GemeentePage.objects.get(gemeente=gemeente)
    return _never_online().child_of(landing)


def _never_online() -> PageQuerySet:
    made = Inzending._base_manager.filter(
        kind=Inzending.Kind.NIEUW, state=Inzending.State.AANVAARD, page__isnull=False
    )
    brought = Q(herkomst__isnull=False) | Q(pk__in=made.values("page"))
    return ActiviteitPage.objects.filter(
        brought, live=False, first_published_at__isnull=True, go_live_at__isnull=True
    )


class _Facts:
    """What judging needs, read once for all drafts of a gemeente."""

    def __init__(self, gemeente: Gemeente, pages: list[ActiviteitPage]) -> None:
        self.gemeente = gemeente
        self.slugs = dict(Kenmerk.objects.values_list("pk", "slug"))
        self.places = {row.pk: row for row in Deelgemeente.objects.filter(gemeente=gemeente)}
        named = {_content(page).get("organisatie") for page in pages}
        self.organisaties = Organisatie.objects.in_bulk([pk for pk in named if pk])


def _content(page: ActiviteitPage) -> dict[str, Any]:
    """The latest version as Wagtail keeps it: making pages of all of them asks the database
    something for each."""
    return page.latest_revision.content if page.latest_revision else {}


def _item(page: ActiviteitPage, facts: _Facts) -> Item:
    content = _content(page)
    return Item(
        source=SOURCE_NAME,
        pk=page.pk,
        title=content.get("title") or page.title,
        state="ingevoerd",
        since=page.latest_revision_created_at or LONG_AGO,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        organisatie=facts.organisaties.get(content.get("organisatie")),
        page_id=page.pk,
        missing=_missing(content, facts),
        version=str(page.latest_revision_id),
    )


def _missing(content: dict[str, Any], facts: _Facts) -> list[str]:
    place = content.get("deelgemeente")
    draft = ActiviteitPage(
        timing=content.get("timing") or ActiviteitPage.Timing.MOMENTEN,
        minutes_per_time=content.get("minutes_per_time"),
        postcode=content.get("postcode") or "",
        pin_lat=content.get("pin_lat"),
        pin_lon=content.get("pin_lon"),
        deelgemeente=facts.places.get(place) if place else None,
    )
    slugs = {facts.slugs.get(item["tag"], "") for item in content.get("kenmerk_items", [])}
    found = publishing.problems(
        draft, facts.gemeente, slugs=slugs, has_moments=bool(content.get("reeksen"))
    )
    return [sentence for sentences in found.values() for sentence in sentences]


@transaction.atomic
def approve(gemeente: Gemeente, item: Item, by: User, now: datetime) -> str:
    """Put the draft online as it stands. Raises NotApproved with what is missing, LookupError
    when it no longer waits or was edited since."""
    Page.objects.select_for_update(no_key=True).filter(pk=item.pk).first()
    page = _pages(gemeente).filter(pk=item.pk, latest_revision_id=item.version).first()
    if page is None:
        raise LookupError(item.pk)
    if not page.permissions_for_user(by).can_publish():
        raise NotApproved(NOT_YOU)
    latest = page.get_latest_revision_as_object()
    found = publishing.problems(latest, gemeente)
    if found:
        raise NotApproved(" ".join(one for sentences in found.values() for one in sentences))
    try:
        latest.save_revision(user=by, log_action=True).publish(user=by)
    except ValidationError as refusal:
        raise NotApproved(" ".join(refusal.messages)) from None
    return f"“{latest.title}” staat online."


SOURCE = Source(SOURCE_NAME, "Ingevoerd, nog te beoordelen", waiting, count, approve)
