"""Somebody reads an activity on a phone: hears it, sends the message, shows the card."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
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

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@contextmanager
def reader(browser: Browser, server: Server, *scripts: str) -> Iterator[Person]:
    """A phone of its own, on which these scripts run before those of the page."""
    person = Person(browser, "lezer", server.url)
    for script in scripts:
        person.page.add_init_script(script)
    yield person
    assert person.outside == []
    assert person.blocked == []
    person.context.close()


def test_an_activity_is_heard_asked_about_and_shown(browser: Browser, server: Server) -> None:
    demo = json.loads(server.manage("demo", "--json"))
    address = urlsplit(demo["public"]["activiteit"]).path[3:]
    with reader(browser, server, VOICE) as person:
        a_browser_with_a_voice_reads_aloud_and_stops(person, address)
    with reader(browser, server, NO_VOICE) as person:
        without_a_voice_there_is_no_button(person, address)
    with reader(browser, server, SHARE) as person:
        the_message_goes_by_sms_or_chat_in_dutch(person, address)
    with reader(browser, server) as person:
        the_card_and_the_form_are_one_tap_away(person, address)
    with reader(browser, server) as person:
        axe_finds_nothing(person, address)


def a_browser_with_a_voice_reads_aloud_and_stops(person: Person, address: str) -> None:
    person.go(f"/nl{address}")
    read = person.page.locator("#lees")
    expect(read).to_have_text("Lees voor")
    expect(read).to_be_visible()
    read.click()
    said = person.page.evaluate("() => window.said")
    assert said[0] == ["nl", person.page.locator("h1").text_content()]
    assert len(said) == 3
    expect(read).to_have_text("Stop")
    read.click()
    expect(read).to_have_text("Lees voor")


def without_a_voice_there_is_no_button(person: Person, address: str) -> None:
    person.go(f"/nl{address}")
    expect(person.page.locator("#lees")).to_be_hidden()


def the_message_goes_by_sms_or_chat_in_dutch(person: Person, address: str) -> None:
    person.go(f"/ar{address}")
    message = person.page.locator("#bericht").inner_text()
    assert message.startswith("Dag, mag ik ")
    sms = person.page.locator('a[href^="sms:?body="]').get_attribute("href") or ""
    assert parse_qs(urlsplit(sms).query)["body"] == [message]
    person.page.locator("#deel").click()
    assert person.page.evaluate("() => window.shared") == message
    assert person.page.evaluate("() => document.documentElement.scrollWidth") <= 360


def the_card_and_the_form_are_one_tap_away(person: Person, address: str) -> None:
    person.go(f"/nl{address}")
    person.follow("Toon dit aan de deur")
    person.sees("Ik leer nog Nederlands.")
    person.go(f"/nl{address}")
    person.follow("Stel hier een vraag")
    person.fill("Je voornaam", "Samira")
    person.press("Verstuur je vraag")
    person.sees("Je vraag is verstuurd")


def axe_finds_nothing(person: Person, address: str) -> None:
    for language, scheme in [("nl", "light"), ("ar", "dark")]:
        person.page.emulate_media(color_scheme=scheme)
        person.go(f"/{language}{address}")
        found = Axe().run(person.page)
        assert found.violations_count == 0, found.generate_report()
