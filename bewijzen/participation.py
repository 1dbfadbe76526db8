"""Taking part: asking, the waiting list, being let in, walking in, stopping, and the judgement for
this person.

Everything that changes a place locks the activity first and the deelname after it (wachtlijst.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon, Sessie
from bewijzen import permissions, ready_words, wachtlijst
from bewijzen.ledger import BRUSSELS, Block, check_block
from bewijzen.models import Deelname, Stap, Traject, Verzoek
from bewijzen.refusals import Refusal, given_reason
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Deelname.State


WAITS = [State.GEVRAAGD, State.WACHTLIJST]
#: Longer ago than this, an asking that nobody answered is told to nobody any more.
STALE = timedelta(days=60)
#: Letters that there is room for: where they meet, and what is said besides.
MAX_PLACE = 120
MAX_NOTE = 160


@dataclass(frozen=True)
class First:
    """The first meeting as it is arranged: a date of the activity, or a moment and a place, and
    whom to ask for. Nothing of it is needed."""

    sessie: Sessie | None = None
    at: datetime | None = None
    place: str = ""
    note: str = ""


def ask_to_join(
    traject: Traject, page: ActiviteitPage, *, now: datetime, questions: Iterable[str] = ()
) -> Deelname:
    """The inburgeraar asks for a place; the first contact persons hear of it. In a full activity
    that is a place on the waiting list. Somebody who stopped or was refused may ask again.

    `questions` are codes of `ready_words.QUESTIONS`. Raises `Refusal`: traject_stopped,
    traject_paused, already_there, asked_enough.
    """
    if traject.state == Traject.State.STOPGEZET:
        raise Refusal("traject_stopped")
    if traject.state == Traject.State.GEPAUZEERD:
        raise Refusal("traject_paused")
    with acting_as(System("deelname")), transaction.atomic():
        deelname, made = _enter(traject, page, State.GEVRAAGD, now)
        if not made and deelname.state in {*WAITS, State.DEELNEMER}:
            raise Refusal("already_there")
        if _asked_today(deelname, now) >= settings.ASKS_A_DAY:
            raise Refusal("asked_enough")
        full = wachtlijst.is_full(wachtlijst.locked_page(page.pk))
        deelname.asked_at, deelname.asked_times = now, deelname.asked_times + 1
        deelname.questions = ready_words.known(questions)
        deelname.queued_at = now if full else None
        _arrange(deelname, First())
        before = "" if made else deelname.state
        to = State.WACHTLIJST if full else State.GEVRAAGD
        _to(deelname, to, by=traject.inburgeraar.user, now=now, before=before)
        _tell_asked(deelname, tiers(deelname)[:1], now)
    return deelname


def _asked_today(deelname: Deelname, now: datetime) -> int:
    """How often it was asked since midnight: each asking is a message to somebody else."""
    midnight = datetime.combine(now.astimezone(BRUSSELS).date(), time(), BRUSSELS)
    asked = deelname.stappen.filter(what="deelname", after__in=WAITS, at__gte=midnight)
    return asked.exclude(before=State.GEVRAAGD).count()


def _tell_asked(
    deelname: Deelname, told: Iterable[Iterable[Contactpersoon]], now: datetime
) -> None:
    for contact in (contact for tier in told for contact in tier):
        outbox.tell(
            contact.user,
            subject=_("Iemand wil meedoen"),
            text=_("Iemand wil meedoen met een activiteit van jou. Kijk op Veertig, bij Vandaag."),
            key=f"gevraagd/{deelname.pk}/{deelname.asked_times}/{contact.user_id}",
            now=now,
            contact_gemeente=contact.gemeente,
        )


def remind(*, now: datetime) -> int:
    """Tell the deputies, one step further each DEPUTY_AFTER_DAYS, of who waits for an answer that
    the first contact persons did not give; nobody twice. How many askings were looked at."""
    step = timedelta(days=settings.DEPUTY_AFTER_DAYS)
    with acting_as(System("deelname")), transaction.atomic():
        late = list(
            Deelname.objects.filter(
                state=State.GEVRAAGD, asked_at__lte=now - step, asked_at__gt=now - STALE
            )
        )
        for deelname in late:
            steps = (now - (deelname.asked_at or now)) // step
            _tell_asked(deelname, tiers(deelname)[1 : steps + 1], now)
    return len(late)


def tiers(deelname: Deelname) -> list[list[Contactpersoon]]:
    """Who answers, in the order in which they are told: those named first, then each deputy."""
    rows = ActiviteitContact.objects.filter(page=deelname.page_id)
    place = dict(rows.values_list("contactpersoon", "deputy"))
    found: dict[int, list[Contactpersoon]] = defaultdict(list)
    for contact in contacts_of(deelname):
        found[place.get(contact.pk, 0)].append(contact)
    return [found[number] for number in sorted(found)]


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
        # Read without the lock of the activity: whoever takes part is signed for at once.
        if Deelname.objects.filter(pk=deelname.pk, state=State.DEELNEMER).exists():
            return
        deelname = _locked(deelname.pk)
        if deelname.state == State.DEELNEMER:
            return
        _must_sign(by, deelname)
        _to(deelname, State.DEELNEMER, by=by, now=now)


def welcome(deelname: Deelname, *, by: User, now: datetime, first: First | None = None) -> None:
    """The contact person says yes, and when the first meeting is. Raises `Refusal`: full,
    no_such_date, meeting_passed, too_long, and who may not decide."""
    first = first or First()
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _decided_by_contact(deelname, by)
        if deelname.page_id and wachtlijst.is_full(
            wachtlijst.locked_page(deelname.page_id), but=deelname
        ):
            raise Refusal("full")
        _check_first(deelname, first, now)
        _arrange(deelname, first)
        _to(deelname, State.DEELNEMER, by=by, now=now)
        _answer(deelname, _welcome_words(deelname), by, now)


def _check_first(deelname: Deelname, first: First, now: datetime) -> None:
    if len(first.place) > MAX_PLACE or len(first.note) > MAX_NOTE:
        raise Refusal("too_long")
    if first.sessie is not None:
        on = first.sessie.state != Sessie.State.AFGELAST and first.sessie.tot > now
        if first.sessie.page_id != deelname.page_id or not on:
            raise Refusal("no_such_date")
    elif first.at is not None and first.at <= now:
        raise Refusal("meeting_passed")


def _arrange(deelname: Deelname, first: First) -> None:
    deelname.first_sessie = first.sessie
    deelname.first_at = first.sessie.van if first.sessie else first.at
    deelname.first_place, deelname.first_note = first.place.strip(), first.note.strip()


def _welcome_words(deelname: Deelname) -> "StrOrPromise":
    """ "Je mag meedoen met … Kom dinsdag 24 november om 19.00. Vraag naar Lieve." """
    words: list[StrOrPromise] = [
        format_lazy(_("Je mag meedoen met {title}."), title=deelname.title)
    ]
    if deelname.first_at:
        words.append(
            format_lazy(
                _("Kom op {day}, om {clock}."),
                day=wachtlijst.day_in_words(deelname.first_at),
                clock=wachtlijst.clock_in_words(deelname.first_at),
            )
        )
    if deelname.first_place:
        words.append(format_lazy(_("Waar? {place}."), place=deelname.first_place.rstrip(".")))
    if deelname.first_note:
        words.append(deelname.first_note)
    if len(words) == 1:
        words.append(_("Kijk op je eigen pagina in Veertig."))
    return format_lazy(" ".join(["{}"] * len(words)), *words)


def put_on_waiting_list(deelname: Deelname, *, by: User, now: datetime) -> None:
    """The contact person says: not yet. The line is by when somebody asked."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _decided_by_contact(deelname, by)
        if deelname.state != State.GEVRAAGD:
            raise Refusal("wrong_state")
        deelname.queued_at = deelname.asked_at or deelname.created_at
        _to(deelname, State.WACHTLIJST, by=by, now=now)
        _answer(
            deelname,
            format_lazy(
                _(
                    "Je staat op de wachtlijst van {title}. Is er een plaats voor jou? Dan krijg "
                    "je een bericht."
                ),
                title=deelname.title,
            ),
            by,
            now,
        )


