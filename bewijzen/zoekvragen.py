"""Referral questions (R10): asking a gemeente, and its answer.

Each change of state is a line of `STEPS`; whoever comes second reads that it cannot be done any
more. The gemeente sees the wishes, and of the person only what was agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod.models import ActiviteitPage, Kinderopvang
from aanbod.search import Query
from bewijzen import permissions
from bewijzen.ledger import BRUSSELS, EARLIEST_DAY
from bewijzen.models import Traject, Zoekvraag
from bewijzen.refusals import Refusal
from bewijzen.workdays import workdays_after
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import Deelgemeente, Gemeente, Rol, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Zoekvraag.State
Answer = Zoekvraag.Answer
MAX_ACTIVITEITEN = 10
MAX_ANSWER = 600
#: Kilometres that can be chosen.
KM = (2, 5, 10, 20)

#: (state, what somebody does) → state. What is not here is refused.
STEPS: dict[tuple[str, str], str] = {
    (State.GESTELD, "take"): State.OPGENOMEN,
    (State.GESTELD, "answer"): State.BEANTWOORD,
    (State.OPGENOMEN, "answer"): State.BEANTWOORD,
    (State.BEANTWOORD, "close"): State.GESLOTEN,
    (State.GESTELD, "withdraw"): State.INGETROKKEN,
    (State.OPGENOMEN, "withdraw"): State.INGETROKKEN,
}


@dataclass(frozen=True)
class Wishes:
    """What somebody looks for. `km` from the deelgemeente, or else from the centre."""

    soorten: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    deelgemeente: Deelgemeente | None = None
    km: int | None = None
    children: bool = False
    taalniveau: str = ""
    note: str = ""


@dataclass(frozen=True)
class Agreed:
    """What the asker agreed that the gemeente sees beside the wishes."""

    name: str
    callback: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer of the gemeente: published activities, a call and what was said, or nothing here
    and why."""

    answer: str
    text: str = ""
    activiteiten: frozenset[int] = frozenset()
    called_at: datetime | None = None


# -- Asking ----------------------------------------------------------------------------------


def gemeenten() -> QuerySet[Gemeente]:
    """Those that can be asked."""
    return Gemeente.objects.active()


def ask(
    traject: Traject,
    gemeente: Gemeente,
    wishes: Wishes,
    agreed: Agreed | None,
    *,
    by: User,
    now: datetime,
) -> Zoekvraag:
    """The inburgeraar asks, or who follows the traject does; the gemeente is told.

    Raises `Refusal`: not_allowed, gemeente_away, asked_already (one open question for a gemeente),
    asked_enough.
    """
    with acting_as(System("zoekvraag")), transaction.atomic():
        own = traject.inburgeraar.user_id == by.pk
        if not own and not permissions.follows(by, traject):
            raise Refusal("not_allowed")
        if own and _asked_lately(traject, gemeente, now) >= settings.ASKS_A_DAY:
            raise Refusal("asked_enough")
        channel = Zoekvraag.Channel.ZELF if own else Zoekvraag.Channel.BEGELEIDER
        language = traject.inburgeraar.user.language
        vraag = _write(
            channel, gemeente, wishes, agreed, language=language, by=by, now=now, traject=traject
        )
        if not own:
            _tell_person(
                vraag,
                "gevraagd",
                _("Er is een vraag gesteld voor jou"),
                _(
                    "Je trajectbegeleider vroeg aan de gemeente welke activiteit bij je past. Je "
                    "leest het antwoord op je eigen pagina in Veertig."
                ),
                by=by,
                now=now,
            )
    return vraag


def _asked_lately(traject: Traject, gemeente: Gemeente, now: datetime) -> int:
    """How often in a day, what was withdrawn included: each asking is a message to others."""
    rows = Zoekvraag.objects.filter(traject=traject, gemeente=gemeente)
    return rows.filter(asked_at__gt=now - timedelta(days=1)).count()


def note_at_desk(
    gemeente: Gemeente,
    wishes: Wishes,
    agreed: Agreed | None,
    *,
    language: str,
    by: User,
    now: datetime,
) -> Zoekvraag:
    """A colleague of the gemeente writes down what somebody asked at the desk or by telephone."""
    with acting_as(System("zoekvraag")), transaction.atomic():
        if not permissions.guides(by, gemeente.pk):
            raise Refusal("not_allowed")
        return _write(
            Zoekvraag.Channel.LOKET, gemeente, wishes, agreed, language=language, by=by, now=now
        )


