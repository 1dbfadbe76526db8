"""The desk in a real browser: nothing for axe to find, nothing that runs off the screen."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WIDE_AND_LIGHT = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
SMALL_AND_DARK = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}


@pytest.fixture
def demo(server: Server) -> dict:
    return json.loads(server.manage("demo", "--json"))


def test_every_page_of_the_desk_is_accessible_and_fits_the_screen(
    browser: Browser, server: Server, demo: dict
):
    state, asked = None, []
    for look in [WIDE_AND_LIGHT, SMALL_AND_DARK]:
        context = browser.new_context(base_url=server.url, storage_state=state, **look)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        if state is None:
            _sign_in(page, demo["desk"]["users"]["begeleider_herent"])
            state = context.storage_state()
        _walk(page, demo["desk"]["dossier"])
        context.close()
    assert [url for url in asked if not url.startswith((server.url, "data:"))] == []


def _walk(page: Page, dossier: str) -> None:
    for address in ["/begeleiding/", dossier, f"{dossier}kaart/", f"{dossier}kaart/nieuw/"]:
        page.goto(address)
        _is_fine(page)
    page.goto(dossier)
    page.get_by_role("link", name="Trek in").first.click()
    _is_fine(page)
    page.get_by_role("button", name="Trek deze uren in").click()
    _is_fine(page)
    page.goto(dossier)
    page.locator("details summary").first.click()
    page.get_by_role("button", name="Past niet").first.click()
    assert page.locator("details[open]").count() == 1
    _is_fine(page)
    page.goto("/begeleiding/nieuw/")
    page.get_by_role("button", name="Open het dossier").click()
    _is_fine(page)
    page.goto(f"{dossier}activering/")
    _is_fine(page)
    page.get_by_role("button", name="Maak een code").click()
    page.get_by_role("button", name="Druk af").wait_for()
    _is_fine(page)


def _is_fine(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url
    assert page.locator("h1").count() == 1, page.url
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(width) == 0, page.url


def _sign_in(page: Page, account: dict) -> None:
    page.goto("/begeleiding/")
    page.get_by_label("E-mailadres").fill(account["username"])
    page.get_by_label("Wachtwoord").fill(account["password"])
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/begeleiding/")
