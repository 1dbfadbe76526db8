"""The cast of the tests of bewijzen: everyone invented, Herent and Leuven real.

`cast(db)` is a fixture (conftest.py); `make_cast()` does the same without pytest. Dates lie
around today, because views ask the clock; rules get `cast.now`.

| who | what |
|---|---|
| Nele | trajectbegeleider of the agency; follows Samira, Yusuf and both Ahmads |
| Thomas | trajectbegeleider of the same agency, other team, in Leuven; follows Yordanka |
| Samira | inburgeraar; takes part in the praattafel and the fietsles; 0 hours |
| Ahmad N., Ahmad S., Yusuf | inburgeraars who take part in nothing yet; two share a name |
| Lieve, Joris | contact persons of De Lange Tafel in Herent; Lieve is named at the praattafel |
| Peter | contact person of the Groendienst in Herent: another organisation |
| Saar | contact person of De Lange Tafel in Leuven: same organisation, other gemeente |
| Stranger | has an account and no role at all |
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, Site

from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Contactpersoon,
    Kenmerk,
    Organisatie,
    Sessie,
)
from bewijzen.models import Deelname, Inburgeraar, Regel, Traject, Verzoek
from gemeenten.acting import System, acting_as
from gemeenten.models import Agentschap, Gemeente, GemeentePage, HomePage, Rol, Team, User

BRUSSELS = ZoneInfo("Europe/Brussels")
TEST = System("test")
#: Enough for both criteria (aanbod/criteria.py).
KENMERKEN = ["groep", "nieuwe-mensen", "duurzame-contacten", "voertaal"]


def today() -> date:
    return timezone.localdate()


def at(clock: str, *, days_ago: int = 1) -> datetime:
    """A Brussels clock time, `days_ago` days before today: `at("19:00", days_ago=3)`."""
    return datetime.combine(today() - timedelta(days=days_ago), time.fromisoformat(clock), BRUSSELS)


@dataclass
class Cast:
    now: datetime
    herent: Gemeente
    leuven: Gemeente
    agentschap: Agentschap
    team_herent: Team
    team_leuven: Team
    lange_tafel: Organisatie
    groendienst: Organisatie
    nele: User
    thomas: User
    coordinator: User
    redacteur: User
    lieve: User
    joris: User
    peter: User
    saar: User
    stranger: User
    samira: Traject
    ahmad_n: Traject
    ahmad_s: Traject
    yusuf: Traject
    yordanka: Traject
    praattafel: ActiviteitPage
    fietsles: ActiviteitPage
    groen: ActiviteitPage
    leuvense_tafel: ActiviteitPage
    #: The praattafel of yesterday, 19.00 to 21.00, and the one of next week.
    yesterday: Sessie
    next_week: Sessie
    #: Samira at the praattafel and (by agreement) at the fietsles.
    samira_praat: Deelname
    samira_fiets: Deelname


def make_cast() -> Cast:
    with acting_as(TEST):
        return _make_cast()


def _make_cast() -> Cast:
    call_command("laad_kenmerken", verbosity=0)
    who = SimpleNamespace(now=timezone.now())
    who.herent = make_gemeente("24038", "Herent", ["3020"], 50.9077, 4.6706)
    who.leuven = make_gemeente("24062", "Leuven", ["3000"], 50.8796, 4.7009)
    who.agentschap = Agentschap.objects.create(name="Agentschap Voorbeeld", slug="voorbeeld")
    who.team_herent = Team.objects.create(agentschap=who.agentschap, name="Team Herent")
    who.team_leuven = Team.objects.create(agentschap=who.agentschap, name="Team Leuven")
    who.lange_tafel = Organisatie.objects.create(name="De Lange Tafel")
    who.groendienst = Organisatie.objects.create(name="Groendienst Herent")

    who.nele = make_begeleider(who, "Nele Wolfsmelk", who.team_herent)
    who.thomas = make_begeleider(who, "Thomas Kattenstaart", who.team_leuven)
    who.coordinator = make_user("Inge Waterloop")
    make_rol(who.coordinator, "coordinator", agentschap=who.agentschap, team=who.team_herent)
    who.redacteur = make_user("Katrijn Meersdal")
    make_rol(who.redacteur, "redacteur", gemeente=who.herent)
    who.lieve = make_contact("Lieve Vanderstok", who.lange_tafel, who.herent)
    who.joris = make_contact("Joris Eikenaar", who.lange_tafel, who.herent)
    who.peter = make_contact("Peter Haagbeuk", who.groendienst, who.herent)
    who.saar = make_contact("Saar Vogelmuur", who.lange_tafel, who.leuven)
    who.stranger = make_user("Onbekende Bezoeker")

    who.praattafel = make_activiteit(who.herent, who.lange_tafel, "Praattafel")
    who.fietsles = make_activiteit(
        who.herent, who.lange_tafel, "Fietsles", timing="afspraak", minutes_per_time=90
    )
    who.groen = make_activiteit(who.herent, who.groendienst, "Bomen planten")
    who.leuvense_tafel = make_activiteit(who.leuven, who.lange_tafel, "Leuvense tafel")
    ActiviteitContact.objects.create(
        page=who.praattafel, contactpersoon=Contactpersoon.objects.get(user=who.lieve)
    )
    who.yesterday = make_sessie(who.praattafel, at("19:00"), hours=2)
    who.next_week = make_sessie(who.praattafel, at("19:00", days_ago=-6), hours=2)

    who.samira = make_traject(who, "Samira Al-Masri", language="nl")
    who.ahmad_n = make_traject(who, "Ahmad Nazari", language="fa")
    who.ahmad_s = make_traject(who, "Ahmad Suleiman", language="ar")
    who.yusuf = make_traject(who, "Yusuf Demir", language="tr")
    who.yordanka = make_traject(
        who, "Yordanka Petrova", language="bg", gemeente=who.leuven, by=who.thomas
    )
    who.samira_praat = make_deelname(who.samira, who.praattafel)
    who.samira_fiets = make_deelname(who.samira, who.fietsles)
    return Cast(**vars(who))


def make_user(name: str, *, email: str | None = "", language: str = "nl") -> User:
    """Somebody who can sign in; the address follows from the name unless it is None."""
    if email == "":
        email = f"{name.lower().replace(' ', '.')}@post.example"
    user = User(name=name, email=email, language=language)
    user.set_unusable_password()
    user.save()
    return user


def make_rol(user: User, kind: str, **field_of_work: object) -> Rol:
    with acting_as(TEST):
        return Rol.objects.create(
            user=user, kind=kind, valid_from=today() - timedelta(days=200), **field_of_work
        )


def make_begeleider(who: SimpleNamespace, name: str, team: Team) -> User:
    user = make_user(name)
    make_rol(user, "trajectbegeleider", agentschap=who.agentschap, team=team)
    return user


def make_contact(name: str | User, organisatie: Organisatie | None, gemeente: Gemeente) -> User:
    """A user who signs for `organisatie` in `gemeente`, a new one or a second role."""
    user = name if isinstance(name, User) else make_user(name)
    with acting_as(TEST):
        Contactpersoon.objects.create(
            user=user,
            organisatie=organisatie,
            gemeente=gemeente,
            valid_from=today() - timedelta(days=200),
        )
    return user


def make_gemeente(nis: str, name: str, postcodes: list[str], lat: float, lon: float) -> Gemeente:
    """An active municipality with its page; loaded rows of the same NIS code are kept."""
    gemeente, _ = Gemeente.objects.update_or_create(
        nis=nis,
        defaults={
            "name": name,
            "slug": name.lower(),
            "province": "Vlaams-Brabant",
            "region": "Vlaams Gewest",
            "postcodes": postcodes,
            "lat": lat,
            "lon": lon,
            "active": True,
        },
    )
    if not GemeentePage.objects.filter(gemeente=gemeente).exists():
        home_page().add_child(
            instance=GemeentePage(title=name, slug=gemeente.slug, gemeente=gemeente)
        )
    return gemeente


def home_page() -> HomePage:
    """The home page, and the site that points to it."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        home = HomePage(title="Veertig", slug="veertig")
        root.add_child(instance=home)
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def make_activiteit(
    gemeente: Gemeente, organisatie: Organisatie, title: str, **fields: object
) -> ActiviteitPage:
    page = ActiviteitPage(
        title=title,
        organisatie=organisatie,
        **{
            "soort": "conversatie",
            "summary": f"{title}: kom mee praten.",
            "description": "We praten samen. Je hoeft niets mee te brengen.",
            "street": "Voorbeeldstraat",
            "postcode": gemeente.postcodes[0],
            "lat": gemeente.lat,
            "lon": gemeente.lon,
            **fields,
        },
    )
    page.kenmerken.add(*Kenmerk.objects.filter(slug__in=KENMERKEN))
    return GemeentePage.objects.get(gemeente=gemeente).add_child(instance=page)


