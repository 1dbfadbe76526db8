"""Places and the waiting list: how many are free, who is first, and a place that is kept for them.

A place that frees up is offered to the first in line, who says yes within PLACE_TERM_DAYS; till
then it counts as taken. Everything here runs with the activity locked, **before** any deelname of
it, so that two freed places at once do not go to the same person, nor one place to two.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod import indexing
from aanbod.models import ActiviteitPage
from aanbod.templatetags.aanbod import clock
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Deelname, Traject
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.days import digits, long_day

State = Deelname.State
_in_words = lazy(long_day, str)
_clock = lazy(lambda moment: digits(clock(moment)), str)


def day_in_words(moment: datetime) -> Any:
    """ "dinsdag 24 november", in the language of who reads it."""
    return _in_words(moment.astimezone(BRUSSELS).date())


def clock_in_words(moment: datetime) -> Any:
    """ "19.00" on a clock in Brussels, in the language of who reads it."""
    return _clock(moment.astimezone(BRUSSELS))


def taken(page_id: int) -> int:
    """How many take part; acts as the system, because a number is no person."""
    with acting_as(System("deelname")):
        return Deelname.objects.filter(page=page_id, state=State.DEELNEMER).count()


def kept(page_id: int) -> int:
    """How many places are kept for who is on the waiting list."""
    with acting_as(System("deelname")):
        return Deelname.objects.filter(page=page_id, offered_until__isnull=False).count()


def locked_page(page_id: int) -> ActiviteitPage:
    return ActiviteitPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page_id)


def is_full(page: ActiviteitPage, *, but: Deelname | None = None) -> bool:
    """Is no place of a locked activity left? The one that is kept for `but` is left for them."""
    if page.capacity is None:
        return False
    own = but is not None and but.offered_until is not None
    return taken(page.pk) + kept(page.pk) - own >= page.capacity


def count(page_id: int) -> None:
    """Tell the offer how many places are taken or kept."""
    indexing.set_places_taken(page_id, taken(page_id) + kept(page_id))


def queue(page_id: int) -> QuerySet[Deelname]:
    """Who is on the waiting list, the first one first."""
    rows = Deelname.objects.filter(page=page_id, state=State.WACHTLIJST)
    return rows.order_by(Coalesce("queued_at", "created_at"), "created_at", "pk")


def positions(deelnames: Iterable[Deelname]) -> dict[UUID, int]:
    """The place in line (1 is first) of those who are on a waiting list: one query."""
    waiting = {one.pk for one in deelnames if one.state == State.WACHTLIJST}
    pages = {one.page_id for one in deelnames if one.pk in waiting}
    found: dict[UUID, int] = {}
    so_far: dict[int | None, int] = defaultdict(int)
    if not waiting:
        return found
    with acting_as(System("wachtlijst")):
        rows = Deelname.objects.filter(page__in=pages, state=State.WACHTLIJST).order_by(
            Coalesce("queued_at", "created_at"), "created_at", "pk"
        )
        for pk, page in rows.values_list("pk", "page"):
            so_far[page] += 1
            if pk in waiting:
                found[pk] = so_far[page]
    return found


def offer_free(page: ActiviteitPage, *, now: datetime) -> int:
    """Offer each free place of a locked activity to who is first in line; how many.

    Not while it is offline or in its pause. Without a number of places nothing frees up: then the
    contact person says who comes from the waiting list.
    """
    if page.capacity is None or not page.live or page.is_paused(now.astimezone(BRUSSELS).date()):
        return 0
    with acting_as(System("wachtlijst")):
        free = page.capacity - taken(page.pk) - kept(page.pk)
        first = (
            queue(page.pk)
            .filter(offered_until__isnull=True)
            .exclude(traject__state=Traject.State.STOPGEZET)
            .select_related("traject__inburgeraar__user")
        )[: max(0, free)]
        offered = list(first)
        for deelname in offered:
            _offer(deelname, now)
    return len(offered)


def _offer(deelname: Deelname, now: datetime) -> None:
    last_day = now.astimezone(BRUSSELS).date() + timedelta(days=settings.PLACE_TERM_DAYS)
    deelname.offered_until = datetime.combine(last_day, time(23, 59, 59), BRUSSELS)
    deelname.save(update_fields=["offered_until"])
    outbox.tell(
        deelname.traject.inburgeraar.user,
        subject=_("Er is een plaats voor jou"),
        text=format_lazy(
            _(
                "Er is een plaats vrij bij {title}. Wil je die? Zeg ja op je eigen pagina in "
                "Veertig, ten laatste op {day}. Daarna is de plaats voor de volgende."
            ),
            title=deelname.title,
            day=day_in_words(deelname.offered_until),
        ),
        key=f"plaats/{deelname.pk}/{deelname.offered_until:%Y%m%d}/{deelname.asked_times}",
        now=now,
    )
