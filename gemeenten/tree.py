"""What of Wagtail's trees belongs to whom: pages below a landing page, files in a collection."""

from django.db.models import Q, QuerySet
from wagtail.models import Page

from gemeenten.models import GemeentePage, Rol, User
from gemeenten.permissions import gemeente_ids


def landing_pages(user: User) -> QuerySet[GemeentePage]:
    """The landing pages of the municipalities that the user edits."""
    return GemeentePage.objects.filter(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))


def own_pages(user: User) -> QuerySet[Page]:
    """The landing pages that the user edits and everything below them, live or not."""
    paths = landing_pages(user).values_list("path", flat=True)
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return Page.objects.filter(condition)


def is_own_page(user: User, pk: object) -> bool:
    """False as well for what is no number at all."""
    asked = str(pk)
    return asked.isdecimal() and len(asked) < 18 and own_pages(user).filter(pk=asked).exists()
