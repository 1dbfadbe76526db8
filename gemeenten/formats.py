"""Days, minutes, kilometres and digits as people read them, in the language of the page."""

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from gemeenten.days import digits, full_day, long_day, month_day

__all__ = ["digits", "distance", "full_day", "hours", "long_day", "month_day"]


def hours(minutes: int) -> str:
    """Minutes as hours: "2 uur", "1 uur 30", "45 minuten"."""
    whole, rest = divmod(minutes, 60)
    words = {"hours": digits(whole), "minutes": digits(rest)}
    if not rest:
        return ngettext("%(hours)s uur", "%(hours)s uur", whole) % words
    if not whole:
        return ngettext("%(minutes)s minuut", "%(minutes)s minuten", rest) % words
    return ngettext("%(hours)s uur %(minutes)s", "%(hours)s uur %(minutes)s", whole) % words


def distance(km: float) -> str:
    """Kilometres as the crow flies: "vlakbij", "600 m", "1,2 km", "14 km".

    Rounded to 50 metres: places are known to a street at best.
    """
    metres = round(km * 20) * 50
    if metres < 100:
        return gettext("vlakbij")
    if metres < 1000:
        return gettext("%(number)s m") % {"number": digits(metres)}
    decimals = 0 if km >= 9.95 or round(km, 1) == round(km) else 1
    number = digits(number_format(round(km, decimals), decimals))
    return gettext("%(number)s km") % {"number": number}
