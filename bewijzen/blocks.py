"""Lived time as people type it: a day, clock times or hours, in Brussels."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bewijzen.ledger import BRUSSELS, EARLIEST_DAY, Block
from bewijzen.models import Bevestiging, Deelname
from bewijzen.refusals import Refusal

#: What is asked before it is written; it never refuses (domain.md, softer limits).
DOUBTS = {
    "many_hours": _("Dat is meer dan 10 uur op één dag. Klopt dat?"),
    "over_midnight": _("Dit loopt door tot na middernacht. Kloppen de uren?"),
    "long_ago": _("Deze dag is meer dan drie maanden geleden. Kloppen de dag en het jaar?"),
    "same_day": _("Voor die dag staan al uren bij deze activiteit. Komen deze er nog bij?"),
}


def block_on(
    day: date, van: time | None, tot: time | None, minutes: int | None, *, now: datetime
) -> Block:
    """A block on a Brussels day: from `van` to `tot`, only `minutes`, or so many minutes within
    the two. An end before the start lies on the next day. Raises `Refusal`."""
    if day < EARLIEST_DAY:
        raise Refusal("long_ago")
    if day > now.astimezone(BRUSSELS).date():
        raise Refusal("future")
    if van is None and tot is None:
        return Block(day, minutes or 0)
    if van is None or tot is None:
        raise Refusal("half_a_block")
    if van == tot:
        raise Refusal("no_minutes")
    end_day = day if tot > van else day + timedelta(days=1)
    whole = Block.between(_utc(day, van), _utc(end_day, tot))
    return whole if minutes is None else replace(whole, day=day, minutes=minutes)


def _utc(day: date, clock: time) -> datetime:
    # In UTC, because two Brussels times subtract as if the clock never changed.
    return datetime.combine(day, clock, BRUSSELS).astimezone(UTC)


def doubts(deelname: Deelname | None, block: Block, intent: UUID, *, today: date) -> list[str]:
    """Codes of DOUBTS to ask about before signing. Lines of this same `intent` raise none: a
    repetition is harmless."""
    found = []
    if block.minutes > settings.MANY_HOURS_A_DAY_MINUTES:
        found.append("many_hours")
    if today - block.day > timedelta(days=settings.CONFIRM_BACK_DAYS):
        found.append("long_ago")
    if deelname is None:  # a whole meeting: its times are the activity's own
        return found
    if block.tot is not None and block.tot.astimezone(BRUSSELS).date() > block.day:
        found.append("over_midnight")
    if incomparable(deelname.pk, block, intent).exists():
        found.append("same_day")
    return found


def incomparable(deelname: UUID, block: Block, intent: UUID) -> QuerySet[Bevestiging]:
    """Other valid hours of that day that the database cannot compare with `block`, because these
    or those have no clock times: maybe they are the same hours."""
    others = Bevestiging.objects.filter(deelname=deelname, day=block.day)
    if block.van is not None:
        others = others.filter(block__isnull=True)
    return others.exclude(regel__intent=intent)
