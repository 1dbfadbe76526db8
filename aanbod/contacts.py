"""Who signs for which activity: adding and ending contact persons, per gemeente."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon, Organisatie
from gemeenten.models import Gemeente, User


class ContactRefused(ValueError):
    """Why somebody cannot be a contact person here; its text is said to the editor."""


@dataclass(frozen=True)
class NewContact:
    """What an editor writes down about a contact person."""

    name: str
    email: str
    language: str
    valid_from: date
    valid_to: date | None = None


def named_organisatie(name: str, website: str = "") -> Organisatie:
    """The organisatie of that name, made when nobody has it yet. What others wrote about it
    stays as it is."""
    name = " ".join(name.split())
    known = Organisatie.objects.filter(name__iexact=name).first()
    return known or Organisatie.objects.create(name=name, website=website)


@transaction.atomic
def add(gemeente: Gemeente, organisatie: Organisatie, new: NewContact) -> Contactpersoon:
    """Name a contact person, and open an account for an e-mail address that has none.

    An address that is known is linked as it is: the account keeps its own name and language, and
    nobody here sees them. Somebody who was ended comes back with the new dates.
    """
    contact, _made = Contactpersoon.everyone.update_or_create(
        user=_account(new),
        gemeente=gemeente,
        organisatie=organisatie,
        defaults={
            "name": new.name,
            "language": new.language,
            "valid_from": new.valid_from,
            "valid_to": new.valid_to,
        },
    )
    return contact


def _account(new: NewContact) -> User:
    email = new.email.strip() or None
    known = User.objects.filter(email__iexact=email).first() if email else None
    if known:
        return known
    user = User(name=new.name, email=email, language=new.language)
    user.set_unusable_password()
    user.save()
    return user


def end(contact: Contactpersoon, *, today: date) -> None:
    """From now on this person signs nothing more. What was signed stays."""
    contact.valid_to = today - timedelta(days=1)
    contact.valid_from = min(contact.valid_from, contact.valid_to)
    contact.save(update_fields=["valid_from", "valid_to"])


def candidates(page: ActiviteitPage, *, today: date) -> list[Contactpersoon]:
    """Who may stand for an activity: the contact persons of its organisatie in its gemeente."""
    rows = Contactpersoon.objects.valid(today).filter(
        gemeente=page.gemeente, organisatie=page.organisatie
    )
    return list(rows.select_related("user").order_by("name", "pk"))


@transaction.atomic
def attach(page: ActiviteitPage, chosen: set[int], *, today: date) -> None:
    """Let exactly the contact persons `chosen` stand for an activity.

    Raises ContactRefused when one of them is not of its organisatie in its gemeente.
    """
    if chosen - {contact.pk for contact in candidates(page, today=today)}:
        raise ContactRefused(
            "Iemand die je koos is geen contactpersoon van deze organisatie. Kijk de lijst na."
        )
    rows = ActiviteitContact.objects.filter(page=page)
    rows.exclude(contactpersoon__in=chosen).delete()
    present = set(rows.values_list("contactpersoon", flat=True))
    ActiviteitContact.objects.bulk_create(
        ActiviteitContact(page=page, contactpersoon_id=pk) for pk in sorted(chosen - present)
    )
