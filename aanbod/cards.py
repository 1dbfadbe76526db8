"""The card of an activity: ready-made HTML, with marks for what depends on reader and hour."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from aanbod import translations
from aanbod.models import ActiviteitPage, Frequentie, Reeks, Vertaling

#: A comment cannot come from what editors type, because a card escapes that.
DISTANCE = SafeString("<!--afstand-->")
PLACES = SafeString("<!--plaatsen-->")


@dataclass(frozen=True)
class Effort:
    """How much time an activity takes and gives, in minutes."""

    per_time: int | None
    #: Are all times equally long?
    always: bool
    total: int | None


def effort(page: ActiviteitPage) -> Effort:
    total = page.hours_total * 60 if page.hours_total else None
    if page.timing == page.Timing.AFSPRAAK:
        return Effort(page.minutes_per_time, True, total)
    lengths = {length(reeks) for reeks in page.reeksen.all()}
    return Effort(max(lengths, default=None), len(lengths) < 2, total)


def length(reeks: Reeks) -> int:
    """Minutes on the clock of one time of a series."""
    start, end = (moment.hour * 60 + moment.minute for moment in (reeks.start, reeks.end))
    return end - start if end > start else end - start + 24 * 60


def every_week(page: ActiviteitPage) -> bool:
    """Is the weekday enough to say when it is?"""
    return {reeks.frequency for reeks in page.reeksen.all()} == {Frequentie.WEKELIJKS}


def path_of(page: ActiviteitPage) -> str:
    """The address of an activity in the current language."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def render(
    page: ActiviteitPage, next_at: datetime | None, rows: dict[str, Vertaling]
) -> dict[str, str]:
    """The card in every language, with the translations `rows`; the same for every reader."""
    context = {
        "page": page,
        "effort": effort(page),
        "next_at": next_at,
        "weekly": every_week(page),
        "distance_mark": DISTANCE,
        "places_mark": PLACES,
    }
    cards: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts = translations.reading(page, rows.get(language))
            cards[language] = render_to_string(
                "aanbod/card.html", {**context, "texts": texts, "url": path_of(page)}
            )
    return cards


def places_text(left: int | None) -> str:
    """How many places are left, when few or none are."""
    if left is None or left > 9:
        return ""
    if left == 0:
        return gettext("Volzet: er is een wachtlijst")
    return ngettext("Nog %(number)s plaats", "Nog %(number)s plaatsen", left) % {"number": left}


def fill(card: str, *, distance: str, places: str) -> SafeString:
    """The card for one reader, with words such as "1,2 km" and "Nog 3 plaatsen", or none."""
    distance = f"{escape(distance)} · " if distance else ""
    places = f" · {escape(places)}" if places else ""
    return mark_safe(  # noqa: S308 - the card is ours and what is filled in is escaped
        card.replace(DISTANCE, distance).replace(PLACES, places)
    )
