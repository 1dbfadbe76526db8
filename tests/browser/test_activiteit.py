"""Somebody reads an activity on a phone: hears it, sends the message, shows the card."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.test_walk import Person
from tests.conftest import Server

#: A browser that speaks Dutch, and writes down what it was asked to say.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speaking: false,
  getVoices: () => [{ lang: "nl-BE" }],
  speak(one) { this.speaking = true; window.said.push([one.lang, one.text]); },
  cancel() { this.speaking = false; },
  addEventListener() {},
}});
"""
NO_VOICE = VOICE.replace('[{ lang: "nl-BE" }]', "[]")
SHARE = "navigator.share = (what) => { window.shared = what.text; return Promise.resolve(); };"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """The praattafel of the demo, without its language."""
    demo = json.loads(server.manage("demo", "--json"))
    return urlsplit(demo["public"]["activiteit"]).path[3:]


@pytest.fixture
def reader(browser: Browser, server: Server) -> Iterator[Person]:
    person = Person(browser, "lezer", server.url)
    yield person
    assert person.outside == []
    assert person.blocked == []
    person.context.close()


def test_a_browser_with_a_voice_reads_aloud_and_stops(reader: Person, address: str) -> None:
    reader.page.add_init_script(VOICE)
    reader.go(f"/nl{address}")
    read = reader.page.get_by_role("button", name="Lees voor")
    expect(read).to_be_visible()
    read.click()
    said = reader.page.evaluate("() => window.said")
    assert said[0] == ["nl", reader.page.locator("h1").inner_text()]
    assert len(said) == 3
    reader.page.get_by_role("button", name="Stop").click()
    expect(read).to_be_visible()


def test_without_a_voice_there_is_no_button(reader: Person, address: str) -> None:
    reader.page.add_init_script(NO_VOICE)
    reader.go(f"/nl{address}")
    expect(reader.page.get_by_text("Lees voor")).to_be_hidden()


def test_the_message_goes_by_sms_or_chat_in_dutch(reader: Person, address: str) -> None:
    reader.page.add_init_script(SHARE)
    reader.go(f"/ar{address}")
    message = reader.page.locator("#bericht").inner_text()
    assert message.startswith("Dag, mag ik ")
    sms = reader.page.locator('a[href^="sms:?body="]').get_attribute("href") or ""
    assert parse_qs(urlsplit(sms).query)["body"] == [message]
    reader.page.locator("#deel").click()
    assert reader.page.evaluate("() => window.shared") == message
    assert reader.page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_the_card_and_the_form_are_one_tap_away(reader: Person, address: str) -> None:
    reader.go(f"/nl{address}")
    reader.follow("Toon dit aan de deur")
    reader.sees("Ik leer nog Nederlands.")
    reader.go(f"/nl{address}")
    reader.follow("Stel hier een vraag")
    reader.fill("Je voornaam", "Samira")
    reader.press("Verstuur je vraag")
    reader.sees("Je vraag is verstuurd")


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader: Person, address: str, language: str, scheme: str) -> None:
    reader.page.emulate_media(color_scheme=scheme)
    reader.go(f"/{language}{address}")
    found = Axe().run(reader.page)
    assert found.violations_count == 0, found.generate_report()
