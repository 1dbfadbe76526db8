"""The cast of the app gemeenten: colleagues of two municipalities, and others."""

from datetime import date

import pytest

from gemeenten.activation import activate
from gemeenten.models import Agentschap, Gemeente, Rol, User

#: No role begins before or ends at this day unless a test says so.
LONG_AGO = date(2020, 1, 1)


def make_gemeente(nis: str, name: str) -> Gemeente:
    return Gemeente.objects.create(
        nis=nis,
        name=name,
        slug=name.lower(),
        province="Vlaams-Brabant",
        region="Vlaams Gewest",
        postcodes=["3020" if name == "Herent" else "3000"],
        lat=50.9,
        lon=4.68,
    )


def make_user(name: str, email: str | None = None, password: str | None = None) -> User:
    return User.objects.create_user(
        name.lower().replace(" ", "-"), email=email, password=password, name=name
    )


def give(user: User, kind: str, gemeente: Gemeente | None = None, **kwargs) -> Rol:
    return Rol.everyone.create(
        user=user, kind=kind, gemeente=gemeente, **{"valid_from": LONG_AGO, **kwargs}
    )


@pytest.fixture
def herent(db) -> Gemeente:
    return make_gemeente("24038", "Herent")


@pytest.fixture
def leuven(db) -> Gemeente:
    return make_gemeente("24062", "Leuven")


@pytest.fixture
def pages(herent, leuven):
    """Both municipalities are active; their landing pages by name."""
    return {gemeente.slug: activate(gemeente) for gemeente in [herent, leuven]}


@pytest.fixture
def redacteur(herent) -> User:
    """Edits the offer of Herent."""
    user = make_user("Rik Redacteur", "rik@herent.example")
    give(user, Rol.Kind.REDACTEUR, herent)
    return user


@pytest.fixture
def redacteur_leuven(leuven) -> User:
    user = make_user("Lotte Redacteur", "lotte@leuven.example")
    give(user, Rol.Kind.REDACTEUR, leuven)
    return user


@pytest.fixture
def beheerder(db) -> User:
    user = make_user("Bea Beheerder", "bea@veertig.example")
    give(user, Rol.Kind.BEHEERDER)
    return user


@pytest.fixture
def trajectbegeleider(db) -> User:
    user = make_user("Tom Begeleider", "tom@agentschap.example")
    agentschap = Agentschap.objects.create(name="Agentschap", slug="agentschap")
    give(user, Rol.Kind.TRAJECTBEGELEIDER, agentschap=agentschap)
    return user


@pytest.fixture
def stranger(db) -> User:
    """Signs in and has no role: an inburgeraar, a contact person."""
    return make_user("Samira", "samira@example.org")
