"""The grootboek: the only module that writes its lines and their projection (trust.md §3).

A line is written under a lock on its traject, in one transaction with the projection of what is
valid now, the day's total, the signed head and the traject's total. The database's own
constraints decide about overlaps, days and the future; here they become a sentence.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bewijzen import canonical, permissions, signing, trajects
from bewijzen.models import (
    Bevestiging,
    Dagtotaal,
    Deelname,
    Hoofd,
    Regel,
    RegelTekst,
    Traject,
)
from bewijzen.refusals import Refusal, given_reason
from gemeenten.acting import System, acting_as
from gemeenten.models import User

BRUSSELS = ZoneInfo("Europe/Brussels")
FUTURE_SLACK = timedelta(minutes=5)
EARLIEST_DAY = date(2023, 1, 1)  # the rules in force since then (seed 004)

#: What the database says, as a refusal.
CONSTRAINTS = {
    "no_two_blocks_at_once": "overlap",
    "never_more_than_24_hours_a_day": "too_much_for_a_day",
    "bevestiging_fits_in_a_day": "too_much_for_a_day",
    "nothing_in_the_future": "future",
    "block_holds_its_minutes": "longer_than_block",
    "block_fits_in_a_day": "too_much_for_a_day",
    "block_belongs_to_the_day_it_starts": "wrong_day",
    "block_is_bounded_and_not_empty": "wrong_order",
    "regel_has_both_clock_times_or_none": "half_a_block",
    "bewijzen_regel_withdraws_id_key": "already_withdrawn",
}


@dataclass(frozen=True)
class Block:
    """Lived time: a Brussels day and minutes, with clock times only where they are known.

    Clock times are kept in UTC, to the second. Two Brussels times can't be subtracted: Python
    takes the hands of the clock, and is an hour off when the clock changes between them.
    """

    day: date
    minutes: int
    van: datetime | None = None
    tot: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("van", "tot"):
            moment = getattr(self, name)
            if moment is not None:
                object.__setattr__(self, name, _kept(moment))

    @classmethod
    def between(cls, van: datetime, tot: datetime) -> "Block":
        """The whole time from `van` to `tot`; it belongs to the Brussels day it starts on."""
        minutes = (_kept(tot) - _kept(van)) // timedelta(minutes=1)
        return cls(van.astimezone(BRUSSELS).date(), minutes, van, tot)


def _kept(moment: datetime) -> datetime:
    try:
        return canonical.to_second(moment)
    except OverflowError:  # the first day of the year 1; `check_block` finds it too long ago
        return moment.replace(tzinfo=UTC, microsecond=0)


@dataclass(frozen=True)
class Receipt:
    """What was written, the same for every repetition of one intent."""

    regel: int
    number: int
    kind: str
    day: date
    minutes: int
    hash: str
    received_at: datetime


def confirm(
    deelname: UUID,
    block: Block,
    *,
    signer: User,
    grade: str,
    intent: UUID,
    now: datetime,
    claimed_at: datetime | None = None,
    entered_by: User | None = None,
) -> Receipt:
    """Write one signed block of time.

    The same `intent` with the same content gives the same receipt, for ever; with other content
    it is refused. `entered_by` is who typed over a paper sheet. Raises `Refusal`; success means
    that the surrounding transaction holds the line.
    """
    now = canonical.to_second(now)
    claimed_at = canonical.to_second(claimed_at) if claimed_at else now
    with acting_as(System("grootboek")):
        content = {
            "kind": Regel.Kind.BEVESTIGING,
            "deelname_id": deelname,
            "day": block.day,
            "minutes": block.minutes,
            "van": block.van,
            "tot": block.tot,
            "grade": grade,
            "signer_id": signer.pk,
            "entered_by_id": entered_by.pk if entered_by else None,
        }
        return _once(
            intent,
            content,
            lambda: _confirm(deelname, block, signer, grade, intent, now, claimed_at, entered_by),
        )


def withdraw(regel: int, *, by: User, reason: str, intent: UUID, now: datetime) -> Receipt:
    """Withdraw an earlier line with a reason. Totals come from what is left; a traject that
    falls below its target goes back to `lopend`, and the inburgeraar is told."""
    reason = given_reason(reason)
    now = canonical.to_second(now)
    with acting_as(System("grootboek")):
        content = {
            "kind": Regel.Kind.INTREKKING,
            "withdraws_id": regel,
            "signer_id": by.pk,
        }
        return _once(
            intent, content, lambda: _withdraw(regel, by, reason, intent, now), reason=reason
        )


def _once(
    intent: UUID, content: dict[str, Any], write: Callable[[], Receipt], *, reason: str = ""
) -> Receipt:
    """One transaction for one intent. When it fails, an earlier line of this intent answers."""
    try:
        with transaction.atomic():
            return write()
    except (Refusal, IntegrityError) as error:
        earlier = Regel.objects.filter(intent=intent).first()
        if earlier is None:
            raise _as_refusal(error) from error
        same = all(getattr(earlier, name) == value for name, value in content.items())
        if not same or RegelTekst.objects.filter(regel=earlier).exclude(reason=reason).exists():
            raise Refusal("intent_conflict") from error
        return _receipt(earlier)


def _as_refusal(error: Refusal | IntegrityError) -> Refusal:
    if isinstance(error, Refusal):
        return error
    diagnosis = getattr(error.__cause__, "diag", None)
    return Refusal(CONSTRAINTS.get(getattr(diagnosis, "constraint_name", None) or "", "busy"))


def check_block(block: Block, now: datetime) -> None:
    """Refuse what no ledger line can be, before anything is asked of the database."""
    if block.day < EARLIEST_DAY:
        raise Refusal("long_ago")
    if (block.van is None) != (block.tot is None):
        raise Refusal("half_a_block")
    if block.van and block.tot and block.tot <= block.van:
        raise Refusal("wrong_order")
    if block.minutes < 1:
        raise Refusal("no_minutes")
    if block.minutes > 1440:
        raise Refusal("too_much_for_a_day")
    _check_lived(block, canonical.to_second(now))
    if block.van and block.tot:
        _check_times(block, block.van, block.tot)


def _check_lived(block: Block, now: datetime) -> None:
    """Nothing in the future: neither the end, nor more minutes than the day had so far."""
    if block.day > now.astimezone(BRUSSELS).date():
        raise Refusal("future")
    if block.tot is not None and block.tot > now + FUTURE_SLACK:
        raise Refusal("future")
    midnight = datetime.combine(block.day, time.min, BRUSSELS).astimezone(UTC)
    if block.tot is None and midnight + timedelta(minutes=block.minutes) > now + FUTURE_SLACK:
        raise Refusal("more_than_today")


def _check_times(block: Block, van: datetime, tot: datetime) -> None:
    if van.astimezone(BRUSSELS).date() != block.day:
        raise Refusal("wrong_day")
    if tot - van > timedelta(days=1):
        raise Refusal("too_much_for_a_day")
    if tot - van < timedelta(minutes=block.minutes):
        raise Refusal("longer_than_block")


def _confirm(
    deelname_id: UUID,
    block: Block,
    signer: User,
    grade: str,
    intent: UUID,
    now: datetime,
    claimed_at: datetime,
    entered_by: User | None,
) -> Receipt:
    check_block(block, now)
    deelname = _locked(deelname_id)
    role = _may_sign(deelname, signer, entered_by, block.day, now)
    _must_fit(deelname, block.day)
    regel = _append(
        deelname,
        kind=Regel.Kind.BEVESTIGING,
        block=block,
        grade=grade,
        signer=signer,
        role=role,
        entered_by=entered_by,
        intent=intent,
        claimed_at=claimed_at,
        now=now,
    )
    _project(regel)
    _add_minutes(deelname.traject, block.day, block.minutes)
    return _receipt(regel)


def _withdraw(regel_id: int, by: User, reason: str, intent: UUID, now: datetime) -> Receipt:
    old = Regel.objects.filter(pk=regel_id, kind=Regel.Kind.BEVESTIGING).first()
    if old is None:
        raise Refusal("wrong_state")
    deelname = _locked(old.deelname_id)
    if not permissions.can_withdraw(by, deelname):
        raise Refusal("not_signer")
    removed, _ = Bevestiging.objects.filter(pk=regel_id).delete()
    if removed != 1:
        raise Refusal("already_withdrawn")
    regel = _append(
        deelname,
        kind=Regel.Kind.INTREKKING,
        block=Block(old.day, old.minutes, old.van, old.tot),
        grade=old.grade,
        signer=by,
        role="trajectbegeleider" if permissions.follows(by, deelname.traject) else "contactpersoon",
        entered_by=None,
        intent=intent,
        claimed_at=now,
        now=now,
        withdraws=old,
        reason=reason,
    )
    _add_minutes(deelname.traject, old.day, -old.minutes)
    trajects.hours_were_withdrawn(deelname, old, by=by, reason=reason, now=now)
    return _receipt(regel)


def _locked(deelname_id: UUID) -> Deelname:
    """The deelname and its traject, locked: lines of one traject are written one by one, and no
    judgement changes meanwhile. Always in this order, or two writers could wait for each other."""
    try:
        return (
            Deelname.objects.select_related("traject__inburgeraar__user", "gemeente", "organisatie")
            .select_for_update(of=("self", "traject"), no_key=True)
            .get(pk=deelname_id)
        )
    except Deelname.DoesNotExist:
        raise Refusal("not_signer") from None


def _may_sign(
    deelname: Deelname, signer: User, entered_by: User | None, day: date, now: datetime
) -> str:
    """As what `signer` signs: contactpersoon, or invaller for that day. Raises `Refusal`."""
    if deelname.traject.inburgeraar.user_id in {signer.pk, entered_by and entered_by.pk}:
        raise Refusal("own_bewijs")
    role = "contactpersoon"
    if not permissions.can_sign(signer, deelname):
        today = now.astimezone(BRUSSELS).date()
        if not permissions.stands_in(signer, deelname, day, today=today):
            raise Refusal("not_signer")
        role = "invaller"
    if entered_by is not None and not permissions.can_enter(entered_by, deelname):
        raise Refusal("not_allowed")
    return role


def _must_fit(deelname: Deelname, day: date) -> None:
    """What was judged not to fit counts up to the day named, and not after it (R6)."""
    until = deelname.judged_until  # never absent where something does not fit
    fits = deelname.judgement != Deelname.Judgement.PAST_NIET
    if not fits and until is not None and day > until:
        raise Refusal("does_not_fit")


def _append(
    deelname: Deelname,
    *,
    kind: str,
    block: Block,
    grade: str,
    signer: User,
    role: str,
    entered_by: User | None,
    intent: UUID,
    claimed_at: datetime,
    now: datetime,
    withdraws: Regel | None = None,
    reason: str = "",
) -> Regel:
    """Add a line, its words and its signed head to the chain of the locked traject."""
    traject = deelname.traject
    last = Hoofd.objects.filter(traject=traject).order_by("-number").first()
    tekst = _words(deelname, signer, role, reason)
    regel = Regel(
        traject=traject,
        number=last.number + 1 if last else 1,
        kind=kind,
        withdraws=withdraws,
        deelname=deelname,
        day=block.day,
        minutes=block.minutes,
        van=block.van,
        tot=block.tot,
        grade=grade,
        signer=signer,
        entered_by=entered_by,
        intent=intent,
        claimed_at=claimed_at,
        received_at=now,
        text_hash=canonical.words_hash(tekst),
        prev_hash=last.hash if last else canonical.first_prev_hash(traject.pk),
    )
    regel.hash = canonical.line_hash(
        canonical.line(
            regel,
            signer=signer.username,
            entered_by=entered_by.username if entered_by else None,
        )
    )
    regel.save(force_insert=True)
    tekst.regel = regel
    tekst.save(force_insert=True)
    message = canonical.head_message(traject.pk, regel.number, regel.hash)
    kid, signature = signing.sign(message)
    Hoofd.objects.create(
        traject=traject,
        number=regel.number,
        hash=regel.hash,
        kid=kid,
        signature=signature.hex(),
    )
    return regel


def _words(deelname: Deelname, signer: User, role: str, reason: str) -> RegelTekst:
    return RegelTekst(
        salt=secrets.token_hex(16),
        title=deelname.title,
        gemeente=deelname.gemeente.name,
        organisatie=deelname.organisatie.name if deelname.organisatie else "",
        inburgeraar=deelname.traject.inburgeraar.name,
        signer=signer.name,
        signer_role=role,
        reason=reason,
    )


def _add_minutes(traject: Traject, day: date, minutes: int) -> None:
    """Change the day's total and the traject's total; the database refuses more than 24 hours."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Dagtotaal._meta.db_table} AS t (traject_id, day, minutes) "  # noqa: S608
            "VALUES (%(traject)s, %(day)s, greatest(%(minutes)s, 0)) "
            "ON CONFLICT (traject_id, day) DO UPDATE SET minutes = t.minutes + %(minutes)s",
            {"traject": traject.pk, "day": day, "minutes": minutes},
        )
    traject.total_minutes += minutes
    Traject.objects.filter(pk=traject.pk).update(total_minutes=traject.total_minutes)


