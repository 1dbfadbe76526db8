"""What a colleague sees of the questions whether activities still hold: those that nobody
answered, and what its organisation wants back online."""

from datetime import UTC, datetime

from django.urls import reverse
from django.utils.formats import date_format

from aanbod import navraag
from aanbod.models import Navraag
from aanbod.navraag import NEXT_WORDS, Step
from aanbod.waiting import Item, NotApproved, Source
from gemeenten.models import Gemeente, User

SOURCE_NAME = "navraag"
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
BACK = "De organisatie zegt dat ze nog klopt. Met één klik staat ze terug online, zoals ze was."
NOBODY = "Niemand van de organisatie heeft een e-mailadres. Bel ze."
STATES = {
    Step.GEVRAAGD: "niet te bereiken",
    Step.HERINNERD: "geen antwoord",
    Step.LAGER: "geen antwoord, lager",
    Step.OFFLINE: "geen antwoord, offline",
}


def waiting(gemeente: Gemeente) -> list[Item]:
    rows = navraag.open_rows([gemeente.pk]).select_related("page__organisatie").order_by("pk")
    return [_item(row) for row in rows]


def count(gemeente_ids: list[int]) -> int:
    return navraag.open_rows(gemeente_ids).count()


def _item(row: Navraag) -> Item:
    back = navraag.waits_to_go_back(row)
    return Item(
        source=SOURCE_NAME,
        pk=row.page_id,
        title=row.page.title,
        state="klopt nog" if back else STATES[Step(row.step)],
        since=(row.answered_at if back else row.step_at) or LONG_AGO,
        url=reverse("redactie:navraag", args=[row.page_id]),
        organisatie=row.page.organisatie,
        page_id=row.page_id,
        hints=[BACK] if back else _hints(row),
        approvable=back,
        version=_version(row),
    )


def _hints(row: Navraag) -> list[str]:
    next_on = navraag.next_day(row)
    coming = [f"{NEXT_WORDS[row.step]} op {date_format(next_on, 'j F Y')}."] if next_on else []
    return coming if row.reached else [NOBODY, *coming]


def _version(row: Navraag) -> str:
    return f"{row.step}{row.answer}"


def approve(gemeente: Gemeente, item: Item, by: User, now: datetime) -> str:
    """Put it online again. Raises NotApproved with what stands in the way, LookupError when it
    no longer waits in that gemeente."""
    row = navraag.open_rows([gemeente.pk]).filter(pk=item.pk).first()
    if row is None or _version(row) != item.version:
        raise LookupError(item.pk)
    try:
        page = navraag.put_back(item.pk, by=by, now=now)
    except navraag.NotPossible as refusal:
        raise NotApproved(str(refusal)) from None
    return f"“{page.title}” staat terug online."


SOURCE = Source(SOURCE_NAME, "Klopt het nog?", waiting, count, approve)
