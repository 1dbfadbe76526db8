"""Organisations written down once, for all municipalities: found before they are made.

Their name, website and register code are public and the same everywhere; their people are
`Contactpersoon` rows, per gemeente.
"""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from wagtail.log_actions import log

from aanbod.models import ActiviteitPage, Organisatie
from gemeenten.models import Gemeente, GemeentePage, User

#: The Verenigingsregister of Flanders gives a V and seven digits.
REGISTER_CODE = re.compile(r"V[0-9]{7}")
#: From here on two names look alike (pg_trgm's own default).
ALIKE = 0.3
MOST_ALIKE = 5


class OrganisatieRefused(ValueError):
    """Why these facts cannot be written down; its text is said to the editor.

    `field` is where it went wrong, `known` the organisatie that has them already.
    """

    def __init__(self, sentence: str, field: str, known: Organisatie | None = None) -> None:
        super().__init__(sentence)
        self.field = field
        self.known = known


@dataclass(frozen=True)
class Facts:
    """What is public about an organisatie."""

    name: str
    website: str = ""
    register_code: str = ""


def in_gemeente(gemeente: Gemeente | None) -> QuerySet[Organisatie]:
    """Those that are active in a gemeente: with contact persons or activities there, or written
    down by its editors."""
    landing = GemeentePage.objects.filter(gemeente=gemeente).first()
    if landing is None:
        return Organisatie.objects.none()
    # By key, not by joining: the search orders them and the list counts them.
    found = Organisatie.objects.filter(
        Q(contactpersonen__gemeente=gemeente)
        | Q(activiteiten__path__startswith=landing.path)
        | Q(known_in=gemeente)
    )
    return Organisatie.objects.filter(pk__in=found.values("pk"))


def search(rows: QuerySet[Organisatie], text: str) -> QuerySet[Organisatie]:
    """Those whose name or register code has the typed words in it, or a name that looks alike."""
    text = text.replace("\x00", "").strip()[:120]
    if not text:
        return rows.order_by(Lower("name"))
    return (
        rows.annotate(likeness=TrigramSimilarity(Lower("name"), text.lower()))
        .filter(Q(name__icontains=text) | Q(register_code__iexact=text) | Q(likeness__gte=ALIKE))
        .order_by(F("likeness").desc(), "name")
    )


def alike(name: str, register_code: str = "") -> list[Organisatie]:
    """Which organisaties, of any gemeente, this may be already: their facts are public."""
    rows = Organisatie.objects.annotate(
        likeness=TrigramSimilarity(Lower("name"), " ".join(name.split()).lower())
    )
    same_code = Q(register_code=register_code) if register_code else Q(pk__in=[])
    found = rows.filter(Q(likeness__gte=ALIKE) | same_code)
    return list(found.order_by(F("likeness").desc(), "name")[:MOST_ALIKE])


def register_code(text: str) -> str:
    """The code as it is kept, "V0001001"; "" for none. Raises OrganisatieRefused when it does not
    have the form that the Verenigingsregister gives."""
    code = re.sub(r"[\s.]", "", text).upper()
    if code and not REGISTER_CODE.fullmatch(code):
        raise OrganisatieRefused(
            "Een nummer van het Verenigingsregister is een V met zeven cijfers, zoals V0001001. "
            "Heeft de organisatie er geen? Laat dit leeg.",
            "register_code",
        )
    return code


@transaction.atomic
def make(gemeente: Gemeente, facts: Facts, *, by: User | None = None) -> Organisatie:
    """Write a new organisatie down, and that it is active in `gemeente`. Raises
    OrganisatieRefused when one with that name or register code exists."""
    organisatie = Organisatie()
    _write(organisatie, facts)
    organisatie.known_in.add(gemeente)
    log(instance=organisatie, action="wagtail.create", user=by)
    return organisatie


def adopt(gemeente: Gemeente, organisatie: Organisatie) -> None:
    """Let the editors of `gemeente` choose an organisatie that is known elsewhere."""
    organisatie.known_in.add(gemeente)


@transaction.atomic
def change(organisatie: Organisatie, facts: Facts, *, by: User | None) -> None:
    """Write other public facts down, for every gemeente. Raises OrganisatieRefused."""
    _write(organisatie, facts)
    log(instance=organisatie, action="wagtail.edit", user=by)


def _write(organisatie: Organisatie, facts: Facts) -> None:
    organisatie.name = " ".join(facts.name.split())
    organisatie.website = facts.website
    organisatie.register_code = register_code(facts.register_code)
    _must_be_new(organisatie)
    try:
        with transaction.atomic():
            organisatie.save()
    except IntegrityError:  # somebody else wrote it down at the same moment
        _must_be_new(organisatie)
        raise


def _must_be_new(organisatie: Organisatie) -> None:
    others = Organisatie.objects.exclude(pk=organisatie.pk)
    known = others.filter(name__iexact=organisatie.name).first()
    if known:
        raise OrganisatieRefused("Er is al een organisatie met deze naam.", "name", known)
    code = organisatie.register_code
    known = others.filter(register_code=code).first() if code else None
    if known:
        raise OrganisatieRefused(
            f"Dit nummer is van {known.name}. Kijk het nummer na.", "register_code", known
        )


def others_in_public(organisatie: Organisatie, gemeente: Gemeente) -> list[Gemeente]:
    """The other municipalities where it has live activities. Where it only has people or drafts
    is not public, and not said."""
    pages = ActiviteitPage.objects.live().filter(organisatie=organisatie)
    parents = {path[: -ActiviteitPage.steplen] for path in pages.values_list("path", flat=True)}
    landings = GemeentePage.objects.filter(path__in=parents).exclude(gemeente=gemeente)
    return list(Gemeente.objects.filter(landing__in=landings))


def is_shared(organisatie: Organisatie, gemeente: Gemeente) -> bool:
    """Is it active in another gemeente too, public or not?"""
    people = organisatie.contactpersonen(manager="everyone").exclude(gemeente=gemeente)
    landing = GemeentePage.objects.get(gemeente=gemeente)
    elsewhere = ActiviteitPage.objects.filter(organisatie=organisatie).exclude(
        path__startswith=landing.path
    )
    return people.exists() or elsewhere.exists()


def has_work_in(organisatie: Organisatie, gemeente: Gemeente) -> bool:
    """Has it people or activities in `gemeente`? To be written down there is not enough."""
    landing = GemeentePage.objects.filter(gemeente=gemeente).first()
    if landing is None:
        return False
    people = organisatie.contactpersonen(manager="everyone").filter(gemeente=gemeente)
    pages = ActiviteitPage.objects.filter(organisatie=organisatie, path__startswith=landing.path)
    return people.exists() or pages.exists()
