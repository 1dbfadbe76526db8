"""Days, minutes, kilometres and digits as people read them, in the language of the page."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_DIGITS = {"ar": _ARABIC, "fa": _PERSIAN, "ps": _PERSIAN}

#: Where CLDR's order is another than "zondag 22 november"; marketplace.day_first has the rest.
_LONG_DAY = {
    **{"es": r"l j \d\e F", "ps": "l، د F j", "tr": "j F l", "ti": "l፣ j F"},
    **dict.fromkeys(["uk", "ro", "bg", "pl", "so"], "l, j F"),
}


def digits(value: object) -> str:
    """The value as text, with the digits of the current language."""
    table = _DIGITS.get((get_language() or "")[:2])
    return str(value).translate(table) if table else str(value)


def month_day(day: date) -> str:
    """ "22 november"."""
    return digits(date_format(day, "MONTH_DAY_FORMAT"))


def long_day(day: date) -> str:
    """ "zondag 22 november"."""
    return digits(date_format(day, _LONG_DAY.get(get_language() or "", "l j F")))


def full_day(day: date) -> str:
    """ "22 november 2026"."""
    return digits(date_format(day, "DATE_FORMAT"))


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
