"""Looking at a screen as a browser sees it: what axe finds, what runs off, what it asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'main button, main .btn, main summary, main .tile, main .chip, main select, main input'
  )].filter(one => {
    const box = (one.closest('label') || one).getBoundingClientRect();
    return box.width && box.height && one.type !== 'hidden' && box.height < 43.5;
  }).map(one => one.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Look:
    """How somebody looks at a page."""

    language: str = "nl"
    width: int = 360
    dark: bool = False
    #: Text twice as big.
    big: bool = False

    def __str__(self) -> str:
        parts = [self.language, str(self.width), "dark" if self.dark else "light"]
        return "-".join(parts + ["big"] * self.big)


@contextmanager
def eyes(browser: Browser, base: str, look: Look, session: str | None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=base,
        viewport={"width": look.width, "height": 740 if look.width < 1000 else 800},
        color_scheme="dark" if look.dark else "light",
        reduced_motion="reduce",
        locale="nl-BE",
        bypass_csp=look.big,  # the bigger text is a style of ours
    )
    if session:
        context.add_cookies([{"name": "veertig", "value": session, "url": base}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    try:
        yield page
    finally:
        context.close()


def open_screen(page: Page, path: str, look: Look) -> None:
    answer = page.goto(path.format(language=look.language), wait_until="load")
    assert answer is not None
    assert answer.status == 200, f"{answer.status}: {path}"
    if look.big:
        page.add_style_tag(content=":root{font-size:200%!important}")


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, in words; Wagtail's frame is not ours."""
    ours = not page.url.split("/", 3)[3].startswith("cms/")
    context = None if ours else {"include": [["main"]]}
    violations = Axe().run(page, context=context).response["violations"]
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    if not ours:
        return found
    if (overflow := page.evaluate(OVERFLOW)) > 1:
        found.append(f"runs off the screen by {overflow} px")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} headings of the first level")
    found += [f"target below 44 px: {html}" for html in page.evaluate(SMALL_TARGETS)]
    return found
