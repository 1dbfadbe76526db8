"""What organisations send in: until a colleague of the gemeente approves it, nothing of it is
public; then it is written as a page and published in one transaction.

The values are those of the columns of an import (`aanbod/importing/columns.py`): one way to read
and write an activity as plain values.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from aanbod import contacts, links, lookalikes, publishing, wording
from aanbod.contacts import ContactRefused, NewContact
from aanbod.importing import columns, pages
from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Contactpersoon,
    Inzending,
    Kenmerk,
    Organisatie,
    Organisatielink,
)
from aanbod.waiting import Item, NotApproved, Source
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht, Deelgemeente, Gemeente, GemeentePage, User

#: Bounds on one link, so that a leaked one cannot flood a colleague.
MOST_WAITING = 30
MOST_A_DAY = 40
MOST_CONTACTS = 5
#: Messages about one decision.
MOST_TOLD = 10

TOO_MANY = _(
    "Er wachten al veel inzendingen van je organisatie. De gemeente kijkt ze eerst na. Probeer "
    "het later opnieuw, of bel de gemeente."
)
WAITS = _("Er wacht al een wijziging van deze activiteit. Pas die aan.")
CLOSED = _("Dit kan je niet meer aanpassen. De gemeente heeft het al bekeken.")
STALE = (
    "De activiteit is veranderd na het versturen. Open de inzending, kijk wat er nu staat, en keur "
    "ze daar goed."
)
OFFLINE = "Deze activiteit staat nu offline. Zet de wijziging klaar als concept en kijk ze na."
HAS_DRAFT = (
    "Er is een concept dat nog niet online staat. Dat zou mee online gaan. Zet de wijziging klaar "
    "als concept en kijk ze na."
)
LOCKED = "Iemand heeft deze activiteit vergrendeld. Vraag die collega om ze vrij te geven."
NOT_YOU = "Je mag hier niet zelf publiceren. Zet het klaar als concept en vraag het na."


class NotSent(ValueError):
    """Why nothing was sent; its text is said to the organisation, in its language."""


@dataclass(frozen=True)
class Sending:
    """What an organisation fills in. `seen` is the revision of the page that it saw."""

    values: dict[str, Any]
    contacts: list[dict[str, str]]
    note: str = ""
    seen: int | None = None


# -- What an organisation has here ------------------------------------------------------------


def activities(link: Organisatielink) -> QuerySet[ActiviteitPage]:
    """The activities of the organisation in that gemeente that were ever online."""
    landing = GemeentePage.objects.get(gemeente=link.gemeente)
    rows = ActiviteitPage.objects.child_of(landing).filter(organisatie=link.organisatie)
    return rows.filter(first_published_at__isnull=False).order_by("title", "pk")


def of_link(link: Organisatielink) -> QuerySet[Inzending]:
    """Everything that the organisation sent in for that gemeente, with any of its links."""
    with acting_as(System("inzendingen")):
        return Inzending.objects.filter(organisatie=link.organisatie, gemeente=link.gemeente)


def values_of(page: ActiviteitPage) -> dict[str, Any]:
    """An activity in memory as plain values, without its organisatie."""
    values, _problems = columns.parse(pages.cells_of(page))
    if "tekst" in values:
        values["tekst"] = values["tekst"].replace("\r\n", "\n")
    return {key: value for key, value in values.items() if key not in ("id", "organisatie")}


def public_version(page: ActiviteitPage) -> ActiviteitPage:
    """The activity as everybody sees it: a colleague's draft is not shown to an organisation."""
    revision = page.live_revision
    return revision.as_object() if revision else page


# -- Sending in -------------------------------------------------------------------------------


@transaction.atomic
def send(
    link: Organisatielink,
    sending: Sending,
    *,
    page: ActiviteitPage | None = None,
    now: datetime,
) -> Inzending:
    """Send in a new activity, or a change of `page`. Raises NotSent when too much waits."""
    _lock(link.organisatie)
    _room(link, page, now)
    with acting_as(System("inzendingen")):
        base, revision = _base(page, sending.seen) if page else ({}, None)
        return Inzending.objects.create(
            organisatie=link.organisatie,
            gemeente=link.gemeente,
            kind=Inzending.Kind.WIJZIGING if page else Inzending.Kind.NIEUW,
            page=page,
            values=sending.values,
            base=base,
            base_revision=revision,
            contacts=sending.contacts[:MOST_CONTACTS],
            note=sending.note,
            made_at=now,
            sent_at=now,
        )


