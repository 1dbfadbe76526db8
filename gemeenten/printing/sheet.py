"""Sheets by typst. What is printed goes in as JSON and comes out as bytes: nothing about a person
is written to disk, and no text can become typst."""

import threading
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import typst

_FONTS = Path(__file__).parent / "fonts"
_kept = threading.local()


def made(source: Path, inputs: dict[str, str], **how: Any) -> list[bytes]:
    """The compiled `source` with `inputs` as `sys.inputs`: one PDF, or a picture of each page.
    `how` goes to typst: format, pdf_standards, timestamp (Unix seconds), ppi."""
    found: Any = _compiler(source).compile(sys_inputs=inputs, **how)
    return found if isinstance(found, list) else [found]


def _compiler(source: Path) -> typst.Compiler:
    """Kept for each thread: reading the fonts costs ten times a sheet."""
    if not hasattr(_kept, "compilers"):
        _kept.compilers = {}
        _kept.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS]
        )
    if source not in _kept.compilers:
        _kept.compilers[source] = typst.Compiler(
            str(source), font_paths=_kept.fonts, ignore_system_fonts=True
        )
    return _kept.compilers[source]


@cache
def drawable_characters() -> frozenset[int]:
    """The characters that our fonts have; the list is made together with the fonts."""
    lines = (_FONTS / "coverage.txt").read_text("ascii").split()
    ranges = ([int(end, 16) for end in line.split("-")] for line in lines)
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in ranges))


def drawable(text: str) -> str:
    """`text` in NFC on one line, with a box for each character that our fonts cannot draw: PDF/A
    refuses what has no glyph."""
    known = drawable_characters()
    return "".join(
        char if ord(char) in known else "\N{REPLACEMENT CHARACTER}"
        for char in unicodedata.normalize("NFC", " ".join(text.split()))
    )
