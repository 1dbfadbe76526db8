"""Taking part: asking, being let in, walking in, stopping, and the judgement for this person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod import indexing
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from bewijzen import permissions
from bewijzen.ledger import Block, check_block
from bewijzen.models import Deelname, Stap, Traject, Verzoek
from bewijzen.refusals import Refusal, given_reason
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Deelname.State


def ask_to_join(traject: Traject, page: ActiviteitPage, *, now: datetime) -> Deelname:
    """The inburgeraar asks for a place; the activity's contact persons hear of it. Somebody who
    stopped or was refused may ask again."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname, made = _enter(traject, page, State.GEVRAAGD, now)
        if not made and deelname.state in {State.GEVRAAGD, State.WACHTLIJST, State.DEELNEMER}:
            raise Refusal("already_there")
        before = "" if made else deelname.state
        _to(deelname, State.GEVRAAGD, by=traject.inburgeraar.user, now=now, before=before)
        for contact in contacts_of(deelname):
            outbox.tell(
                contact.user,
                subject=_("Iemand wil meedoen"),
                text=_(
                    "Iemand wil meedoen met een activiteit van jou. Kijk op Veertig, bij Vandaag."
                ),
                key=f"gevraagd/{deelname.pk}/{deelname.stappen.count()}/{contact.user_id}",
                now=now,
                contact_gemeente=contact.gemeente,
            )
    return deelname


def walk_in(traject: Traject, page: ActiviteitPage, *, by: User, now: datetime) -> Deelname:
    """A contact person scanned somebody who was not on the list: on the list at once. A full
    activity never blocks hours already lived (trust.md §2); the trajectbegeleider is told."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname, made = _enter(traject, page, State.DEELNEMER, now)
        if not made and deelname.state == State.DEELNEMER:
            return deelname
        _must_sign(by, deelname)
        before = "" if made else deelname.state
        _to(deelname, State.DEELNEMER, by=by, now=now, before=before)
        outbox.tell(
            traject.trajectbegeleider,
            subject=_("Iemand deed mee zonder aanvraag"),
            text=format_lazy(
                "{} {}",
                _("Een contactpersoon heeft iemand uit je lijst toegevoegd. Dossier:"),
                traject.inburgeraar.reference,
            ),
            key=f"walk-in/{deelname.pk}/{deelname.stappen.count()}",
            now=now,
            sender=by,
        )
    return deelname


def scanned(deelname: Deelname, *, by: User, now: datetime) -> None:
    """Who is scanned at the activity takes part, whatever the list said."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _locked(deelname.pk)
        if deelname.state == State.DEELNEMER:
            return
        _must_sign(by, deelname)
        _to(deelname, State.DEELNEMER, by=by, now=now)


def welcome(deelname: Deelname, *, by: User, now: datetime) -> None:
    """The contact person says yes. Refused when there is no place left."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _decided_by_contact(deelname, by)
        if deelname.page_id and _is_full(deelname.page_id):
            raise Refusal("full")
        _to(deelname, State.DEELNEMER, by=by, now=now)
        _answer(deelname, _("Je mag meedoen. Kijk op je eigen pagina in Veertig."), by, now)


def decline(deelname: Deelname, *, by: User, reason: str, now: datetime) -> None:
    """The contact person says no, with a reason that the inburgeraar can read."""
    reason = given_reason(reason)
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _decided_by_contact(deelname, by)
        _to(deelname, State.GEWEIGERD, by=by, reason=reason, now=now)
        _answer(
            deelname,
            _("Deze keer kan je niet meedoen. Kijk op je eigen pagina in Veertig waarom."),
            by,
            now,
        )


def stop(deelname: Deelname, *, by: User, now: datetime) -> None:
    """Either side stops; hours already lived can still be signed."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _locked(deelname.pk)
        own = deelname.traject.inburgeraar.user_id == by.pk
        if not own and not permissions.can_withdraw(by, deelname):
            raise Refusal("not_allowed")
        if deelname.state not in {State.GEVRAAGD, State.WACHTLIJST, State.DEELNEMER}:
            raise Refusal("wrong_state")
        _to(deelname, State.GESTOPT, by=by, now=now)


def judge(
    deelname: Deelname,
    verdict: str,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    until: date | None = None,
) -> None:
    """Does this activity fit for this person (R6)? `past_niet` needs a reason and the day up to
    which hours still count, so that nothing already lived is lost."""
    is_no = verdict == Deelname.Judgement.PAST_NIET
    reason = given_reason(reason) if is_no or reason.strip() else ""
    if is_no and until is None:
        raise Refusal("needs_day")
    until = until if is_no else None
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _locked(deelname.pk)
        if not permissions.follows(by, deelname.traject):
            raise Refusal("not_allowed")
        before = deelname.judgement
        if until is not None:
            lived = deelname.bevestigingen.order_by("-day").values_list("day", flat=True).first()
            until = max(until, lived) if lived else until
        deelname.judgement = verdict
        deelname.judgement_reason = reason
        deelname.judged_until = until
        deelname.save(update_fields=["judgement", "judgement_reason", "judged_until"])
        Stap.objects.create(
            traject=deelname.traject,
            deelname=deelname,
            what="beoordeling",
            before=before,
            after=verdict,
            actor=by,
            reason=reason,
            at=now,
        )
        if is_no:
            _answer(
                deelname,
                _("Je trajectbegeleider schreef iets. Kijk op je eigen pagina."),
                by,
                now,
            )


