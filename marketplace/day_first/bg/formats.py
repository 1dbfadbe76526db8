"""See marketplace.day_first."""

from marketplace.day_first import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]

DATE_FORMAT = "j F Y г."
MONTH_DAY_FORMAT = "j F"
