"""Posters on A4, for the wall: an activity, or what is on in a municipality, in Dutch and one
other language, with a QR to the page. What the interface knows is in both languages; free text is
Dutch unless somebody translated it."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from aanbod import translations
from aanbod.api import offer
from aanbod.api.offer import Shown
from aanbod.models import Dag, Frequentie, Reeks, Zoekregel
from gemeenten.models import Gemeente
from gemeenten.printing import sheet
from gemeenten.printing.qr import qr_svg
from gemeenten.printing.sheet import drawable

_SOURCE = Path(__file__).parent / "typst" / "affiche.typ"
_STANDARDS: list[Any] = ["ua-1"]
_GREEN = "#0f6b4f"
#: Before a row of affiche.txt: a break in what somebody typed begins none.
_ROW = re.compile(
    r"\s*\n\s*(?=(?:clock|map-pin|currency-euro|message-circle|baby-carriage|woman|wheelchair|users)\|)"
)
_MOST_SERIES = 4
_MOST_ACTIVITIES = 6

Content = dict[str, Any]


def poster_of_activity(one: Shown, language: str | None, *, today: date) -> Content:
    """What the poster of an activity shows; `language` is the one beside Dutch."""
    page = one.page
    row = translations.rows_of(page).get(language or "")
    read = translations.reading(page, row)
    other = _translated(read) if row and not read.behind else None
    return {
        **_common(one.gemeente, page, one.url, language),
        "title": drawable(page.title),
        "summary": drawable(page.summary),
        "pictogram": _pictogram(page.soort),
        "kind": _both(language, lambda: str(page.get_soort_display())),
        "other": other,
        "only_dutch": _only_dutch(language) if language and not other else None,
        "facts": _facts(one, language, today),
        "items": [],
    }


def poster_of_gemeente(gemeente: Gemeente, language: str | None, *, today: date) -> Content:
    """What the poster of a municipality shows: its first activities to come."""
    rows = Zoekregel.objects.filter(gemeente=gemeente).order_by("lowered", "next_at", "page_id")
    ids = list(rows.values_list("page_id", flat=True)[:_MOST_ACTIVITIES])
    landing = gemeente.landing

    def title() -> str:
        # As the page of the municipality says it.
        words = gettext('Meedoen in <bdi lang="nl">%(name)s</bdi>') % {"name": gemeente.name}
        return strip_tags(words)

    def summary() -> str:
        return gettext(
            "Activiteiten in je buurt voor je veertig uur: leer mensen kennen, oefen Nederlands "
            "en bewaar je bewijs."
        )

    titles, summaries = _both(language, title), _both(language, summary)
    other = {"title": titles["other"], "summary": summaries["other"], "note": ""}
    return {
        **_common(gemeente, landing, offer.address(landing, gemeente), language),
        "title": titles["nl"],
        "summary": summaries["nl"],
        "pictogram": _pictogram(""),
        "kind": None,
        "other": other if language else None,
        "only_dutch": None,
        "facts": [],
        "items": [_item(one, language, today) for one in offer.shown(ids)],
    }


def pdf(content: Content, *, timestamp: int) -> bytes:
    """The poster as PDF/UA; the same bytes for the same content. `timestamp` in Unix seconds."""
    return sheet.made(
        _SOURCE, _inputs(content), format="pdf", pdf_standards=_STANDARDS, timestamp=timestamp
    )[0]


def png(content: Content, ppi: float = 72) -> list[bytes]:
    """The pages as pictures, to look at them."""
    return sheet.made(_SOURCE, _inputs(content), format="png", ppi=ppi)


def _inputs(content: Content) -> dict[str, str]:
    return {"affiche": json.dumps(content, ensure_ascii=False)}


def _common(gemeente: Gemeente, page: Page, url: str, language: str | None) -> Content:
    colour = gemeente.landing.colour or _GREEN
    return {
        "language": language,
        "gemeente": drawable(gemeente.name),
        "colour": colour,
        "on_colour": _readable_on(colour),
        "qr": str(qr_svg(url)),
        "address": url.split("://", 1)[-1],
        "scan": _both(language, lambda: gettext("Scan de code en doe mee.")),
        "counts": _both(language, lambda: gettext("Dit telt mee voor je 40 uur.")),
    }


def _in(language: str | None, words: Callable[[], str]) -> str:
    with translation.override(language or "nl"):
        return drawable(words())


def _both(language: str | None, words: Callable[[], str]) -> dict[str, str | None]:
    """The words in Dutch and, when there is one, in the other language."""
    return {"nl": _in("nl", words), "other": _in(language, words) if language else None}


def _translated(read: translations.Reading) -> dict[str, str]:
    def note() -> str:
        if read.by_machine:
            return gettext("Vertaling door een computer. De Nederlandse tekst telt.")
        return gettext("Vertaling. De Nederlandse tekst telt.")

    return {
        "title": drawable(str(read.title)),
        "summary": drawable(str(read.summary)),
        "note": _in(read.title.language, note),
    }


def _only_dutch(language: str) -> str:
    return _in(language, lambda: gettext("Deze tekst is in het Nederlands."))


# -- Facts -----------------------------------------------------------------------------------


def _facts(one: Shown, language: str | None, today: date) -> list[Content]:
    """The rows of the poster: a pictogram with its words in Dutch and the other language."""
    dutch = _rows(one, "nl", today)
    others = _rows(one, language, today) if language else dutch
    return [
        {"icon": _icon(name), "nl": text, "other": other if language and other != text else None}
        for (name, text), (_name, other) in zip(dutch, others, strict=True)
    ]


def _rows(one: Shown, language: str, today: date) -> list[tuple[str, str]]:
    """(pictogram, words) in one language."""
    with translation.override(language):
        context = {"page": one.page, "locality": one.locality, "times": _times(one, today)}
        written = render_to_string("aanbod/affiche.txt", context).strip()
    rows = (row.partition("|") for row in _ROW.split(written))
    return [(name, drawable(" ".join(text.split()))) for name, _bar, text in rows]


def _times(one: Shown, today: date) -> list[str]:
    """When it is, by rule: a poster hangs for months."""
    page = one.page
    if page.timing == page.Timing.AFSPRAAK:
        return [gettext("In overleg: je spreekt zelf een moment af.")]
    series = [row for row in page.reeksen.all() if not _is_over(row, today)]
    return [_time(row) for row in series[:_MOST_SERIES]] or [gettext("Er is nu geen datum.")]


def _is_over(reeks: Reeks, today: date) -> bool:
    if reeks.frequency == Frequentie.EENMALIG:
        return reeks.first_day < today
    return bool(reeks.last_day and reeks.last_day < today)


def _time(reeks: Reeks) -> str:
    separator = "." if get_language() == "nl" else ":"
    hours = (f"{clock:%H}{separator}{clock:%M}" for clock in (reeks.start, reeks.end))
    parts = [*_days(reeks), " – ".join(hours)]
    if reeks.skip_school_holidays:
        parts.append(gettext("niet in schoolvakanties"))
    elif reeks.only_school_holidays:
        parts.append(gettext("alleen in schoolvakanties"))
    return gettext(", ").join(parts)


def _days(reeks: Reeks) -> list[str]:
    if reeks.frequency == Frequentie.EENMALIG:
        return [f"{date_format(reeks.first_day, 'D')} {date_format(reeks.first_day)}"]
    weekday = Dag(Dag.values[reeks.first_day.weekday()]).label
    return [str(Frequentie(reeks.frequency).label), str(weekday)]


def _item(one: Shown, language: str | None, today: date) -> Content:
    page = one.page

    def words() -> str:
        times = render_to_string("aanbod/affiche_tijd.txt", {"time": _times(one, today)[0]})
        return f"{page.get_soort_display()} · {times}"

    both = _both(language, words)
    return {
        "pictogram": _pictogram(page.soort),
        "title": drawable(page.title),
        "place": drawable(one.locality),
        **both,
    }


# -- Drawing ---------------------------------------------------------------------------------


def _pictogram(soort: str) -> str:
    return render_to_string("aanbod/pictogram.svg", {"soort": soort})


def _icon(name: str) -> str:
    return render_to_string("aanbod/pictogram.svg", {"name": name})


def _readable_on(colour: str) -> str:
    """White or ink, whichever can be read on `colour` (WCAG relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    # Above this luminance, black has the higher contrast.
    return "#16211d" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.19 else "#ffffff"
