"""Wagtail's groups and superuser flag, derived from `Rol` rows and never set by hand.

`sync_groups` runs when a Rol is saved or deleted (signals.py), every day for roles that begin or
end by date (`manage.py rollen`), and before every request to the CMS (cms.py), so that an ended
role is worth nothing even when the daily command did not run.
"""

from datetime import date

from django.contrib.auth.models import Group
from django.db.models import Q

from gemeenten.models import Gemeente, Rol, User


def group_name(kind: str, gemeente: Gemeente) -> str:
    """The group that holds the permissions of a role: "redacteur 24038"."""
    return f"{kind} {gemeente.nis}"


def sync_groups(user: User, on: date | None = None) -> bool:
    """Make the user's groups and superuser flag what the roles of that day say (today in Brussels
    when absent); was anything different?

    A role in a gemeente that is not active gives no group, because there is nothing to edit yet.
    """
    roles = list(Rol.everyone.filter(user=user).valid(on).select_related("gemeente"))
    names = {group_name(rol.kind, rol.gemeente) for rol in roles if rol.gemeente}
    wanted = set(Group.objects.filter(name__in=names).values_list("pk", flat=True))
    superuser = any(rol.kind == Rol.Kind.BEHEERDER for rol in roles)
    if superuser == user.is_superuser and wanted == set(user.groups.values_list("pk", flat=True)):
        return False
    user.groups.set(wanted)
    user.is_superuser = superuser
    User.objects.filter(pk=user.pk).update(is_superuser=superuser)
    return True


def sync_everyone(on: date | None = None) -> int:
    """`sync_groups` for everyone who has, had or may have a role; how many differed."""
    staff = User.objects.filter(
        Q(rollen__isnull=False) | Q(groups__isnull=False) | Q(is_superuser=True)
    ).distinct()
    return sum(sync_groups(user, on) for user in staff)
