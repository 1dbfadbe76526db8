"""The first texts about the traject and their first translations (gemeenten/data/uitleg).

What an editor changed stays: a page that is there is left alone, and a translation that a person
wrote as well.
"""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from gemeenten import uitleg
from gemeenten.activation import ensure_home
from gemeenten.models import UitlegPage, UitlegVertaling
from gemeenten.uitlegtekst import clean, pieces

FOLDER = Path(__file__).parent / "data" / "uitleg"


class LoadError(Exception):
    """A file of translations does not fit the Dutch."""


@transaction.atomic
def load(now: datetime) -> Counter[str]:
    """Make what is not there yet; how many pages and translations were made or filled up."""
    counts: Counter[str] = Counter(paginas=0, vertalingen=0)
    home = ensure_home()
    for row in dutch():
        page, made = _page(home, row)
        counts["paginas"] += made
        for language in languages():
            counts["vertalingen"] += _fill(page, language, translations(row, language), now)
    return counts


def dutch() -> list[dict[str, Any]]:
    """Slug, title, summary and lines of each page; the first is the one above the others."""
    return _read("nl")


def languages() -> list[str]:
    """The languages of which there is a file, in the order of the contract."""
    codes = [code for code, _name in settings.LANGUAGES if code != "nl"]
    return [code for code in codes if (FOLDER / f"{code}.json").exists()]


def translations(row: dict[str, Any], language: str) -> dict[str, str]:
    """For each Dutch text of a page its translation. Raises LoadError when the numbers differ."""
    texts = [clean(row["title"]), clean(row["summary"])]
    texts += [piece.dutch for piece in pieces("\n".join(row["lines"]))]
    translated = _read(language).get(row["slug"], [])
    if len(texts) != len(translated):
        raise LoadError(
            f"{language}.json has {len(translated)} texts for {row['slug']}, the Dutch has "
            f"{len(texts)}."
        )
    return dict(zip(texts, translated, strict=True))


def _page(home: Page, row: dict[str, Any]) -> tuple[UitlegPage, bool]:
    slug = row["slug"]
    parent = home
    if slug != uitleg.ROOT_SLUG:  # that page stands first
        parent = UitlegPage.objects.child_of(home).get(slug=uitleg.ROOT_SLUG)
    if there := UitlegPage.objects.child_of(parent).filter(slug=slug).first():
        return there, False
    page = UitlegPage(
        title=row["title"], slug=slug, summary=row["summary"], body="\n".join(row["lines"])
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page, True


def _fill(page: UitlegPage, language: str, translated: dict[str, str], now: datetime) -> bool:
    """Fill up what no person wrote; is anything new?"""
    row = UitlegVertaling.objects.filter(page=page, language=language).first()
    if row and not row.by_machine:
        return False
    missing = set(uitleg.missing(page, row))
    new = {text: words for text, words in translated.items() if text in missing}
    if not new:
        return False
    kept = row.texts if row else {}
    uitleg.translate(page, language, {**kept, **new}, by=None, now=now, by_machine=True)
    return True


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
