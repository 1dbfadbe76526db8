"""Loads the demo content of this folder through the same rules as everybody's work."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from aanbod import indexing, planner_form, sessies, translations
from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Contactpersoon,
    Kenmerk,
    Organisatie,
    Reeks,
)
from bewijzen import cards, ledger, trajects, wishes
from bewijzen.ledger import Block
from bewijzen.models import Deelname, Traject, Verzoek
from gemeenten.acting import System, acting_as
from gemeenten.activation import activate, ensure_home
from gemeenten.models import (
    Agentschap,
    Deelgemeente,
    Gemeente,
    GemeentePage,
    Rol,
    Team,
    User,
)
from marketplace.demo import counts, inzendingen, meedoen, mensen, navragen, zoekvragen

FOLDER = Path(__file__).parent
#: For every staff account of the demo, which serves this computer only.
PASSWORD = "veertig-demo"  # noqa: S105
WEEKDAYS = ["ma", "di", "wo", "do", "vr", "za", "zo"]
ACTIVE = {"24038": "#0f6b4f", "24062": "#a0342c"}
TRANSLATOR = {"24038": "vertaler_herent", "24062": "redacteur_leuven"}
INTRO = {
    "24038": "In Herent kan je veel doen met mensen uit de buurt. Kies iets dat je leuk vindt.",
    "24062": "In Leuven is elke dag iets te doen. De Regenwijzer helpt je zoeken.",
}
CONTACT = {
    "24038": "Team Samenleven, gemeentehuis van Herent",
    "24062": "Loket Regenwijzer, stadskantoor van Leuven",
}


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text())


def is_loaded() -> bool:
    return ActiviteitPage.objects.exists()


class Demo:
    """One load at one moment `now`; dates are laid around it."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(ledger.BRUSSELS).date()
        self.cast = read("cast")
        self.users: dict[str, User] = {}
        self.contacts: dict[str, Contactpersoon] = {}
        self.pages: dict[str, ActiviteitPage] = {}

    def load(self) -> None:
        for command in ("laad_gemeenten", "laad_kenmerken", "laad_uitleg"):
            call_command(command, stdout=StringIO())
        with transaction.atomic(), acting_as(System("demo")):
            self._gemeenten()
            self._staff()
            self._organisaties()
            for row in read("activiteiten"):
                self._activiteit(row)
            for row in read("vertalingen"):
                self._vertaling(row)
            for person in self.cast["inburgeraars"]:
                self._inburgeraar(person)
            self._counts()
            self._wensen()
            zoekvragen.load(self.users, self.pages, self.now)
            meedoen.load(self.users, self.pages, self.now)
            navragen.load(self.pages["24038/vrouwengroep-malva"], self.now)
            self._inzendingen()
            self._mensen()

    def _mensen(self) -> None:
        mensen.load(
            self.organisaties["lange-tafel"],
            self.pages["24038/praattafel"],
            self.contacts["joris"],
            self.contacts["an"],
            by=self.users["redacteur_herent"],
            now=self.now,
        )

    def _wensen(self) -> None:
        traject = Traject.objects.get(inburgeraar__user=self.users["samira"])
        lessons = ("ma-ochtend", "di-ochtend", "do-ochtend")
        choice = planner_form.Choice(plaats="Herent", les=lessons, kinderopvang=("mee",))
        wishes.keep(traject, choice, now=self.now)

    def _inzendingen(self) -> None:
        page = self.pages["24038/praattafel"]
        herent = Gemeente.objects.get(nis="24038")
        inzendingen.load(self.organisaties["lange-tafel"], page, herent, self.now)

    def _counts(self) -> None:
        for nis in ACTIVE:
            here = [page for key, page in self.pages.items() if key.startswith(f"{nis}/")]
            counts.load(Gemeente.objects.get(nis=nis), here, self.today)

    def _gemeenten(self) -> None:
        ensure_home()
        for nis, colour in ACTIVE.items():
            page = activate(Gemeente.objects.get(nis=nis))
            page.colour, page.intro, page.contact = colour, INTRO[nis], CONTACT[nis]
            page.save_revision().publish()

    def _user(self, person: dict[str, Any], *, password: str | None = None) -> User:
        user = User(name=person["name"], email=person["email"], language=person["language"])
        user.set_password(password)
        user.save()
        self.users[person["key"]] = user
        return user

    def _staff(self) -> None:
        agii = self.cast["agentschap"]
        self.agentschap = Agentschap.objects.create(name=agii["name"], slug=agii["key"])
        teams = {
            name: Team.objects.create(agentschap=self.agentschap, name=name)
            for name in agii["teams"]
        }
        for person in self.cast["medewerkers"]:
            user = self._user(person, password=PASSWORD)
            for rol in person["roles"]:
                gemeente = rol.get("gemeente")
                Rol.objects.create(
                    user=user,
                    kind=rol["kind"],
                    gemeente=Gemeente.objects.get(nis=gemeente) if gemeente else None,
                    agentschap=self.agentschap if rol.get("agentschap") else None,
                    team=teams[rol["team"]] if rol.get("team") else None,
                    valid_from=self.today - timedelta(days=400),
                )

    def _organisaties(self) -> None:
        organisaties = {
            row["key"]: Organisatie.objects.create(name=row["name"], website=row["website"])
            for row in read("organisaties")
        }
        self.organisaties = organisaties
        for person in self.cast["contactpersonen"]:
            self.contacts[person["key"]] = Contactpersoon.objects.create(
                user=self._user(person),
                gemeente=Gemeente.objects.get(nis=person["gemeente"]),
                organisatie=organisaties[person["organisatie"]],
                language=person["language"],
                valid_from=self.today - timedelta(days=400),
            )

    @cached_property
    def _landing(self) -> dict[str, GemeentePage]:
        return {page.gemeente.nis: page for page in GemeentePage.objects.all()}

    def _activiteit(self, row: dict[str, Any]) -> None:
        landing = self._landing[row["gemeente"]]
        page = ActiviteitPage(
            slug=row["slug"],
            **{name: row[name] for name in _SAME_NAME},
            description="\n\n".join(row["description"]),
            cost=Decimal(str(row["cost"])),
            organisatie=self.organisaties[row["organisatie"]],
            deelgemeente=Deelgemeente.objects.filter(
                gemeente=landing.gemeente, name=row["deelgemeente"]
            ).first(),
        )
        page.reeksen = [self._reeks(series) for series in row["series"]]
        page.live = False
        landing.add_child(instance=page)
        page.kenmerken.set(Kenmerk.objects.filter(slug__in=row["kenmerken"]))
        page.themas.set(row["themes"])
        page.save_revision().publish()
        # A demo has a past: the meetings that still wait for a signature.
        sessies.refresh(page, now=self.now - timedelta(days=14))
        for key in row["contacts"]:
            ActiviteitContact.objects.create(page=page, contactpersoon=self.contacts[key])
        self.pages[f"{row['gemeente']}/{row['slug']}"] = page

    def _vertaling(self, row: dict[str, Any]) -> None:
        page = ActiviteitPage.objects.get(pk=self.pages[row["page"]].pk)
        summary = page.summary
        if then := row.get("dutch_summary_then"):
            page.summary = then
            page.save_revision().publish()
        texts = translations.Texts(
            title=row["title"],
            summary=row["summary"],
            description="\n\n".join(row["description"]),
            bring=row["bring"],
        )
        by = self.users[TRANSLATOR[row["page"].split("/")[0]]]
        translations.translate(page, row["language"], texts, by=by, now=self.now)
        if then:
            page.summary = summary
            page.save_revision().publish()

    def _reeks(self, series: dict[str, Any]) -> Reeks:
        first = self.today + timedelta(days=series["first_in_days"])
        first += timedelta(days=(WEEKDAYS.index(series["weekday"]) - first.weekday()) % 7)
        weeks = series["weeks"]
        return Reeks(
            frequency=series["frequency"],
            first_day=first,
            start=time.fromisoformat(series["start"]),
            end=time.fromisoformat(series["end"]),
            last_day=first + timedelta(weeks=weeks - 1) if weeks else None,
            skip_school_holidays=series["skip_school_holidays"],
            only_school_holidays=series["only_school_holidays"],
        )

    def _inburgeraar(self, person: dict[str, Any]) -> None:
        begeleider = self.users[person["begeleider"]]
        started = self.today - timedelta(days=person["started_days_ago"])
        opened = datetime.combine(started, time(9), ledger.BRUSSELS)
        traject = trajects.open_traject(
            name=person["name"],
            reference=person["dossier"],
            language=person["language"],
            gemeente=Gemeente.objects.get(nis=person["gemeente"]),
            agentschap=self.agentschap,
            started_on=started,
            by=begeleider,
            now=opened,
            email=person["email"],
        )
        self.users[person["key"]] = traject.inburgeraar.user
        cards.new_card(traject, by=begeleider, now=opened)
        blocks = [
            block
            for row in person["deelnames"]
            for block in self._deelname(traject, row, begeleider, opened)
        ]
        for tot, write in sorted(blocks, key=lambda block: block[0]):
            write(tot)
        self._notes(traject, person.get("verzoeken", []))
        self._state(traject, person["state"], begeleider)

    def _deelname(
        self, traject: Traject, row: dict[str, Any], begeleider: User, opened: datetime
    ) -> Iterator[tuple[datetime, Any]]:
        page = self.pages[row["activiteit"]]
        deelname = Deelname.objects.create(
            traject=traject,
            page=page,
            title=page.title,
            gemeente=page.get_parent().specific.gemeente,
            organisatie=page.organisatie,
            state=row["state"],
            judgement=row["judgement"],
            judgement_reason=row.get("judgement_reason", ""),
            judged_until=self.today if row["judgement"] == "past_niet" else None,
            created_at=opened,
        )
        indexing.set_places_taken(
            page.pk, page.deelnames(manager="objects").filter(state="deelnemer").count()
        )
        for block in row["blocks"]:
            lived, ended = self._block(page, block["times_ago"], block["minutes"])
            on_paper = block["graad"] == "papier"

            def write(
                now: datetime,
                block: dict[str, Any] = block,
                lived: Block = lived,
                on_paper: bool = on_paper,
            ) -> None:
                ledger.confirm(
                    deelname.pk,
                    lived,
                    signer=self.users[block["signer"]],
                    grade=block["graad"],
                    intent=uuid4(),
                    now=now + timedelta(minutes=20),
                    entered_by=begeleider if on_paper else None,
                )

            yield ended, write

    def _block(self, page: ActiviteitPage, times_ago: int, minutes: int) -> tuple[Block, datetime]:
        """The `times_ago`-th last time before today, and when it ended."""
        if page.timing == ActiviteitPage.Timing.AFSPRAAK:
            day = self.today - timedelta(weeks=times_ago)
            return Block(day, minutes), datetime.combine(day, time(20), ledger.BRUSSELS)
        van = self._past_dates(page)[-times_ago]
        tot = van + timedelta(minutes=minutes)
        return Block.between(van, tot), tot

    def _past_dates(self, page: ActiviteitPage) -> list[datetime]:
        year_ago = self.today - timedelta(days=400)
        yesterday = self.today - timedelta(days=1)
        return sorted(
            van
            for reeks in page.reeksen.all()
            for van, _ in sessies.dates(reeks, from_day=year_ago, until_day=yesterday)
        )

    def _notes(self, traject: Traject, notes: list[dict[str, Any]]) -> None:
        for note in notes:
            page = self.pages[note["activiteit"]]
            lived, ended = self._block(page, note["times_ago"], note["minutes"])
            Verzoek.objects.create(
                deelname=Deelname.objects.get(traject=traject, page=page),
                day=lived.day,
                minutes=lived.minutes,
                van=lived.van,
                tot=lived.tot,
                created_at=ended,
            )

    def _state(self, traject: Traject, state: str, begeleider: User) -> None:
        if state == Traject.State.BEREIKT:
            trajects.check_reached(traject, by=begeleider, now=self.now)
        elif state != Traject.State.LOPEND:
            Traject.objects.filter(pk=traject.pk).update(state=state)


_SAME_NAME = [
    *("title", "soort", "summary", "bring", "timing", "moments", "minutes_per_time"),
    *("hours_total", "place_name", "street", "postcode", "taalniveau", "voor", "capacity"),
    *("cost_note", "kinderopvang", "wheelchair", "contact_public"),
]


def load(now: datetime | None = None) -> bool:
    """Load the demo into an empty database; False when it was there already."""
    if is_loaded():
        return False
    Demo(now or timezone.now()).load()
    return True
