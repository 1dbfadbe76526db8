"""See marketplace.day_first."""

from marketplace.day_first import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]

DATE_FORMAT = "د Y د F j"
MONTH_DAY_FORMAT = "د F j"
DECIMAL_SEPARATOR = "٫"
THOUSAND_SEPARATOR = "٬"