def _room(link: Organisatielink, page: ActiviteitPage | None, now: datetime) -> None:
    """Raises NotSent when a change of `page` waits already, or too much waits."""
    rows = of_link(link)
    waiting = rows.filter(state__in=Inzending.OPEN)
    if page and waiting.filter(page=page).exists():
        raise NotSent(str(WAITS))
    today = rows.filter(made_at__gt=now - timedelta(days=1))
    if waiting.count() >= MOST_WAITING or today.count() >= MOST_A_DAY:
        raise NotSent(str(TOO_MANY))


def _lock(organisatie: Organisatie) -> None:
    """Two at once count what waits one after the other."""
    Organisatie.objects.select_for_update(no_key=True).get(pk=organisatie.pk)


def _base(page: ActiviteitPage, seen: int | None) -> tuple[dict[str, Any], int | None]:
    """The values that the sender saw, and of which revision."""
    revision = Revision.objects.for_instance(page).filter(pk=seen).first() if seen else None
    if revision is None:
        revision = page.live_revision or page.latest_revision
    version = revision.as_object() if revision else page
    return values_of(version), revision.pk if revision else None


@transaction.atomic
def send_again(row: Inzending, sending: Sending, *, now: datetime) -> Inzending:
    """Send in again what was asked back, or what still waits. Raises NotSent when it is decided."""
    with acting_as(System("inzendingen")):
        found = _open(row)
        if found is None:
            raise NotSent(str(CLOSED))
        found.values, found.note = sending.values, sending.note
        found.contacts = sending.contacts[:MOST_CONTACTS]
        if found.page:
            found.base, found.base_revision = _base(found.page, sending.seen)
        found.state, found.reason = Inzending.State.INGEDIEND, ""
        found.version += 1
        found.sent_at = now
        found.save()
        return found


@transaction.atomic
def withdraw(row: Inzending, *, now: datetime) -> bool:
    """The organisation takes it back; False when it is decided already."""
    with acting_as(System("inzendingen")):
        found = _open(row)
        if found is None:
            return False
        _close(found, Inzending.State.INGETROKKEN, by=None, now=now)
        return True


def _open(row: Inzending) -> Inzending | None:
    """The row as it is now, locked, when it is still open."""
    rows = Inzending.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(pk=row.pk, state__in=Inzending.OPEN).first()


def _close(
    row: Inzending, state: Inzending.State, *, by: User | None, now: datetime, reason: str = ""
) -> None:
    """Decided: the names of people are no longer needed here."""
    row.state, row.reason, row.contacts = state, reason, []
    row.decided_by, row.decided_at = by, now
    row.save()


# -- What waits -------------------------------------------------------------------------------


def waiting(gemeente: Gemeente) -> list[Item]:
    """What was sent in and waits for a colleague, for the wachtrij."""
    rows = Inzending.objects.filter(gemeente=gemeente, state=Inzending.State.INGEDIEND)
    places = {row.name.casefold(): row for row in Deelgemeente.objects.filter(gemeente=gemeente)}
    found = list(rows.select_related("organisatie", "page"))
    items = {row.pk: _item(row, gemeente, places) for row in found}
    fresh = [row for row in found if row.kind == Inzending.Kind.NIEUW]
    lookalikes.add_hints(gemeente, [(items[row.pk], row.values) for row in fresh])
    return list(items.values())


def count(gemeente_ids: list[int]) -> int:
    rows = Inzending.objects.filter(gemeente__in=gemeente_ids)
    return rows.filter(state=Inzending.State.INGEDIEND).count()


def _item(row: Inzending, gemeente: Gemeente, places: dict[str, Deelgemeente]) -> Item:
    return Item(
        source=SOURCE_NAME,
        pk=row.pk,
        title=row.title,
        state=row.get_kind_display(),
        since=row.sent_at,
        url=reverse("wachtrij:inzending", args=[gemeente.nis, row.pk]),
        organisatie=row.organisatie,
        page_id=row.page_id,
        changes=wording.changes(row.base, row.values),
        missing=_in_the_way(row, gemeente, places),
        hints=_hints(row),
        answerable=True,
        version=str(row.version),
    )


