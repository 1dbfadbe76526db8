"""What an inburgeraar sees of the own traject: what waits and on whom, what comes, what counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanbod import translations
from aanbod.models import Contactpersoon, Sessie
from bewijzen import dossier, trajects, wachtlijst
from bewijzen.meetings import brussels_day
from bewijzen.models import Bevestiging, Deelname, Grade, Stap, Traject, Verzoek
from bewijzen.participation import contacts_by_deelname
from gemeenten.models import Bericht, User

#: The proof grades of trust.md §2, as the person reads them.
GRADE_WORDS: dict[str, object] = {
    Grade.SAMEN: gettext_lazy("code gescand op je telefoon"),
    Grade.GESCAND: gettext_lazy("kaart gescand"),
    Grade.GETEKEND: gettext_lazy("getekend van de lijst"),
    Grade.PAPIER: gettext_lazy("getekend op papier"),
}

ANSWERED = [Verzoek.State.GEWEIGERD]
SHOW_REFUSED = timedelta(days=60)
PAST_SESSIES = timedelta(days=60)
AT_MOST = 6


@dataclass(frozen=True)
class Note:
    """A note "I was there", and who can sign it."""

    verzoek: Verzoek
    on: str


@dataclass(frozen=True)
class Joined:
    """One activity: when it is on next, and why not when it was refused."""

    deelname: Deelname
    #: Who answers; "" when nothing is asked.
    on: str
    next: Sessie | None
    refusal: str
    #: The place on the waiting list, 1 for the first.
    position: int | None


@dataclass(frozen=True)
class Signed:
    """A confirmed line with its proof grade in words."""

    line: dossier.Line
    grade: object


@dataclass(frozen=True)
class Overview:
    traject: Traject
    hours: trajects.Hours
    notes: list[Note]
    refused_notes: list[Verzoek]
    activities: list[Joined]
    lines: list[Signed]

    @property
    def asked(self) -> list[Joined]:
        return [joined for joined in self.activities if _is_asked(joined.deelname)]

    @property
    def soon(self) -> list[Joined]:
        coming = [joined for joined in self.activities if joined.next is not None]
        return sorted(coming, key=lambda joined: joined.next.van)  # type: ignore[union-attr]

    @property
    def waits_for_check(self) -> bool:
        """The hours are there; reached is only when the trajectbegeleider checked (model.md)."""
        return self.hours.reached and self.traject.state == Traject.State.LOPEND

    @property
    def is_checked(self) -> bool:
        return self.traject.state in {Traject.State.BEREIKT, Traject.State.GEREGISTREERD}

    @property
    def anything_waits(self) -> bool:
        return bool(self.notes or self.asked or self.waits_for_check)


def read(traject: Traject, *, now: datetime) -> Overview:
    """Everything on the person's own page, in a number of queries that does not grow."""
    deelnames = list(
        Deelname.objects.filter(traject=traject)
        .select_related("organisatie")
        .order_by("title", "pk")
    )
    open_or_refused = list(
        Verzoek.objects.filter(
            deelname__traject=traject, state__in=[Verzoek.State.OPEN, *ANSWERED]
        ).select_related("deelname")
    )
    notes = [verzoek for verzoek in open_or_refused if verzoek.state == Verzoek.State.OPEN]
    noted = {verzoek.deelname_id for verzoek in notes}
    on = _on_whom(one for one in deelnames if _is_asked(one) or one.pk in noted)
    coming = _coming(deelnames, now)
    refusals = _refusals(traject) if any(map(_is_refused, deelnames)) else {}
    positions = wachtlijst.positions(deelnames)
    recently = brussels_day(now - SHOW_REFUSED)
    return Overview(
        traject=traject,
        hours=trajects.hours_with(traject, notes),
        notes=[Note(verzoek, on[verzoek.deelname_id]) for verzoek in notes],
        refused_notes=[
            verzoek
            for verzoek in open_or_refused
            if verzoek.state in ANSWERED and verzoek.day >= recently
        ],
        activities=[
            Joined(
                deelname,
                on.get(deelname.pk, ""),
                coming.get(deelname.page_id or 0) if _takes_part(deelname) else None,
                refusals.get(deelname.pk, "") if _is_refused(deelname) else "",
                positions.get(deelname.pk),
            )
            for deelname in deelnames
        ],
        lines=signed(traject),
    )


