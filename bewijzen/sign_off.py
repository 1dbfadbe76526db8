"""Signing, with what goes along in the same transaction: who joins by a scan, and the note that
waited for that day. The line itself is written by the grootboek."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from aanbod.models import ActiviteitPage
from bewijzen import ledger, participation, permissions, phones
from bewijzen.blocks import incomparable
from bewijzen.ledger import Block, Receipt
from bewijzen.models import Deelname, Grade, Regel, Traject, Verzoek
from bewijzen.refusals import Refusal, given_reason
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User


@dataclass(frozen=True)
class Row:
    """One person of a meeting who was there. `minutes` only when it was not the whole time."""

    deelname: UUID
    intent: UUID
    minutes: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one row: a receipt, or why not."""

    deelname: UUID
    receipt: Receipt | None = None
    refusal: Refusal | None = None


def sign(
    deelname: UUID,
    block: Block,
    *,
    signer: User,
    intent: UUID,
    now: datetime,
    grade: str = Grade.GETEKEND,
    sure: bool = False,
) -> Receipt:
    """Sign one block; the note that waited for that day is answered. Raises `Refusal`.

    Hours beside a line without clock times of that day are written only when the signer is
    `sure`: the database cannot see whether they are the same hours. Looked at under the lock that
    the grootboek took, so that two phones at once do not both find nothing.
    """
    with acting_as(System("tekenen")), transaction.atomic():
        # What was signed before keeps its receipt, whoever signed in here since.
        if (
            phones.is_of_this_phone(deelname)
            and not Regel.objects.filter(intent=intent, signer=signer).exists()
        ):
            raise Refusal("own_phone")
        receipt = ledger.confirm(
            deelname, block, signer=signer, grade=grade, intent=intent, now=now
        )
        # Earlier lines only: a repetition answers as it did, whatever was signed since.
        earlier = incomparable(deelname, block, intent).filter(regel__lt=receipt.regel)
        if not sure and earlier.exists():
            raise Refusal("signed_already")
        participation.close_notes(deelname, block.day, Verzoek.State.GETEKEND)
    return receipt


def sign_scanned(
    traject: Traject,
    what: Deelname | ActiviteitPage,
    block: Block,
    *,
    signer: User,
    intent: UUID,
    now: datetime,
    sure: bool = False,
) -> Receipt:
    """Sign for somebody whose card was scanned: at an activity they take part in, or at one of
    the signer's own activities that they walked into. Raises `Refusal`, and then nobody was
    added either."""
    if traject.inburgeraar.user_id == signer.pk:
        raise Refusal("own_bewijs")
    with transaction.atomic():
        if isinstance(what, Deelname):
            participation.scanned(what, by=signer, now=now)
        else:
            what = participation.walk_in(traject, what, by=signer, now=now)
        return sign(
            what.pk,
            block,
            signer=signer,
            intent=intent,
            now=now,
            grade=Grade.GESCAND,
            sure=sure,
        )


def sign_meeting(
    rows: Iterable[Row], block: Block, *, signer: User, now: datetime
) -> list[Outcome]:
    """Sign for everyone who was there, each in a transaction of its own: one refusal keeps
    nobody else from their hours."""
    return [_sign_row(row, block, signer, now) for row in rows]


def _sign_row(row: Row, block: Block, signer: User, now: datetime) -> Outcome:
    part = block if row.minutes is None else replace(block, minutes=row.minutes)
    try:
        receipt = sign(row.deelname, part, signer=signer, intent=row.intent, now=now)
    except Refusal as refusal:
        return Outcome(row.deelname, refusal=refusal)
    return Outcome(row.deelname, receipt=receipt)


def sign_note(verzoek: UUID, *, signer: User, intent: UUID, now: datetime) -> Receipt:
    """Sign what the inburgeraar noted, as it was noted. Raises `Refusal`."""
    with acting_as(System("tekenen")), transaction.atomic():
        note = _locked(verzoek)
        repeated = Regel.objects.filter(intent=intent).exists()
        if note.state != Verzoek.State.OPEN and not repeated:
            raise Refusal("wrong_state")
        block = Block(note.day, note.minutes, note.van, note.tot)
        return sign(note.deelname_id, block, signer=signer, intent=intent, now=now)


def refuse_note(verzoek: UUID, *, by: User, reason: str, now: datetime) -> None:
    """The contact person does not sign this note; the inburgeraar reads why. Saying it twice
    changes nothing. Raises `Refusal`."""
    reason = given_reason(reason)
    with acting_as(System("tekenen")), transaction.atomic():
        note = _locked(verzoek)
        if not permissions.can_sign(by, note.deelname):
            raise Refusal("not_signer")
        if note.state == Verzoek.State.GEWEIGERD:
            return
        _close(note, Verzoek.State.GEWEIGERD, reason)
        outbox.tell(
            note.deelname.traject.inburgeraar.user,
            subject=_("Een contactpersoon tekende niet"),
            text=_("Op je eigen pagina in Veertig zie je voor welke dag, en waarom."),
            key=f"niet-getekend/{note.pk}",
            now=now,
            sender=by,
        )


def take_back_note(verzoek: UUID, *, by: User) -> None:
    """The inburgeraar takes a note back. Taking it back twice changes nothing."""
    with acting_as(System("mijn")), transaction.atomic():
        note = _locked(verzoek)
        if note.deelname.traject.inburgeraar.user_id != by.pk:
            raise Refusal("not_allowed")
        if note.state != Verzoek.State.INGETROKKEN:
            _close(note, Verzoek.State.INGETROKKEN)


def _locked(verzoek: UUID) -> Verzoek:
    """The note, with its deelname and traject locked first and in the order of the grootboek, or
    two who sign could wait for each other."""
    rows = Deelname.objects.select_related("traject").filter(verzoeken=verzoek)
    if rows.select_for_update(of=("self", "traject"), no_key=True).first() is None:
        raise Refusal("wrong_state")
    return (
        Verzoek.objects.select_related("deelname__traject__inburgeraar__user")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=verzoek)
    )


def _close(note: Verzoek, state: str, reason: str = "") -> None:
    if note.state != Verzoek.State.OPEN:
        raise Refusal("wrong_state")
    note.state, note.reason = state, reason
    note.save(update_fields=["state", "reason"])
