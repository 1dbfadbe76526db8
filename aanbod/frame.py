"""What stands around every activity's page, made once for each language and colour.

Head, style, menu, languages and foot are the same for all activities of a gemeente; only a few
places in them differ, and those are left open.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

from aanbod.ready import Shown

#: An address that no page has, in the links to the other languages.
ADDRESS = "/-adres-/"
_SLOT = re.compile(rf"<!--slot:([a-z]+)-->|({ADDRESS})")


def _slot(name: str) -> SafeString:
    return SafeString(f"<!--slot:{name}-->")


@dataclass(frozen=True)
class _Open:
    """What the template gets instead of an activity."""

    shown: Shown
    jsonld: SafeString
    ics: SafeString


@dataclass(frozen=True)
class Frame:
    #: HTML and the name of what is put in, in turn; HTML first and last.
    parts: list[str]
    #: For the CSP: its own styles.
    style_hashes: list[str]

    def around(self, shown: Shown, rest: str, jsonld: str, ics: str) -> str:
        """The whole page. `rest` is its address without language, query included."""
        slots = {
            "title": escape(shown.title),
            "summary": escape(shown.summary),
            "main": shown.main,
            "rest": escape(rest),
            "jsonld": jsonld,
            "ics": ics,
        }
        pieces = self.parts.copy()
        pieces[1::2] = [slots[name] for name in self.parts[1::2]]
        return "".join(pieces)


@lru_cache(maxsize=1000)
def frame(language: str, colour: str) -> Frame:
    """The frame in one language, for a gemeente of that colour ("#rrggbb" or "")."""
    request = HttpRequest()
    request.path = request.path_info = f"/{language}{ADDRESS}"
    open_page = _Open(
        Shown(1, _slot("title"), _slot("summary"), colour, _slot("main")),
        _slot("jsonld"),
        _slot("ics"),
    )
    context: dict[str, Any] = {"frame": open_page}
    with translation.override(language):
        html = render_to_string("aanbod/activiteit.html", context, request)
    pieces = _SLOT.split(html)
    parts = pieces[:1]
    # Two groups a slot, of which one is filled.
    for name, address, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        parts += ["rest" if address else name, after]
    return Frame(parts, getattr(request, "style_hashes", []))
