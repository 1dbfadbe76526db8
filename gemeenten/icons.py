"""Pictograms (Tabler outline, MIT), drawn inline so that they take the colour of their text."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

#: Beside the other files of the look; the words of this module are needed in every room.
FOLDER = Path(__file__).resolve().parents[1] / "marketplace/static/vendor/tabler"

ICON_FOR_SOORT = {
    "buddy": "users",
    "stage": "briefcase",
    "taalstage": "messages",
    "vrijwilligerswerk": "heart-handshake",
    "vereniging": "users-group",
    "sport": "ball-football",
    "cultuur": "palette",
    "conversatie": "message-circle",
    "cursus": "book",
    "buurthuis": "home",
    "school": "school",
    "andere": "bulb",
}
ICON_FOR_MOMENT = {
    "ochtend": "sunrise",
    "namiddag": "sun",
    "avond": "moon",
    "weekend": "calendar",
    "schoolvakantie": "beach",
}

#: These point somewhere: from right to left they point the other way.
_FLIPPED = {"chevron-right", "chevron-left", "arrow-left", "arrow-right", "logout", "login", "list"}
_SIZES = {"": "i", "small": "i i-small", "large": "i i-large"}


@cache
def drawing(name: str) -> str:
    """The paths of one pictogram. KeyError with its name when we do not have it."""
    file = FOLDER / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    paths = re.findall(r'<path d="[^"]+" />', file.read_text("utf-8"))
    return "".join(paths).replace(" />", "/>")


@cache
def icon(name: str, size: str = "") -> SafeString:
    """Inline SVG of one pictogram: "small", normal or "large".

    It is hidden from screen readers, because a word always stands beside it.
    """
    classes = _SIZES[size] + (" i-flip" if name in _FLIPPED else "")
    return mark_safe(  # noqa: S308 - our own vendored files
        f'<svg class="{classes}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"'
        ' fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
        f' stroke-linejoin="round">{drawing(name)}</svg>'
    )
