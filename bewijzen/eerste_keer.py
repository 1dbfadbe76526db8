"""A first time together (R9): somebody of the gemeente's pool comes along to an activity.

The gemeente makes a plan; the person and the toeleider both say yes to that plan. Each change of
state is a line of `STEPS`.
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from aanbod.models import ActiviteitPage
from bewijzen import permissions
from bewijzen.ledger import BRUSSELS
from bewijzen.models import EersteKeer, Toeleider, Traject, Zoekvraag
from bewijzen.refusals import Refusal, given_reason
from bewijzen.zoekvragen import colleagues
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = EersteKeer.State
MAX_PLACE = 200

#: (state, what somebody does) → state. What is not here is refused. Two who say yes: the second
#: one makes it BEVESTIGD.
STEPS: dict[tuple[str, str], str] = {
    (State.GEVRAAGD, "plan"): State.TOEGEWEZEN,
    (State.TOEGEWEZEN, "plan"): State.TOEGEWEZEN,
    (State.BEVESTIGD, "plan"): State.TOEGEWEZEN,
    (State.TOEGEWEZEN, "agree"): State.TOEGEWEZEN,
    (State.TOEGEWEZEN, "hand_back"): State.GEVRAAGD,
    (State.BEVESTIGD, "hand_back"): State.GEVRAAGD,
    (State.BEVESTIGD, "done"): State.GEDAAN,
    (State.GEVRAAGD, "cancel"): State.AFGEZEGD,
    (State.TOEGEWEZEN, "cancel"): State.AFGEZEGD,
    (State.BEVESTIGD, "cancel"): State.AFGEZEGD,
}


# -- Asking ----------------------------------------------------------------------------------


def ask(traject: Traject, page: ActiviteitPage, *, by: User, now: datetime) -> EersteKeer:
    """ "Can somebody come along?", by the inburgeraar or by who follows the traject. The gemeente
    of the activity is told, and sees first name, language and activity.

    Raises `Refusal`: not_allowed, not_published, asked_to_come_along.
    """
    with acting_as(System("eerste keer")), transaction.atomic():
        if not _speaks_for(by, traject):
            raise Refusal("not_allowed")
        keer = _write(traject, page, traject.inburgeraar.first_name, by, now)
        _tell_gemeente(
            keer,
            "gevraagd",
            _("Iemand vraagt of er iemand meegaat"),
            _("Kijk in Veertig bij Samen gaan, en kies een toeleider."),
            by=by,
            now=now,
        )
    return keer


def offer(vraag: UUID, page: ActiviteitPage, *, by: User, now: datetime) -> EersteKeer:
    """The gemeente offers company with an activity of its answer. Who it is for stays unknown to
    it until the person says yes.

    Raises `Refusal`: not_allowed, no_traject_behind, not_published, asked_to_come_along.
    """
    with acting_as(System("eerste keer")), transaction.atomic():
        found = Zoekvraag.objects.get(pk=vraag)
        if not permissions.guides(by, found.gemeente_id):
            raise Refusal("not_allowed")
        if found.traject is None:
            raise Refusal("no_traject_behind")
        if not found.activiteiten.filter(pk=page.pk).exists():
            raise Refusal("not_published")
        if page.gemeente.pk != found.gemeente_id:
            raise Refusal("not_allowed")
        return _write(found.traject, page, "", by, now)


def _write(
    traject: Traject, page: ActiviteitPage, first_name: str, by: User, now: datetime
) -> EersteKeer:
    if not page.live:
        raise Refusal("not_published")
    try:
        with transaction.atomic():
            return EersteKeer.objects.create(
                traject=traject,
                gemeente=page.gemeente,
                page=page,
                title=page.title,
                asked_by=by,
                asked_at=now,
                first_name=first_name,
                language=traject.inburgeraar.user.language,
            )
    except IntegrityError as error:
        raise Refusal("asked_to_come_along") from error


# -- A plan, and two who say yes -------------------------------------------------------------


def plan(
    pk: UUID, toeleider: Toeleider, at: datetime, place: str, *, by: User, now: datetime
) -> None:
    """The gemeente says who comes along, when and where they meet. A yes to an earlier plan is no
    yes to this one. Raises `Refusal`: not_allowed, in_the_past, no_place, too_long,
    not_in_the_pool, wrong_state."""
    place = " ".join(place.split())
    if not place:
        raise Refusal("no_place")
    if len(place) > MAX_PLACE:
        raise Refusal("too_long")
    if at <= now:
        raise Refusal("in_the_past")
    with acting_as(System("eerste keer")), transaction.atomic():
        keer = _locked_for(by, pk)
        pool = Toeleider.objects.valid(at.astimezone(BRUSSELS).date()).valid(_day(now))
        if not pool.filter(pk=toeleider.pk, gemeente=keer.gemeente_id).exists():
            raise Refusal("not_in_the_pool")
        if toeleider.user_id == keer.traject.inburgeraar.user_id:
            raise Refusal("not_in_the_pool")
        _step(keer, "plan")
        before = keer.toeleider
        keer.toeleider, keer.at, keer.place = toeleider, at, place
        keer.plan += 1
        keer.person_agreed = keer.toeleider_agreed = False
        keer.reason, keer.reminded_on = "", None
        keer.save()
        if before is not None and before.pk != toeleider.pk:
            _tell_over(keer, before.user, by, now)
        for receiver in (keer.traject.inburgeraar.user, toeleider.user):
            _tell(
                keer,
                receiver,
                f"plan-{keer.plan}",
                _("Iemand gaat mee: kan je dan?"),
                _("Kijk op Veertig waar en wanneer jullie afspreken. Zeg of je kan."),
                now,
            )


def agree(pk: UUID, number: int, *, by: User, now: datetime) -> EersteKeer:
    """One of the two says yes to plan `number`: the toeleider, the inburgeraar, or who follows the
    traject for them. Raises `Refusal`: not_allowed, plan_changed, wrong_state."""
    with acting_as(System("eerste keer")), transaction.atomic():
        keer = _locked(pk)
        is_toeleider = _comes_along(by, keer)
        is_person = not is_toeleider and _speaks_for(by, keer.traject)
        if not is_toeleider and not is_person:
            raise Refusal("not_allowed")
        _step(keer, "agree")
        if number != keer.plan:
            raise Refusal("plan_changed")
        if is_person:
            keer.person_agreed = True
            keer.first_name = keer.traject.inburgeraar.first_name
        else:
            keer.toeleider_agreed = True
        if keer.person_agreed and keer.toeleider_agreed:
            keer.state = State.BEVESTIGD
        keer.save()
        if keer.state == State.BEVESTIGD:
            _tell_both(
                keer,
                f"afgesproken-{keer.plan}",
                _("Jullie afspraak staat vast"),
                _("Jullie kunnen allebei. Kijk op Veertig waar en wanneer."),
                now,
            )
    return keer


def hand_back(pk: UUID, reason: str, *, by: User, now: datetime) -> None:
    """The toeleider cannot come after all: the gemeente looks for somebody else. Raises
    `Refusal`."""
    reason = given_reason(reason)
    with acting_as(System("eerste keer")), transaction.atomic():
        keer = _locked(pk)
        if not _comes_along(by, keer):
            raise Refusal("not_allowed")
        was_fixed = keer.state == State.BEVESTIGD
        _step(keer, "hand_back")
        keer.toeleider, keer.at, keer.place = None, None, ""
        keer.person_agreed = keer.toeleider_agreed = False
        keer.reason = reason
        keer.save()
        _tell_gemeente(
            keer,
            f"terug-{keer.plan}",
            _("Een toeleider kan niet meegaan"),
            _("Kijk in Veertig bij Samen gaan, en kies iemand anders."),
            by=by,
            now=now,
        )
        if was_fixed:
            _tell(
                keer,
                keer.traject.inburgeraar.user,
                f"terug-{keer.plan}",
                _("Je afspraak verandert"),
                _("Wie met je meegaat, kan dan niet. De gemeente zoekt iemand anders."),
                now,
            )


def done(pk: UUID, *, by: User, now: datetime) -> None:
    """They went together: said by the toeleider or the gemeente, once it was time. Signs no
    hours. Raises `Refusal`: not_allowed, not_yet, wrong_state."""
    with acting_as(System("eerste keer")), transaction.atomic():
        keer = _locked(pk)
        if not _comes_along(by, keer) and not permissions.guides(by, keer.gemeente_id):
            raise Refusal("not_allowed")
        _step(keer, "done")
        if keer.at is None or keer.at > now:
            raise Refusal("not_yet")
        keer.save(update_fields=["state"])


def cancel(pk: UUID, reason: str, *, by: User, now: datetime) -> None:
    """It does not happen, and why: by the person, who follows the traject, or the gemeente. The
    others are told. Raises `Refusal`: not_allowed, needs_reason, too_long, wrong_state."""
    reason = given_reason(reason)
    with acting_as(System("eerste keer")), transaction.atomic():
        keer = _locked(pk)
        if not _speaks_for(by, keer.traject) and not permissions.guides(by, keer.gemeente_id):
            raise Refusal("not_allowed")
        _step(keer, "cancel")
        keer.reason = reason
        keer.save(update_fields=["state", "reason"])
        if keer.toeleider is not None:
            _tell_over(keer, keer.toeleider.user, by, now)
        _tell_over(keer, keer.traject.inburgeraar.user, by, now)
        if not permissions.guides(by, keer.gemeente_id):
            _tell_gemeente(
                keer,
                "afgezegd",
                _("Een afspraak om samen te gaan is afgezegd"),
                _("Kijk in Veertig bij Samen gaan waarom."),
                by=by,
                now=now,
            )


def remind(*, today: date, now: datetime) -> int:
    """Tell both, the day before, once; how many appointments."""
    tomorrow = today + timedelta(days=1)
    with acting_as(System("eerste keer")), transaction.atomic():
        rows = EersteKeer.objects.filter(
            state=State.BEVESTIGD, at__date=tomorrow, reminded_on__isnull=True
        ).select_for_update(of=("self",), skip_locked=True, no_key=True)
        keren = list(rows)
        for keer in keren:
            keer.reminded_on = today
            keer.save(update_fields=["reminded_on"])
            _tell_both(
                keer,
                f"morgen-{keer.plan}",
                _("Morgen gaan jullie samen"),
                _("Kijk op Veertig waar en wanneer jullie afspreken."),
                now,
            )
    return len(keren)


# -- Reading ---------------------------------------------------------------------------------


def of_traject(traject: Traject) -> list[EersteKeer]:
    """Every first time of one traject, the last one asked first."""
    rows = EersteKeer.objects.filter(traject=traject).select_related("gemeente", "page")
    return list(rows.order_by("-asked_at", "-pk"))


def toeleider_name(keer: EersteKeer) -> str:
    """The first name of who comes along, for the person and who follows the traject; "" when
    nobody does yet."""
    with acting_as(System("eerste keer")):
        return keer.toeleider.name.split(" ")[0] if keer.toeleider else ""


# -- Who -------------------------------------------------------------------------------------


def _speaks_for(user: User, traject: Traject) -> bool:
    return traject.inburgeraar.user_id == user.pk or permissions.follows(user, traject)


def _comes_along(user: User, keer: EersteKeer) -> bool:
    """Is `user` the toeleider of this appointment, and still in the pool?"""
    mine = Toeleider.everyone.valid().filter(user=user, pk=keer.toeleider_id)
    return keer.toeleider_id is not None and mine.exists()


def _step(keer: EersteKeer, what: str) -> None:
    state = STEPS.get((keer.state, what))
    if state is None:
        raise Refusal("wrong_state")
    keer.state = state


def _locked(pk: UUID) -> EersteKeer:
    return EersteKeer.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _locked_for(by: User, pk: UUID) -> EersteKeer:
    keer = _locked(pk)
    if not permissions.guides(by, keer.gemeente_id):
        raise Refusal("not_allowed")
    return keer


def _day(now: datetime) -> date:
    return now.astimezone(BRUSSELS).date()


# -- Telling ---------------------------------------------------------------------------------


def _tell(
    keer: EersteKeer,
    receiver: User,
    cause: str,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    now: datetime,
) -> None:
    key = f"eerste-keer/{keer.pk}/{cause}/{receiver.pk}"
    outbox.tell(receiver, subject=subject, text=text, key=key, now=now)


def _tell_both(
    keer: EersteKeer, cause: str, subject: "StrOrPromise", text: "StrOrPromise", now: datetime
) -> None:
    _tell(keer, keer.traject.inburgeraar.user, cause, subject, text, now)
    if keer.toeleider is not None:
        _tell(keer, keer.toeleider.user, cause, subject, text, now)


def _tell_over(keer: EersteKeer, receiver: User, by: User, now: datetime) -> None:
    if receiver.pk != by.pk:
        _tell(
            keer,
            receiver,
            f"af-{keer.plan}",
            _("Een afspraak gaat niet door"),
            _("Een afspraak om samen naar een activiteit te gaan, gaat niet door."),
            now,
        )


def _tell_gemeente(
    keer: EersteKeer,
    cause: str,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    *,
    by: User,
    now: datetime,
) -> None:
    for receiver in colleagues(keer.gemeente_id):
        if receiver.pk != by.pk:
            _tell(keer, receiver, f"gemeente-{cause}", subject, text, now)
