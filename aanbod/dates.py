"""Cancelling, moving and restoring one date of an activity. What everybody finds follows in the
same transaction."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal

from aanbod import indexing, sessies
from aanbod.models import ActiviteitPage, Sessie

NO_REASON = "Vul een reden in. Iedereen leest die op de pagina, bijvoorbeeld: de zaal is dicht."
PAST = "Deze datum is al begonnen. Je kan ze niet meer veranderen."
IN_THE_PAST = "Dat moment is al voorbij. Kies een later moment."
TOO_FAR = "Dat is meer dan een jaar ver. Kies een vroegere datum."
SAME_CLOCK = "Het begin en het einde zijn gelijk. Vul in hoe laat het eindigt."
TAKEN = "Op dat moment is er al een andere datum van deze activiteit. Kies een ander moment."

#: A date is off, moved or back: `sessie`, `before` (when it began until now) and `now`. In the same
#: transaction, for those who tell who takes part.
date_changed = Signal()


class DateRefused(Exception):
    """With a sentence for the editor."""


def coming(page: ActiviteitPage, *, now: datetime) -> QuerySet[Sessie]:
    """The dates of `page` that are not over, the first one first."""
    return Sessie.objects.filter(page=page, tot__gt=now).order_by("van")


@transaction.atomic
def cancel(pk: int, reason: str, *, now: datetime) -> Sessie:
    """Say that a date is off; it stays on the page, with the reason. Raises DateRefused."""
    sessie = _changeable(pk, now)
    sessie.state, sessie.reason = Sessie.State.AFGELAST, _reason(reason)
    return _save(sessie, sessie.van, now)


@transaction.atomic
def move(pk: int, day: date, start: time, end: time, reason: str, *, now: datetime) -> Sessie:
    """Put a date on another day or hour, in Brussels clock time. Raises DateRefused."""
    sessie = _changeable(pk, now)
    if start == end:
        raise DateRefused(SAME_CLOCK)
    today = now.astimezone(sessies.BRUSSELS).date()
    if day < today:
        raise DateRefused(IN_THE_PAST)
    if day > today + sessies.AHEAD:
        raise DateRefused(TOO_FAR)
    van, tot = sessies.block(day, start, end)
    if van <= now:
        raise DateRefused(IN_THE_PAST)
    others = Sessie.objects.filter(page=sessie.page_id, van=van).exclude(pk=sessie.pk)
    if others.exclude(state=Sessie.State.AFGELAST).exists():
        raise DateRefused(TAKEN)
    before = sessie.van
    sessie.van, sessie.tot, sessie.moments = van, tot, sessies.moments_of(van)
    sessie.state, sessie.reason = Sessie.State.VERPLAATST, _reason(reason)
    return _save(sessie, before, now)


@transaction.atomic
def restore(pk: int, *, now: datetime) -> Sessie | None:
    """Put a cancelled or moved date back as the rule gave it; None when the rule gives it no
    longer. Raises DateRefused when that moment has passed."""
    sessie = _changeable(pk, now)
    before = sessie.van
    if sessie.by_rule:
        if sessie.by_rule <= now:
            raise DateRefused(IN_THE_PAST)
        day = sessie.by_rule.astimezone(sessies.BRUSSELS).date()
        planned = sessies.planned(sessie.page, from_day=day, until_day=day)
        length = sessie.tot - sessie.van
        sessie.van, sessie.moments = sessie.by_rule, sessies.moments_of(sessie.by_rule)
        sessie.tot = planned.get(sessie.by_rule, sessie.by_rule + length)
    sessie.state, sessie.reason = Sessie.State.GEPLAND, ""
    sessie.save()
    sessies.refresh(sessie.page, now=now)
    _index(sessie.page, now)
    back = Sessie.objects.filter(pk=pk).first()
    if back is not None:
        date_changed.send(sender=Sessie, sessie=back, before=before, now=now)
    return back


def _changeable(pk: int, now: datetime) -> Sessie:
    """The date, its page locked first: publishing takes them in the same order."""
    page_id = Sessie.objects.values_list("page_id", flat=True).get(pk=pk)
    ActiviteitPage.objects.select_for_update(no_key=True).get(pk=page_id)
    sessie = Sessie.objects.select_related("page").get(pk=pk)
    if sessie.van <= now:
        raise DateRefused(PAST)
    return sessie


def _reason(reason: str) -> str:
    if not reason.strip():
        raise DateRefused(NO_REASON)
    return reason.strip()


def _save(sessie: Sessie, before: datetime, now: datetime) -> Sessie:
    sessie.save()
    _index(sessie.page, now)
    date_changed.send(sender=Sessie, sessie=sessie, before=before, now=now)
    return sessie


def _index(page: ActiviteitPage, now: datetime) -> None:
    if page.live:
        indexing.index(page, now=now)
