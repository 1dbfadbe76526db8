"""The map of the results in a browser, and the way back."""

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


def test_the_map_opens_with_its_pins_and_back_leads_to_the_list(
    browser: Browser, server: Server
) -> None:
    server.manage("demo", "--json")
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=server.url)
    page, asked, said = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto("/nl/aanbod/?plaats=3020")
    list_asked = list(asked)
    page.get_by_role("link", name="Op de kaart").click()
    expect(page.locator("#kaart .pin").first).to_be_visible()
    pin = page.locator("#kaart .pin[role=button]").first
    assert pin.get_attribute("aria-label")
    pin.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup a").first).to_be_visible()
    page.go_back()
    expect(page.locator("#kaart")).to_have_count(0)
    expect(page.locator(".card").first).to_be_visible()
    page.go_forward()
    expect(page.locator("#kaart .pin").first).to_be_visible()
    context.close()
    assert not [url for url in list_asked if "leaflet" in url]
    assert all(url.startswith((server.url, "data:")) for url in asked)
    assert not [text for text in said if "Content Security Policy" in text]