def titles(shown: Overview, language: str) -> dict[UUID, translations.Text]:
    """The translated titles of the activities, by deelname."""
    pages = {
        joined.deelname.pk: joined.deelname.page_id
        for joined in shown.activities
        if joined.deelname.page_id
    }
    found = translations.titles(pages.values(), language)
    return {pk: found[page_id] for pk, page_id in pages.items() if page_id in found}


def signed(traject: Traject) -> list[Signed]:
    """All confirmed lines, the last day first; withdrawn ones stay in sight."""
    return [Signed(line, GRADE_WORDS[line.regel.grade]) for line in dossier.lines(traject)]


def _is_asked(deelname: Deelname) -> bool:
    return deelname.state in {Deelname.State.GEVRAAGD, Deelname.State.WACHTLIJST}


def _takes_part(deelname: Deelname) -> bool:
    return deelname.state == Deelname.State.DEELNEMER


def _is_refused(deelname: Deelname) -> bool:
    return deelname.state == Deelname.State.GEWEIGERD


def _on_whom(waiting: Iterable[Deelname]) -> dict[UUID, str]:
    """On whom each waits."""
    deelnames = list(waiting)
    if not deelnames:
        return {}
    contacts = contacts_by_deelname(deelnames)
    return {deelname.pk: _on(deelname, contacts[deelname.pk]) for deelname in deelnames}


def _on(deelname: Deelname, contacts: list[Contactpersoon]) -> str:
    """On whom it waits, by first name; the organisation when nobody is named."""
    names = [contact.user.get_short_name() for contact in contacts if contact.user.name]
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return _("%(one)s of %(other)s") % {"one": names[0], "other": names[1]}
    return str(deelname.organisatie or deelname.title)


def on_whom(deelname: Deelname) -> str:
    """On whom one deelname waits; see `read` for many."""
    return _on_whom([deelname])[deelname.pk]


def _coming(deelnames: list[Deelname], now: datetime) -> dict[int, Sessie]:
    """The next meeting of each activity, with the name of its place."""
    pages = {deelname.page_id for deelname in deelnames if deelname.page_id}
    sessies = (
        Sessie.objects.filter(page__in=pages, tot__gt=now)
        .exclude(state=Sessie.State.AFGELAST)
        .order_by("page", "van")
        .distinct("page")
        .annotate(place_name=F("page__place_name"))
    )
    return {sessie.page_id: sessie for sessie in sessies}


def _refusals(traject: Traject) -> dict[UUID, str]:
    """The latest reason for which each deelname was refused."""
    steps = Stap.objects.filter(
        traject=traject, what="deelname", after=Deelname.State.GEWEIGERD
    ).order_by("at", "pk")
    return dict(steps.values_list("deelname", "reason"))


def refusal_of(deelname: Deelname) -> str:
    """Why this deelname was refused, "" when it was not."""
    if not _is_refused(deelname):
        return ""
    return _refusals(deelname.traject).get(deelname.pk, "")


def stopped_by_other(deelname: Deelname) -> Stap | None:
    """The step with which somebody else stopped it, with the reason; None when the person did."""
    if deelname.state != Deelname.State.GESTOPT:
        return None
    steps = Stap.objects.filter(deelname=deelname, what="deelname", after=deelname.state)
    last = steps.order_by("-at", "-pk").first()
    own = last is not None and last.actor_id == deelname.traject.inburgeraar.user_id
    return None if own else last


def to_note(deelname: Deelname, *, now: datetime) -> list[Sessie]:
    """Past meetings of an activity that are neither signed nor noted yet, the latest first."""
    if deelname.page_id is None:
        return []
    known = {
        *Verzoek.objects.filter(deelname=deelname, state=Verzoek.State.OPEN).values_list(
            "day", flat=True
        ),
        *Bevestiging.objects.filter(deelname=deelname).values_list("day", flat=True),
    }
    past = (
        Sessie.objects.filter(page=deelname.page_id, tot__lte=now, van__gte=now - PAST_SESSIES)
        .exclude(state=Sessie.State.AFGELAST)
        .order_by("-van")
    )
    return [sessie for sessie in past if brussels_day(sessie.van) not in known][:AT_MOST]


def messages_of(user: User) -> QuerySet[Bericht]:
    """What `user` was told on the own page, the newest first."""
    return Bericht.objects.filter(receiver=user, channel=Bericht.Channel.APP).order_by(
        "-created_at", "-pk"
    )


def mark_read(user: User, upto: int, *, now: datetime) -> int:
    """What was shown is read: messages up to the one with this key. How many were new."""
    return messages_of(user).filter(read_at__isnull=True, pk__lte=upto).update(read_at=now)
