"""The caseload: the trajects that somebody follows, and which of them need attention, and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from bewijzen import permissions
from bewijzen.models import Bevestiging, Deelname, Traject, Verzoek, Voorstel
from gemeenten.models import User

#: Without a new hour for this long, somebody may be stuck.
SILENT_DAYS = 42
#: Only while somebody is on the way does anything wait.
OPEN_STATES = [Traject.State.LOPEND, Traject.State.GEPAUZEERD]


class Attention(IntEnum):
    """Why a traject stands where it stands in the list, the most pressing first."""

    CHECK = 1
    JUDGE = 2
    WAITING = 3
    SILENT = 4
    NONE = 9


@dataclass(frozen=True)
class Reason:
    attention: Attention
    words: str


class Caseload(models.QuerySet):
    """Trajects with what waits in each, as columns: the list asks nothing per row.

    `waiting_minutes` and `waiting_since` of open notes, `unjudged` deelnames, `proposals` that
    wait for an answer, `last_day` of a valid line (a date or None), `attention` (see `Attention`).
    """

    def with_what_waits(self, today: date) -> "Caseload":
        notes = Verzoek._base_manager.filter(
            deelname__traject=OuterRef("pk"), state=Verzoek.State.OPEN
        ).order_by()
        lines = Bevestiging._base_manager.filter(traject=OuterRef("pk")).order_by()
        proposals = Voorstel._base_manager.filter(
            traject=OuterRef("pk"), state=Voorstel.State.INGEDIEND
        ).order_by()
        rows = self.annotate(
            waiting_minutes=_one(notes, "deelname__traject", Sum("minutes"), 0),
            waiting_since=_one(notes, "deelname__traject", Min("created_at")),
            unjudged=_one(to_judge(OuterRef("pk")), "traject", Count("pk"), 0),
            proposals=_one(proposals, "traject", Count("pk"), 0),
            last_day=_one(lines, "traject", Max("day")),
        )
        return rows.annotate(attention=_attention(today))

    def neediest_first(self) -> "Caseload":
        return self.order_by(
            "attention",
            F("waiting_since").asc(nulls_last=True),
            F("last_day").asc(nulls_first=True),
            "inburgeraar__name",
            "pk",
        )

    def search(self, text: str) -> "Caseload":
        """Every word of `text` in the name, accents forgiven, or in the dossier reference."""
        rows = self
        for word in text.split():
            rows = rows.filter(
                Q(inburgeraar__name__unaccent__icontains=word)
                | Q(inburgeraar__reference__icontains=word)
            )
        return rows


def caseload(user: User) -> Caseload:
    """What `user` follows. Never their own traject: nobody looks after themselves."""
    followed = permissions.caseload(user).exclude(inburgeraar__user=user)
    return Caseload(Traject).filter(pk__in=followed.values("pk"))


def to_judge(traject: Any) -> models.QuerySet[Deelname]:
    """Deelnames of a traject that still wait for the judgement of R6: somebody takes part, asks
    to, or did."""
    lived = Bevestiging._base_manager.filter(deelname=OuterRef("pk"))
    stopped = [Deelname.State.GEWEIGERD, Deelname.State.GESTOPT]
    return Deelname._base_manager.filter(
        ~Q(state__in=stopped) | Exists(lived),
        traject=traject,
        judgement=Deelname.Judgement.NOG_NIET,
    ).order_by()


def reasons(traject: Any, now: datetime) -> list[Reason]:
    """In words, all that asks for attention in `traject`, a row of `with_what_waits`; the first
    of them is why it stands where it stands."""
    if traject.attention == Attention.NONE:
        return []
    today = now.date()
    found = []
    if traject.attention == Attention.CHECK:
        found.append(Reason(Attention.CHECK, "Doel bereikt: controleer de uren"))
    if traject.unjudged:
        what = "activiteit" if traject.unjudged == 1 else "activiteiten"
        found.append(Reason(Attention.JUDGE, f"{traject.unjudged} {what} te beoordelen"))
    if traject.proposals:
        what = "voorstel" if traject.proposals == 1 else "voorstellen"
        found.append(Reason(Attention.JUDGE, f"{traject.proposals} {what} te beoordelen"))
    if traject.waiting_since:
        days = (today - traject.waiting_since.astimezone(now.tzinfo).date()).days
        found.append(Reason(Attention.WAITING, f"Contactpersoon moet tekenen, {_since(days)}"))
    if traject.attention == Attention.SILENT:
        found.append(Reason(Attention.SILENT, _silence(traject, today)))
    return found


def _since(days: int) -> str:
    if days < 1:
        return "sinds vandaag"
    return "sinds gisteren" if days == 1 else f"al {days} dagen"


def _silence(traject: Any, today: date) -> str:
    if traject.last_day is None:
        return "Nog geen uren"
    return f"Al {(today - traject.last_day).days // 7} weken geen nieuwe uren"


def _one(
    rows: models.QuerySet, group: str, value: models.Aggregate, absent: object = None
) -> models.expressions.Combinable:
    """One aggregate over related rows as a column; a join for each would multiply the others."""
    found = Subquery(rows.values(group).annotate(found=value).values("found"))
    return found if absent is None else Coalesce(found, Value(absent))


def _attention(today: date) -> Case:
    long_ago = today - timedelta(days=SILENT_DAYS)
    silent = Q(last_day__lt=long_ago) | Q(last_day__isnull=True, started_on__lt=long_ago)
    return Case(
        When(~Q(state__in=OPEN_STATES), then=Attention.NONE),
        When(
            state=Traject.State.LOPEND,
            total_minutes__gte=F("target_minutes"),
            then=Attention.CHECK,
        ),
        When(Q(unjudged__gt=0) | Q(proposals__gt=0), then=Attention.JUDGE),
        When(waiting_since__isnull=False, then=Attention.WAITING),
        When(silent, state=Traject.State.LOPEND, then=Attention.SILENT),
        default=Attention.NONE,
        output_field=IntegerField(),
    )
