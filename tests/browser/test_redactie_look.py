"""The screens of a gemeente for its offer and its people, as axe sees them: at a desk, on a phone
and in the dark. Wagtail's frame around them is not ours; what stands in <main> is."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from aanbod import contacts, nalezen
from aanbod.models import ActiviteitPage, Contactpersoon, Invaller, Inzending
from gemeenten import moderation
from gemeenten.acting import System, acting_as
from gemeenten.models import User
from tests.conftest import Server
from tests.screens.looking import Look, eyes, faults, open_screen
from tests.sessions import session_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

HERENT = "24038"
LOOKS = [Look(width=1280), Look(width=360, dark=True)]


def cms_screens() -> dict[str, str]:
    """Every screen of a gemeente's own, by what is on it."""
    page = ActiviteitPage.objects.get(slug="praattafel")
    valid = Contactpersoon.objects.get(user__name="An Zangberg")  # a mail did not arrive
    ended = Contactpersoon.objects.get(user__name="Stijn Vederlicht")
    organisatie = page.organisatie_id
    redacteur = User.objects.get(email="katrijn.meersdal@herent.example")
    moderation.set_moderated(page.gemeente, True, by=None)
    nalezen.hand_over(page, redacteur, now=timezone.now())
    contacts.end(ended, today=date.today())
    sent = Inzending.objects.filter(gemeente__nis=HERENT).earliest("pk")
    return {
        "start": reverse("wagtailadmin_home"),
        "wachtrij": reverse("wachtrij:gemeente", args=[HERENT]),
        "inzending": reverse("wachtrij:inzending", args=[HERENT, sent.pk]),
        "nalezen": reverse("nalezen:activiteit", args=[page.pk]),
        "mijn gemeente": reverse("gemeente:instellingen", args=[HERENT]),
        "collega's": reverse("mensen:gemeente", args=[HERENT]),
        "vraag noteren": reverse("zoekvragen:nieuw", args=[HERENT]),
        "samen gaan": reverse("toeleiders:gemeente", args=[HERENT]),
        "toeleider toevoegen": reverse("toeleiders:nieuw", args=[HERENT]),
        "organisaties": reverse("contacten:organisaties", args=[HERENT]),
        "organisatie": reverse("contacten:organisatie", args=[HERENT, organisatie]),
        "nieuwe organisatie": reverse("contacten:organisatie_nieuw", args=[HERENT]),
        "organisatie wijzigen": reverse("contacten:organisatie_wijzig", args=[HERENT, organisatie]),
        "contactpersonen": reverse("contacten:gemeente", args=[HERENT]),
        "contactpersoon": reverse("contacten:persoon", args=[valid.pk]),
        "contactpersoon beëindigen": reverse("contacten:einde", args=[valid.pk]),
        "contactpersoon die stopte": reverse("contacten:persoon", args=[ended.pk]),
        "invaller kiezen": reverse("contacten:invaller", args=[HERENT, organisatie]),
    }


def walk(
    browser: Browser, server: Server, screens: dict[str, str], session: str
) -> dict[str, list[str]]:
    """What is wrong, by screen and look."""
    found = {}
    for look in LOOKS:
        with eyes(browser, server.url, look, session) as page:
            for name, path in screens.items():
                open_screen(page, path, look)
                if wrong := faults(page):
                    found[f"{name} {look}"] = wrong
    return found


def test_axe_finds_nothing_on_the_screens_of_a_gemeente(browser: Browser, server: Server) -> None:
    server.manage("demo", "--json")
    with acting_as(System("looking")):
        screens = cms_screens()
        runs = User.objects.get(email="bram.vossenhof@herent.example")

    assert walk(browser, server, screens, session_of(runs)) == {}


def test_axe_finds_nothing_where_a_stand_in_is_chosen_and_signs(
    browser: Browser, server: Server
) -> None:
    server.manage("demo", "--json")
    with acting_as(System("looking")):
        invaller = Invaller.objects.select_related("user").get()
        lieve = User.objects.get(email="lieve.vanderstok@delangetafel.example")
        page = ActiviteitPage.objects.get(slug="praattafel")

    assert walk(browser, server, {"kiezen": "/nl/tekenen/invaller/"}, session_of(lieve)) == {}
    signing = {
        "invallen": "/nl/tekenen/invallen/",
        "de dag": f"/nl/tekenen/invallen/{invaller.pk}/{page.pk}/",
    }
    assert walk(browser, server, signing, session_of(invaller.user)) == {}
