"""Days and digits as people write them, in the language of the moment; for pages and for mail."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

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