def take_place(deelname: Deelname, *, by: User, now: datetime) -> None:
    """Who was first in line says yes to the place that is kept; the contact persons hear it."""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _locked(deelname.pk)
        if deelname.traject.inburgeraar.user_id != by.pk:
            raise Refusal("not_allowed")
        if deelname.state != State.WACHTLIJST or deelname.offered_until is None:
            raise Refusal("no_place_kept")
        _to(deelname, State.DEELNEMER, by=by, now=now)
        _tell_contacts(
            deelname,
            _("Iemand van de wachtlijst doet mee"),
            format_lazy(_("Er was een plaats bij {title}."), title=deelname.title),
            by,
            now,
        )


def pass_on(*, now: datetime) -> int:
    """Places that were kept and not taken in time go to the next in line; how many."""
    with acting_as(System("wachtlijst")):
        late = list(Deelname.objects.filter(offered_until__lt=now).values_list("pk", flat=True))
        for pk in late:
            with transaction.atomic():
                _pass_on(pk, now)
    return len(late)


def _pass_on(pk: UUID, now: datetime) -> None:
    deelname = _locked(pk)
    if deelname.offered_until is None or deelname.offered_until >= now:
        return  # taken in the meantime
    _to(deelname, State.GESTOPT, by=None, now=now)
    _answer(
        deelname,
        format_lazy(
            _(
                "De plaats bij {title} is naar iemand anders gegaan. Wil je nog meedoen? Vraag het "
                "opnieuw: dan kom je weer op de lijst."
            ),
            title=deelname.title,
        ),
        None,
        now,
    )


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


