"""What is remarkable about a line: the softer limits of domain.md flag and never refuse.

The person it is about sees the same words, so they are translated.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bewijzen.models import Regel

BRUSSELS = ZoneInfo("Europe/Brussels")
#: A phone without network keeps a line for a moment; longer than this is said.
RECEIVED_LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Flag:
    """A code for the code and the tests, a sentence for people."""

    code: str
    sentence: str


def flags(regel: Regel, *, started_on: date, day_minutes: int) -> list[Flag]:
    """What to look at in one confirmed line.

    `started_on` is the start of the inburgeringstraject, `day_minutes` the valid minutes of the
    whole Brussels day of the line.
    """
    received = regel.received_at.astimezone(BRUSSELS).date()
    found = [
        (regel.minutes < settings.SMALLEST_UNIT_MINUTES, _short),
        (day_minutes > settings.MANY_HOURS_A_DAY_MINUTES, _long_day),
        ((received - regel.day).days > settings.CONFIRM_BACK_DAYS, _far_back),
        (regel.day < started_on, _before_start),
        (regel.received_at - regel.claimed_at > RECEIVED_LATE, _received_late),
    ]
    return [make() for is_so, make in found if is_so]


def _short() -> Flag:
    minutes = settings.SMALLEST_UNIT_MINUTES
    return Flag("short", _("Korter dan %(minutes)s minuten.") % {"minutes": minutes})


def _long_day() -> Flag:
    hours = settings.MANY_HOURS_A_DAY_MINUTES // 60
    sentence = ngettext(
        "Meer dan %(hours)s uur op één dag.", "Meer dan %(hours)s uur op één dag.", hours
    )
    return Flag("long_day", sentence % {"hours": hours})


def _far_back() -> Flag:
    days = settings.CONFIRM_BACK_DAYS
    return Flag("far_back", _("Meer dan %(days)s dagen later bevestigd.") % {"days": days})


def _before_start() -> Flag:
    return Flag("before_start", _("Voor de start van het traject."))


def _received_late() -> Flag:
    return Flag("received_late", _("Later ontvangen dan getekend."))
