"""How a text about the traject is cut into pieces.

An editor writes plain lines: one line is one piece, and its first characters say what it is.

    ## A heading
    - A point        - [users] a point with a pictogram
    1. A step
    ! What has to be noticed
    Anything else is a paragraph.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

#: Pictograms that a point may have, with what an editor means by them.
ICONS = {
    "users": "groep",
    "user-plus": "nieuwe mensen",
    "friends": "contact dat blijft",
    "message-circle": "praten",
    "messages": "gesprek in twee richtingen",
    "language": "Nederlands",
    "heart-handshake": "helpen, buddy",
    "briefcase": "werk, stage",
    "ball-football": "sport",
    "bike": "fietsen",
    "coffee": "koffie, buurt",
    "school": "school, cursus",
    "user": "inburgeraar",
    "user-check": "trajectbegeleider",
    "signature": "tekenen",
    "building-community": "gemeente",
    "currency-euro": "geld",
    "gift": "gratis",
    "clock": "uren",
    "home": "wonen",
    "bulb": "idee",
    "search": "zoeken",
    "info-circle": "uitleg",
}
_POINT = re.compile(r"-\s+(?:\[([a-z-]+)\]\s*)?(.+)")
_MARKS = [("kop", re.compile(r"##\s+(.+)")), ("let_op", re.compile(r"!\s+(.+)"))]
_STEP = re.compile(r"\d{1,2}\.\s+(.+)")
NOT_ICON = "Het pictogram “{name}” is er niet. Kies uit: {names}."


@dataclass(frozen=True)
class Piece:
    """One line of the Dutch; `kind` is kop, punt, stap, let_op or tekst."""

    kind: str
    dutch: str
    icon: str = ""

    @property
    def pictogram(self) -> str:
        """ "" when there is none of that name."""
        return self.icon if self.icon in ICONS else ""


def pieces(body: str) -> list[Piece]:
    """The pieces of a text, in order."""
    lines = (clean(line) for line in body.splitlines())
    return [_piece(line) for line in lines if line]


def check_icons(body: str) -> None:
    """Raises ValidationError when a point names a pictogram that is not there."""
    for piece in pieces(body):
        if piece.icon and piece.icon not in ICONS:
            raise ValidationError(NOT_ICON.format(name=piece.icon, names=", ".join(ICONS)))


def clean(text: str) -> str:
    """One line; PostgreSQL refuses NUL."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\0", "").split())


def _piece(line: str) -> Piece:
    for kind, mark in _MARKS:
        if found := mark.fullmatch(line):
            return Piece(kind, found[1])
    if found := _POINT.fullmatch(line):
        return Piece("punt", found[2], found[1] or "")
    if found := _STEP.fullmatch(line):
        return Piece("stap", found[1])
    return Piece("tekst", line)
