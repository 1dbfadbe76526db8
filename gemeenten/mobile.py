"""Mobile numbers: typed in any way, kept in one (E.164, "+32470000000")."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

#: Without a country in front, a number is Belgian.
REGION = "BE"
#: Where the number itself does not tell (North America), it may be one.
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class NotMobile(ValueError):
    """What was typed is no mobile number."""


def normalised(text: str) -> str:
    """The number in E.164. Raises NotMobile; digits of any script, with or without spaces."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise NotMobile from None
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise NotMobile
    if phonenumbers.number_type(number) not in MOBILE:
        raise NotMobile
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def readable(mobile: str) -> str:
    """A number that was normalised, in groups: "+32 470 00 00 00"."""
    return phonenumbers.format_number(
        phonenumbers.parse(mobile, None), PhoneNumberFormat.INTERNATIONAL
    )
