"""CSS bundles: joined once, put inline in the page, allowed there by their hash.

A nonce would differ for each answer and spoil 304s; a stylesheet of its own costs a round trip.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "css"

#: --paper in tokens.css, light and dark.
PAPER, PAPER_DARK = "#fbfaf6", "#101613"

_GROUND = ["tokens", "base", "layout"]
_COMMON = ["button", "field", "row", "tag", "notice", "fold"]

#: For each bundle the files under static/css, in the order of the cascade.
BUNDLES: dict[str, list[str]] = {
    name: [f"{file}.css" for file in _GROUND] + [f"components/{file}.css" for file in components]
    for name, components in {
        "public": [*_COMMON, "card", "chip", "tile", "steps", "pager"],
        "uitleg": [*_COMMON, "steps", "uitleg"],
        "activiteit": ["button", "row", "tag", "notice", "fold", "card", "activiteit"],
        "vraag": [*_COMMON, "receipt"],
        "inbedden": [*_COMMON, "card", "embed"],
        "planner": [*_COMMON, "card", "tile", "ring", "planner"],
        "doorgeven": [*_COMMON, "doorgeven"],
        "mijn": [*_COMMON, "pair", "card", "tile", "ring", "steps", "qr", "receipt", "print"],
        "tekenen": [*_COMMON, "pair", "ring", "steps", "tick", "qr", "receipt", "print"],
        "desk": [
            *_COMMON,
            *["card", "chip", "tile", "ring", "steps", "pager"],
            *["table", "tick", "qr", "receipt", "desk", "dossier", "print"],
        ],
    }.items()
}


def squeeze(css: str) -> str:
    """The same rules without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    # Only after the colon: the space before one is a descendant selector.
    css = css.replace(": ", ":").replace(";}", "}")
    return css.strip()


@cache
def bundle(name: str) -> str:
    """The CSS of one bundle. KeyError when there is no bundle of that name."""
    return squeeze("\n".join((FOLDER / file).read_text("utf-8") for file in BUNDLES[name]))


def hash_of(css: str) -> str:
    """What style-src needs for one inline style: 'sha256-…', quotes included."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}'"


@cache
def hashes() -> list[str]:
    """The hashes of all bundles."""
    return [hash_of(bundle(name)) for name in BUNDLES]


def ethiopic(address: str) -> str:
    """CSS that brings the letters of Tigrinya from `address`, to phones that lack them."""
    return (
        '@font-face{font-family:"Ethiopic";font-display:swap;unicode-range:U+1200-137F;'
        f'src:local("Noto Sans Ethiopic"),local("NotoSansEthiopic-Regular"),url({address})}}'
        ':root{--font:"Ethiopic",system-ui,"Noto Sans",sans-serif}'
    )


@cache
def accent(colour: str) -> str:
    """CSS that sets --gemeente to a municipality's own colour ("#rrggbb"); "" when it is no colour.

    The colour is made darker on paper and lighter in the dark until text in it can be read.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    light, dark = (_readable(colour, ground) for ground in (PAPER, PAPER_DARK))
    return (
        f":root{{--gemeente:{light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--gemeente:{dark}}}}}"
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours "#rrggbb", as WCAG 2 defines it: 1 to 21."""
    low, high = sorted([_luminance(one), _luminance(other)])
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, ground: str) -> str:
    goal = 0 if _luminance(ground) > 0.5 else 255
    channels = _channels(colour)
    for step in range(21):
        mixed = [round(c + (goal - c) * step / 20) for c in channels]
        colour = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(colour, ground) >= 4.5:
            break
    return colour


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