def note_attendance(deelname: Deelname, block: Block, *, now: datetime) -> Verzoek:
    """ "I was there": visible and waiting, never counted until a contact person signs."""
    check_block(block, now)
    try:
        with transaction.atomic():
            return Verzoek.objects.create(
                deelname=deelname,
                day=block.day,
                minutes=block.minutes,
                van=block.van,
                tot=block.tot,
                created_at=now,
            )
    except IntegrityError:
        raise Refusal("noted_already") from None


def close_notes(deelname: UUID, day: date, state: str, *, reason: str = "") -> None:
    """What waited for this day is signed, refused or taken back."""
    with acting_as(System("deelname")):
        Verzoek.objects.filter(deelname=deelname, day=day, state=Verzoek.State.OPEN).update(
            state=state, reason=reason
        )


def contacts_of(deelname: Deelname) -> list[Contactpersoon]:
    """Who may sign: those named on the activity, else everyone of its organisatie there."""
    return contacts_by_deelname([deelname])[deelname.pk]


def contacts_by_deelname(deelnames: Iterable[Deelname]) -> dict[UUID, list[Contactpersoon]]:
    """`contacts_of` for many at once: two queries, however many there are."""
    deelnames = list(deelnames)
    with acting_as(System("deelname")):
        pages = {deelname.page_id for deelname in deelnames if deelname.page_id}
        named = defaultdict(set)
        on_pages = ActiviteitContact.objects.filter(page__in=pages)
        for page, contact in on_pages.values_list("page", "contactpersoon"):
            named[page].add(contact)
        contacts = list(
            Contactpersoon.objects.valid()
            .filter(
                Q(pk__in={deelname.contact_id for deelname in deelnames})
                | Q(pk__in=set().union(*named.values()))
                | Q(organisatie__in={deelname.organisatie_id for deelname in deelnames})
            )
            .select_related("user", "gemeente")
            .order_by("user__name", "pk")
        )
    return {deelname.pk: _contacts(deelname, named, contacts) for deelname in deelnames}


def _contacts(
    deelname: Deelname, named: Mapping[int, set[int]], contacts: list[Contactpersoon]
) -> list[Contactpersoon]:
    if deelname.contact_id:
        return [contact for contact in contacts if contact.pk == deelname.contact_id]
    on_page = named.get(deelname.page_id or 0, set())
    found = [contact for contact in contacts if contact.pk in on_page]
    if found or not deelname.organisatie_id:
        return found
    there = (deelname.organisatie_id, deelname.gemeente_id)
    return [
        contact for contact in contacts if (contact.organisatie_id, contact.gemeente_id) == there
    ]


def taken(page_id: int) -> int:
    """How many take part; acts as the system, because a number is no person."""
    with acting_as(System("deelname")):
        return Deelname.objects.filter(page=page_id, state=State.DEELNEMER).count()


def _is_full(page_id: int) -> bool:
    """Asked with the activity locked, so that two who are let in at once don't both get the last
    place."""
    capacity = _locked_page(page_id).capacity
    return capacity is not None and taken(page_id) >= capacity


def _locked_page(page_id: int) -> ActiviteitPage:
    return ActiviteitPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page_id)


def _enter(
    traject: Traject, page: ActiviteitPage, state: str, now: datetime
) -> tuple[Deelname, bool]:
    return Deelname.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        traject=traject,
        page=page,
        defaults={
            "title": page.title,
            "gemeente": page.get_parent().specific.gemeente,
            "organisatie": page.organisatie,
            "state": state,
            "created_at": now,
        },
    )


def _locked(pk: UUID) -> Deelname:
    rows = Deelname.objects.select_related("traject__inburgeraar__user", "page")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _must_sign(user: User, deelname: Deelname) -> None:
    if deelname.traject.inburgeraar.user_id == user.pk:
        raise Refusal("own_bewijs")
    if not permissions.can_sign(user, deelname):
        raise Refusal("not_signer")


def _decided_by_contact(deelname: Deelname, by: User) -> Deelname:
    deelname = _locked(deelname.pk)
    _must_sign(by, deelname)
    if deelname.state not in {State.GEVRAAGD, State.WACHTLIJST}:
        raise Refusal("wrong_state")
    return deelname


def _to(
    deelname: Deelname,
    state: str,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    before: str | None = None,
) -> None:
    """Change the state, write the step down, and tell the offer how many places are taken.
    `before` is empty for a deelname that was made just now."""
    before = deelname.state if before is None else before
    deelname.state = state
    deelname.save(update_fields=["state"])
    Stap.objects.create(
        traject_id=deelname.traject_id,
        deelname=deelname,
        what="deelname",
        before=before,
        after=state,
        actor=by,
        reason=reason,
        at=now,
    )
    if deelname.page_id:
        _locked_page(deelname.page_id)  # or two who count at once would both miss the other
        indexing.set_places_taken(deelname.page_id, taken(deelname.page_id))


def _answer(deelname: Deelname, text: "StrOrPromise", by: User, now: datetime) -> None:
    outbox.tell(
        deelname.traject.inburgeraar.user,
        subject=_("Nieuws over een activiteit"),
        text=text,
        key=f"antwoord/{deelname.pk}/{deelname.stappen.count()}",
        now=now,
        sender=by,
    )