def stop(deelname: Deelname, *, by: User, now: datetime, reason: str = "") -> None:
    """Either side stops, and the other hears it; hours already lived can still be signed."""
    reason = given_reason(reason) if reason.strip() else ""
    with acting_as(System("deelname")), transaction.atomic():
        deelname = _locked(deelname.pk)
        own = deelname.traject.inburgeraar.user_id == by.pk
        if not own and not permissions.can_withdraw(by, deelname):
            raise Refusal("not_allowed")
        if deelname.state not in {*WAITS, State.DEELNEMER}:
            raise Refusal("wrong_state")
        _to(deelname, State.GESTOPT, by=by, reason=reason, now=now)
        if not own:
            _answer(
                deelname,
                format_lazy(
                    _(
                        "Je doet niet meer mee met {title}. Op je eigen pagina in Veertig lees je "
                        "meer. Uren van vroeger kunnen nog getekend worden."
                    ),
                    title=deelname.title,
                ),
                by,
                now,
            )
        _tell_contacts(
            deelname,
            _("Iemand stopt met een activiteit van jou"),
            format_lazy(
                _("Er is iemand minder bij {title}. Kijk op Veertig, bij Vandaag."),
                title=deelname.title,
            ),
            by,
            now,
        )


def _tell_contacts(
    deelname: Deelname, subject: "StrOrPromise", text: "StrOrPromise", by: User, now: datetime
) -> None:
    """The first contact persons, but not the one who did it."""
    for contact in next(iter(tiers(deelname)), []):
        if contact.user_id != by.pk:
            outbox.tell(
                contact.user,
                subject=subject,
                text=text,
                key=f"contact/{deelname.pk}/{deelname.stappen.count()}/{contact.user_id}",
                now=now,
                contact_gemeente=contact.gemeente,
            )


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


def of_activity(page: ActiviteitPage) -> QuerySet[Deelname]:
    """Who takes part, or waits to."""
    return Deelname.objects.filter(page=page.pk, state__in=[*WAITS, State.DEELNEMER])


def contacts_of_page(page: ActiviteitPage) -> list[Contactpersoon]:
    """Who answers for an activity: those who are told first."""
    nobody = Deelname(page=page, organisatie=page.organisatie, gemeente=page.gemeente)
    with acting_as(System("deelname")):
        return next(iter(tiers(nobody)), [])


def _enter(
    traject: Traject, page: ActiviteitPage, state: str, now: datetime
) -> tuple[Deelname, bool]:
    wachtlijst.locked_page(page.pk)
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
    """Locked, and its activity before it."""
    page = Deelname.objects.values_list("page", flat=True).get(pk=pk)
    if page is not None:
        wachtlijst.locked_page(page)
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
    if deelname.state not in WAITS:
        raise Refusal("wrong_state")
    return deelname


def _to(
    deelname: Deelname,
    state: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    before: str | None = None,
) -> None:
    """Change the state, write the step down, offer the place that it frees, and tell the offer
    how many are taken. `before` is empty for a deelname that was made just now."""
    before = deelname.state if before is None else before
    deelname.state = state
    if state != State.WACHTLIJST:
        deelname.queued_at = deelname.offered_until = None
    deelname.save()
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
        page = wachtlijst.locked_page(deelname.page_id)
        if state in {State.GESTOPT, State.GEWEIGERD}:
            wachtlijst.offer_free(page, now=now)
        wachtlijst.count(deelname.page_id)


def _answer(deelname: Deelname, text: "StrOrPromise", by: User | None, now: datetime) -> None:
    outbox.tell(
        deelname.traject.inburgeraar.user,
        subject=_("Nieuws over een activiteit"),
        text=text,
        key=f"antwoord/{deelname.pk}/{deelname.stappen.count()}",
        now=now,
        sender=by,
    )