def _write(
    channel: str,
    gemeente: Gemeente,
    wishes: Wishes,
    agreed: Agreed | None,
    *,
    language: str,
    by: User,
    now: datetime,
    traject: Traject | None = None,
) -> Zoekvraag:
    if not gemeente.active:
        raise Refusal("gemeente_away")
    if wishes.deelgemeente and wishes.deelgemeente.gemeente_id != gemeente.pk:
        wishes = replace(wishes, deelgemeente=None)
    try:
        with transaction.atomic():
            vraag = Zoekvraag.objects.create(
                channel=channel,
                gemeente=gemeente,
                traject=traject,
                asked_by=by,
                asked_at=now,
                language=language,
                answer_by=_term(now),
                agreed=agreed is not None,
                name=agreed.name if agreed else "",
                callback=agreed.callback if agreed else "",
                **{**vars(wishes), "soorten": [*wishes.soorten], "moments": [*wishes.moments]},
            )
    except IntegrityError as error:
        raise Refusal("asked_already") from error
    _tell_gemeente(
        vraag,
        "nieuw",
        _("Er is een nieuwe zoekvraag"),
        _("Iemand zoekt een activiteit in jullie gemeente. Kijk in Veertig bij Zoekvragen."),
        by=by,
        now=now,
    )
    return vraag


def _term(now: datetime) -> date:
    """How long a gemeente takes stands in no source: a setting (domain.md)."""
    return workdays_after(now.astimezone(BRUSSELS).date(), settings.ZOEKVRAAG_TERM_WORKDAYS)


def withdraw(pk: UUID, *, by: User, now: datetime) -> None:
    """The asker needs no answer any more; whoever took it up is told."""
    with acting_as(System("zoekvraag")), transaction.atomic():
        vraag = _locked(pk)
        if not _asks(by, vraag):
            raise Refusal("not_allowed")
        _step(vraag, "withdraw")
        vraag.save(update_fields=["state"])
        if vraag.taken_by_id:
            _tell_gemeente(
                vraag,
                "ingetrokken",
                _("Een zoekvraag is ingetrokken"),
                _("Een vraag die je opnam, is ingetrokken. Je hoeft niets meer te doen."),
                by=by,
                now=now,
            )


def _asks(user: User, vraag: Zoekvraag) -> bool:
    """Is this the person's own question, or of somebody whom `user` follows?"""
    traject = vraag.traject
    if traject is None:
        return permissions.guides(user, vraag.gemeente_id)
    own = traject.inburgeraar.user_id == user.pk
    return own or permissions.follows(user, traject)


# -- Answering -------------------------------------------------------------------------------


def take(pk: UUID, *, by: User, now: datetime) -> None:
    """A colleague takes it up; the asker sees that somebody is at it."""
    with acting_as(System("zoekvraag")), transaction.atomic():
        vraag = _locked_for(by, pk)
        _step(vraag, "take")
        vraag.taken_by = by
        vraag.save(update_fields=["state", "taken_by"])


def answer(pk: UUID, reply: Reply, *, by: User, now: datetime) -> None:
    """The gemeente answers; the asker is told. Of two colleagues at once the first one answers.

    Raises `Refusal`: no_activity, not_published, needs_reason, answer_too_long, needs_call, future,
    long_ago, not_allowed, wrong_state.
    """
    pages = _checked(reply, now)
    with acting_as(System("zoekvraag")), transaction.atomic():
        vraag = _locked_for(by, pk)
        _step(vraag, "answer")
        vraag.answer, vraag.answer_text = reply.answer, reply.text.strip()
        vraag.called_at = reply.called_at
        vraag.answered_by, vraag.answered_at = by, now
        vraag.save()
        vraag.activiteiten.set(pages)
        _tell_answer(vraag, by, now)


def _checked(reply: Reply, now: datetime) -> list[ActiviteitPage]:
    """The activities of an answer that says what it should."""
    if len(reply.text) > MAX_ANSWER:
        raise Refusal("answer_too_long")
    if reply.answer != Answer.ACTIVITEITEN:
        if not reply.text.strip():
            raise Refusal("needs_reason")
        if reply.answer == Answer.GESPREK and reply.called_at is None:
            raise Refusal("needs_call")
        if reply.called_at and reply.called_at > now:
            raise Refusal("future")
        # The year 1 in Brussels is before it in UTC: the database keeps that and nobody reads it.
        if reply.called_at and reply.called_at < datetime.combine(EARLIEST_DAY, time.min, BRUSSELS):
            raise Refusal("long_ago")
        return []
    if not reply.activiteiten or len(reply.activiteiten) > MAX_ACTIVITEITEN:
        raise Refusal("no_activity")
    pages = list(ActiviteitPage.objects.live().filter(pk__in=reply.activiteiten))
    if len(pages) != len(reply.activiteiten):
        raise Refusal("not_published")
    return pages


def _tell_answer(vraag: Zoekvraag, by: User, now: datetime) -> None:
    _tell_person(
        vraag,
        "antwoord",
        _("Je hebt een antwoord van de gemeente"),
        _("De gemeente keek naar je vraag. Lees het antwoord op je eigen pagina in Veertig."),
        by=by,
        now=now,
    )
    traject = vraag.traject
    if traject is not None and vraag.channel == Zoekvraag.Channel.BEGELEIDER:
        outbox.tell(
            traject.trajectbegeleider,
            subject=_("De gemeente antwoordde op een zoekvraag"),
            text=format_lazy(
                "{} {}",
                _("Lees het antwoord in het dossier op Veertig. Dossier:"),
                traject.inburgeraar.reference,
            ),
            key=f"zoekvraag/{vraag.pk}/antwoord/begeleider",
            now=now,
            sender=by,
        )


