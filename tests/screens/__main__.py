"""`make screens`: a picture of every main screen of every role in docs/screens/, and the whole
matrix of axe. Exits with 1 when something is wrong with a screen.

`python -m tests.screens [name …]` for some screens only.
"""

import os
import sys
from itertools import product
from pathlib import Path

VAR = Path(os.environ.get("VAR_DIR", "var")).resolve() / "screens-demo"
os.environ.update(DEMO="1", DEBUG="0", VAR_DIR=str(VAR))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
# Playwright runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "screens"
#: The pictures that are kept: the main screens for who reads them.
KEPT = {
    "nl-360-light": None,
    "ar-360-light": None,
    "ti-360-light": {"home", "results", "activity", "plan", "wegwijzer", "mijn", "code", "tekenen"},
    "nl-360-dark": {"home", "results", "activity", "mijn"},
    "nl-1280-light": {"home", "results", "caseload", "dossier", "cms", "wachtrij", "cijfers"},
}


def main(chosen: list[str]) -> int:
    import django

    VAR.mkdir(parents=True, exist_ok=True)
    VAR.chmod(0o755)
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("vertalingen", "--compile")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", "--json", stdout=open(os.devnull, "w"))  # noqa: SIM115
    from playwright.sync_api import sync_playwright

    from tests.bench.server import Server

    server = Server(VAR, settings.DATABASE_URL)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            wrong = _walk(browser, server.url, chosen)
    finally:
        server.stop()
    for line in wrong:
        print(line)
    print(f"{len(wrong)} faults")
    return 1 if wrong else 0


def _walk(browser, base: str, chosen: list[str]) -> list[str]:
    from tests.screens.looking import Look, eyes, faults, open_screen
    from tests.screens.places import PEOPLE, screens, user_of
    from tests.sessions import session_of

    users = {role: user_of(role) for role in PEOPLE}
    sessions = {role: session_of(user) if user else None for role, user in users.items()}
    places = [screen for screen in screens() if not chosen or screen.name in chosen]
    wrong = []
    for look in _looks(Look):
        kept = KEPT.get(str(look), set())
        for role in PEOPLE:
            here = [screen for screen in places if screen.role == role and _fits(screen, look)]
            if not here:
                continue
            with eyes(browser, base, look, sessions[role]) as page:
                for screen in here:
                    open_screen(page, screen.path, look)
                    wrong += [f"{look} {screen.name}: {fault}" for fault in faults(page)]
                    if kept is None or screen.name in kept:
                        DOCS.mkdir(parents=True, exist_ok=True)
                        page.screenshot(path=DOCS / f"{screen.name}-{look}.png", full_page=True)
        print(f"… {look}", flush=True)
    return wrong


def _looks(make):
    for language, width, dark in product(["nl", "ar", "ti"], [320, 360, 768, 1280], [False, True]):
        yield make(language, width, dark)
    for language in ["nl", "ar", "ti"]:
        yield make(language, 360, False, True)


def _fits(screen, look) -> bool:
    """Staff screens are Dutch, and text twice as big is for what people read on a phone."""
    public = "{language}" in screen.path
    return public or (look.language == "nl" and not look.big)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
