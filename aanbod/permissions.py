"""Who may see and do what with the rows of this app."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from aanbod.models import ActiviteitContact, Contactpersoon
from gemeenten.models import Rol, User
from gemeenten.permissions import agentschap_ids, gemeente_ids


def organisaties_of(user: User) -> Q:
    """(organisatie, gemeente) pairs that `user` signs for today, as a condition on
    `Contactpersoon`."""
    pairs = Contactpersoon.everyone.valid().filter(user=user, organisatie__isnull=False)
    condition = Q(pk__in=[])
    for organisatie, gemeente in pairs.values_list("organisatie", "gemeente"):
        condition |= Q(organisatie=organisatie, gemeente=gemeente)
    return condition


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
}
