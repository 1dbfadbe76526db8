"""May everybody see how to reach a contact person? Only they themselves say so, for each
organisatie, and what they say holds at once (trust.md §6)."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from aanbod.models import Contactpersoon
from gemeenten.models import User


def of(user: User, *, today: date) -> QuerySet[Contactpersoon]:
    """For which organisaties `user` is a contact person today."""
    rows = Contactpersoon.objects.valid(today).filter(user=user, organisatie__isnull=False)
    return rows.select_related("organisatie", "gemeente").order_by("organisatie__name", "pk")


@transaction.atomic
def set_public(user: User, chosen: set[int], *, today: date) -> None:
    """Public for exactly those of `user`'s own rows that are in `chosen`; others are left alone."""
    own = Contactpersoon.objects.filter(pk__in=of(user, today=today).values("pk"))
    own.filter(pk__in=chosen).update(is_public=True)
    own.exclude(pk__in=chosen).update(is_public=False)
