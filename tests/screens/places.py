"""The main screens of every role, by name: where they are in the demo, and whose they are."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import override

from aanbod.models import ActiviteitPage
from bewijzen import trajects
from bewijzen.models import Deelname
from gemeenten.acting import System, acting_as
from gemeenten.models import User

#: In every public language; the others are Dutch.
PUBLIC_ROLES = ("bezoeker", "inburgeraar", "contactpersoon")


@dataclass(frozen=True)
class Screen:
    name: str
    role: str
    #: With {language} where it is public.
    path: str


#: By role: the demo's own mail address, or None for who signed in nowhere.
PEOPLE: dict[str, str | None] = {
    "bezoeker": None,
    "inburgeraar": "samira@post.example",
    "contactpersoon": "lieve.vanderstok@delangetafel.example",
    "trajectbegeleider": "nadia.zandpad@inburgering.example",
    "redacteur": "katrijn.meersdal@herent.example",
}


def user_of(role: str) -> User | None:
    address = PEOPLE[role]
    if role == "inburgeraar":
        with acting_as(System("screens")):
            deelname = Deelname.objects.filter(traject__inburgeraar__reference__gt="")
            found = deelname.order_by("-traject__total_minutes").first()
            return found.traject.inburgeraar.user if found else None
    return User.objects.get(email=address) if address else None


def screens() -> list[Screen]:
    with acting_as(System("screens")), override("nl"):
        return [*_public(), *_own(), *_contact(), *_desk(), *_cms()]


def _of(role: str, **paths: str) -> list[Screen]:
    return [Screen(name, role, path) for name, path in paths.items()]


def _any(path: str) -> str:
    """The same address in any language."""
    return path.replace("/nl/", "/{language}/", 1)


def _public() -> list[Screen]:
    page = ActiviteitPage.objects.get(slug="praattafel")
    activity = urlsplit(page.full_url or "").path
    return _of(
        "bezoeker",
        home="/{language}/",
        results="/{language}/aanbod/?plaats=3020",
        empty="/{language}/aanbod/?q=xyzzy&soort=sport&plaats=3020",
        activity=_any(activity),
        gemeente="/{language}/herent/",
        plan="/{language}/aanbod/plan/?plaats=3020",
        zoekvraag="/{language}/zoekvraag/",
        wegwijzer="/{language}/wegwijzer/",
        over="/{language}/over/",
        verifieer="/{language}/verifieer/",
        privacy="/{language}/privacy/",
        accessibility="/{language}/toegankelijkheid/",
        activeer="/{language}/activeer/",
        aanmelden="/{language}/aanmelden/login/code/",
    )


def _own() -> list[Screen]:
    user = user_of("inburgeraar")
    traject = trajects.current(user) if user else None
    deelname = Deelname.objects.filter(traject=traject).first()
    if deelname is None:
        raise LookupError("the demo's inburgeraar takes part in nothing")
    return _of(
        "inburgeraar",
        mijn="/{language}/mijn/",
        code="/{language}/mijn/code/",
        kaart="/{language}/mijn/kaart/",
        bewijs="/{language}/mijn/bewijs/",
        deelname=_any(reverse("bewijzen:mijn_deelname", args=[deelname.pk])),
        vraag="/{language}/zoekvraag/",
    )


def _contact() -> list[Screen]:
    user = User.objects.get(email=PEOPLE["contactpersoon"])
    signable = (
        Deelname.objects.filter(contact__user=user).first()
        or Deelname.objects.filter(page__slug="praattafel").first()
    )
    found = _of(
        "contactpersoon",
        tekenen="/{language}/tekenen/",
        getekend="/{language}/tekenen/getekend/",
        invaller="/{language}/tekenen/invaller/",
    )
    if signable is not None:
        path = reverse("bewijzen:tekenen_deelname", args=[signable.pk])
        found += _of("contactpersoon", teken_een=_any(path))
    return found


def _desk() -> list[Screen]:
    deelname = Deelname.objects.filter(
        traject__trajectbegeleider__email=PEOPLE["trajectbegeleider"]
    ).first()
    if deelname is None:
        raise LookupError("the demo's trajectbegeleider follows nobody")
    dossier = reverse("begeleiding:dossier", args=[deelname.traject_id])
    return _of(
        "trajectbegeleider",
        caseload="/begeleiding/",
        dossier=dossier,
        nieuw="/begeleiding/nieuw/",
    )


def _cms() -> list[Screen]:
    page = ActiviteitPage.objects.get(slug="praattafel")
    return _of(
        "redacteur",
        cms="/cms/",
        cms_activiteit=f"/cms/pages/{page.pk}/edit/",
        wachtrij="/cms/wachtrij/",
        cijfers="/cms/cijfers/",
        zoekvragen="/cms/zoekvragen/",
        organisaties="/cms/contacten/",
    )
