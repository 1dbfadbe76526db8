"""Who may see and do what with the rows of this app. Code asks here, never for a role's name."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from gemeenten.models import Bericht, Gemeente, Rol, Toegangscode, User


def roles(user: User) -> list[Rol]:
    """The user's roles that are valid today, read once per user object."""
    if user.valid_roles is None:
        rows = Rol.everyone.filter(user=user, user__is_active=True).valid()
        user.valid_roles = list(rows.select_related("gemeente", "agentschap"))
    return user.valid_roles


def gemeente_ids(user: User, *kinds: Rol.Kind) -> set[int]:
    """Municipalities for which the user holds one of `kinds`."""
    return {rol.gemeente_id for rol in roles(user) if rol.kind in kinds and rol.gemeente_id}


def agentschap_ids(user: User, *kinds: Rol.Kind) -> set[int]:
    return {rol.agentschap_id for rol in roles(user) if rol.kind in kinds and rol.agentschap_id}


def is_beheerder(user: User) -> bool:
    return any(rol.kind == Rol.Kind.BEHEERDER for rol in roles(user))


def can_edit_offer(user: User, gemeente: Gemeente) -> bool:
    """Edits the municipality's pages and contact persons."""
    return gemeente.pk in gemeente_ids(user, *Rol.GEMEENTE_KINDS)


def can_publish_offer(user: User, gemeente: Gemeente) -> bool:
    """Puts pages online and takes them offline. With moderation on that is not for a redacteur."""
    return gemeente.pk in gemeente_ids(user, *publishing_kinds(gemeente))


def publishing_kinds(gemeente: Gemeente) -> list[Rol.Kind]:
    """The roles of a gemeente that may publish its offer."""
    kinds = Rol.GEMEENTE_KINDS
    return [kind for kind in kinds if not (gemeente.moderated and kind == Rol.Kind.REDACTEUR)]


def run_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities of which `user` sets how they work here, and who works for them."""
    return Gemeente.objects.filter(pk__in=gemeente_ids(user, Rol.Kind.GEMEENTEBEHEERDER))


def can_overrule_criteria(user: User, gemeente: Gemeente) -> bool:
    """Publishes with a reason what misses a point of the criteria (R3)."""
    return gemeente.pk in gemeente_ids(user, Rol.Kind.MODERATOR)


def can_translate(user: User, gemeente: Gemeente) -> bool:
    """Writes translations beside the Dutch of the municipality's live activities."""
    return gemeente.pk in translated_gemeente_ids(user)


def translated_gemeente_ids(user: User) -> set[int]:
    return gemeente_ids(user, *Rol.GEMEENTE_KINDS, Rol.Kind.VERTALER)


def only_translates(user: User) -> bool:
    """Works in the CMS, and only on translations."""
    edits = is_beheerder(user) or bool(gemeente_ids(user, *Rol.GEMEENTE_KINDS))
    return not edits and bool(translated_gemeente_ids(user))


def can_use_cms(user: User) -> bool:
    return is_beheerder(user) or bool(translated_gemeente_ids(user))


def can_use_desk(user: User) -> bool:
    return bool(agentschap_ids(user, *Rol.AGENTSCHAP_KINDS))


def visible(rows: QuerySet, user: User) -> QuerySet:
    """The rows of one of this app's scoped models that `user` may see."""
    return rows.filter(_RULES[rows.model](user))


def _visible_roles(user: User) -> Q:
    if is_beheerder(user):
        return Q()
    return (
        Q(user=user)
        | Q(gemeente__in=gemeente_ids(user, Rol.Kind.GEMEENTEBEHEERDER))
        | Q(agentschap__in=agentschap_ids(user, Rol.Kind.COORDINATOR))
    )


_RULES: dict[type, Callable[[User], Q]] = {
    Rol: _visible_roles,
    Bericht: lambda user: Q(receiver=user) | Q(sender=user),
    Toegangscode: lambda user: Q(made_by=user),
}
