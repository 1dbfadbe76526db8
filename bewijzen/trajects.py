"""The traject: opening it, reaching the target, and what a correction takes back (model.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bewijzen import permissions
from bewijzen.models import Deelname, Inburgeraar, Regel, Stap, Traject, Verzoek
from bewijzen.refusals import Refusal
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import Agentschap, Gemeente, User


@dataclass(frozen=True)
class Hours:
    """Where somebody stands, in minutes."""

    counted: int
    waiting: int
    target: int

    @property
    def missing(self) -> int:
        return max(0, self.target - self.counted)

    @property
    def whole(self) -> int:
        """Whole hours that count; `rest` is what is left of the minutes."""
        return self.counted // 60

    @property
    def rest(self) -> int:
        return self.counted % 60

    @property
    def reached(self) -> bool:
        return self.counted >= self.target


def hours(traject: Traject) -> Hours:
    """What counts, and what waits for a contact person. Notes never count."""
    notes = Verzoek.objects.filter(deelname__traject=traject, state=Verzoek.State.OPEN)
    return hours_with(traject, notes)


def hours_with(traject: Traject, open_notes: Iterable[Verzoek]) -> Hours:
    """The same, for who has the open notes at hand."""
    waiting = sum(note.minutes for note in open_notes)
    return Hours(traject.total_minutes, waiting, traject.target_minutes)


def current(user: User) -> Traject | None:
    """The traject that `user` gathers hours for: the one opened last."""
    rows = Traject.objects.filter(inburgeraar__user=user)
    return rows.select_related("inburgeraar__user").order_by("-opened_at").first()


def open_traject(
    *,
    name: str,
    reference: str,
    language: str,
    gemeente: Gemeente,
    agentschap: Agentschap,
    started_on: date,
    by: User,
    now: datetime,
    email: str | None = None,
) -> Traject:
    """A new dossier in the caseload of `by`. The person can sign in once a code was handed over.

    Raises IntegrityError when the agency already has this reference.
    """
    with acting_as(System("dossier")), transaction.atomic():
        user = User(name=name.strip(), language=language, email=email)
        user.set_unusable_password()
        user.save()
        inburgeraar = Inburgeraar.objects.create(
            user=user, agentschap=agentschap, reference=reference.strip(), name=name.strip()
        )
        traject = Traject.objects.create(
            inburgeraar=inburgeraar,
            agentschap=agentschap,
            gemeente=gemeente,
            trajectbegeleider=by,
            target_minutes=settings.TARGET_MINUTES,
            started_on=started_on,
            opened_at=now,
        )
        Stap.objects.create(traject=traject, what="traject", after=traject.state, actor=by, at=now)
    return traject


def check_reached(traject: Traject, *, by: User, now: datetime) -> Traject:
    """The trajectbegeleider checked the hours: reached is total ≥ target **and** checked."""
    with acting_as(System("dossier")), transaction.atomic():
        traject = _locked(traject)
        if not permissions.follows(by, traject):
            raise Refusal("not_allowed")
        if traject.total_minutes < traject.target_minutes:
            raise Refusal("not_reached")
        if traject.state != Traject.State.LOPEND:
            raise Refusal("wrong_state")
        _to(traject, Traject.State.BEREIKT, by=by, now=now)
        outbox.tell(
            traject.inburgeraar.user,
            subject=_("Je 40 uren zijn bereikt"),
            text=_(
                "Proficiat! Je trajectbegeleider heeft je uren gecontroleerd. Je hebt je doel "
                "bereikt. Je bewijs staat klaar op je eigen pagina in Veertig."
            ),
            key=f"bereikt/{traject.pk}/{traject.hoofden.count()}",
            now=now,
            sender=by,
        )
    return traject


def hours_were_withdrawn(
    deelname: Deelname, regel: Regel, *, by: User, reason: str, now: datetime
) -> None:
    """Tell the inburgeraar, and take `bereikt` back when the total falls below the target.

    Called by the ledger inside its transaction, with the traject locked.
    """
    traject = deelname.traject
    outbox.tell(
        traject.inburgeraar.user,
        subject=_("Er zijn uren ingetrokken"),
        text=_("Op je eigen pagina in Veertig zie je welke uren, en waarom."),
        key=f"ingetrokken/{regel.pk}",
        now=now,
        sender=by,
    )
    if traject.total_minutes >= traject.target_minutes:
        return
    registered = traject.state == Traject.State.GEREGISTREERD
    fell = traject.total_minutes + regel.minutes >= traject.target_minutes
    if traject.state == Traject.State.BEREIKT:
        _to(traject, Traject.State.LOPEND, by=by, reason=reason, now=now)
    if registered or (fell and traject.trajectbegeleider_id != by.pk):
        outbox.tell(
            traject.trajectbegeleider,
            subject=_("Een totaal is gezakt onder het doel"),
            text=format_lazy(
                "{} {}",
                _("Er zijn uren ingetrokken. Kijk in je lijst op Veertig naar dit dossier:"),
                traject.inburgeraar.reference,
            ),
            key=f"gezakt/{regel.pk}",
            now=now,
            sender=by,
        )


def _locked(traject: Traject) -> Traject:
    rows = Traject.objects.select_related("inburgeraar__user", "trajectbegeleider")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=traject.pk)


def _to(traject: Traject, state: str, *, by: User, now: datetime, reason: str = "") -> None:
    before, traject.state = traject.state, state
    Traject.objects.filter(pk=traject.pk).update(state=state)
    Stap.objects.create(
        traject=traject,
        what="traject",
        before=before,
        after=state,
        actor=by,
        reason=reason,
        at=now,
    )
