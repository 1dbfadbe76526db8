"""Bar charts as SVG, made on the server: no script and no style of their own. The colours come
from the classes (`static/cms/cijfers.css`); the table beside a chart says the same in text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

#: Units of the drawing; one is about a pixel at its full width.
WIDTH, LABELS, NUMBERS = 640, 190, 90
BAR, GAP, BETWEEN = 14, 3, 14
#: A label longer than this would run into its bar.
LONGEST = 26


@dataclass(frozen=True)
class Series:
    """One colour: its name in the legend, its class, and (length, text) of each bar."""

    name: str
    css: str
    bars: Sequence[tuple[int, str]]


def bars(key: str, title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Horizontal bars, for each label one of every series. `key` is unique on the page."""
    longest = max([1, *(length for one in series for length, _text in one.bars)])
    group = len(series) * (BAR + GAP) + BETWEEN
    height = 2 * BAR + BETWEEN + len(labels) * group
    said = "; ".join(
        f"{label}: " + ", ".join(f"{one.name} {one.bars[i][1]}" for one in series)
        for i, label in enumerate(labels)
    )
    return format_html(
        '<svg class="cijfers-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}</svg>',
        *(WIDTH, height, key, key, key, title, key, said),
        _legend(series),
        format_html_join(
            "",
            "{}",
            (
                (_group(i, label, series, 2 * BAR + BETWEEN + i * group, longest),)
                for i, label in enumerate(labels)
            ),
        ),
    )


def _legend(series: Sequence[Series]) -> SafeString:
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="0" width="{}" height="{}"/><text x="{}" y="{}">{}</text>',
        (
            (one.css, x, BAR, BAR, x + BAR + 6, BAR - 2, one.name)
            for one, x in zip(series, count(LABELS, 160), strict=False)
        ),
    )


def _group(index: int, label: str, series: Sequence[Series], top: int, longest: int) -> SafeString:
    short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    middle = top + len(series) * (BAR + GAP) / 2
    return format_html(
        '<text class="cijfers-label" x="{}" y="{}">{}</text>{}',
        LABELS - 10,
        f"{middle + 4:.0f}",
        short,
        format_html_join(
            "",
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}">{}</text>',
            (
                _bar(one, one.bars[index], top + place * (BAR + GAP), longest)
                for place, one in enumerate(series)
            ),
        ),
    )


def _bar(one: Series, bar: tuple[int, str], top: int, longest: int) -> tuple:
    length, text = bar
    width = round((WIDTH - LABELS - NUMBERS) * length / longest)
    return (one.css, LABELS, top, width, BAR, LABELS + width + 6, top + BAR - 2, text)
