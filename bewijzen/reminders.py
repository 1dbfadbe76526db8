"""A word the evening before a meeting, to who asked for it."""

from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod.models import Sessie
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Deelname, Traject
from gemeenten import outbox
from gemeenten.acting import System, acting_as

_OVER = [Traject.State.STOPGEZET, Traject.State.GEPAUZEERD]


def remind_of_tomorrow(*, today: date, now: datetime) -> int:
    """Tell each participant who wants it what is on tomorrow, once a meeting; how many words."""
    with acting_as(System("herinneringen")):
        sessies: dict[int, list[Sessie]] = {}
        for sessie in Sessie.objects.filter(van__date=today + timedelta(days=1)).exclude(
            state=Sessie.State.AFGELAST
        ):
            sessies.setdefault(sessie.page_id, []).append(sessie)
        deelnames = (
            Deelname.objects.filter(
                page__in=sessies,
                page__live=True,
                state=Deelname.State.DEELNEMER,
                traject__inburgeraar__remind_me=True,
                traject__inburgeraar__user__is_active=True,
            )
            .exclude(traject__state__in=_OVER)
            .select_related("traject__inburgeraar__user", "page")
        )
        told = [
            _tell(deelname, sessie, now)
            for deelname in deelnames
            for sessie in sessies[deelname.page_id or 0]
        ]
    return sum(told)


def _tell(deelname: Deelname, sessie: Sessie, now: datetime) -> bool:
    van = sessie.van.astimezone(BRUSSELS)
    place = deelname.page.place_name or deelname.page.street if deelname.page else ""
    text = format_lazy(
        "{} {}: {}{}{}.",
        _("Morgen om"),
        f"{van:%H.%M}",
        deelname.title,
        ", " if place else "",
        place,
    )
    bericht = outbox.tell(
        deelname.traject.inburgeraar.user,
        subject=_("Morgen heb je een activiteit"),
        text=text,
        key=f"morgen/{sessie.pk}/{deelname.pk}/{van:%Y%m%d%H%M}",
        now=now,
    )
    return bericht is not None