SOURCE_NAME = "inzending"


def _in_the_way(row: Inzending, gemeente: Gemeente, places: dict[str, Deelgemeente]) -> list[str]:
    """Why one click cannot put it online; asks the database nothing."""
    return [*_page_in_the_way(row.page, row.base_revision), *_missing(row, gemeente, places)]


def _page_in_the_way(page: ActiviteitPage | None, seen: int | None) -> list[str]:
    if page is None:
        return []
    if not page.live:
        return [OFFLINE]
    if page.has_unpublished_changes:
        return [HAS_DRAFT]
    return [STALE] if page.latest_revision_id != seen else []


def _missing(row: Inzending, gemeente: Gemeente, places: dict[str, Deelgemeente]) -> list[str]:
    draft = ActiviteitPage()
    pages.fill(draft, {k: v for k, v in row.values.items() if k != "themas"}, places)
    found = publishing.problems(
        draft,
        gemeente,
        slugs=set(row.values.get("kenmerken", [])),
        has_moments=bool(row.values.get("momenten")),
    )
    if row.page and row.page.overrule_reason and _keeps(row, "kenmerken"):
        found.pop("kenmerken", None)  # publishing asks whether the overruling still stands
    return [sentence for sentences in found.values() for sentence in sentences]


def _keeps(row: Inzending, key: str) -> bool:
    return row.base.get(key) == row.values.get(key)


def _hints(row: Inzending) -> list[Any]:
    """New people, because who signs hours is for the colleague to know; and their note."""
    people = [
        f"Contactpersoon: {one['name']}, {one['email'] or one['mobile'] or 'krijgt een kaart'}."
        for one in row.contacts
    ]
    return [*people, *([f"Ze schrijven erbij: “{row.note}”"] if row.note else [])]


# -- Deciding ---------------------------------------------------------------------------------


def approve(gemeente: Gemeente, item: Item, by: User, now: datetime) -> str:
    """One click in the wachtrij: online, with its contact persons, and the organisation told."""
    return decide(gemeente, item.pk, item.version, by=by, now=now)


@transaction.atomic
def decide(
    gemeente: Gemeente,
    pk: int,
    version: str,
    *,
    by: User,
    now: datetime,
    seen: int | None = None,
    publish: bool = True,
) -> str:
    """Write what was sent in as a page; online, or with `publish` off as a draft to work on.

    A page that was changed meanwhile is only written when `seen` is the revision that it has now:
    then the colleague looked at it. Only the fields that the organisation changed are written.
    Raises NotApproved with the reason, LookupError when it no longer waits.
    """
    row = _claim(gemeente, pk, version)
    page = _written(row, gemeente, by, seen=seen, publish=publish)
    people = _named(row, page, by, now)
    told = _receivers(row, page)
    row.page = page
    _close(row, Inzending.State.AANVAARD, by=by, now=now)
    _tell(row, told, "online" if publish else "concept", by=by, now=now)
    names = f" Nieuw als contactpersoon: {', '.join(people)}." if people else ""
    if publish:
        return f"“{page.title}” staat online.{names}"
    return f"“{page.title}” staat klaar als concept.{names}"


@transaction.atomic
def ask_back(
    gemeente: Gemeente, pk: int, version: str, reason: str, *, by: User, now: datetime
) -> str:
    """Ask the organisation to change something. Raises LookupError when it no longer waits."""
    row = _claim(gemeente, pk, version)
    row.state, row.reason = Inzending.State.TERUGGEVRAAGD, reason
    row.decided_by, row.decided_at = by, now
    row.save()
    _tell(row, _receivers(row, row.page), "terug", by=by, now=now)
    return f"“{row.title}” is teruggevraagd. De organisatie leest je vraag bij haar link."


@transaction.atomic
def decline(
    gemeente: Gemeente, pk: int, version: str, reason: str, *, by: User, now: datetime
) -> str:
    """Say no, with the reason. Raises LookupError when it no longer waits."""
    row = _claim(gemeente, pk, version)
    told = _receivers(row, row.page)
    _close(row, Inzending.State.AFGEWEZEN, by=by, now=now, reason=reason)
    _tell(row, told, "afgewezen", by=by, now=now)
    return f"“{row.title}” is afgewezen. De organisatie leest je reden bij haar link."


