"""What the demo's addresses and sign-ins are: `manage.py demo` prints it, `--json` for scripts."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aanbod.models import ActiviteitPage
from bewijzen import cards
from bewijzen.models import Traject
from gemeenten import codes
from gemeenten.acting import System, acting_as
from gemeenten.models import Toegangscode, User
from marketplace.demo.load import PASSWORD, read

CMS_USERS = {"herent": "redacteur_herent", "leuven": "redacteur_leuven", "beheer": "beheerder"}
DESK_USERS = ["begeleider_herent", "begeleider_leuven"]


def describe() -> dict[str, Any]:
    """The object of the contract; all addresses absolute."""
    cast = read("cast")
    people = {
        person["key"]: person
        for group in ("medewerkers", "contactpersonen", "inburgeraars")
        for person in cast[group]
    }
    samira = people["samira"]
    with acting_as(System("demo")), override("nl"):
        traject = Traject.objects.get(inburgeraar__reference=samira["dossier"])
        page = ActiviteitPage.objects.get(slug="praattafel")
        return {
            "base": settings.BASE_URL,
            "public": {
                "home": _url("/nl/"),
                "search": _url(reverse("aanbod:results")),
                "gemeente": _url("/nl/herent/"),
                "activiteit": _url(page.url),
                "verify": _url(reverse("bewijzen:verifieer")),
                "wegwijzer": _url(reverse("bewijzen:wegwijzer")),
                "privacy": _url(reverse("privacy")),
                "accessibility": _url(reverse("accessibility")),
            },
            "cms": {
                "url": _url("/cms/"),
                "users": {name: _account(people[key]) for name, key in CMS_USERS.items()},
            },
            "desk": {
                "url": _url(reverse("begeleiding:caseload")),
                "users": {name: _account(people[name]) for name in DESK_USERS},
                "dossier": _url(reverse("begeleiding:dossier", args=[traject.pk])),
            },
            "newcomer": {
                "activation_url": _url(reverse("bewijzen:activeer")),
                "activation_code": _activation_code(traject.inburgeraar.user),
                "home": _url(reverse("bewijzen:mijn")),
                "qr_url": cards.card_url(cards.card_of(traject, by=None, now=timezone.now())),
                "name": samira["name"],
            },
            "contact": {
                "email": people["lieve"]["email"],
                "url": _url(reverse("bewijzen:tekenen")),
            },
            "mail_dir": _relative(settings.MAIL_DIR),
            "canary": {"leuven": cast["canary"]["leuven"]},
        }


def _url(path: str) -> str:
    return path if path.startswith("http") else f"{settings.BASE_URL}{path}"


def _relative(path: Any) -> str:
    if path.is_relative_to(settings.BASE_DIR):
        return str(path.relative_to(settings.BASE_DIR))
    return str(path)


def _account(person: dict[str, Any]) -> dict[str, str]:
    return {"username": person["email"], "password": PASSWORD}


def _activation_code(user: User) -> str:
    """A code that still works. The database keeps only a hash, so the demo keeps its own note of
    it, and hands out another once it was used."""
    note = settings.VAR_DIR / "demo-code.json"
    kept = json.loads(note.read_text()) if note.exists() else {}
    now = timezone.now()
    unused = Toegangscode.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now)
    if kept.get("user") == user.username and unused.exists():
        return kept["code"]
    code = codes.hand_out(user, by=None, now=now)
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"user": user.username, "code": code}))
    return code
