"""Codes handed over on paper: the activation of an inburgeraar, the card of a contact person
without e-mail.

Twelve digits, single use. The database keeps a keyed hash only, so a leaked table opens nothing.
"""

import secrets
from datetime import datetime, timedelta

from allauth.core.ratelimit import consume
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from gemeenten.acting import System, acting_as
from gemeenten.models import Toegangscode, User
from gemeenten.sign_in import ascii_digits

DIGITS = 12

#: What to answer when `may_try` says no.
TOO_MANY = _("Je hebt te vaak geprobeerd. Wacht een kwartier. Typ dan de code opnieuw.")
#: What to answer when `redeem` gives nobody. It never says which of the reasons it is.
REFUSED = _(
    "Deze code werkt niet. Kijk of alle cijfers kloppen. Is de code oud of al gebruikt? Vraag dan "
    "een nieuwe code."
)


@transaction.atomic
def hand_out(user: User, *, by: User | None, now: datetime, valid_days: int = 30) -> str:
    """A new code for `user`, as it is printed: "1234-5678-9012". Older unused ones die.

    It is shown once; it cannot be read back.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    with acting_as(System("toegang")):
        Toegangscode.objects.filter(user=user, used_at__isnull=True).delete()
        Toegangscode.objects.create(
            user=user,
            code_hash=_hash(code),
            made_at=now,
            made_by=by,
            expires_at=now + timedelta(days=valid_days),
        )
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def redeem(text: str, *, now: datetime) -> User | None:
    """Whose code this is, which is spent by it; None when it is unknown, used or too old.

    Digits of any script, with or without spaces and hyphens.
    """
    with acting_as(System("toegang")):
        codes = Toegangscode.objects.filter(code_hash=_hash(ascii_digits(text)))
        # One statement on one table, so that of two who type it at once only one comes in.
        if codes.filter(used_at__isnull=True, expires_at__gt=now).update(used_at=now) != 1:
            return None
        user = codes.select_related("user").get().user
    return user if user.is_active else None


def may_try(request: HttpRequest) -> bool:
    """Counts an attempt to type a code; False when there were too many from this address.

    The limit is "activeer" in ACCOUNT_RATE_LIMITS (five in a quarter of an hour). Ask it on POST,
    before `redeem`, and when it says no, answer with `TOO_MANY` and do not look at the code.
    """
    return consume(request, action="activeer")


def _hash(code: str) -> str:
    return salted_hmac("gemeenten.codes", code, algorithm="sha256").hexdigest()