def _receipt(regel: Regel) -> Receipt:
    return Receipt(
        regel=regel.pk,
        number=regel.number,
        kind=regel.kind,
        day=regel.day,
        minutes=regel.minutes,
        hash=regel.hash,
        received_at=regel.received_at,
    )


def rebuild(traject: Traject) -> None:
    """Make the projection of one traject again from its log, line by line as it was written."""
    with acting_as(System("grootboek")), transaction.atomic():
        traject = Traject.objects.select_for_update(no_key=True).get(pk=traject.pk)
        Bevestiging.objects.filter(traject=traject).delete()
        Dagtotaal.objects.filter(traject=traject).delete()
        traject.total_minutes = 0
        Traject.objects.filter(pk=traject.pk).update(total_minutes=0)
        for regel in Regel.objects.filter(traject=traject).order_by("number"):
            if regel.kind == Regel.Kind.BEVESTIGING:
                _project(regel)
                _add_minutes(traject, regel.day, regel.minutes)
            else:
                Bevestiging.objects.filter(pk=regel.withdraws_id).delete()
                _add_minutes(traject, regel.day, -regel.minutes)


def _project(regel: Regel) -> None:
    Bevestiging.objects.create(
        regel=regel,
        traject_id=regel.traject_id,
        deelname_id=regel.deelname_id,
        day=regel.day,
        minutes=regel.minutes,
        block=DateTimeTZRange(regel.van, regel.tot, "[)") if regel.van else None,
        grade=regel.grade,
        signer_id=regel.signer_id,
        received_at=regel.received_at,
    )