def make_sessie(page: ActiviteitPage, van: datetime, *, hours: float = 2) -> Sessie:
    return Sessie.objects.create(page=page, van=van, tot=van + timedelta(hours=hours))


def make_traject(
    who: object,
    name: str,
    *,
    language: str = "nl",
    gemeente: Gemeente | None = None,
    by: User | None = None,
    user: User | None = None,
) -> Traject:
    """An inburgeraar with an open traject and no hours. `user` gives somebody a second role."""
    with acting_as(TEST):
        user = user or make_user(name, email=None, language=language)
        inburgeraar = Inburgeraar.objects.create(
            user=user, agentschap=who.agentschap, reference=f"V-{user.pk:04d}", name=name
        )
        return Traject.objects.create(
            inburgeraar=inburgeraar,
            agentschap=who.agentschap,
            gemeente=gemeente or who.herent,
            trajectbegeleider=by or who.nele,
            started_on=today() - timedelta(days=120),
            opened_at=timezone.now() - timedelta(days=100),
        )


def make_deelname(
    traject: Traject, page: ActiviteitPage, state: str = "deelnemer", **fields: object
) -> Deelname:
    with acting_as(TEST):
        return Deelname.objects.create(
            traject=traject,
            page=page,
            title=page.title,
            gemeente=page.get_parent().specific.gemeente,
            organisatie=page.organisatie,
            state=state,
            created_at=timezone.now() - timedelta(days=60),
            **fields,
        )


