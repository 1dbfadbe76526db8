"""Draws the files of static/icons again when the mark changed: python -m marketplace.favicons."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "static" / "icons"
GREEN, PAPER = "#0f6b4f", "#fbfaf6"
_OVERSAMPLE = 8


def png(size: int, segments: int, margin: float) -> Image.Image:
    """The mark on paper; margin is the part of the width left empty on each side."""
    wide = size * _OVERSAMPLE
    image = Image.new("RGB", (wide, wide), PAPER)
    draw = ImageDraw.Draw(image)
    box = [wide * margin, wide * margin, wide * (1 - margin), wide * (1 - margin)]
    step = 360 / segments
    for number in range(segments):
        start = -90 + step * (number + 0.2)
        draw.arc(box, start, start + step * 0.6, fill=GREEN, width=round(wide * 0.15))
    return image.resize((size, size), Image.Resampling.LANCZOS).quantize(24)


def svg(segments: int) -> str:
    """The mark as a file of its own, light and dark."""
    dash = 400 / segments
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f"<style>circle{{stroke:{GREEN}}}"
        "@media(prefers-color-scheme:dark){circle{stroke:#57c79d}}</style>"
        '<circle cx="20" cy="20" r="15.5" fill="none" stroke-width="7" pathLength="400"'
        f' stroke-dasharray="{dash * 0.6:g} {dash * 0.4:g}" stroke-dashoffset="{-dash * 0.2:g}"'
        ' transform="rotate(-90 20 20)"/></svg>\n'
    )


def write() -> None:
    """Small icons have ten segments of four hours: forty would blur."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "mark.svg").write_text(svg(40))
    (FOLDER / "favicon.svg").write_text(svg(10))
    png(32, 10, 0.04).save(FOLDER / "favicon-32.png", optimize=True)
    for size in (180, 192, 512):
        png(size, 40 if size == 512 else 20, 0.14).save(FOLDER / f"icon-{size}.png", optimize=True)


if __name__ == "__main__":
    write()
