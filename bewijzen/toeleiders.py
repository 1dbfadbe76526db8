"""The pool of toeleiders and brugfiguren of a gemeente (R9), kept by its colleagues."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from aanbod import contacts
from bewijzen import permissions
from bewijzen.models import Toeleider
from bewijzen.refusals import Refusal
from gemeenten.acting import System, acting_as
from gemeenten.models import Gemeente, User


@dataclass(frozen=True)
class NewToeleider:
    """What a colleague writes down. `languages`: what the toeleider speaks, that of the messages
    first. `mobile` in E.164, or ""."""

    name: str
    email: str
    languages: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    available: str = ""
    mobile: str = ""


def add(gemeente: Gemeente, new: NewToeleider, *, by: User) -> Toeleider:
    """Put somebody in the pool, with an account for an address or number that has none.

    One that is known is linked as it is: the account keeps its own name and language.
    Somebody who was ended comes back with the new dates. Raises `Refusal`: not_allowed.
    """
    with acting_as(System("toeleiders")), transaction.atomic():
        if not permissions.guides(by, gemeente.pk):
            raise Refusal("not_allowed")
        toeleider, _made = Toeleider.objects.update_or_create(
            user=_account(new),
            gemeente=gemeente,
            defaults={
                "name": new.name,
                "languages": [*new.languages],
                "available": new.available,
                "valid_from": new.valid_from,
                "valid_to": new.valid_to,
            },
        )
    return toeleider


def _account(new: NewToeleider) -> User:
    email, mobile = new.email.strip(), new.mobile
    known = User.objects.filter(email__iexact=email).first() if email else None
    if known is None and mobile:
        known = User.objects.filter(mobile=mobile).first()
    return known or contacts.account(new.name, email, mobile, new.languages[0])


def end(toeleider: Toeleider, *, by: User, today: date) -> None:
    """From now on this person is asked no more, and sees no appointment. Raises `Refusal`."""
    if not permissions.guides(by, toeleider.gemeente_id):
        raise Refusal("not_allowed")
    toeleider.valid_to = today - timedelta(days=1)
    toeleider.valid_from = min(toeleider.valid_from, toeleider.valid_to)
    toeleider.save(update_fields=["valid_from", "valid_to"])
