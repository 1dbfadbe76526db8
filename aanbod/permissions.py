"""Who may see and do what with the rows of this app."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from aanbod import organisaties
from aanbod.models import (
    ActiviteitContact,
    Bezoek,
    Contactpersoon,
    Invaller,
    Invoer,
    Inzending,
    Nalezing,
    Organisatie,
    Organisatielink,
    Zoekopdracht,
    Zoekwoord,
)
from gemeenten.models import Bericht, Gemeente, Rol, User
from gemeenten.permissions import (
    agentschap_ids,
    can_edit_offer,
    gemeente_ids,
    translated_gemeente_ids,
)
from gemeenten.tree import own_pages


def contact_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The municipalities whose contact persons `user` looks after."""
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

    A code is a key to the whole account, so only to one that is this gemeente's own.
    """
    return can_edit_contacts(user, contact.gemeente) and is_own_account(
        contact.user, contact.gemeente
    )


def is_own_account(person: User, gemeente: Gemeente) -> bool:
    """Is this account of `gemeente` alone: without e-mail address, without a staff role or a
    traject, known in no other gemeente?"""
    rows = User.objects.filter(pk=person.pk)
    people = (Contactpersoon.everyone, Invaller.everyone)
    return (
        person.is_active
        and not person.email
        and not Rol.everyone.filter(user=person).exists()
        and not rows.filter(inburgeraar__isnull=False).exists()
        # A toeleider opens meetings of people, wherever; by relation, as inburgeraar.
        and not rows.filter(toeleiders__isnull=False).exists()
        and not any(
            found.filter(user=person).exclude(gemeente=gemeente).exists() for found in people
        )
    )


def can_name_stand_in(user: User, organisatie: Organisatie, gemeente: Gemeente) -> bool:
    """Whoever signs for the organisatie there, and the editors of the gemeente."""
    return can_edit_contacts(user, gemeente) or signs_for(user, organisatie, gemeente)


def signs_for(user: User, organisatie: Organisatie, gemeente: Gemeente) -> bool:
    mine = Contactpersoon.everyone.valid().filter(user=user)
    return mine.filter(organisatie=organisatie, gemeente=gemeente).exists()


def can_hand_out_stand_in_code(user: User, invaller: Invaller) -> bool:
    """May `user` show a code with which this stand-in signs in? A contact person only for an
    account that does nothing but stand in for their own organisatie."""
    person = invaller.user
    if not is_own_account(person, invaller.gemeente) or invaller.ended_at is not None:
        return False
    if can_edit_contacts(user, invaller.gemeente):
        return True
    others = Invaller.everyone.filter(user=person).exclude(organisatie=invaller.organisatie)
    does_more = others.exists() or Contactpersoon.everyone.filter(user=person).exists()
    return signs_for(user, invaller.organisatie, invaller.gemeente) and not does_more


def can_edit_organisatie(user: User, organisatie: Organisatie, gemeente: Gemeente) -> bool:
    """May `user`, from `gemeente`, change the public facts? An editor of a gemeente where it is
    active. Where it was only written down, only as long as it is active nowhere else: its facts
    are shared, and those who work with it know them best."""
    return can_edit_contacts(user, gemeente) and (
        organisaties.has_work_in(organisatie, gemeente)
        or not organisaties.is_shared(organisatie, gemeente)
    )


def deliveries(user: User, people: Iterable[int]) -> QuerySet:
    """Of each of `people` the last mail that they got as a contact person of a gemeente whose
    editor `user` is: state and times, never what it says, and nothing that others sent them."""
    rows = Bericht._base_manager.filter(
        receiver__in=people,
        contact_gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS),
        channel=Bericht.Channel.MAIL,
    )
    last = rows.order_by("receiver", "contact_gemeente", "-created_at", "-pk")
    return last.distinct("receiver", "contact_gemeente").values(
        "receiver", "contact_gemeente", "state", "created_at", "sent_at", "attempts"
    )


def public_contacts(on: date) -> QuerySet[Contactpersoon]:
    """Those who let everybody see how to reach them, whoever asks. They sign on that day."""
    return Contactpersoon.everyone.valid(on).filter(is_public=True)


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


def counted_gemeenten(user: User) -> QuerySet[Gemeente]:
    """The active municipalities whose counts of visits, searches and questions `user` sees."""
    return contact_gemeenten(user).filter(active=True)


def _counts(user: User) -> Q:
    return Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS))


_RULES: dict[type, Callable[[User], Q]] = {
    Nalezing: lambda user: Q(page__in=own_pages(user).values("pk")),
    Contactpersoon: _visible_contact_persons,
    ActiviteitContact: lambda user: Q(
        contactpersoon__in=Contactpersoon._base_manager.filter(_visible_contact_persons(user))
    ),
    Invaller: _visible_stand_ins,
    Invoer: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
    Inzending: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
    Organisatielink: lambda user: Q(gemeente__in=gemeente_ids(user, *Rol.GEMEENTE_KINDS)),
    Bezoek: _counts,
    Zoekopdracht: _counts,
    Zoekwoord: _counts,
}