def _claim(gemeente: Gemeente, pk: int, version: str) -> Inzending:
    """The waiting row, locked: of two who decide at once the second finds nothing."""
    rows = _lockable().filter(gemeente=gemeente, pk=pk, state=Inzending.State.INGEDIEND)
    row = rows.select_related("organisatie", "page").first()
    if row is None or str(row.version) != version:
        raise LookupError(pk)
    return row


def _lockable() -> QuerySet[Inzending]:
    return Inzending.objects.select_for_update(no_key=True, of=("self",))


def _written(
    row: Inzending, gemeente: Gemeente, by: User, *, seen: int | None, publish: bool
) -> ActiviteitPage:
    landing = GemeentePage.objects.get(gemeente=gemeente)
    try:
        if row.page is None:
            return _new_page(row, landing, by, publish=publish)
        return _changed_page(row, row.page, landing, by, seen=seen, publish=publish)
    except ValidationError as refusal:
        raise NotApproved(" ".join(refusal.messages)) from None


def _new_page(row: Inzending, landing: GemeentePage, by: User, *, publish: bool) -> ActiviteitPage:
    may = landing.permissions_for_user(by)
    if not may.can_add_subpage():
        raise NotApproved(NOT_YOU)
    if publish and not may.can_publish_subpage():
        raise NotApproved(NOT_YOU)
    page = ActiviteitPage(live=False, owner=by, organisatie=row.organisatie)
    _fill(page, row, row.values)
    if publish:
        _require_complete(page, row.gemeente)
    landing.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=by, content_changed=True)
    return _saved(page, by, publish=publish)


def _changed_page(
    row: Inzending,
    page: ActiviteitPage,
    landing: GemeentePage,
    by: User,
    *,
    seen: int | None,
    publish: bool,
) -> ActiviteitPage:
    # Whoever saves this page now comes before us or after us, never in between.
    Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    page = ActiviteitPage.objects.get(pk=page.pk)
    may = page.permissions_for_user(by)
    if not page.is_child_of(landing) or not may.can_edit():
        raise NotApproved(NOT_YOU)
    if page.locked and page.locked_by_id != by.pk:
        raise NotApproved(LOCKED)
    if publish:
        if not may.can_publish():
            raise NotApproved(NOT_YOU)
        expected = seen if seen is not None else row.base_revision
        if found := _page_in_the_way(page, expected):
            raise NotApproved(" ".join(found))
    latest = page.get_latest_revision_as_object()
    _fill(latest, row, {key: v for key, v in row.values.items() if not _keeps(row, key)})
    if publish:
        _require_complete(latest, row.gemeente)
    return _saved(latest, by, publish=publish)


def _fill(page: ActiviteitPage, row: Inzending, values: dict[str, Any]) -> None:
    places = {
        one.name.casefold(): one for one in Deelgemeente.objects.filter(gemeente=row.gemeente)
    }
    pages.fill(page, values, places)
    if "kenmerken" in values:
        page.kenmerken.set(list(Kenmerk.objects.filter(slug__in=values["kenmerken"])))


def _require_complete(page: ActiviteitPage, gemeente: Gemeente) -> None:
    found = publishing.problems(page, gemeente)
    if found:
        raise NotApproved(" ".join(one for sentences in found.values() for one in sentences))


def _saved(page: ActiviteitPage, by: User, *, publish: bool) -> ActiviteitPage:
    revision = page.save_revision(user=by, log_action=True)
    if publish:
        revision.publish(user=by)
    return ActiviteitPage.objects.get(pk=page.pk)


# -- Contact persons ---------------------------------------------------------------------------


def _named(row: Inzending, page: ActiviteitPage, by: User, now: datetime) -> list[str]:
    """Make the named contact persons and let them stand for the activity; the names of who is
    new. Who is known to this gemeente for this organisatie stays as they are."""
    if not row.contacts:
        return []
    today, gemeente = timezone.localdate(now), row.gemeente
    known = list(
        Contactpersoon.objects.valid(today)
        .filter(gemeente=gemeente, organisatie=row.organisatie)
        .select_related("user")
    )
    fresh, standing = [], _standing(page)
    try:
        for one in row.contacts:
            contact = _known(one, known)
            if contact is None:
                contact = contacts.add(
                    gemeente, row.organisatie, _new_contact(one, now), now=now, by=by
                )
                fresh.append(str(contact))
            standing.add(contact.pk)
        contacts.attach(page, standing, today=today)
    except (ContactRefused, ValidationError) as refusal:
        raise NotApproved(f"Een contactpersoon kan niet: {refusal}") from None
    return fresh


