"""Who may see and do what with the rows of this app (model.md, "Who sees what")."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from aanbod.models import Contactpersoon, Invaller
from aanbod.permissions import is_own_account
from bewijzen.models import (
    Aanmelding,
    Bevestiging,
    Dagtotaal,
    Deelname,
    EersteKeer,
    Favoriet,
    Hoofd,
    Inburgeraar,
    Kaart,
    Regel,
    RegelTekst,
    Stap,
    Toeleider,
    Traject,
    Verzoek,
    Voorstel,
    VoorstelDag,
    Wensen,
    Zoekvraag,
)
from gemeenten.models import Gemeente, Rol, User
from gemeenten.permissions import agentschap_ids, gemeente_ids, roles


def visible(rows: QuerySet, user: User) -> QuerySet:
    """The rows of one of this app's scoped models that `user` may see."""
    return rows.filter(_RULES[rows.model](user))


def _own(user: User) -> Q:
    return Q(inburgeraar__user=user)


def _caseload(user: User) -> Q:
    """Trajects that somebody follows: own caseload, and for a coordinator the team's. A former
    colleague has no valid role and so no caseload."""
    condition = Q(
        trajectbegeleider=user,
        agentschap__in=agentschap_ids(user, Rol.Kind.TRAJECTBEGELEIDER),
    )
    for rol in roles(user):
        if rol.kind == Rol.Kind.COORDINATOR:
            condition |= Q(agentschap=rol.agentschap_id, trajectbegeleider__in=_team(rol))
    return condition


def _team(coordinator: Rol) -> QuerySet:
    """Who is in the coordinator's team, and who left it for no other: what they followed waits to
    be handed over, and somebody has to see it."""
    begeleiders = Rol.everyone.filter(
        kind=Rol.Kind.TRAJECTBEGELEIDER, agentschap=coordinator.agentschap_id
    )
    now = begeleiders.valid()
    still = Q(pk__in=now.values("pk"))
    left = ~Q(user__in=now.values("user"))
    return begeleiders.filter(still | left, team=coordinator.team_id).values("user")


def caseload(user: User) -> QuerySet[Traject]:
    """The trajects that `user` follows as a trajectbegeleider or coordinator."""
    return Traject.objects.filter(_caseload(user))


def _trajects(user: User) -> QuerySet | list[UUID]:
    """Whoever has no role follows nobody: then it is only the own ones, by key, which every
    statement about them would otherwise look up again."""
    if not roles(user):
        return _own_trajects(user)
    return Traject._base_manager.filter(_own(user) | _caseload(user)).values("pk")


def _own_trajects(user: User) -> list[UUID]:
    """Read once per user object, as roles are."""
    if user.own_trajects is None:
        user.own_trajects = list(
            Traject._base_manager.filter(_own(user)).values_list("pk", flat=True)
        )
    return user.own_trajects


def _of_own_organisation(user: User, prefix: str = "") -> Q:
    """Deelnames that a contact person signs for: own organisatie in own gemeente, or named in
    person (a private person has no organisatie)."""
    named = [pk for pk, _organisatie, _gemeente in _contact_rows(user)]
    condition = Q(**{f"{prefix}contact__in": named})
    for organisatie, gemeente in signing_pairs(user):
        condition |= Q(**{f"{prefix}organisatie": organisatie, f"{prefix}gemeente": gemeente})
    return condition


def signable(user: User) -> QuerySet[Deelname]:
    """Deelnames that `user` may sign for as a contact person: never their own."""
    return Deelname.objects.filter(_of_own_organisation(user)).exclude(
        traject__inburgeraar__user=user
    )


def _contact_rows(user: User) -> list[tuple[int, int | None, int]]:
    """(pk, organisatie or none, gemeente) of what the user is contact person of today, read once
    per user object as roles are. Who writes asks `can_sign`, which always reads."""
    if user.valid_contacts is None:
        rows = Contactpersoon.everyone.valid().filter(user=user)
        user.valid_contacts = list(rows.values_list("pk", "organisatie", "gemeente"))
    return user.valid_contacts


def signing_pairs(user: User) -> list[tuple[int, int]]:
    """(organisatie, gemeente) that `user` signs for today."""
    return [(org, gemeente) for _pk, org, gemeente in _contact_rows(user) if org is not None]


def is_contact(user: User) -> bool:
    return bool(_contact_rows(user))


def can_sign(user: User, deelname: Deelname) -> bool:
    """A contact person of the activity's organisatie in that gemeente, or the one named; never
    the inburgeraar, in whatever second role (trust.md §2)."""
    if deelname.traject.inburgeraar.user_id == user.pk:
        return False
    named = Q(pk=deelname.contact_id)
    if deelname.organisatie_id is not None:
        named |= Q(organisatie=deelname.organisatie_id, gemeente=deelname.gemeente_id)
    return Contactpersoon.everyone.valid().filter(named, user=user).exists()


def stands_in(user: User, deelname: Deelname, day: date, *, today: date) -> bool:
    """Was `user` named to stand in on `day`, and may it still be signed today? For the hours of
    that day only: everything else that a contact person may do asks `can_sign`. Not for the
    inburgeraar's own hours, nor for those of who named the stand-in (trust.md §2)."""
    inburgeraar = deelname.traject.inburgeraar.user_id
    if user.pk == inburgeraar or deelname.organisatie_id is None:
        return False
    named = Invaller.everyone.valid(today).filter(
        Q(page__isnull=True) | Q(page=deelname.page_id),
        user=user,
        day=day,
        organisatie=deelname.organisatie_id,
        gemeente=deelname.gemeente_id,
    )
    return named.exclude(named_by=inburgeraar).exists()


