"""QR codes as inline SVG. A code costs some 15 ms to make, so each is made once and kept."""

from functools import lru_cache

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M


def qr_version(text: str) -> int:
    """The version (1..40) of the code of `text`: it is 17 + 4 × version modules wide."""
    return _filled(text).best_fit()


@lru_cache(maxsize=512)
def qr_svg(text: str, *, border: int = 4, title: str = "QR") -> SafeString:
    """`text` as one black path on white, with a quiet zone of `border` modules.

    Capitals, digits and base45 use the alphanumeric mode of the QR and so stay small. `title` is
    what a screen reader says. Raises ValueError for more text than a QR can hold.
    """
    matrix = _code(text).get_matrix()
    size = len(matrix) + 2 * border
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 {0} {0}"'
        ' role="img" shape-rendering="crispEdges"><title>{1}</title>'
        '<path fill="#fff" d="M0 0h{0}v{0}h-{0}z"/><path fill="#000" d="{2}"/></svg>',
        size,
        title,
        mark_safe(_path(matrix, border)),  # noqa: S308 - numbers only
    )


def _code(text: str) -> qrcode.QRCode:
    code = _filled(text)
    code.make(fit=True)
    return code


def _filled(text: str) -> qrcode.QRCode:
    """With its text, not drawn yet: drawing is what costs."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)  # one mode for the whole: splitting makes ours larger
    return code


def _path(matrix: list[list[bool]], border: int) -> str:
    """One small rectangle for each run of dark modules in a row."""
    parts = []
    for y, row in enumerate(matrix, border):
        start = None
        for x, dark in enumerate([*row, False], border):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return "".join(parts)
