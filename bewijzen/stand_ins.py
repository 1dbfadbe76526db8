"""What a stand-in has to sign: the people of one activity on the one day they were named for.

A stand-in sees nothing of the organisation beside this. So their pages read through here, as the
system, each time bounded by an `Invaller` row that is theirs and still holds.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from aanbod.models import ActiviteitPage, Invaller, Sessie
from bewijzen.ledger import BRUSSELS
from bewijzen.meetings import Person, first_name, with_initial
from bewijzen.models import Bevestiging, Deelname
from gemeenten.acting import System, acting_as
from gemeenten.models import User


@dataclass(frozen=True)
class Duty:
    """One activity on the day of a stand-in. `sessie` is its meeting of that day, if it has one."""

    invaller: Invaller
    page: ActiviteitPage
    people: list[Person]
    sessie: Sessie | None

    @property
    def to_sign(self) -> list[Person]:
        return [person for person in self.people if not person.is_signed]

    @property
    def signed(self) -> list[Person]:
        return [person for person in self.people if person.is_signed]


def current(user: User, *, today: date) -> list[Invaller]:
    """What `user` may sign as a stand-in today."""
    rows = Invaller.objects.valid(today).filter(user=user)
    return list(rows.select_related("organisatie", "gemeente", "page").order_by("day", "pk"))


def to_come(user: User, *, today: date) -> list[Invaller]:
    """The days for which `user` was named and that are not there yet."""
    rows = Invaller.objects.filter(user=user, ended_at__isnull=True, day__gt=today)
    return list(rows.select_related("organisatie", "page").order_by("day", "pk"))


def duties(invaller: Invaller) -> list[Duty]:
    """The activities with people in it, those with a meeting on that day first."""
    with acting_as(System("invallen")):
        people = _people(invaller)
        pages = ActiviteitPage.objects.filter(pk__in=people).order_by("title", "pk")
        sessies = _sessies(invaller, list(people))
        found = [
            Duty(invaller, page, people[page.pk], sessies.get(page.pk)) for page in list(pages)
        ]
    return sorted(found, key=lambda duty: duty.sessie is None)


def one(user: User, pk: int, page: int, *, today: date) -> Duty | None:
    """One activity of an own day; None when it is not theirs, or no longer."""
    for invaller in current(user, today=today):
        if invaller.pk == pk:
            return next((duty for duty in duties(invaller) if duty.page.pk == page), None)
    return None


def of_traject(user: User, traject: UUID | None, *, today: date) -> Duty | None:
    """Where `user` stands in and the person of this traject takes part, the newest day first;
    None when there is no such activity. The same work for a traject that nobody knows (None)."""
    for invaller in reversed(current(user, today=today)):
        for duty in duties(invaller):
            if any(person.deelname.traject_id == traject for person in duty.people):
                return duty
    return None


def _people(invaller: Invaller) -> dict[int, list[Person]]:
    """By activity who takes part: never the stand-in, nor who named them."""
    only = Q(page=invaller.page_id) if invaller.page_id else Q(page__isnull=False)
    rows = Deelname.objects.filter(
        only,
        organisatie=invaller.organisatie_id,
        gemeente=invaller.gemeente_id,
        state=Deelname.State.DEELNEMER,
    ).exclude(traject__inburgeraar__user__in={invaller.user_id, invaller.named_by_id} - {None})
    deelnames = list(rows.select_related("traject__inburgeraar").order_by("created_at"))
    minutes: Counter = Counter()
    for line in Bevestiging.objects.filter(deelname__in=deelnames, day=invaller.day):
        minutes[line.deelname_id] += line.minutes
    by_page = defaultdict(list)
    names = _names(deelnames)
    for deelname in deelnames:
        person = Person(deelname, names[deelname.pk], True, minutes[deelname.pk])
        by_page[deelname.page_id or 0].append(person)
    return by_page


def _names(deelnames: list[Deelname]) -> dict[object, str]:
    """First names, and an initial where two people are called the same."""
    full = {one.traject.inburgeraar.pk: one.traject.inburgeraar.name for one in deelnames}
    times = Counter(first_name(name) for name in full.values())
    return {
        one.pk: first_name(name) if times[first_name(name)] == 1 else with_initial(name)
        for one in deelnames
        for name in [one.traject.inburgeraar.name]
    }


def _sessies(invaller: Invaller, pages: list[int]) -> dict[int, Sessie]:
    start = datetime.combine(invaller.day, datetime.min.time(), BRUSSELS)
    rows = Sessie.objects.filter(
        page__in=pages, van__gte=start, van__lt=start + timedelta(days=2)
    ).exclude(state=Sessie.State.AFGELAST)
    return {
        sessie.page_id: sessie
        for sessie in rows.order_by("-van")
        if sessie.van.astimezone(BRUSSELS).date() == invaller.day
    }
