"""One dossier of the caseload: opening it, what stands in it, and what is handed over on paper."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Sum

from aanbod import criteria
from aanbod.models import ActiviteitKenmerk, Contactpersoon, Criterium, Invaller, Kenmerk
from bewijzen import cards, permissions, trajects
from bewijzen.flags import Flag, flags
from bewijzen.ledger import BRUSSELS, EARLIEST_DAY
from bewijzen.models import Deelname, Kaart, Regel, RegelTekst, Stap, Toeleider, Traject, Verzoek
from bewijzen.participation import contacts_by_deelname
from bewijzen.refusals import Refusal
from gemeenten import codes
from gemeenten.acting import System, acting_as
from gemeenten.models import Agentschap, Gemeente, Rol, User

#: How long the code on an activation sheet works.
ACTIVATION_DAYS = 30
#: What the database says, as a refusal.
CONSTRAINTS = {
    "reference_once_per_agentschap": "reference_taken",
    "gemeenten_user_email_key": "email_taken",
    "user_email_once": "email_taken",
}


@dataclass(frozen=True)
class NewDossier:
    """Whose dossier to open. `started_on`: the start of the inburgeringstraject (domain.md)."""

    name: str
    reference: str
    language: str
    gemeente: Gemeente
    agentschap: Agentschap
    started_on: date
    email: str | None = None


def open_dossier(new: NewDossier, *, by: User, now: datetime) -> Traject:
    """A new traject in the caseload of `by`, with its first card. Raises `Refusal`."""
    if new.agentschap.pk not in permissions.opens_for(by):
        raise Refusal("not_allowed")
    if is_national_number(new.reference):
        raise Refusal("national_number")
    if new.started_on > now.astimezone(BRUSSELS).date():
        raise Refusal("starts_in_future")
    if new.started_on < EARLIEST_DAY:
        raise Refusal("started_long_ago")
    try:
        with transaction.atomic():
            traject = trajects.open_traject(**vars(new), by=by, now=now)
            cards.new_card(traject, by=by, now=now)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        raise Refusal(CONSTRAINTS.get(name or "", "busy")) from error
    return traject


def is_national_number(text: str) -> bool:
    """Does `text` hold a Belgian national number: 11 digits, the last two a check on the others?
    We never keep one (trust.md §6)."""
    digits = "".join(sign for sign in text if sign.isdecimal())
    if len(digits) != 11:
        return False
    born_before_2000, check = int(digits[:9]), int(digits[9:])
    return check in {97 - born_before_2000 % 97, 97 - (2 * 10**9 + born_before_2000) % 97}


def hand_out_activation(traject: Traject, *, by: User, now: datetime) -> str:
    """A new activation code on paper for the person of `traject`; earlier ones are dead. The code
    can be shown once, now: only its hash is kept."""
    with acting_as(System("dossier")), transaction.atomic():
        traject = Traject.objects.select_related("inburgeraar__user").get(pk=traject.pk)
        if not permissions.follows(by, traject):
            raise Refusal("not_allowed")
        if _does_other_work(traject.inburgeraar.user):
            raise Refusal("other_work")
        code = codes.hand_out(traject.inburgeraar.user, by=by, now=now, valid_days=ACTIVATION_DAYS)
        Stap.objects.create(traject=traject, what="activeringscode", actor=by, at=now)
    return code


def _does_other_work(user: User) -> bool:
    """A code on paper would open that work as well; such a person signs in by mail."""
    everyone = (Rol.everyone, Contactpersoon.everyone, Invaller.everyone, Toeleider.everyone)
    return any(rows.filter(user=user).exists() for rows in everyone)


def replace_card(traject: Traject, lost: int, *, by: User, now: datetime) -> Kaart:
    """A new card instead of generation `lost` (0 when there was none yet), which is dead at once.
    When that one is dead already, the living card is the answer: a double tap makes one card."""
    with acting_as(System("dossier")), transaction.atomic():
        rows = Traject.objects.select_related("inburgeraar")
        traject = rows.select_for_update(of=("self",), no_key=True).get(pk=traject.pk)
        if not permissions.follows(by, traject):
            raise Refusal("not_allowed")
        living = cards.living_card(traject)
        if living is not None and living.generation != lost:
            return living
        return cards.new_card(traject, by=by, now=now)


@dataclass(frozen=True)
class Line:
    """One confirmed line as staff read it; `withdrawal` is the line that took it back."""

    regel: Regel
    tekst: RegelTekst | None
    flags: list[Flag]
    withdrawal: Regel | None
    withdrawal_tekst: RegelTekst | None


@dataclass(frozen=True)
class Meets:
    """How the activity stands to one criterium (R2)."""

    criterium: Criterium
    kenmerken: list[Kenmerk]
    is_enough: bool


@dataclass(frozen=True)
class Taking:
    """A deelname with what one needs to judge it for this person (R6)."""

    deelname: Deelname
    minutes: int
    #: One for each criterium; none for an own proposal, which has no published activity.
    meets: list[Meets]
    contacts: list[Contactpersoon]

    @property
    def waits_for_judgement(self) -> bool:
        stopped = self.deelname.state in {Deelname.State.GEWEIGERD, Deelname.State.GESTOPT}
        nog_niet = self.deelname.judgement == Deelname.Judgement.NOG_NIET
        return nog_niet and (not stopped or self.minutes > 0)


@dataclass(frozen=True)
class Note:
    """A note that waits, and on whom."""

    verzoek: Verzoek
    contacts: list[Contactpersoon]


@dataclass(frozen=True)
class Dossier:
    traject: Traject
    hours: trajects.Hours
    takings: list[Taking]
    notes: list[Note]
    lines: list[Line]
    steps: list[Stap]

    @property
    def may_check(self) -> bool:
        return self.hours.reached and self.traject.state == Traject.State.LOPEND

    @property
    def unjudged(self) -> int:
        """As `caseload.to_judge` counts them."""
        return sum(taking.waits_for_judgement for taking in self.takings)

    @property
    def contacts(self) -> list[Contactpersoon]:
        """Everyone who signs somewhere in this dossier, once."""
        everyone = {contact.pk: contact for taking in self.takings for contact in taking.contacts}
        return sorted(everyone.values(), key=str)


def read(traject: Traject) -> Dossier:
    """All of one dossier that the acting person may see, in a fixed number of queries."""
    deelnames = list(
        Deelname.objects.filter(traject=traject)
        .select_related("page", "organisatie", "gemeente", "contact__user")
        .order_by("created_at", "pk")
    )
    contacts = contacts_by_deelname(deelnames)
    return Dossier(
        traject=traject,
        hours=trajects.hours(traject),
        takings=_takings(traject, deelnames, contacts),
        notes=[
            Note(verzoek, contacts.get(verzoek.deelname_id, []))
            for verzoek in Verzoek.objects.filter(
                deelname__traject=traject, state=Verzoek.State.OPEN
            ).select_related("deelname")
        ],
        lines=lines(traject),
        steps=list(
            Stap.objects.filter(traject=traject)
            .select_related("actor", "deelname")
            .order_by("-at", "-pk")
        ),
    )


def lines(traject: Traject) -> list[Line]:
    """Every confirmed line, the last day first; withdrawn ones stay in sight."""
    regels = list(
        Regel.objects.filter(traject=traject, kind=Regel.Kind.BEVESTIGING)
        .select_related("tekst", "entered_by", "withdrawn_by__tekst")
        .order_by("-day", "-van", "-number")
    )
    a_day: dict[date, int] = defaultdict(int)
    for regel in regels:
        if not hasattr(regel, "withdrawn_by"):
            a_day[regel.day] += regel.minutes
    return [_line(regel, traject.started_on, a_day[regel.day]) for regel in regels]


def _line(regel: Regel, started_on: date, day_minutes: int) -> Line:
    # A reverse one-to-one that is absent raises: words may have been erased.
    withdrawal = getattr(regel, "withdrawn_by", None)
    return Line(
        regel=regel,
        tekst=getattr(regel, "tekst", None),
        flags=[] if withdrawal else flags(regel, started_on=started_on, day_minutes=day_minutes),
        withdrawal=withdrawal,
        withdrawal_tekst=getattr(withdrawal, "tekst", None),
    )


def _takings(
    traject: Traject, deelnames: list[Deelname], contacts: dict[UUID, list[Contactpersoon]]
) -> list[Taking]:
    minutes = dict(
        Deelname.objects.filter(traject=traject)
        .annotate(minutes=Sum("bevestigingen__minutes"))
        .values_list("pk", "minutes")
    )
    kenmerken = _kenmerken(deelname.page_id for deelname in deelnames if deelname.page_id)
    takings = [
        Taking(
            deelname=deelname,
            minutes=minutes[deelname.pk] or 0,
            meets=_meets(kenmerken[deelname.page_id]) if deelname.page_id else [],
            contacts=contacts[deelname.pk],
        )
        for deelname in deelnames
    ]
    return sorted(takings, key=lambda taking: not taking.waits_for_judgement)


def _meets(kenmerken: list[Kenmerk]) -> list[Meets]:
    missing = criteria.missing_points({kenmerk.slug for kenmerk in kenmerken})
    return [
        Meets(
            criterium,
            [kenmerk for kenmerk in kenmerken if kenmerk.criterium == criterium],
            is_enough=all(point.criterium != criterium for point in missing),
        )
        for criterium in Criterium
    ]


def _kenmerken(pages: Iterable[int]) -> dict[int | None, list[Kenmerk]]:
    """The kenmerken of published activities, in their own order."""
    found = defaultdict(list)
    items = ActiviteitKenmerk.objects.filter(content_object__in=set(pages))
    for item in items.select_related("tag").order_by("tag__order"):
        found[item.content_object_id].append(item.tag)
    return found
