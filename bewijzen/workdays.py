"""Working days of a Belgian municipality: Monday to Friday without public holidays."""

from datetime import date, timedelta
from functools import cache

import holidays


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def workdays_after(day: date, number: int) -> date:
    """The day that is `number` working days after `day`."""
    while number:
        day += timedelta(days=1)
        number -= is_workday(day)
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BE", years=year, expand=False))