def _standing(page: ActiviteitPage) -> set[int]:
    """Who stands for the activity and may still do so."""
    rows = ActiviteitContact.objects.filter(
        page=page, contactpersoon__organisatie=page.organisatie_id
    )
    valid = Contactpersoon.objects.valid().filter(activiteiten__in=rows)
    return set(valid.values_list("pk", flat=True))


def _known(one: dict[str, str], known: list[Contactpersoon]) -> Contactpersoon | None:
    for contact in known:
        user = contact.user
        if one["email"] or one["mobile"]:
            same = (user.email or "").casefold() == one["email"].casefold() != ""
            if same or (one["mobile"] and user.mobile == one["mobile"]):
                return contact
        elif not user.email and not user.mobile and str(contact) == one["name"]:
            return contact
    return None


def _new_contact(one: dict[str, str], now: datetime) -> NewContact:
    return NewContact(
        name=one["name"],
        email=one["email"],
        mobile=one["mobile"],
        language="nl",
        valid_from=timezone.localdate(now),
    )


# -- Telling -----------------------------------------------------------------------------------

#: First word of the key of these messages.
MESSAGE = "inzending"
SUBJECT = _("Over wat je organisatie doorgaf")
ENDINGS = {
    "online": _("Dag\n\n“%(title)s” staat online. Dank je wel.%(reason)s"),
    "concept": _(
        "Dag\n\nDe gemeente %(gemeente)s heeft “%(title)s” overgenomen en werkt ze af. Daarna komt "
        "ze online.%(reason)s"
    ),
    "terug": _(
        "Dag\n\nDe gemeente %(gemeente)s vraagt je iets over “%(title)s”:\n\n%(reason)s\n\nOpen de "
        "link van je organisatie. Pas het daar aan en verstuur het opnieuw."
    ),
    "afgewezen": _(
        "Dag\n\n“%(title)s” komt niet online. De gemeente %(gemeente)s schrijft:\n\n%(reason)s"
    ),
}


def _receivers(row: Inzending, page: ActiviteitPage | None) -> list[Contactpersoon]:
    """Who stands for the activity; else the contact persons of the organisatie here."""
    valid = Contactpersoon.objects.valid().filter(
        gemeente=row.gemeente, organisatie=row.organisatie
    )
    standing = valid.filter(pk__in=_standing(page)) if page else valid.none()
    chosen = (standing if standing.exists() else valid).select_related("user").order_by("pk")
    return list(chosen[:MOST_TOLD])


def _tell(
    row: Inzending, people: list[Contactpersoon], what: str, *, by: User, now: datetime
) -> None:
    words = {"title": row.title, "gemeente": row.gemeente.name, "reason": row.reason}
    for contact in people:
        with override(contact.language):
            text = str(ENDINGS[what]) % words
        if what == "terug" and contact.user.email:
            text += f"\n\n{links.MARK}"
        outbox.tell(
            contact.user,
            subject=SUBJECT,
            text=text,
            key=f"{MESSAGE}:{row.pk}:{row.version}:{what}:{contact.pk}",
            now=now,
            sender=by,
            language=contact.language,
            contact_gemeente=row.gemeente,
        )


def last_words(bericht: Bericht) -> str:
    """The text of a message as it is sent. A question ends with the address of the organisation's
    page; without a living link the question goes alone."""
    if not bericht.text.endswith(links.MARK):
        return bericht.text
    with acting_as(System("links")):
        pk = bericht.key.split(":")[1]
        row = Inzending.objects.select_related("organisatie", "gemeente").filter(pk=pk).first()
    address = links.address(row.organisatie, row.gemeente) if row else ""
    return bericht.text.removesuffix(links.MARK) + address


SOURCE = Source(SOURCE_NAME, "Ingediend door organisaties", waiting, count, approve)
