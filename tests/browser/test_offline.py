"""Two people on one phone, and the network cut, in a real browser."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bewijzen.cast import make_cast, sign
from tests.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

#: By the server's own keys.
CODES = """
import json
from django.utils import timezone
from bewijzen.models import Inburgeraar
from gemeenten import codes
from gemeenten.acting import System, acting_as
with acting_as(System("test")):
    people = [Inburgeraar.objects.get(name__startswith=name) for name in ["Samira", "Yusuf"]]
    code = lambda person: codes.hand_out(person.user, by=None, now=timezone.now())
    print(json.dumps([[person.first_name, code(person)] for person in people]))
"""
LIEVE = """
from django.utils import timezone
from gemeenten import codes
from gemeenten.models import User
print(codes.hand_out(User.objects.get(name="Lieve Vanderstok"), by=None, now=timezone.now()))
"""
ACTIVITY = "/nl/herent/praattafel/"


@pytest.fixture
def people(server: Server) -> list[tuple[str, str]]:
    """(first name, code) of two people."""
    cast = make_cast()
    sign(cast.samira_praat, cast.lieve)
    return json.loads(server.manage("shell", "-v0", "-c", CODES).splitlines()[-1])


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=server.url, locale="nl-BE", viewport={"width": 360, "height": 740}
    )
    yield made
    made.close()


def come_in(page: Page, code: str, name: str) -> None:
    page.goto("/nl/activeer/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def choose_pin(page: Page, pin: str) -> None:
    page.goto("/nl/mijn/pin/")
    page.get_by_label("Je nieuwe PIN").fill(pin)
    page.get_by_label("Nog eens dezelfde cijfers").fill(pin)
    page.get_by_role("button", name="Bewaar mijn PIN").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn gegevens")


def wait_until_kept(page: Page, cache: str, address: str) -> None:
    """The worker and the page keep in their own time."""
    script = "([cache, address]) => caches.match(address, {cacheName: cache}).then((a) => !!a)"
    for _ in range(100):
        if page.evaluate(script, [cache, address]):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{address} was not kept in {cache}")


def kept_text(page: Page) -> str:
    """Everything that the browser keeps in any cache."""
    return page.evaluate(
        """async () => {
            let all = "";
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys())
                    all += request.url + " " + await (await cache.match(request)).text() + "\\n";
            }
            return all;
        }"""
    )


def wait_for_worker(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    shell = page.evaluate("caches.keys().then((names) => names.find((n) => n.startsWith('schil')))")
    wait_until_kept(page, shell, "/nl/mijn/offline/")


def test_two_people_on_one_phone_and_the_network_cut(context: BrowserContext, people: list):
    (samira, code), (other, other_code) = people
    page = context.new_page()
    come_in(page, code, samira)
    wait_for_worker(page)
    page.goto("/nl/mijn/")
    wait_until_kept(page, "eigen", "/eigen")

    # A public activity that was read, then no network.
    page.goto(ACTIVITY)
    title = page.get_by_role("heading", level=1).inner_text()
    wait_until_kept(page, "gelezen", page.url)
    context.set_offline(True)
    page.goto(ACTIVITY)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("status")).to_contain_text("Je bent offline. Dit is van")

    # The own page is the QR and the total, and no more.
    page.goto("/nl/mijn/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je bent offline")
    expect(page.locator("#own .qr svg")).to_be_visible()
    expect(page.locator("#own")).to_contain_text("van 40 uur")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    kept = kept_text(page)
    assert samira not in kept
    assert title not in kept.split("/eigen ")[1].split("\n")[0]

    # Behind a PIN it is locked, offline too.
    # The page comes back by itself when the network does.
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text(samira, timeout=15_000)
    choose_pin(page, "7391")
    page.goto("/nl/mijn/")
    wait_until_kept(page, "eigen", "/eigen")
    page.get_by_role("button", name="Vergrendel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ben jij?")
    context.set_offline(True)
    page.goto("/nl/mijn/")
    expect(page.locator("#own")).to_be_hidden()
    assert 'class=\\"qr' not in kept_text(page)

    # Somebody else signs in beside her; each opens with their own PIN.
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie ben jij?", timeout=15_000)
    come_in(page, other_code, other)
    choose_pin(page, "482650")
    page.get_by_role("button", name="Vergrendel").click()
    page.get_by_role("link", name=samira).click()
    page.get_by_label("Je PIN").fill("482650")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze PIN klopt niet")
    page.get_by_label("Je PIN").fill("7391")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(samira)
    wait_until_kept(page, "eigen", "/eigen")

    # Signing out forgets, and leaves the other.
    page.get_by_role("link", name="Meld je af").click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page).not_to_have_url(re.compile("logout"))
    assert 'class=\\"qr' not in kept_text(page)
    page.goto("/nl/mijn/")
    expect(page.get_by_role("link", name=other)).to_be_visible()
    expect(page.get_by_role("link", name=samira)).to_have_count(0)


def test_no_cache_ever_holds_a_page_of_a_person(context: BrowserContext, people: list):
    (samira, code), _other = people
    page = context.new_page()
    come_in(page, code, samira)
    wait_for_worker(page)
    for path in ["", "gegevens/", "code/", "bewijs/", "lijst/"]:
        page.goto(f"/nl/mijn/{path}")
    page.wait_for_timeout(300)
    assert samira not in kept_text(page)
    # Control: the worker would keep a page like it, if it said that it was everybody's.
    rule = """async (html) => {
        const cache = await caches.open("gelezen");
        await cache.put("/nl/herent/x/", new Response(html));
    }"""
    page.evaluate(rule, f"<h1>{samira}</h1>")
    assert samira in kept_text(page)


def test_a_phone_signed_out_from_afar_forgets_the_next_time_it_is_online(
    context: BrowserContext, browser: Browser, server: Server, people: list
):
    (samira, code), _other = people
    page = context.new_page()
    come_in(page, code, samira)
    wait_for_worker(page)
    wait_until_kept(page, "eigen", "/eigen")
    server.manage(
        "shell",
        "-v0",
        "-c",
        "from django.contrib.sessions.models import Session as S;S.objects.all().delete()",
    )
    page.goto("/nl/mijn/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Typ de code van je blad")
    for _ in range(50):
        if 'class=\\"qr' not in kept_text(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("The QR is still there.")


def test_who_signs_in_after_somebody_without_a_pin_finds_nothing_of_them(
    context: BrowserContext, server: Server, people: list
):
    (samira, code), _other = people
    page = context.new_page()
    come_in(page, code, samira)
    wait_for_worker(page)
    page.goto("/nl/mijn/")
    wait_until_kept(page, "eigen", "/eigen")
    page.goto("/nl/activeer/")
    page.get_by_label("Code").fill(server.manage("shell", "-v0", "-c", LIEVE).splitlines()[-1])
    page.get_by_role("button", name="Ga verder").click()
    expect(page).to_have_url(re.compile("/tekenen/"))
    assert 'class=\\"qr' not in kept_text(page)
