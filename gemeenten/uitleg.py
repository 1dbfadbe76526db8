"""Translations of the texts about the traject, beside the Dutch.

A translation is kept per piece, by its Dutch. So a piece of which the Dutch changed is read in
Dutch until it is translated again, and a translation never says what the Dutch does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from gemeenten.models import UitlegPage, UitlegVertaling, User
from gemeenten.uitlegtekst import Piece, clean, pieces

#: The first part of the address of these pages (model.md reserves it).
ROOT_SLUG = "over"
#: Characters of one translated piece.
LONGEST = 1000


class Pair(NamedTuple):
    """A piece as a reader sees it."""

    piece: Piece
    text: str
    language: str

    @property
    def translated(self) -> bool:
        return self.language != "nl"

    @property
    def dir(self) -> str:
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"


class Link(NamedTuple):
    page: UitlegPage
    title: Pair


class Group(NamedTuple):
    """Pieces that stand together: the points of a list, the steps of a plan."""

    kind: str
    pairs: list[Pair]


@dataclass(frozen=True)
class Reading:
    """A page for a reader of one language."""

    title: Pair
    summary: Pair
    groups: list[Group] = field(default_factory=list)
    #: There is a translation; `behind`: some of it is not there (any more).
    translated: bool = False
    by_machine: bool = False
    behind: bool = False


def texts(page: UitlegPage) -> list[str]:
    """Every Dutch text of the page that is translated: title, summary, and each piece, once."""
    found = [clean(page.title), clean(page.summary)]
    found += [piece.dutch for piece in pieces(page.body)]
    return list(dict.fromkeys(text for text in found if text))


@transaction.atomic
def translate(
    page: UitlegPage,
    language: str,
    translated: Mapping[str, str],
    *,
    by: User | None,
    now: datetime,
    by_machine: bool = False,
) -> UitlegVertaling:
    """Keep a translation, by Dutch text. What is not a text of the page, or is empty, is left
    out: a translation says nothing more."""
    known = set(texts(page))
    kept = {dutch: clean(text)[:LONGEST] for dutch, text in translated.items() if dutch in known}
    row, _made = UitlegVertaling.objects.update_or_create(
        page=page,
        language=language,
        defaults={
            "texts": {dutch: text for dutch, text in kept.items() if text},
            "by_machine": by_machine,
            "by": by,
            "at": now,
        },
    )
    return row


def missing(page: UitlegPage, row: UitlegVertaling | None) -> list[str]:
    """The Dutch texts without a translation, in order."""
    kept = row.texts if row else {}
    return [text for text in texts(page) if text not in kept]


def state(page: UitlegPage, row: UitlegVertaling) -> UitlegVertaling.State:
    """Behind as soon as one Dutch text has no translation."""
    if missing(page, row):
        return UitlegVertaling.State.ACHTER
    return UitlegVertaling.State.MACHINE if row.by_machine else UitlegVertaling.State.MENS


def reading(page: UitlegPage, row: UitlegVertaling | None) -> Reading:
    """The page for a reader: each piece in their language, or else in Dutch."""
    found = [_pair(piece, row) for piece in pieces(page.body)]
    return Reading(
        title=_pair(Piece("kop", clean(page.title)), row),
        summary=_pair(Piece("tekst", clean(page.summary)), row),
        groups=[Group(kind, list(pairs)) for kind, pairs in groupby(found, _kind)],
        translated=bool(row and row.texts),
        by_machine=bool(row and row.by_machine),
        behind=bool(row and missing(page, row)),
    )


def links(language: str) -> list[Link]:
    """Every page about the traject, with its name in this language, in the order of the tree."""
    pages = list(UitlegPage.objects.live().order_by("path"))
    found = UitlegVertaling.objects.filter(page__in=pages, language=language)
    rows = {row.page_id: row for row in found}
    return [Link(page, _pair(Piece("kop", clean(page.title)), rows.get(page.pk))) for page in pages]


def _kind(pair: Pair) -> str:
    return pair.piece.kind


def _pair(piece: Piece, row: UitlegVertaling | None) -> Pair:
    if row and piece.dutch in row.texts:
        return Pair(piece, row.texts[piece.dutch], row.language)
    return Pair(piece, piece.dutch, "nl")
