"""Own proposals and informal contact (R5): somebody says what they want to do, with whom, when and
where; the trajectbegeleider judges with them whether it fits (R6).

Each change of state is a line of `STEPS`. Accepting names who signs and makes the deelname; an own
proposal counts from its first meeting once it is accepted (trust.md §2), so what was noted before
then waits for a signature.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod import contacts, criteria
from aanbod.contacts import ContactRefused, NewContact
from aanbod.models import Contactpersoon, Criterium
from bewijzen import permissions
from bewijzen.ledger import BRUSSELS, Block, check_block
from bewijzen.models import Deelname, Stap, Traject, Verzoek, Voorstel, VoorstelDag
from bewijzen.refusals import Refusal, given_reason
from gemeenten import codes, outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Voorstel.State
#: As many as one trajectbegeleider wants to read of one person at a time.
MOST_OPEN = 5
#: Those taken back included: each one is a message to them.
MOST_A_DAY = 10
#: How long the code on paper of a contact person without e-mail works.
CODE_DAYS = 30
#: The one sentence in Dutch, which names the activity.
DUTCH_CHARACTERS = 200
YES, NO, UNKNOWN = "ja", "nee", "weet_niet"

#: (state, what somebody does) → state. What is not here is refused.
STEPS: dict[tuple[str, str], str] = {
    (State.INGEDIEND, "accept"): State.AANVAARD,
    (State.INGEDIEND, "ask_back"): State.TERUGGEVRAAGD,
    (State.INGEDIEND, "decline"): State.AFGEWEZEN,
    (State.INGEDIEND, "withdraw"): State.INGETROKKEN,
    (State.TERUGGEVRAAGD, "send_again"): State.INGEDIEND,
    (State.TERUGGEVRAAGD, "withdraw"): State.INGETROKKEN,
}


@dataclass(frozen=True)
class Named:
    """Who signs: a name, and one way to reach them or none."""

    name: str = ""
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True)
class Plan:
    """What somebody wants to do, in their own words. `answers` by kenmerk: ja, nee, weet_niet."""

    what: str
    with_whom: str
    moment: str
    place: str
    dutch: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    contact: Named = field(default_factory=Named)


# -- The person --------------------------------------------------------------------------------


def propose(traject: Traject, plan: Plan, *, intent: UUID, by: User, now: datetime) -> Voorstel:
    """The inburgeraar sends a proposal; the trajectbegeleider is told. The same intent again is
    the same proposal.

    Raises `Refusal`: not_allowed, traject_stopped, many_proposals, asked_enough, incomplete,
    own_contact, intent_conflict.
    """
    with acting_as(System("voorstel")), transaction.atomic():
        traject = Traject.objects.select_for_update(of=("self",), no_key=True).get(pk=traject.pk)
        if traject.inburgeraar.user_id != by.pk:
            raise Refusal("not_allowed")
        known = Voorstel.objects.filter(pk=intent).first()
        if known is not None:
            if known.traject_id != traject.pk:
                raise Refusal("intent_conflict")
            return known
        if traject.state == Traject.State.STOPGEZET:
            raise Refusal("traject_stopped")
        waiting = Voorstel.objects.filter(traject=traject, state__in=Voorstel.OPEN)
        if waiting.count() >= MOST_OPEN:
            raise Refusal("many_proposals")
        lately = Voorstel.objects.filter(traject=traject, sent_at__gt=now - timedelta(days=1))
        if lately.count() >= MOST_A_DAY:
            raise Refusal("asked_enough")
        voorstel = Voorstel(pk=intent, traject=traject, sent_at=now)
        _fill(voorstel, plan, by)
        voorstel.save(force_insert=True)
        _step_down(voorstel, "", by, now)
        _tell_begeleider(voorstel, now)
    return voorstel


def send_again(pk: UUID, plan: Plan, *, by: User, now: datetime) -> None:
    """The person answers what was asked back, with the proposal as it is now."""
    with acting_as(System("voorstel")), transaction.atomic():
        voorstel = _own(pk, by)
        before = _step(voorstel, "send_again")
        _fill(voorstel, plan, by)
        voorstel.sent_at = now
        voorstel.save()
        _step_down(voorstel, before, by, now)
        _tell_begeleider(voorstel, now)


def withdraw(pk: UUID, *, by: User, now: datetime) -> None:
    """The person takes it back."""
    with acting_as(System("voorstel")), transaction.atomic():
        voorstel = _own(pk, by)
        before = _step(voorstel, "withdraw")
        voorstel.save()
        _step_down(voorstel, before, by, now)


def note_day(pk: UUID, day: date, minutes: int, *, by: User, now: datetime) -> None:
    """ "I was there", before there is an answer: kept, and a note to sign once it is accepted."""
    check_block(Block(day, minutes), now)
    with acting_as(System("voorstel")), transaction.atomic():
        voorstel = _own(pk, by)
        if not voorstel.is_open:
            raise Refusal("wrong_state")
        try:
            with transaction.atomic():
                VoorstelDag.objects.create(
                    voorstel=voorstel, day=day, minutes=minutes, noted_at=now
                )
        except IntegrityError:
            raise Refusal("noted_already") from None


def _own(pk: UUID, by: User) -> Voorstel:
    voorstel = _locked(pk)
    if voorstel.traject.inburgeraar.user_id != by.pk:
        raise Refusal("not_allowed")
    return voorstel


def _fill(voorstel: Voorstel, plan: Plan, by: User) -> None:
    texts = {name: getattr(plan, name).strip() for name in TEXTS}
    if not all(texts.values()):
        raise Refusal("incomplete")
    if any(len(text) > 300 for text in texts.values()) or len(plan.dutch) > DUTCH_CHARACTERS:
        raise Refusal("too_long")
    contact = plan.contact
    if _is(by, contact):
        raise Refusal("own_contact")
    for name, text in texts.items():
        setattr(voorstel, name, text)
    voorstel.language = by.language
    voorstel.dutch = " ".join(plan.dutch.split())
    voorstel.answers = {slug: plan.answers.get(slug, UNKNOWN) for slug in SLUGS}
    voorstel.contact_name = contact.name.strip()
    voorstel.contact_email = contact.email.strip()
    voorstel.contact_mobile = contact.mobile.strip()


TEXTS = ("what", "with_whom", "moment", "place")
#: The kenmerken that are asked, in the order of the two criteria; "duo" and "groep" are one
#: question for a person.
SLUGS = (
    *("groep", "nieuwe-mensen", "duurzame-contacten"),
    *("voertaal", "wederzijds", "nederlandstaligen"),
)


def _is(user: User, contact: Named) -> bool:
    """Is `contact` the account of `user`? Nobody signs for themselves."""
    email, mobile = contact.email.strip().lower(), contact.mobile.strip()
    return bool(
        (email and email == (user.email or "").lower()) or (mobile and mobile == user.mobile)
    )


# -- The trajectbegeleider ---------------------------------------------------------------------


def accept(
    pk: UUID,
    contact: Named,
    *,
    kenmerken: Iterable[str],
    by: User,
    now: datetime,
    reason: str = "",
    dutch: str = "",
) -> Deelname:
    """Yes: names who signs, and makes the deelname; what was noted waits for a signature.

    `dutch` names the activity for who signs and for the bewijs; empty: as the person wrote it.
    Below the criteria (R2, R3) a yes needs a reason. Raises `Refusal`: not_allowed, wrong_state,
    needs_contact, own_contact, begeleider_signs, contact_away, below_the_criteria, too_long.
    """
    seen = [slug for slug in SLUGS if slug in set(kenmerken)]
    if criteria.missing_points(set(seen)) and not reason.strip():
        raise Refusal("below_the_criteria")
    reason = given_reason(reason) if reason.strip() else ""
    if not contact.name.strip():
        raise Refusal("needs_contact")
    with acting_as(System("voorstel")), transaction.atomic():
        voorstel = _judged(pk, by)
        before = _step(voorstel, "accept")
        signs = _signer(voorstel, contact, by, now)
        voorstel.dutch = " ".join(dutch.split())[:DUTCH_CHARACTERS] or voorstel.dutch
        voorstel.deelname = _join(voorstel, signs, by, now)
        voorstel.kenmerken, voorstel.reply = seen, reason
        _decided(voorstel, by, now)
        _step_down(voorstel, before, by, now, reason)
        _hand_over_days(voorstel, voorstel.deelname)
        _tell_person(
            voorstel,
            _("Je voorstel is goed"),
            format_lazy(
                _(
                    "Je trajectbegeleider zegt ja. Ga maar. {name} tekent je uren. Uren van "
                    "vroeger kunnen ook getekend worden."
                ),
                name=str(signs),
            ),
            by,
            now,
        )
    return voorstel.deelname


def _signer(voorstel: Voorstel, contact: Named, by: User, now: datetime) -> Contactpersoon:
    """The contact person, made or known: never the person, nor who follows the traject."""
    traject = voorstel.traject
    person = traject.inburgeraar.user
    if _is(person, contact):
        raise Refusal("own_contact")
    today = now.astimezone(BRUSSELS).date()
    new = NewContact(
        name=contact.name.strip(),
        email=contact.email.strip(),
        mobile=contact.mobile.strip(),
        language="nl",
        valid_from=today,
    )
    try:
        signs = contacts.add_private(traject.gemeente, new, now=now, by=by)
    except ContactRefused:
        raise Refusal("contact_away") from None
    if signs.user_id == person.pk:
        raise Refusal("own_contact")
    if signs.user_id == by.pk or permissions.follows(signs.user, traject):
        raise Refusal("begeleider_signs")
    return signs


def _join(voorstel: Voorstel, signs: Contactpersoon, by: User, now: datetime) -> Deelname:
    deelname = Deelname.objects.create(
        traject=voorstel.traject,
        title=voorstel.title[:255],
        gemeente=voorstel.traject.gemeente,
        contact=signs,
        state=Deelname.State.DEELNEMER,
        judgement=Deelname.Judgement.PAST,
        created_at=now,
    )
    for what, before, after in [
        ("deelname", "", deelname.state),
        ("beoordeling", Deelname.Judgement.NOG_NIET, deelname.judgement),
    ]:
        Stap.objects.create(
            traject=voorstel.traject,
            deelname=deelname,
            what=what,
            before=before,
            after=after,
            actor=by,
            at=now,
        )
    return deelname


def _hand_over_days(voorstel: Voorstel, deelname: Deelname) -> None:
    """What was noted before the yes waits for the contact person now."""
    Verzoek.objects.bulk_create(
        Verzoek(deelname=deelname, day=noted.day, minutes=noted.minutes, created_at=noted.noted_at)
        for noted in voorstel.dagen.all()
    )


def hand_out_code(deelname: Deelname, *, by: User, now: datetime) -> str:
    """A code on paper for who signs an own proposal and has no e-mail; earlier ones are dead. It
    can be shown once, now. Raises `Refusal`: not_allowed, other_work."""
    with acting_as(System("voorstel")), transaction.atomic():
        if not permissions.follows(by, deelname.traject):
            raise Refusal("not_allowed")
        contact = deelname.contact
        if contact is None or not permissions.can_hand_out_contact_code(by, contact):
            raise Refusal("other_work")
        code = codes.hand_out(contact.user, by=by, now=now, valid_days=CODE_DAYS)
        Stap.objects.create(
            traject=deelname.traject, deelname=deelname, what="contactcode", actor=by, at=now
        )
    return code


def ask_back(pk: UUID, question: str, *, by: User, now: datetime) -> None:
    """The trajectbegeleider wants to know more; the person answers in the proposal itself."""
    _reply(
        pk,
        "ask_back",
        question,
        _("Er is een vraag over je voorstel"),
        _("Je trajectbegeleider wil nog iets weten. Lees het op je eigen pagina in Veertig."),
        by,
        now,
    )


def decline(pk: UUID, reason: str, *, by: User, now: datetime) -> None:
    """No, and why."""
    _reply(
        pk,
        "decline",
        reason,
        _("Er is een antwoord op je voorstel"),
        _("Je trajectbegeleider zegt nee. Op je eigen pagina in Veertig lees je waarom."),
        by,
        now,
    )


def _reply(
    pk: UUID,
    what: str,
    words: str,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    by: User,
    now: datetime,
) -> None:
    words = given_reason(words)
    with acting_as(System("voorstel")), transaction.atomic():
        voorstel = _judged(pk, by)
        before = _step(voorstel, what)
        voorstel.reply = words
        _decided(voorstel, by, now)
        _step_down(voorstel, before, by, now, words)
        _tell_person(voorstel, subject, text, by, now)


def _judged(pk: UUID, by: User) -> Voorstel:
    voorstel = _locked(pk)
    if not permissions.follows(by, voorstel.traject):
        raise Refusal("not_allowed")
    return voorstel


def _decided(voorstel: Voorstel, by: User, now: datetime) -> None:
    voorstel.decided_by, voorstel.decided_at = by, now
    voorstel.save()


# -- Reading -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """One criterium as the person answered it: (kenmerk, ja | nee | weet_niet)."""

    criterium: Criterium
    answers: list[tuple[str, str]]
    is_enough: bool


def asked(voorstel: Voorstel) -> list[Asked]:
    """The two criteria with the answers of the person, and whether those are enough."""
    yes = {slug for slug in SLUGS if voorstel.answers.get(slug) == YES}
    missing = {point.criterium for point in criteria.missing_points(yes)}
    groups = {Criterium.C1: SLUGS[:3], Criterium.C2: SLUGS[3:]}
    return [
        Asked(
            criterium,
            [(slug, voorstel.answers.get(slug, UNKNOWN)) for slug in slugs],
            criterium not in missing,
        )
        for criterium, slugs in groups.items()
    ]


def waiting(user: User) -> QuerySet[Voorstel]:
    """The proposals in the caseload of `user` that wait for an answer, the oldest first."""
    rows = Voorstel.objects.filter(
        state=State.INGEDIEND, traject__in=permissions.caseload(user).values("pk")
    )
    return rows.select_related("traject__inburgeraar").order_by("sent_at", "pk")


def sent_by(traject: Traject) -> QuerySet[Voorstel]:
    """The proposals of one traject, the last one first."""
    return Voorstel.objects.filter(traject=traject).order_by("-sent_at", "-pk")


def of_traject(traject: Traject) -> list[Voorstel]:
    """The same with who decided and the days noted: two queries."""
    rows = sent_by(traject).select_related("decided_by", "deelname")
    return list(rows.prefetch_related("dagen"))


# -- Shared ------------------------------------------------------------------------------------


def _locked(pk: UUID) -> Voorstel:
    rows = Voorstel.objects.select_related(
        "traject__inburgeraar__user", "traject__gemeente", "traject__trajectbegeleider"
    )
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _step(voorstel: Voorstel, what: str) -> str:
    """Take the step, or refuse it; the state before."""
    before = voorstel.state
    state = STEPS.get((before, what))
    if state is None:
        raise Refusal("wrong_state")
    voorstel.state = state
    return before


def _step_down(voorstel: Voorstel, before: str, by: User, now: datetime, reason: str = "") -> None:
    Stap.objects.create(
        traject=voorstel.traject,
        deelname=voorstel.deelname,
        what="voorstel",
        before=before,
        after=voorstel.state,
        actor=by,
        reason=reason,
        at=now,
    )


def _times(voorstel: Voorstel) -> int:
    """So that each turn is a message of its own."""
    return Stap.objects.filter(traject=voorstel.traject_id, what="voorstel").count()


def _tell_begeleider(voorstel: Voorstel, now: datetime) -> None:
    traject = voorstel.traject
    outbox.tell(
        traject.trajectbegeleider,
        subject=_("Er is een nieuw voorstel"),
        text=format_lazy(
            "{} {}",
            _("Iemand uit je lijst stelt iets voor. Kijk op Veertig bij Voorstellen. Dossier:"),
            traject.inburgeraar.reference,
        ),
        key=f"voorstel/{voorstel.pk}/{_times(voorstel)}/begeleider",
        now=now,
    )


def _tell_person(
    voorstel: Voorstel, subject: "StrOrPromise", text: "StrOrPromise", by: User, now: datetime
) -> None:
    outbox.tell(
        voorstel.traject.inburgeraar.user,
        subject=subject,
        text=text,
        key=f"voorstel/{voorstel.pk}/{_times(voorstel)}",
        now=now,
        sender=by,
    )
