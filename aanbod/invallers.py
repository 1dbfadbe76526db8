"""Stand-ins: somebody who signs for an organisatie on one day, named by a contact person of it or
by an editor of the gemeente (trust.md §2). Who may sign what is bewijzen's to say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod import contacts, permissions
from aanbod.models import ActiviteitPage, Contactpersoon, Invaller, Organisatie
from aanbod.sessies import BRUSSELS
from gemeenten import outbox
from gemeenten.days import long_day
from gemeenten.models import Gemeente, GemeentePage, User

#: The day in words of the receiver's language.
_in_words = lazy(long_day, str)

#: Days ahead that somebody can be asked for.
LONGEST_AHEAD = 92


class InvallerRefused(ValueError):
    """Why somebody cannot stand in; its text is said to who names them."""


@dataclass(frozen=True)
class NewInvaller:
    """Somebody for one day. One way to reach them or none, as with a contact person; `page` is
    the activity, None for all of the organisatie."""

    name: str
    day: date
    email: str = ""
    mobile: str = ""
    language: str = "nl"
    page: ActiviteitPage | None = None


def activities(gemeente: Gemeente, organisatie: Organisatie) -> list[ActiviteitPage]:
    """The activities that somebody can stand in for."""
    landing = GemeentePage.objects.filter(gemeente=gemeente).first()
    if landing is None:
        return []
    rows = ActiviteitPage.objects.filter(organisatie=organisatie, path__startswith=landing.path)
    return list(rows.order_by("title", "pk"))


@transaction.atomic
def name(
    gemeente: Gemeente, organisatie: Organisatie, new: NewInvaller, *, by: User, now: datetime
) -> Invaller:
    """Name a stand-in for a day. Raises InvallerRefused."""
    _check(gemeente, organisatie, new, by, now)
    user = contacts.account(new.name, new.email, new.mobile, new.language)
    same = Contactpersoon.everyone.filter(user=user, gemeente=gemeente, organisatie=organisatie)
    if same.valid(new.day).exists():
        raise InvallerRefused(_("Deze persoon tekent al voor jullie organisatie."))
    try:
        with transaction.atomic():
            invaller = Invaller.everyone.create(
                user=user,
                gemeente=gemeente,
                organisatie=organisatie,
                page=new.page,
                name=new.name,
                language=new.language,
                day=new.day,
                sign_until=new.day + timedelta(days=settings.INVALLER_DAYS),
                named_by=by,
                named_at=now,
            )
    except IntegrityError:
        raise InvallerRefused(_("Deze persoon valt die dag al in.")) from None
    _tell(invaller, by, now)
    return invaller


def _check(
    gemeente: Gemeente, organisatie: Organisatie, new: NewInvaller, by: User, now: datetime
) -> None:
    if not permissions.can_name_stand_in(by, organisatie, gemeente):
        raise InvallerRefused(_("Jij kan hier geen invaller kiezen. Vraag het aan de gemeente."))
    today = now.astimezone(BRUSSELS).date()
    if new.day < today - timedelta(days=settings.INVALLER_DAYS):
        raise InvallerRefused(
            _("Deze dag is te lang geleden. Teken de uren zelf, of vraag het aan de gemeente.")
        )
    if new.day > today + timedelta(days=LONGEST_AHEAD):
        raise InvallerRefused(_("Deze dag is te ver weg. Kies een dag in de komende drie maanden."))
    if new.page is not None and new.page not in activities(gemeente, organisatie):
        raise InvallerRefused(_("Deze activiteit is niet van jullie organisatie. Kies een andere."))


def _tell(invaller: Invaller, by: User, now: datetime) -> None:
    """Say what is asked of a stand-in; opening the address signs nobody in."""
    if not invaller.user.email:
        return
    outbox.tell(
        invaller.user,
        subject=_("Je valt in bij een activiteit"),
        text=format_lazy(
            "{}\n\n{}\n{}\n\n{}",
            format_lazy(
                _("Dag. Op {day} val je in bij {name}. Jij tekent die dag wie er was."),
                day=_in_words(invaller.day),
                name=invaller.organisatie.name,
            ),
            _("Dat doe je op deze pagina:"),
            f"{settings.BASE_URL}/{invaller.language}/tekenen/",
            _("Vraag daar een code met dit e-mailadres. Je tekent alleen de uren van die dag."),
        ),
        key=f"invaller/{invaller.pk}",
        now=now,
        sender=by,
        language=invaller.language,
        contact_gemeente=invaller.gemeente,
    )


def end(invaller: Invaller, *, by: User, now: datetime) -> bool:
    """The stand-in signs nothing more; the row stays, with who ended it. False when it had ended
    already."""
    rows = Invaller.everyone.filter(pk=invaller.pk, ended_at__isnull=True)
    return bool(rows.update(ended_at=now, ended_by=by))