def is_stand_in(user: User, *, today: date) -> bool:
    """Is `user` a stand-in for today, a day just past that they may still sign, or one to come?"""
    rows = Invaller.everyone.filter(user=user, ended_at__isnull=True, user__is_active=True)
    return rows.filter(sign_until__gte=today).exists()


def can_enter(user: User, deelname: Deelname) -> bool:
    """Who may type over what was signed on paper: a colleague of the signer, or who follows the
    traject; never the inburgeraar."""
    return can_sign(user, deelname) or follows(user, deelname.traject)


def can_withdraw(user: User, deelname: Deelname) -> bool:
    """Who may sign it, and who follows the traject."""
    return can_sign(user, deelname) or follows(user, deelname.traject)


def follows(user: User, traject: Traject) -> bool:
    """Is `user` a trajectbegeleider or coordinator of this traject? Never of their own."""
    if traject.inburgeraar.user_id == user.pk:
        return False
    return Traject._base_manager.filter(_caseload(user), pk=traject.pk).exists()


def guided_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities for which `user` answers zoekvragen and keeps the toeleiders."""
    return Gemeente.objects.filter(pk__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))


def guides(user: User, gemeente_id: int) -> bool:
    """May `user` answer the zoekvragen of this gemeente (R10) and send its toeleiders (R9)?"""
    return gemeente_id in gemeente_ids(user, *Rol.GEMEENTE_KINDS)


def is_toeleider(user: User) -> bool:
    return Toeleider.everyone.valid().filter(user=user).exists()


def can_hand_out_toeleider_code(user: User, toeleider: Toeleider) -> bool:
    """May `user` print a code with which this toeleider signs in? A code is a key to the whole
    account, so only to one that is this gemeente's own and opens nothing else."""
    person = toeleider.user
    return (
        guides(user, toeleider.gemeente_id)
        and person.is_active
        and not person.email
        and not Rol.everyone.filter(user=person).exists()
        and not User.objects.filter(pk=person.pk, inburgeraar__isnull=False).exists()
        and not Contactpersoon.everyone.filter(user=person).exists()
        and not Invaller.everyone.filter(user=person).exists()
        and not Toeleider.everyone.filter(user=person)
        .exclude(gemeente=toeleider.gemeente_id)
        .exists()
    )


def can_hand_out_contact_code(user: User, contact: Contactpersoon) -> bool:
    """May `user` print a code with which the private person of an own proposal signs in? A code
    is a key to the whole account, so only to one that signs for people whom `user` follows and
    opens nothing else."""
    person = contact.user
    signs_for = Deelname._base_manager.filter(contact__user=person)
    followed = signs_for.filter(traject__in=Traject._base_manager.filter(_caseload(user)))
    return (
        contact.organisatie_id is None
        and is_own_account(person, contact.gemeente)
        and Contactpersoon.everyone.valid().filter(pk=contact.pk).exists()
        and not Contactpersoon.everyone.filter(user=person, organisatie__isnull=False).exists()
        and not Invaller.everyone.filter(user=person).exists()
        and followed.exists()
        and followed.count() == signs_for.count()
    )


def opens_for(user: User) -> set[int]:
    """The agencies for which `user` may open a dossier in their own caseload."""
    return agentschap_ids(user, Rol.Kind.TRAJECTBEGELEIDER)


def _by_traject(user: User) -> Q:
    return Q(traject__in=_trajects(user))


def _lines(user: User) -> Q:
    return _by_traject(user) | _of_own_organisation(user, "deelname__")


def _to_the_gemeente(user: User) -> Q:
    return Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))


def _accompanied(user: User) -> Q:
    """What a toeleider was asked for, as long as it is to come."""
    return Q(
        toeleider__in=Toeleider.everyone.valid().filter(user=user),
        state__in=[EersteKeer.State.TOEGEWEZEN, EersteKeer.State.BEVESTIGD],
    )


def accompanied(user: User) -> QuerySet[EersteKeer]:
    """The first times that `user` comes along to as a toeleider, the first one first."""
    return EersteKeer.objects.filter(_accompanied(user)).order_by("at", "pk")


_RULES: dict[type, Callable[[User], Q]] = {
    # By key, not by joining trajecten: somebody with two would stand there twice.
    Inburgeraar: lambda user: (
        Q(user=user) | Q(pk__in=Traject._base_manager.filter(_caseload(user)).values("inburgeraar"))
    ),
    Traject: lambda user: Q(pk__in=_trajects(user)),
    Deelname: lambda user: _by_traject(user) | _of_own_organisation(user),
    Verzoek: lambda user: (
        Q(deelname__traject__in=_trajects(user)) | _of_own_organisation(user, "deelname__")
    ),
    Stap: _by_traject,
    Kaart: _by_traject,
    Regel: _lines,
    RegelTekst: lambda user: (
        Q(regel__traject__in=_trajects(user)) | _of_own_organisation(user, "regel__deelname__")
    ),
    Bevestiging: _lines,
    Dagtotaal: _by_traject,
    Hoofd: _by_traject,
    Wensen: _by_traject,
    Voorstel: _by_traject,
    VoorstelDag: lambda user: Q(voorstel__traject__in=_trajects(user)),
    # A gemeente sees the row; of the traject behind it no view of the gemeente reads anything.
    Zoekvraag: lambda user: _by_traject(user) | _to_the_gemeente(user),
    Toeleider: lambda user: Q(user=user) | _to_the_gemeente(user),
    EersteKeer: lambda user: _by_traject(user) | _to_the_gemeente(user) | _accompanied(user),
    Aanmelding: lambda user: Q(user=user),
    Favoriet: lambda user: Q(user=user),
}
