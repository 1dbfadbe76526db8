"""The pages about the traject and the wegwijzer, on a phone and on paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Server
from tests.screens.looking import Look, eyes, faults, open_screen

LOOKS = [Look("nl"), Look("nl", dark=True), Look("ar"), Look("ar", dark=True), Look("nl", 1280)]
SCREENS = [
    *["/{language}/over/", "/{language}/over/activiteiten/", "/{language}/over/stappenplan/?naast"],
    "/{language}/wegwijzer/",
]
ANSWERS = {
    "place": "vlaanderen",
    "registered": "ja",
    "residence": "eerste",
    "days": "geen",
    "contract": "geen",
}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture
def base(server: Server) -> str:
    server.manage("laad_uitleg")
    return server.url


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    with eyes(browser, base, Look(), None) as opened:
        yield opened


def test_axe_finds_nothing(browser: Browser, base: str) -> None:
    for look in LOOKS:
        with eyes(browser, base, look, None) as opened:
            for path in SCREENS:
                open_screen(opened, path, look)
                assert faults(opened) == [], (path, look)
            answer(opened)
            assert faults(opened) == [], look


def answer(page: Page) -> None:
    for name, value in ANSWERS.items():
        page.check(f"input[name={name}][value={value}]")
    page.fill("input[name=years]", "34")
    page.click("form button.btn")
    page.wait_for_selector(".answer")


def test_what_is_told_stands_in_no_address_and_the_back_button_works(page: Page) -> None:
    page.goto("/nl/wegwijzer/")
    answer(page)
    assert page.url.endswith("/nl/wegwijzer/")
    assert page.context.cookies() == []
    page.go_back()
    assert page.locator("h1").inner_text() == "Moet ik? Mag ik?"
    # Only a Belgian is asked where their parents were born.
    page.check("input[name=residence][value=eu]")
    assert not page.locator(".only-belg").is_visible()
    page.check("input[name=residence][value=belg]")
    assert page.locator(".only-belg").is_visible()


def test_on_paper_the_dutch_stands_beside_its_translation(page: Page) -> None:
    page.goto("/ar/over/stappenplan/")
    dutch = page.locator(".steps .beside-nl").first
    assert not dutch.is_visible()
    page.emulate_media(media="print")
    assert dutch.is_visible()
    translated = page.locator(".steps .beside p").first.bounding_box()
    beside = dutch.bounding_box()
    assert translated is not None
    assert beside is not None
    assert abs(translated["y"] - beside["y"]) < 5
    assert beside["x"] + beside["width"] <= translated["x"]
    assert not page.locator(".foot").is_visible()
