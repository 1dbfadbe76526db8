"""Who may see and do what with the rows of this app."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from aanbod.models import (
    ActiviteitContact,
    Contactpersoon,
    Invaller,
    Invoer,
    Inzending,
    Organisatielink,
)
    Nalezing,
    Organisatie,
from gemeenten.models import Gemeente, Rol, User
from gemeenten.permissions import (
    agentschap_ids,
    can_edit_offer,
    gemeente_ids,
    translated_gemeente_ids,
)


def contact_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities whose contact persons `user` looks after."""
from gemeenten.tree import own_pages
    return Gemeente.objects.filter(pk__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))


def can_edit_contacts(user: User, gemeente: Gemeente) -> bool:
    return can_edit_offer(user, gemeente)


def import_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities with a page whose activities `user` brings in and takes out."""
    return contact_gemeenten(user).filter(landing__isnull=False)


def queue_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities with a page whose wachtrij `user` works through."""
    return import_gemeenten(user)


def can_import(user: User, gemeente: Gemeente) -> bool:
    return can_edit_offer(user, gemeente)


def translated_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The active municipalities whose activities `user` translates."""
    return Gemeente.objects.filter(pk__in=translated_gemeente_ids(user), active=True)


def can_hand_out_code(user: User, contact: Contactpersoon) -> bool:
    """May `user` print a code with which this contact person signs in?

    A code is a key to the whole account, so only to one that is this gemeente's own: a person
    without e-mail address, without a staff role or a traject, known in no other gemeente.
    """
    person = contact.user
    return (
        can_edit_contacts(user, contact.gemeente)
        and person.is_active
        and not person.email
        and not Rol.everyone.filter(user=person).exists()
        and not User.objects.filter(pk=person.pk, inburgeraar__isnull=False).exists()
        and not Contactpersoon.everyone.filter(user=person)
        .exclude(gemeente=contact.gemeente)
        .exists()
    )


def organisaties_of(user: User) -> Q:
    """(organisatie, gemeente) pairs that `user` signs for today, as a condition on
    `Contactpersoon`."""
    pairs = Contactpersoon.everyone.valid().filter(user=user, organisatie__isnull=False)
    condition = Q(pk__in=[])
    for organisatie, gemeente in pairs.values_list("organisatie", "gemeente"):
        condition |= Q(organisatie=organisatie, gemeente=gemeente)
    return condition


def _visible_stand_ins(user: User) -> Q:
    """The invaller, the editors of the gemeente, and who signs for the organisatie there."""
    condition = Q(user=user) | Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))
    return condition | organisaties_of(user)


def visible(rows: QuerySet, user: User) -> QuerySet:
    """The rows of one of this app's scoped models that `user` may see."""
    return rows.filter(
        pk__in=rows.model._base_manager.filter(_RULES[rows.model](user)).values("pk")
    )


def _visible_contact_persons(user: User) -> Q:
    # The last two name bewijzen's rows by relation, because imports go the other way.
    agencies = agentschap_ids(user, Rol.Kind.TRAJECTBEGELEIDER)
    return (
        Q(user=user)
        | Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))
        | organisaties_of(user)
        | Q(deelnames__traject__trajectbegeleider=user, deelnames__traject__agentschap__in=agencies)
        | Q(deelnames__traject__inburgeraar__user=user)
    )


_RULES: dict[type, Callable[[User], Q]] = {
    Contactpersoon: _visible_contact_persons,
    ActiviteitContact: lambda user: Q(
        contactpersoon__in=Contactpersoon._base_manager.filter(_visible_contact_persons(user))
    ),
    Invaller: _visible_stand_ins,
    Invoer: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
    Inzending: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
    Organisatielink: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
}
    Nalezing: lambda user: Q(page__in=own_pages(user).values("pk")),