def make_verzoek(deelname: Deelname, *, days_ago: int = 1, minutes: int = 120) -> Verzoek:
    with acting_as(TEST):
        return Verzoek.objects.create(
            deelname=deelname,
            day=today() - timedelta(days=days_ago),
            minutes=minutes,
            created_at=timezone.now(),
        )


def sign(
    deelname: Deelname,
    by: User,
    *,
    van: datetime | None = None,
    tot: datetime | None = None,
    days_ago: int = 1,
    minutes: int = 120,
    grade: str = "getekend",
) -> Regel:
    """One signed block: from `van` to `tot`, or minutes on a day without clock times."""
    from bewijzen import ledger

    block = (
        ledger.Block.between(van, tot)
        if van and tot
        else ledger.Block(today() - timedelta(days=days_ago), minutes)
    )
    receipt = ledger.confirm(
        deelname.pk, block, signer=by, grade=grade, intent=uuid4(), now=timezone.now()
    )
    with acting_as(TEST):
        return Regel.objects.get(pk=receipt.regel)


def row_counts() -> dict[str, int]:
    """How many rows every table of ours holds: what a GET may not change."""
    from django.apps import apps

    tables = [
        model._meta.db_table
        for label in ("gemeenten", "aanbod", "bewijzen")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    counts = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counts[table] = cursor.fetchone()[0]
    return counts
