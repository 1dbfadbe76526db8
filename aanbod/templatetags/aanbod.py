"""Tags and filters of the public offer."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from aanbod import cards, ready
from aanbod.labels import KENMERKEN
from aanbod.models import ActiviteitPage, Zoekregel
from aanbod.ready import Shown
from aanbod.search import Row
from gemeenten.models import Gemeente

register = template.Library()


@register.filter(expects_localtime=True)
def clock(moment: datetime) -> str:
    """A clock time in Brussels: "19.30" in Dutch, "19:30" elsewhere."""
    return format_date(moment, "H.i" if get_language() == "nl" else "H:i")


@register.filter(expects_localtime=True)
def spoken_clock(moment: datetime) -> str:
    """A clock time as one says it: "19 uur", "19.30 uur" in Dutch, "19:00" elsewhere."""
    if get_language() != "nl":
        return clock(moment)
    return format_date(moment, "G.i" if moment.minute else "G") + " uur"


@register.simple_tag(takes_context=True)
def own_title(context: Context, key: object, dutch: str) -> SafeString:
    """The title of an activity from `titles` in the context, with the Dutch small beside it, by
    which one knows it at the door; the Dutch alone when there is no translation."""
    in_dutch = format_html('<bdi lang="nl">{}</bdi>', dutch)
    text = (context.get("titles") or {}).get(key)
    if text is None:
        return in_dutch
    title = format_html('<bdi lang="{}" dir="{}">{}</bdi>', text.language, text.dir, text)
    return format_html('{} <span class="soft small">{}</span>', title, in_dutch)


@register.filter(expects_localtime=True)
def short_day(day: date | datetime) -> str:
    """ "di 1 dec"."""
    return format_date(day, "D j b")


@register.filter(expects_localtime=True)
def weekday(day: date | datetime) -> str:
    """ "di"."""
    return format_date(day, "D")


@register.filter
def kenmerk_label(slug: str) -> str:
    """A kenmerk in words, in the language of the page."""
    return str(KENMERKEN[slug])


#: An e-mail address, or a number of at least eight digits with + or 0 in front.
_REACH = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])(?:\+|0)(?:[ ./]?\d){8,14}(?!\w)")


@register.filter
def reach_links(text: str) -> SafeString:
    """The text with a link for every e-mail address and phone number in it."""
    at, parts = 0, []
    for found in _REACH.finditer(text):
        said = found[0]
        url = f"mailto:{said}" if "@" in said else "tel:" + re.sub(r"[ ./]", "", said)
        link = format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', url, said)
        parts += [escape(text[at : found.start()]), link]
        at = found.end()
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308 - every part is escaped


@register.filter
def places_words(left: int | None) -> str:
    """How many places are left, when they are few: "Nog 3 plaatsen"."""
    return cards.places_text(left)


@register.simple_tag
def activiteit_card(row: Row, places: str, distance: str = "") -> SafeString:
    """The ready-made card of one result, for this reader."""
    return cards.fill(row.card, distance=distance, places=places)


@register.simple_tag
def activiteit_shown(page: ActiviteitPage | str, frame: Any = "") -> Shown:
    """The texts and the main part of an activity's page in the reader's language, made once for
    all blocks of the page; or the places for them in an empty frame (`aanbod/frame.py`)."""
    if not isinstance(page, ActiviteitPage):
        return frame.shown
    made: dict[str | None, Shown] = page.__dict__.setdefault("shown_in", {})
    language = get_language()
    if language not in made:
        made[language] = ready.fresh(page, now=timezone.now())
    return made[language]


@register.inclusion_tag("aanbod/cards.html")
def gemeente_aanbod(gemeente: Gemeente, limit: int = 20) -> dict[str, Any]:
    """The cards of a municipality, those with the first date to come first."""
    rows = Zoekregel.objects.filter(gemeente=gemeente).order_by("lowered", "next_at", "page_id")
    return {"regels": rows[:limit], "gemeente": gemeente, "total": rows.count(), "limit": limit}


@register.simple_tag
def regel_card(regel: Zoekregel, places: str) -> SafeString:
    """The card of a row of the search table in the current language, without distance."""
    return cards.fill(regel.cards.get(get_language(), ""), distance="", places=places)
