"""An editor at a desk: from a paper flyer to online by labels alone, the pin on the map, and the
verdict on the criteria while ticking; a moderator who reads first."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.test_walk import Person, sign_in
from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

DESK: ViewportSize = {"width": 1280, "height": 900}
READ_FIRST = "Praattafel in De Lange Tafel"
MODERATOR = "bram.vossenhof@herent.example"

#: The flyer that lies on the desk.
FLYER = {
    "Naam van de activiteit": "Samen soep koken",
    "In één zin": "Kook samen soep en eet mee.",
    "Wat doe je er": "We snijden groenten in kleine groepjes.\n\nDaarna eten we samen.",
    "Wat breng je mee": "Een schort",
    "Minuten per keer": "120",
    "Naam van de plaats": "Buurthuis De Lange Tafel",
    "Postcode": "3020",
    "Uitleg bij de prijs": "Voor de groenten",
    "Contact voor iedereen": "Onthaal van het buurthuis",
}
CHOSEN = {
    "Organisatie": "Buurthuis De Lange Tafel",
}
TRUE_OF_IT = ("In groep.", "Nieuwe mensen.", "Contacten die blijven.", "We spreken Nederlands")


@pytest.fixture
def demo(server: Server) -> dict:
    return json.loads(server.manage("demo", "--json"))


@pytest.fixture
def katrijn(browser: Browser, server: Server, demo: dict) -> Iterator[Person]:
    """The redacteur of Herent, signed in at a desk."""
    person = at_a_desk(browser, server, "redacteur", demo["cms"]["users"]["herent"])
    yield person
    person.context.close()


@pytest.fixture
def bram(browser: Browser, server: Server, demo: dict) -> Iterator[Person]:
    """Runs Herent, and reads what is handed over."""
    account = {**demo["cms"]["users"]["herent"], "username": MODERATOR}
    person = at_a_desk(browser, server, "moderator", account)
    yield person
    person.context.close()


def at_a_desk(browser: Browser, server: Server, who: str, account: dict) -> Person:
    person = Person(browser, who, server.url)
    person.page.set_default_timeout(30_000)  # the CMS has a busy start
    person.page.set_viewport_size(DESK)
    sign_in(person, "/cms/", account)
    return person


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name="Meer acties").click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def verdict(page: Page) -> Locator:
    return page.locator("[data-oordeel]")


def numbers(page: Page) -> tuple[float, float]:
    lat = page.get_by_label("Breedtegraad").input_value()
    lon = page.get_by_label("Lengtegraad").input_value()
    return float(lat), float(lon)


def test_from_a_flyer_to_online_with_the_pin_and_the_verdict(katrijn: Person) -> None:
    page = katrijn.page
    katrijn.picture("redactie-1-start")
    katrijn.follow("Nieuwe activiteit")
    for label, text in FLYER.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_role("combobox", name="Soort").select_option(index=1)
    page.get_by_role("combobox", name="Wanneer").select_option("afspraak")
    page.get_by_role("combobox", name="Organisatie").select_option(label=CHOSEN["Organisatie"])
    page.get_by_label("Prijs per keer").fill("2")

    _pin_by_mouse_and_keys(page)
    _verdict_follows_the_ticks(page)
    katrijn.picture("redactie-2-formulier")

    press(page, "Publiceer")
    expect(page.get_by_text("gepubliceerd").first).to_be_visible()
    katrijn.picture("redactie-3-online")
    link = page.get_by_role("link", name=re.compile("Live bekijken|Bekijk live|View live")).first
    address = link.get_attribute("href")
    assert address
    katrijn.go(address)
    expect(page.locator("h1")).to_have_text(FLYER["Naam van de activiteit"])
    assert katrijn.outside == []
    assert katrijn.blocked == []


def _pin_by_mouse_and_keys(page: Page) -> None:
    """A click puts it, dragging and the arrows move it, the button takes it away."""
    map_ = page.locator("[data-kaart]")
    map_.scroll_into_view_if_needed()
    expect(map_.locator("path.veertig-boundary")).to_have_count(1)
    page.get_by_role("button", name="Speld in het midden van de kaart").click()
    pin = map_.get_by_role("button", name="Speld")
    middle = numbers(page)

    pin.focus()
    page.keyboard.press("ArrowUp")
    assert numbers(page)[0] > middle[0]
    page.keyboard.press("ArrowDown")
    assert numbers(page) == pytest.approx(middle, abs=1e-5)

    box = pin.bounding_box()
    assert box
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1], steps=5)
    page.mouse.up()
    assert numbers(page)[1] > middle[1]

    page.get_by_role("button", name="Speld weghalen").click()
    expect(page.get_by_label("Breedtegraad")).to_have_value("")
    expect(pin).to_have_count(0)

    map_.click()
    assert numbers(page) == pytest.approx(middle, abs=0.01)


def _verdict_follows_the_ticks(page: Page) -> None:
    expect(verdict(page).get_by_text("Dit ontbreekt nog")).to_be_visible()
    for start in TRUE_OF_IT:
        page.get_by_label(start).check()
    expect(verdict(page).get_by_text("Alles is er.")).to_be_visible()
    page.get_by_label("Nieuwe mensen.").uncheck()
    expect(verdict(page).get_by_role("listitem")).to_have_count(1)
    page.get_by_label("Nieuwe mensen.").check()
    expect(verdict(page).get_by_role("listitem")).to_have_count(0)


def test_a_redacteur_hands_over_and_a_moderator_publishes_with_one_click(
    katrijn: Person, bram: Person
) -> None:
    bram.follow("Mijn gemeente")
    bram.page.get_by_label("Een moderator leest na").check()
    bram.press("Bewaren")
    bram.sees("leest een moderator na voor er iets online gaat")
    bram.picture("redactie-4-instellingen")

    page = katrijn.page
    katrijn.go("/cms/pages/")
    page.get_by_role("link", name=READ_FIRST, exact=True).first.click()
    katrijn.fill("In één zin", "Praat Nederlands met je buren, bij koffie en taart.")
    page.get_by_role("button", name="Meer acties").click()
    expect(page.get_by_role("button", name="Publiceer", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Meer acties").click()
    press(page, "Laat nalezen")
    katrijn.picture("redactie-5-doorgegeven", whole=False)

    bram.go("/cms/wachtrij/")
    bram.sees("bij koffie en taart")
    bram.picture("redactie-6-wachtrij")
    bram.press(f"Keur goed: {READ_FIRST}")
    bram.sees(f"“{READ_FIRST}” staat online")

    katrijn.go("/nl/herent/praattafel/")
    katrijn.sees("bij koffie en taart")
    assert bram.blocked == katrijn.blocked == []
