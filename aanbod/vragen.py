"""A visitor's question to the contact persons of an activity, who answer if they can.

The visitor sees no address, and nobody can be flooded: the limits hold for an activity and for a
person, however many visitors there are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aanbod.details import day_of
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht, User

#: Questions in 24 hours: about one activity, and to one person about all of theirs.
MOST_FOR_PAGE, MOST_FOR_PERSON = 10, 20
DAY = timedelta(hours=24)


class TooMany(Exception):
    """There were so many questions today that this one is not passed on."""


class Nobody(Exception):
    """Nobody of this activity reads mail."""


@dataclass(frozen=True)
class Vraag:
    """What a visitor typed."""

    text: str
    #: Both empty when they did not say so.
    name: str
    #: An e-mail address or a phone number.
    reply: str


def receivers(page: ActiviteitPage, *, now: datetime) -> list[Contactpersoon]:
    """Who gets the question: those named first on the activity, else everyone of its organisatie
    there; with an e-mail address, because others would not read it in time."""
    with acting_as(System("vraag")):
        valid = Contactpersoon.objects.valid(day_of(now)).filter(user__email__gt="")
        named = ActiviteitContact.objects.filter(page=page).order_by("deputy")
        by_turn: dict[int, list[int]] = {}
        for deputy, contact in named.values_list("deputy", "contactpersoon"):
            by_turn.setdefault(deputy, []).append(contact)
        for turn in by_turn.values():
            if found := list(valid.filter(pk__in=turn).select_related("user", "gemeente")):
                return found
        there = valid.filter(organisatie=page.organisatie_id, gemeente=page.gemeente)
        return list(there.select_related("user", "gemeente"))


def send(page: ActiviteitPage, vraag: Vraag, *, intent: UUID, now: datetime) -> None:
    """Pass a question on; the same `intent` twice is one question.

    Raises Nobody when nobody reads mail, and TooMany when a limit is reached.
    """
    with acting_as(System("vraag")), transaction.atomic():
        # Who asks at the same time waits here, or all of them would still be under the limit.
        ActiviteitPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page.pk)
        people = receivers(page, now=now)
        if not people:
            raise Nobody
        users = sorted({contact.user_id for contact in people})
        list(User.objects.select_for_update(no_key=True).filter(pk__in=users).order_by("pk"))
        if Bericht.objects.filter(key__startswith=f"vraag:{page.pk}:{intent.hex}:").exists():
            return
        if _asked_about(page, now) >= MOST_FOR_PAGE:
            raise TooMany
        free = [contact for contact in people if _asked_of(contact.user, now) < MOST_FOR_PERSON]
        if not free:
            raise TooMany
        for contact in free:
            _tell(contact, page, vraag, intent, now)


def _asked_about(page: ActiviteitPage, now: datetime) -> int:
    keys = Bericht.objects.filter(key__startswith=f"vraag:{page.pk}:", created_at__gt=now - DAY)
    return len({key.split(":")[2] for key in keys.values_list("key", flat=True)})


def _asked_of(user: User, now: datetime) -> int:
    rows = Bericht.objects.filter(receiver=user, key__startswith="vraag:")
    return rows.filter(created_at__gt=now - DAY).count()


def _tell(
    contact: Contactpersoon, page: ActiviteitPage, vraag: Vraag, intent: UUID, now: datetime
) -> None:
    with override(contact.language):
        text = _words(page, vraag)
    outbox.tell(
        contact.user,
        subject=_("Een vraag over je activiteit"),
        text=text,
        key=f"vraag:{page.pk}:{intent.hex}:{contact.user_id}",
        now=now,
        language=contact.language,
        contact_gemeente=contact.gemeente,
    )


def _words(page: ActiviteitPage, vraag: Vraag) -> str:
    lines = [str(_("Iemand vraagt iets over “%(title)s”:") % {"title": page.title}), vraag.text]
    if vraag.name:
        lines.append(str(_("Naam: %(name)s") % {"name": vraag.name}))
    if vraag.reply:
        lines.append(str(_("Antwoord hier: %(reply)s") % {"reply": vraag.reply}))
    else:
        lines.append(str(_("Deze persoon gaf geen nummer of adres. Je kan niet antwoorden.")))
    return "\n\n".join(lines)
