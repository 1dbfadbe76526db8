"""The cast of the tests of aanbod: everyone invented, Herent and Leuven real.

| who | what |
|---|---|
| Katrijn | redacteur in Herent |
| Bart | moderator in Herent |
| Rik | redacteur in Leuven |
| Lieve, Joris | contact persons of De Lange Tafel in Herent; Joris has no e-mail address |
| Peter | contact person of the Groendienst in Herent: another organisatie |
| Saar | contact person of De Lange Tafel in Leuven: same organisatie, other gemeente |
| stranger | has an account and no role at all |
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import call_command
from django.utils import timezone

from aanbod.models import ActiviteitPage, Contactpersoon, Kenmerk, Organisatie, Reeks
from gemeenten.acting import System, acting_as
from gemeenten.activation import activate
from gemeenten.models import Deelgemeente, Gemeente, GemeentePage, Rol, User

BRUSSELS = ZoneInfo("Europe/Brussels")
TEST = System("test")
#: Enough for C1 and C2.
ENOUGH = ("groep", "nieuwe-mensen", "duurzame-contacten", "voertaal")


@dataclass
class Cast:
    herent: Gemeente
    leuven: Gemeente
    winksele: Deelgemeente
    in_herent: GemeentePage
    in_leuven: GemeentePage
    lange_tafel: Organisatie
    groendienst: Organisatie
    katrijn: User
    bart: User
    rik: User
    stranger: User
    lieve: Contactpersoon
    joris: Contactpersoon
    peter: Contactpersoon
    saar: Contactpersoon


def make_cast() -> Cast:
    with acting_as(TEST):
        call_command("laad_kenmerken", verbosity=0)
        who = SimpleNamespace()
        who.herent = make_gemeente("24038", "Herent", ["3020"], 50.9077, 4.6706)
        who.leuven = make_gemeente("24062", "Leuven", ["3000", "3018"], 50.8796, 4.7009)
        who.winksele = Deelgemeente.objects.create(
            gemeente=who.herent, name="Winksele", lat=50.9007, lon=4.6404
        )
        who.in_herent, who.in_leuven = activate(who.herent), activate(who.leuven)
        who.lange_tafel = Organisatie.objects.create(name="De Lange Tafel")
        who.groendienst = Organisatie.objects.create(name="Groendienst Herent")
        who.katrijn = make_staff("Katrijn Meersdal", "redacteur", who.herent)
        who.bart = make_staff("Bart Kouterwegel", "moderator", who.herent)
        who.rik = make_staff("Rik Vaartkom", "redacteur", who.leuven)
        who.stranger = make_user("Onbekende Bezoeker")
        who.lieve = make_contact("Lieve Vanderstok", who.lange_tafel, who.herent)
        who.joris = make_contact("Joris Eikenaar", who.lange_tafel, who.herent, email=None)
        who.peter = make_contact("Peter Haagbeuk", who.groendienst, who.herent)
        who.saar = make_contact("Saar Vogelmuur", who.lange_tafel, who.leuven)
        return Cast(**vars(who))


def make_gemeente(nis: str, name: str, postcodes: list[str], lat: float, lon: float) -> Gemeente:
    return Gemeente.objects.create(
        nis=nis,
        name=name,
        slug=name.lower(),
        province="Vlaams-Brabant",
        region="Vlaams Gewest",
        postcodes=postcodes,
        lat=lat,
        lon=lon,
    )


def make_user(name: str, *, email: str | None = "") -> User:
    """Somebody who can sign in; the address follows from the name unless it is None."""
    if email == "":
        email = f"{name.lower().replace(' ', '.')}@post.example"
    user = User(name=name, email=email)
    user.set_unusable_password()
    user.save()
    return user


def make_staff(name: str, kind: str, gemeente: Gemeente) -> User:
    user = make_user(name)
    since = timezone.localdate() - timedelta(200)
    with acting_as(TEST):
        Rol.objects.create(user=user, kind=kind, gemeente=gemeente, valid_from=since)
    return User.objects.get(pk=user.pk)


def make_contact(
    name: str, organisatie: Organisatie, gemeente: Gemeente, *, email: str | None = ""
) -> Contactpersoon:
    return Contactpersoon.objects.create(
        user=make_user(name, email=email),
        name=name,
        organisatie=organisatie,
        gemeente=gemeente,
        valid_from=timezone.localdate() - timedelta(200),
    )


def make_page(
    parent: GemeentePage,
    organisatie: Organisatie,
    title: str = "Praattafel",
    *,
    kenmerken: tuple[str, ...] = ENOUGH,
    reeksen: list[Reeks] | None = None,
    themas: tuple[str, ...] = (),
    publish: bool = True,
    **fields: Any,
) -> ActiviteitPage:
    """An activity by agreement, or on the moments of `reeksen`; live unless `publish` is False."""
    timing = "momenten" if reeksen else "afspraak"
    page = ActiviteitPage(
        title=title,
        organisatie=organisatie,
        live=False,
        **{
            "soort": "conversatie",
            "summary": f"{title}: kom erbij.",
            "description": "We praten samen.\n\nJe hoeft niets mee te brengen.",
            "timing": timing,
            "minutes_per_time": None if reeksen else 120,
            **fields,
        },
    )
    page.reeksen = reeksen or []
    page.kenmerken.set(list(Kenmerk.objects.filter(slug__in=kenmerken)))
    page.themas.set(list(themas))
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return ActiviteitPage.objects.get(pk=page.pk)


def weekly(weekday: int = 1, start: str = "19:30", end: str = "21:30", **fields: Any) -> Reeks:
    """Every week from the next `weekday` (0 is Monday) on."""
    today = timezone.localdate()
    first = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    return Reeks(
        **{
            "frequency": "wekelijks",
            "first_day": first,
            "start": time.fromisoformat(start),
            "end": time.fromisoformat(end),
            **fields,
        }
    )


def brussels(day: date | str, clock: str) -> datetime:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time.fromisoformat(clock), BRUSSELS)