def close(pk: UUID, *, by: User, now: datetime) -> None:
    """Answered and done with: by the gemeente, or by who asked."""
    with acting_as(System("zoekvraag")), transaction.atomic():
        vraag = _locked(pk)
        if not permissions.guides(by, vraag.gemeente_id) and not _asks(by, vraag):
            raise Refusal("not_allowed")
        _step(vraag, "close")
        vraag.save(update_fields=["state"])


def _step(vraag: Zoekvraag, what: str) -> None:
    state = STEPS.get((vraag.state, what))
    if state is None:
        raise Refusal("wrong_state")
    vraag.state = state


def _locked(pk: UUID) -> Zoekvraag:
    return Zoekvraag.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _locked_for(by: User, pk: UUID) -> Zoekvraag:
    vraag = _locked(pk)
    if not permissions.guides(by, vraag.gemeente_id):
        raise Refusal("not_allowed")
    return vraag


# -- The term --------------------------------------------------------------------------------


def remind(*, today: date, now: datetime) -> int:
    """Remind a gemeente once of each open question whose term ends within
    ZOEKVRAAG_REMIND_WORKDAYS working days; how many questions."""
    until = workdays_after(today, settings.ZOEKVRAAG_REMIND_WORKDAYS)
    with acting_as(System("zoekvraag")), transaction.atomic():
        due = Zoekvraag.objects.filter(
            state__in=Zoekvraag.OPEN, answer_by__lte=until, reminded_on__isnull=True
        ).select_for_update(of=("self",), skip_locked=True, no_key=True)
        vragen = list(due)
        for vraag in vragen:
            vraag.reminded_on = today
            vraag.save(update_fields=["reminded_on"])
            _tell_gemeente(
                vraag,
                "termijn",
                _("Een zoekvraag wacht op antwoord"),
                _("De termijn van een zoekvraag loopt af. Kijk in Veertig bij Zoekvragen."),
                by=None,
                now=now,
            )
    return len(vragen)


def term_words(vraag: Zoekvraag, today: date) -> str:
    """How the term stands, for colleagues of the gemeente: "nog 3 dagen", "2 dagen te laat"."""
    days = (vraag.answer_by - today).days
    if days == 0:
        return "vandaag is de laatste dag"
    number = "1 dag" if abs(days) == 1 else f"{abs(days)} dagen"
    return f"nog {number}" if days > 0 else f"{number} te laat"


# -- What fits -------------------------------------------------------------------------------


def query_of(vraag: Zoekvraag) -> Query:
    """The search that the wishes ask for, to begin with."""
    gemeente, deelgemeente = vraag.gemeente, vraag.deelgemeente
    near = deelgemeente is not None or vraag.km is not None
    name = deelgemeente.name if deelgemeente else gemeente.name
    return Query(
        gemeente=() if vraag.km else (gemeente.slug,),
        plaats=" ".join([*gemeente.postcodes[:1], name]) if near else "",
        straal=vraag.km,
        soort=tuple(vraag.soorten),
        moment=tuple(vraag.moments),
        taalniveau=(vraag.taalniveau,) if vraag.taalniveau else (),
        kinderopvang=tuple(Kinderopvang.values) if vraag.children else (),
    )


def asked_by(traject: Traject) -> QuerySet[Zoekvraag]:
    """The questions of one traject, the last one first."""
    rows = Zoekvraag.objects.filter(traject=traject).select_related("gemeente", "deelgemeente")
    return rows.order_by("-asked_at", "-pk")


def of_traject(traject: Traject) -> list[Zoekvraag]:
    """The same with their answers: two queries."""
    return list(asked_by(traject).prefetch_related("activiteiten"))


# -- Telling ---------------------------------------------------------------------------------


def colleagues(gemeente_id: int) -> list[User]:
    """Who hears of a question: the gemeentebeheerders, or every editor where there is none."""
    roles = Rol.everyone.valid().filter(gemeente=gemeente_id, user__is_active=True)
    managers = roles.filter(kind=Rol.Kind.GEMEENTEBEHEERDER)
    found = managers if managers.exists() else roles.filter(kind__in=Rol.GEMEENTE_KINDS)
    return list(User.objects.filter(pk__in=found.values("user")).order_by("pk"))


def _tell_gemeente(
    vraag: Zoekvraag,
    cause: str,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    *,
    by: User | None,
    now: datetime,
) -> None:
    receivers: Iterable[User] = (
        [vraag.taken_by] if vraag.taken_by else colleagues(vraag.gemeente_id)
    )
    for receiver in receivers:
        if by is None or receiver.pk != by.pk:
            outbox.tell(
                receiver,
                subject=subject,
                text=text,
                key=f"zoekvraag/{vraag.pk}/{cause}/{receiver.pk}",
                now=now,
            )


def _tell_person(
    vraag: Zoekvraag,
    cause: str,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    *,
    by: User,
    now: datetime,
) -> None:
    if vraag.traject is not None:
        outbox.tell(
            vraag.traject.inburgeraar.user,
            subject=subject,
            text=text,
            key=f"zoekvraag/{vraag.pk}/{cause}",
            now=now,
            sender=by,
        )
