"""Handing a draft over to a moderator, who publishes it or sends it back.

One version waits per activity: the newest that was handed over. What is typed after that is a
draft like any other: it does not change what the moderator reads, until it is handed over too.
Wagtail's own workflows are not used: their reports and tasks show what is of other
municipalities, and say their piece in words that nobody here uses.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from aanbod import publishing
from aanbod.differences import differences, names_in
from aanbod.models import ActiviteitPage, Nalezing
from aanbod.waiting import Change, Item, NotApproved, Source
from gemeenten.models import Gemeente, GemeentePage, Rol, User
from gemeenten.outbox import tell
from gemeenten.permissions import can_edit_offer, can_publish_offer, publishing_kinds

ONLY_READERS = "Alleen een moderator van {gemeente} kan dit online zetten of terugsturen."
CHANGED = (
    "“{title}” is intussen opnieuw doorgegeven, of iemand besliste al. Lees de nieuwste versie."
)
NO_WORDS = "Schrijf wat er anders moet. De redacteur leest dit."

OVERTAKEN = (
    "kreeg intussen een nieuwere versie van een collega, en die staat online. Kijk na of jouw "
    "verandering erin staat"
)


class Refused(NotApproved):
    """Why something cannot be handed over or decided; its text is said to the colleague."""


def waiting(page: ActiviteitPage) -> Nalezing | None:
    """What waits for a moderator of this activity, whoever asks."""
    return Nalezing._base_manager.filter(page=page, state=Nalezing.State.WACHT).first()


@transaction.atomic
def hand_over(page: ActiviteitPage, by: User, *, now: datetime) -> Nalezing:
    """Let a moderator read the newest draft; one that waited already makes place for it.

    Raises Refused when `by` is no editor of the gemeente or when the draft could not go online
    as it is (`aanbod/publishing.py`).
    """
    page = _locked(page.pk)
    gemeente = page.gemeente
    if not can_edit_offer(by, gemeente):
        raise Refused(ONLY_READERS.format(gemeente=gemeente.name))
    draft = page.get_latest_revision_as_object()
    if found := publishing.problems(draft, gemeente):
        raise Refused(" ".join(sentence for group in found.values() for sentence in group))
    # A version of its own: Wagtail's autosave writes over the last one of the same editor.
    revision = draft.save_revision(user=by, clean=False)
    row, fresh = Nalezing._base_manager.update_or_create(
        page=page,
        state=Nalezing.State.WACHT,
        defaults={"revision": revision, "handed_by": by, "handed_at": now},
    )
    if fresh:
        _tell_readers(row, gemeente, by, now)
    return row


@transaction.atomic
def publish(revision_id: int, by: User, *, now: datetime) -> ActiviteitPage:
    """Put the version online that a moderator read, and say so to who handed it over.

    A version with a day to go online is scheduled for it. Raises Refused when that version does
    not wait (any more), when `by` may not publish, or when it may not go online.
    """
    row, page = _open(revision_id, by)
    try:
        with transaction.atomic():
            row.revision.publish(user=by)
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from refusal
    _close(row, Nalezing.State.ONLINE, by, now)
    return ActiviteitPage.objects.get(pk=page.pk)


@transaction.atomic
def send_back(revision_id: int, words: str, by: User, *, now: datetime) -> Nalezing:
    """Send the version that a moderator read back with what has to change."""
    if not words.strip():
        raise Refused(NO_WORDS)
    row, _ = _open(revision_id, by)
    row.words = words.strip()
    _close(row, Nalezing.State.TERUG, by, now)
    return row


def published_otherwise(page: ActiviteitPage, revision: Revision) -> None:
    """A moderator published from the form itself: what waited up to that version is done."""
    with transaction.atomic():
        rows = Nalezing._base_manager.select_for_update()
        row = rows.filter(page=page, state=Nalezing.State.WACHT).first()
        if row and row.revision_id < revision.pk:
            _close(row, Nalezing.State.ONLINE, None, timezone.now())


def _locked(page_id: int) -> ActiviteitPage:
    """The page, held until the end of the transaction: handing over and deciding take turns."""
    return ActiviteitPage.objects.select_for_update(of=("self",)).get(pk=page_id)


def _open(revision_id: int, by: User) -> tuple[Nalezing, ActiviteitPage]:
    """The row in which that version waits, and its page, both held."""
    asked = Nalezing._base_manager.filter(revision=revision_id).select_related("page").first()
    if asked is None:
        raise Refused(CHANGED.format(title="Deze versie"))
    page = _locked(asked.page_id)
    gemeente = page.gemeente
    if not can_publish_offer(by, gemeente):
        raise Refused(ONLY_READERS.format(gemeente=gemeente.name))
    rows = Nalezing._base_manager.filter(pk=asked.pk, revision=revision_id)
    row = rows.filter(state=Nalezing.State.WACHT).first()
    if row is None:
        raise Refused(CHANGED.format(title=page.title))
    return row, page


def _close(row: Nalezing, state: str, by: User | None, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, by, now
    row.save(update_fields=["state", "decided_by", "decided_at", "words"])
    _tell_editor(row, now)


def _tell_editor(row: Nalezing, now: datetime) -> None:
    if row.handed_by is None or row.handed_by == row.decided_by:
        return
    title = row.revision.as_object().title
    address = f"{settings.BASE_URL}{reverse('wagtailadmin_pages:edit', args=[row.page_id])}"
    if row.state == Nalezing.State.ONLINE:
        subject = "Je activiteit is nagelezen"
        read = "is nagelezen en mag online" if row.decided_by else OVERTAKEN
        text = f"“{title}” {read}.\n\n{address}\n"
    else:
        subject = "Je activiteit komt terug met een vraag"
        text = f"“{title}” is nagelezen. Er moet nog iets anders:\n\n{row.words}\n\n{address}\n"
    tell(
        row.handed_by,
        subject=subject,
        text=text,
        key=f"nalezing-{row.pk}-{row.state}",
        now=now,
        sender=row.decided_by,
    )


def _tell_readers(row: Nalezing, gemeente: Gemeente, by: User, now: datetime) -> None:
    """Those who may publish, the editor left out."""
    if not gemeente.moderated:
        return
    address = settings.BASE_URL + _address(row.page_id)
    roles = Rol.everyone.valid().filter(gemeente=gemeente, kind__in=publishing_kinds(gemeente))
    readers = User.objects.filter(pk__in=roles.values("user"), is_active=True).exclude(pk=by.pk)
    for reader in readers.order_by("pk"):
        tell(
            reader,
            subject="Er wacht een activiteit om na te lezen",
            text=f"Een collega van {gemeente.name} gaf een activiteit door.\n\n{address}\n",
            key=f"nalezing-{row.pk}-voor-{reader.pk}",
            now=now,
        )


def _address(page_id: int) -> str:
    return reverse("nalezen:activiteit", args=[page_id])


# -- In the wachtrij -------------------------------------------------------------------------


def _items(gemeente: Gemeente) -> list[Item]:
    rows = list(
        _rows(
            GemeentePage.objects.filter(gemeente=gemeente).values_list("path", flat=True)
        ).select_related("page__live_revision", "page__organisatie", "revision", "handed_by")
    )
    versions = [(_live_content(row.page), row.revision.content) for row in rows]
    names = names_in([content for pair in versions for content in pair])
    return [_item(row, differences(*pair, names)) for row, pair in zip(rows, versions, strict=True)]


def _item(row: Nalezing, changes: list[Change]) -> Item:
    return Item(
        source=SOURCE.name,
        pk=row.pk,
        title=row.revision.content["title"],
        state="wijziging" if row.page.live else "nieuw",
        since=row.handed_at,
        url=_address(row.page_id),
        organisatie=row.page.organisatie,
        page_id=row.page_id,
        changes=changes,
        version=str(row.revision_id),
    )


def _count(gemeente_ids: list[int]) -> int:
    landings = GemeentePage.objects.filter(gemeente__in=gemeente_ids)
    return _rows(landings.values_list("path", flat=True)).count()


def _rows(paths: Iterable[str]) -> QuerySet[Nalezing]:
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(page__path__startswith=path)
    return Nalezing._base_manager.filter(below, state=Nalezing.State.WACHT).order_by(
        "handed_at", "pk"
    )


def _approve(gemeente: Gemeente, item: Item, by: User, now: datetime) -> str:
    return published_sentence(publish(int(item.version), by, now=now))


def published_sentence(page: ActiviteitPage) -> str:
    if page.approved_schedule:
        return f"“{page.title}” is goedgekeurd. Het gaat op de gekozen dag vanzelf online."
    return f"“{page.title}” staat online."


def live_changes(row: Nalezing) -> list[Change]:
    """What the version that waits changes in what everybody sees now."""
    return differences(_live_content(row.page), row.revision.content)


def _live_content(page: ActiviteitPage) -> dict[str, Any]:
    return page.live_revision.content if page.live and page.live_revision else {}


SOURCE = Source("nalezing", "Om na te lezen", _items, _count, _approve)
