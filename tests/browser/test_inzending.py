"""From what an organisation sends in to online in one click, in two browsers: the organisation on
a phone, the colleague of the gemeente at a desk. Pictures land in var/screens/."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_walk import Person, sign_in
from tests.conftest import Server

TITLE = "Soep koken met buren"
ORGANISATIE = "Buurthuis De Lange Tafel"
DESK = {"width": 1280, "height": 900}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture
def demo(server: Server) -> dict:
    return json.loads(server.manage("demo", "--json"))


@pytest.fixture
def redacteur(browser: Browser, server: Server) -> Iterator[Person]:
    person = Person(browser, "redacteur", server.url)
    person.page.set_viewport_size(DESK)
    yield person
    person.context.close()


@pytest.fixture
def organisatie(browser: Browser, server: Server) -> Iterator[Person]:
    person = Person(browser, "organisatie", server.url)
    yield person
    person.context.close()


def make_link(redacteur: Person) -> str:
    """The address that the colleague copies, without its host."""
    redacteur.follow("Wachtrij")
    redacteur.follow("Links van organisaties")
    redacteur.page.get_by_role("link", name=f"van {ORGANISATIE}").click()
    make = redacteur.page.get_by_role("button", name="Maak een link")
    if make.is_visible():
        make.click()
    address = redacteur.page.get_by_label("De link", exact=True).input_value()
    redacteur.picture("inzending-1-link")
    return "/nl/" + address.partition("/nl/")[2]


def fill_in(organisatie: Person) -> None:
    page = organisatie.page
    organisatie.fill("Naam van de activiteit", TITLE)
    page.get_by_label("Soort", exact=True).select_option("buurthuis")
    organisatie.fill("In één zin", "Kook samen soep en eet mee.")
    page.get_by_role("textbox", name="Wat doe je er?").fill(
        "We snijden groenten.\n\nWe eten samen."
    )
    page.get_by_label("Op vaste momenten").check()
    page.locator("[name=momenten-0-first_day]").fill("2027-01-13")
    page.locator("[name=momenten-0-start]").fill("17:00")
    page.locator("[name=momenten-0-end]").fill("19:00")
    organisatie.fill("Naam van de plaats", ORGANISATIE)
    page.locator("[name=mensen-0-name]").fill("Els Zavelberg")
    page.locator("[name=mensen-0-email]").fill("els.zavelberg@delangetafel.example")


def test_from_what_an_organisation_sends_to_online_in_one_click(
    demo: dict, redacteur: Person, organisatie: Person
) -> None:
    sign_in(redacteur, "/cms/", demo["cms"]["users"]["herent"])
    address = make_link(redacteur)

    # The organisation forgets the questions of the criteria; its words stay.
    organisatie.go(address)
    organisatie.picture("inzending-2-overzicht")
    organisatie.page.get_by_role("link", name="Nieuwe activiteit").click()
    fill_in(organisatie)
    organisatie.press("Verstuur naar de gemeente")
    organisatie.sees("Er is nog niets verstuurd")
    expect(organisatie.page.get_by_label("Naam van de activiteit")).to_have_value(TITLE)
    organisatie.picture("inzending-3-vragen")
    for start in ("In groep.", "Nieuwe mensen.", "Contacten die blijven.", "We spreken Nederlands"):
        organisatie.page.get_by_label(start, exact=False).check()
    organisatie.press("Verstuur naar de gemeente")
    organisatie.sees("Verstuurd.")
    organisatie.picture("inzending-4-wacht")

    # One click.
    redacteur.go("/cms/wachtrij/")
    redacteur.sees("Els Zavelberg")
    redacteur.picture("inzending-5-wachtrij")
    redacteur.press(f"Keur goed: {TITLE}")
    redacteur.sees("staat online")
    redacteur.picture("inzending-6-goedgekeurd", whole=False)

    organisatie.go(address)
    organisatie.page.get_by_role("link", name=TITLE).click()
    assert organisatie.shows() == TITLE
    organisatie.picture("inzending-7-online")
    assert organisatie.outside == redacteur.outside == []
    assert organisatie.blocked == redacteur.blocked == []
