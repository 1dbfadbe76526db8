"""What a contact person signs for: the meetings of today and of the last days, the people who
take part, and what waits for an answer.

Everything is read as the acting person, and bounded by the organisations `user` signs for.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from aanbod.models import ActiviteitPage, Sessie
from bewijzen import permissions
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Bevestiging, Deelname, Regel, Traject, Verzoek
from bewijzen.refusals import Refusal
from gemeenten.models import GemeentePage, User

DAYS_BACK = 14
LINES_BACK = timedelta(days=60)
#: How far ahead a first meeting is arranged by its date.
DATES_AHEAD = timedelta(days=60)
MANY = 400

State = Deelname.State


@dataclass(frozen=True)
class Person:
    """Somebody at a meeting. `expected`: took part already then, or said "I was there"."""

    deelname: Deelname
    name: str
    expected: bool
    signed_minutes: int

    @property
    def is_signed(self) -> bool:
        return self.signed_minutes > 0


@dataclass(frozen=True)
class Meeting:
    """One dated occurrence and its people, those who were expected first."""

    sessie: Sessie
    people: list[Person]
    has_begun: bool
    is_on: bool

    @property
    def day(self) -> date:
        return brussels_day(self.sessie.van)

    @property
    def to_sign(self) -> list[Person]:
        return [person for person in self.people if person.expected and not person.is_signed]

    @property
    def signed(self) -> list[Person]:
        return [person for person in self.people if person.is_signed]


def brussels_day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def own_activities(user: User) -> QuerySet[ActiviteitPage]:
    """Activities of the organisations `user` signs for, in that gemeente; published or not."""
    pairs = permissions.signing_pairs(user)
    landings = GemeentePage.objects.filter(gemeente__in={gemeente for _, gemeente in pairs})
    path_of = dict(landings.values_list("gemeente", "path"))
    condition = Q(pk__in=[])
    for organisatie, gemeente in pairs:
        if gemeente in path_of:
            condition |= Q(organisatie=organisatie, path__startswith=path_of[gemeente])
    return ActiviteitPage.objects.filter(condition).order_by("title", "pk")


def shown_names(user: User) -> dict[UUID, str]:
    """What `user` reads for each deelname: the first name, and an initial where two people of
    the own organisations are called the same. One query."""
    rows = permissions.signable(user).values_list(
        "pk", "traject__inburgeraar", "traject__inburgeraar__name"
    )
    return _told_apart(list(rows.order_by()))


def names_of(people: list[Deelname]) -> dict[UUID, str]:
    """`shown_names` for who has all `participants` at hand."""
    persons = ((one.pk, one.traject.inburgeraar) for one in people)
    return _told_apart([(pk, person.pk, person.name) for pk, person in persons])


def _told_apart(deelnames: list[tuple[UUID, Any, str]]) -> dict[UUID, str]:
    first_names = {person: first_name(name) for _, person, name in deelnames}
    times = Counter(first_names.values())
    return {
        pk: with_initial(name) if times[first_names[person]] > 1 else first_names[person]
        for pk, person, name in deelnames
    }


def first_name(name: str) -> str:
    return name.split(" ")[0]


def with_initial(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first} {rest.strip()[:1]}." if rest.strip() else first


def _with_person(rows: QuerySet[Deelname]) -> QuerySet[Deelname]:
    return rows.select_related("traject__inburgeraar", "page", "gemeente", "organisatie")


def participants(user: User) -> list[Deelname]:
    """Everyone whose hours `user` may sign, whatever the list says."""
    rows = permissions.signable(user).select_related("traject__inburgeraar")
    return list(rows.order_by("title", "created_at"))


def recent(
    user: User, people: list[Deelname], names: dict[UUID, str], *, now: datetime
) -> list[Meeting]:
    """The meetings of today and of the last fourteen days, the latest first; each `sessie` has the
    title of its activity. `names` are `shown_names`."""
    today = brussels_day(now)
    sessies = (
        Sessie.objects.filter(
            page__in=own_activities(user),
            van__gte=_midnight(today - timedelta(days=DAYS_BACK)),
            van__lt=_midnight(today + timedelta(days=1)),
        )
        .exclude(state=Sessie.State.AFGELAST)
        .annotate(title=F("page__title"))
        .order_by("-van", "page")
    )
    return _meetings(list(sessies), people, names, now)


def one(user: User, pk: int, *, now: datetime) -> Meeting | None:
    """One meeting of an own activity, however long ago; None when it is not theirs."""
    sessie = (
        Sessie.objects.filter(pk=pk, page__in=own_activities(user))
        .exclude(state=Sessie.State.AFGELAST)
        .select_related("page")
        .first()
    )
    if sessie is None:
        return None
    people = _with_person(permissions.signable(user).filter(page=sessie.page_id))
    found = list(people.order_by("created_at"))
    return _meetings([sessie], found, shown_names(user), now)[0]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSELS)


def _meetings(
    sessies: list[Sessie], people: list[Deelname], names: dict[UUID, str], now: datetime
) -> list[Meeting]:
    days = {brussels_day(sessie.van) for sessie in sessies}
    ids = [deelname.pk for deelname in people]
    signed = defaultdict(list)
    for line in Bevestiging.objects.filter(deelname__in=ids, day__in=days):
        signed[line.deelname_id, line.day].append(line)
    noted = set(
        Verzoek.objects.filter(
            deelname__in=ids, day__in=days, state=Verzoek.State.OPEN
        ).values_list("deelname", "day")
    )
    by_page = defaultdict(list)
    for deelname in people:
        by_page[deelname.page_id].append(deelname)
    return [
        Meeting(
            sessie,
            _people(sessie, by_page[sessie.page_id], names, signed, noted),
            has_begun=sessie.van <= now,
            is_on=sessie.van <= now < sessie.tot,
        )
        for sessie in sessies
    ]


def _people(
    sessie: Sessie,
    deelnames: list[Deelname],
    names: dict[UUID, str],
    signed: dict[tuple[UUID, date], list[Bevestiging]],
    noted: set[tuple[UUID, date]],
) -> list[Person]:
    day = brussels_day(sessie.van)
    people = []
    for deelname in deelnames:
        lines = [line for line in signed[deelname.pk, day] if _is_of(line, sessie)]
        is_noted = (deelname.pk, day) in noted
        if deelname.state != State.DEELNEMER and not lines and not is_noted:
            continue
        people.append(
            Person(
                deelname,
                names[deelname.pk],
                expected=is_noted or _was_in(deelname, sessie, day),
                signed_minutes=sum(line.minutes for line in lines),
            )
        )
    return sorted(people, key=lambda person: (not person.expected, person.name))


def _is_of(line: Bevestiging, sessie: Sessie) -> bool:
    """A line without clock times counts for every meeting of its day."""
    if line.block is None:
        return True
    return line.block.lower < sessie.tot and line.block.upper > sessie.van


def _was_in(deelname: Deelname, sessie: Sessie, day: date) -> bool:
    takes_part = deelname.state == State.DEELNEMER and deelname.created_at <= sessie.tot
    return takes_part and _fits(deelname, day)


@dataclass(frozen=True)
class Place:
    """An own activity that somebody who was scanned can be signed for. `key` stays the same
    when the scan makes a deelname of it; `sessie` is the one that touches today."""

    key: str
    title: str
    what: Deelname | ActiviteitPage
    sessie: Sessie | None
    usual_minutes: int | None

    @property
    def is_joined(self) -> bool:
        return isinstance(self.what, Deelname)


def places_for(user: User, traject: Traject, *, now: datetime) -> list[Place]:
    """Where `user` can sign for this person: what they take part in first, then the other own
    activities; in each part those of today first."""
    joined = {
        deelname.page_id or deelname.pk: deelname
        for deelname in _with_person(permissions.signable(user).filter(traject=traject))
    }
    pages = {page.pk: page for page in own_activities(user) if page.live or page.pk in joined}
    sessies = _touching_today(set(pages) | set(joined), now)
    places = [_joined_place(deelname, sessies) for deelname in joined.values()]
    places += [
        Place(f"p-{pk}", page.title, page, sessies.get(pk), page.minutes_per_time)
        for pk, page in pages.items()
        if pk not in joined
    ]
    today = brussels_day(now)
    return sorted(places, key=lambda place: _rank(place, today))


def _joined_place(deelname: Deelname, sessies: dict[object, Sessie]) -> Place:
    page = deelname.page
    return Place(
        f"p-{page.pk}" if page else f"d-{deelname.pk}",
        deelname.title,
        deelname,
        sessies.get(deelname.page_id),
        page.minutes_per_time if page else None,
    )


def _rank(place: Place, today: date) -> tuple:
    takes_part = place.is_joined and place.what.state == State.DEELNEMER
    fits = place.is_joined and _fits(place.what, today)
    return (not (takes_part and fits), not fits, place.sessie is None, place.title)


def _fits(deelname: Deelname, day: date) -> bool:
    """What was judged not to fit counts up to the day that was named (R6)."""
    if deelname.judgement != Deelname.Judgement.PAST_NIET or deelname.judged_until is None:
        return True
    return day <= deelname.judged_until


def _touching_today(pages: set, now: datetime) -> dict[object, Sessie]:
    """For each activity the meeting of today that began last, else the first one to come."""
    start = _midnight(brussels_day(now))
    found: dict[object, Sessie] = {}
    sessies = Sessie.objects.filter(
        page__in=[pk for pk in pages if isinstance(pk, int)],
        tot__gt=start,
        van__lt=start + timedelta(days=1),
    ).exclude(state=Sessie.State.AFGELAST)
    for sessie in sessies.order_by("van"):
        if sessie.page_id not in found or sessie.van <= now:
            found[sessie.page_id] = sessie
    return found


def by_agreement(people: list[Deelname], meetings: list[Meeting]) -> list[Deelname]:
    """Who takes part in something that had no dated meeting in these days."""
    dated = {meeting.sessie.page_id for meeting in meetings}
    return [
        deelname
        for deelname in people
        if deelname.state == State.DEELNEMER and deelname.page_id not in dated
    ]


def requests(people: list[Deelname]) -> list[Deelname]:
    """Who asked to join and waits for an answer, the oldest first."""
    waiting = [one for one in people if one.state in {State.GEVRAAGD, State.WACHTLIJST}]
    return sorted(waiting, key=lambda deelname: deelname.created_at)


def coming(
    people: list[Deelname], *, now: datetime, most: int = 1
) -> dict[int | None, list[Sessie]]:
    """The first `most` dates to come of each activity of `people`: one query."""
    found: dict[int | None, list[Sessie]] = defaultdict(list)
    pages = {one.page_id for one in people if one.page_id}
    if not pages:
        return found
    until = now + DATES_AHEAD
    rows = Sessie.objects.filter(page__in=pages, van__gt=now, van__lt=until)
    for sessie in rows.exclude(state=Sessie.State.AFGELAST).order_by("van"):
        if len(found[sessie.page_id]) < most:
            found[sessie.page_id].append(sessie)
    return found


def dated(deelname: Deelname, pk: str, *, now: datetime) -> Sessie | None:
    """The date to come that a small form carries; None for none. Raises `Refusal`."""
    if not pk:
        return None
    dates = coming([deelname], now=now, most=MANY)[deelname.page_id]
    for sessie in dates:
        if str(sessie.pk) == pk:
            return sessie
    raise Refusal("no_such_date")


def notes(people: list[Deelname]) -> list[Verzoek]:
    """ "I was there", waiting for a signature, with the deelname at hand."""
    by_pk = {deelname.pk: deelname for deelname in people}
    found = list(Verzoek.objects.filter(deelname__in=by_pk, state=Verzoek.State.OPEN))
    for note in found:
        note.deelname = by_pk[note.deelname_id]
    return found


def open_note(deelname: Deelname, pk: str) -> Verzoek | None:
    """The note of this deelname that still waits, by the key in an address."""
    waiting = Verzoek.objects.filter(deelname=deelname, state=Verzoek.State.OPEN)
    return next((note for note in waiting if str(note.pk) == pk), None)


def lines(user: User, *, now: datetime) -> QuerySet[Regel]:
    """What was signed for the organisations of `user` in the last sixty days, newest first."""
    return (
        Regel.objects.filter(
            kind=Regel.Kind.BEVESTIGING,
            deelname__in=permissions.signable(user).values("pk"),
            received_at__gte=now - LINES_BACK,
        )
        .select_related("deelname__traject__inburgeraar", "signer", "withdrawn_by")
        .order_by("-received_at", "-pk")
    )


def lines_on(user: User, page: int, day: date) -> list[Regel]:
    """The valid lines of one own activity on one day, in the order they were signed."""
    rows = Regel.objects.filter(
        deelname__in=permissions.signable(user).filter(page=page).values("pk"),
        day=day,
        bevestiging__isnull=False,
    )
    return list(rows.select_related("deelname__traject__inburgeraar").order_by("pk"))
