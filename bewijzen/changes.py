"""What changes in the offer is told to who takes part, and to the contact persons: a date that is
off or moved, an activity that pauses or goes offline, and a place more.

aanbod says that something changed and knows nobody; here is who hears it, in the transaction that
changes it and in the reader's own language.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_unpublished

from aanbod.dates import date_changed
from aanbod.models import ActiviteitPage, Sessie, activiteit_saved
from bewijzen import participation, wachtlijst
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Deelname
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.days import month_day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_in_words = lazy(month_day, str)


def connect() -> None:
    date_changed.connect(_date_changed, sender=Sessie)
    activiteit_saved.connect(_saved, sender=ActiviteitPage)
    page_unpublished.connect(_unpublished, sender=ActiviteitPage)


def _date_changed(sessie: Sessie, before: datetime, now: datetime, **kwargs: Any) -> None:
    with acting_as(System("datum")):
        # Who was told to come then is told of the new moment, and finds it on the own page.
        Deelname.objects.filter(first_sessie=sessie).update(
            first_at=None if sessie.state == Sessie.State.AFGELAST else sessie.van
        )
    title = sessie.page.title
    subject, text = _date_words(sessie, before, title)
    key = f"datum/{sessie.pk}/{now:%Y%m%d%H%M%S}"
    _tell_everyone(sessie.page, subject, text, key, now, states=[Deelname.State.DEELNEMER])


def _date_words(
    sessie: Sessie, before: datetime, title: str
) -> "tuple[StrOrPromise, StrOrPromise]":
    then = {
        "title": title,
        "day": wachtlijst.day_in_words(before),
        "clock": wachtlijst.clock_in_words(before),
    }
    new = {
        "new_day": wachtlijst.day_in_words(sessie.van),
        "new_clock": wachtlijst.clock_in_words(sessie.van),
    }
    if sessie.state == Sessie.State.AFGELAST:
        words = _("{title} van {day}, {clock}, gaat niet door. Waarom: {reason}.")
        reason = sessie.reason.rstrip(".")
        return _("Een datum gaat niet door"), format_lazy(words, reason=reason, **then)
    if sessie.state == Sessie.State.VERPLAATST:
        words = _(
            "{title} van {day}, {clock}, is op een ander moment: {new_day}, {new_clock}. "
            "Waarom: {reason}."
        )
        reason = sessie.reason.rstrip(".")
        return _("Een datum is veranderd"), format_lazy(words, reason=reason, **then, **new)
    words = _("{title} is toch zoals eerst: {new_day}, {new_clock}.")
    return _("Een datum is veranderd"), format_lazy(words, title=title, **new)


def _saved(instance: ActiviteitPage, **kwargs: Any) -> None:
    """A pause is told once, when it is known; a number of places that was raised is filled."""
    now = timezone.now()
    today = now.astimezone(BRUSSELS).date()
    if not instance.live:
        return
    if instance.paused_from and instance.paused_until and instance.paused_until >= today:
        _tell_pause(instance, instance.paused_from, instance.paused_until, now)
    with acting_as(System("wachtlijst")):
        if instance.capacity is None or not wachtlijst.queue(instance.pk).exists():
            return
        wachtlijst.offer_free(wachtlijst.locked_page(instance.pk), now=now)
        wachtlijst.count(instance.pk)


def _tell_pause(page: ActiviteitPage, first: date, last: date, now: datetime) -> None:
    text = format_lazy(
        _("{title} is er even niet: van {first} tot en met {last}. Daarna gaat het verder."),
        title=page.title,
        first=_in_words(first),
        last=_in_words(last),
    )
    key = f"pauze/{page.pk}/{first:%Y%m%d}/{last:%Y%m%d}"
    _tell_everyone(page, _("Een activiteit is er even niet"), text, key, now)


def _unpublished(instance: ActiviteitPage, **kwargs: Any) -> None:
    now = timezone.now()
    text = format_lazy(
        _(
            "{title} staat niet meer op Veertig. Vraag aan de contactpersoon of het nog doorgaat. "
            "Uren van vroeger kunnen nog getekend worden."
        ),
        title=instance.title,
    )
    key = f"offline/{instance.pk}/{now:%Y%m%d%H%M%S}"
    _tell_everyone(instance, _("Een activiteit is van Veertig gehaald"), text, key, now)


def _tell_everyone(
    page: ActiviteitPage,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    key: str,
    now: datetime,
    *,
    states: list[str] | None = None,
) -> None:
    """Those who take part (or, without `states`, wait to), and the contact persons."""
    with acting_as(System("aanbod")):
        rows = participation.of_activity(page).select_related("traject__inburgeraar__user")
        people = [
            row.traject.inburgeraar.user for row in rows if states is None or row.state in states
        ]
        contacts = participation.contacts_of_page(page) if people else []
    for person in people:
        outbox.tell(person, subject=subject, text=text, key=f"{key}/{person.pk}", now=now)
    for contact in contacts:
        outbox.tell(
            contact.user,
            subject=subject,
            text=text,
            key=f"{key}/c{contact.user_id}",
            now=now,
            contact_gemeente=contact.gemeente,
        )
