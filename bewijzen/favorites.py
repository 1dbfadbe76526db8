"""Activities kept for later: with the account of who signed in, on the phone of who did not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from aanbod.models import ActiviteitPage
from bewijzen.models import Favoriet
from gemeenten.models import User

#: More is no list any more; the one kept first goes.
AT_MOST = 30


def keep(user: User, page: ActiviteitPage, *, now: datetime) -> None:
    """Keep `page`; twice is once."""
    with transaction.atomic():
        Favoriet.objects.get_or_create(user=user, page=page, defaults={"kept_at": now})
        too_many = Favoriet.objects.filter(user=user).values("pk")[AT_MOST:]
        Favoriet.objects.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()


def forget(user: User, page_pk: int) -> None:
    Favoriet.objects.filter(user=user, page=page_pk).delete()


def of_user(user: User) -> list[int]:
    """Keys of pages, the last kept first."""
    return list(Favoriet.objects.filter(user=user).values_list("page", flat=True))


def pages(keys: Iterable[int]) -> list[ActiviteitPage]:
    """The activities with these keys in this order, also those that are offline now."""
    keys = list(keys)
    found: QuerySet[ActiviteitPage] = ActiviteitPage.objects.filter(pk__in=keys)
    by_key = {page.pk: page for page in found.select_related("organisatie")}
    return [by_key[key] for key in keys if key in by_key]
