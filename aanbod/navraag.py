"""Does an activity still hold? Its organisation is asked, and who does not answer comes lower and
then goes offline.

The ladder: asked; reminded; lower in the results; offline. `manage.py navraag` takes the steps,
at most one a night for an activity, and each step says beforehand what the next one is and when.
A term counts from the day on which the step before it was really taken, so a command that did
not run for weeks makes everything later and skips nothing. The terms are settings: no source
fixes them.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log

from aanbod import indexing
from aanbod.models import (
    ActiviteitContact,
    ActiviteitPage,
    Contactpersoon,
    Inzending,
    Navraag,
    Organisatie,
)
from aanbod.navraag_mails import tell_contacts, tell_editors
from aanbod.sessies import BRUSSELS
from gemeenten.acting import System, acting_as
from gemeenten.models import Gemeente, GemeentePage, User

Step = Navraag.Step
Answer = Navraag.Answer
Via = Navraag.Via

#: In the page's history.
UNANSWERED = "aanbod.unanswered"
REASON = "De organisatie zei niet of de activiteit nog klopt."

#: What comes after each step, and the setting with the days in between.
NEXT: dict[str, tuple[Step, str]] = {
    Step.GEVRAAGD: (Step.HERINNERD, "NAVRAAG_REMIND_AFTER_DAYS"),
    Step.HERINNERD: (Step.LAGER, "NAVRAAG_LOWER_AFTER_DAYS"),
    Step.LAGER: (Step.OFFLINE, "NAVRAAG_OFFLINE_AFTER_DAYS"),
}

#: What comes after each step, as an editor reads it.
NEXT_WORDS: dict[str, str] = {
    Step.RUST: "We vragen het",
    Step.GEVRAAGD: "We vragen het opnieuw",
    Step.HERINNERD: "Ze komt lager in de resultaten",
    Step.LAGER: "Ze gaat offline",
    Step.OFFLINE: "",
}


class NotPossible(ValueError):
    """Why something cannot be done; its text is said to who asked."""


@dataclass(frozen=True)
class Taken:
    """A step that was taken, who was told, and from when the next one may come."""

    page: ActiviteitPage
    step: Step
    #: The question that the step belongs to.
    asked_at: datetime
    contacts: list[Contactpersoon]
    #: None after the last step.
    next_on: date | None


# -- The ladder ------------------------------------------------------------------------------


def due(row: Navraag, today: date) -> Step | None:
    """The step that is due on a day in Brussels, or None."""
    if row.step == Step.RUST:
        return Step.GEVRAAGD if today >= row.ask_on else None
    next_on = next_day(row)
    if next_on is None or today < next_on:
        return None
    return NEXT[row.step][0]


def next_day(row: Navraag) -> date | None:
    """The first day on which the next step may be taken; None after the last one."""
    if row.step == Step.RUST:
        return row.ask_on
    if row.step not in NEXT or row.step_at is None:
        return None
    return _day(row.step_at) + timedelta(days=getattr(settings, NEXT[row.step][1]))


def run(*, now: datetime) -> Counter[str]:
    """Take every step that is due, with its messages; how many of each. The steps of one gemeente
    are one transaction."""
    taken: Counter[str] = Counter()
    begin(now=now)
    with acting_as(System("navraag")):
        for gemeente in Gemeente.objects.filter(landing__isnull=False).order_by("pk"):
            taken.update(step.step.value for step in _in_gemeente(gemeente, now))
    return taken


def begin(*, now: datetime) -> None:
    """Give every live activity that has none its day to be asked: some time after it was
    published last."""
    pages = ActiviteitPage.objects.live().filter(navraag__isnull=True)
    Navraag.objects.bulk_create(
        (
            Navraag(page_id=pk, ask_on=_later(_day(at or now)))
            for pk, at in pages.values_list("pk", "last_published_at")
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def _in_gemeente(gemeente: Gemeente, now: datetime) -> list[Taken]:
    today = _day(now)
    waiting = Q(navraag__step=Step.RUST, navraag__ask_on__lte=today) | Q(navraag__step__in=NEXT)
    pages = ActiviteitPage.objects.live().child_of(gemeente.landing).filter(waiting)
    # An answer that waits for the gemeente itself is not the organisation's silence.
    sent = Inzending.objects.filter(state=Inzending.State.INGEDIEND, page__isnull=False)
    pages = pages.exclude(pk__in=sent.values("page"))
    taken: list[Taken] = []
    # Before the pages, as who sends something in takes them.
    asked = Organisatie.objects.filter(pk__in=pages.order_by().values("organisatie"))
    list(asked.select_for_update(no_key=True).order_by("pk"))
    for page_id in pages.order_by("pk").values_list("pk", flat=True):
        page, row = _locked(page_id)
        step = due(row, today)
        # Who is away for the summer cannot answer: nothing happens during a pause.
        if step and page.live and not page.is_paused(today):
            taken.append(_take(page, row, step, now))
    tell_contacts(taken, gemeente, now=now)
    tell_editors(taken, gemeente, now=now)
    return taken


def _take(page: ActiviteitPage, row: Navraag, step: Step, now: datetime) -> Taken:
    contacts = reachable(page, today=_day(now))
    row.step, row.step_at, row.reached = step, now, bool(contacts)
    if step == Step.GEVRAAGD:
        row.asked_at, row.reminded_at, row.chosen = now, None, False
        row.answer, row.answered_at, row.answered_via = "", None, ""
    elif step == Step.HERINNERD:
        row.reminded_at = now
    elif step == Step.OFFLINE:
        row.revision_id = page.live_revision_id
    row.save()
    if step == Step.LAGER:
        indexing.index(page, now=now)
    elif step == Step.OFFLINE:
        _take_offline(page)
    return Taken(page, step, row.asked_at or now, contacts, next_day(row))


def _take_offline(page: ActiviteitPage) -> None:
    page.unpublish(log_action=False)
    log(instance=page, action=UNANSWERED, data={"reason": REASON})


def reachable(page: ActiviteitPage, *, today: date) -> list[Contactpersoon]:
    """Who can be mailed about an activity: the contact persons who stand for it, or else all of
    its organisatie in its gemeente."""
    with acting_as(System("navraag")):
        rows = Contactpersoon.objects.valid(today).filter(
            organisatie=page.organisatie, gemeente=page.gemeente
        )
        rows = rows.filter(user__email__isnull=False).select_related("user").order_by("pk")
        named = ActiviteitContact.objects.filter(page=page).values("contactpersoon")
        return list(rows.filter(pk__in=named)) or list(rows)


# -- What people do --------------------------------------------------------------------------


@transaction.atomic
def answer(page_id: int, given: Answer, *, via: Via, now: datetime) -> Navraag:
    """The organisation said that an activity still holds, or that something changes.

    An activity that is online comes back up, and is asked again: after a change that is only
    announced, soon. One that this ladder took offline waits in the wachtrij for one click.
    Raises NotPossible for any other activity that is not online.
    """
    page, row = _locked(page_id)
    if not page.live and row.step != Step.OFFLINE:
        raise NotPossible("Deze activiteit staat niet online. De gemeente kijkt ze nog na.")
    row.answer, row.answered_at, row.answered_via = given, now, via
    if page.live:
        soon = timedelta(days=settings.NAVRAAG_REMIND_AFTER_DAYS)
        _rest(row, _later(_day(now)) if given == Answer.JA else _day(now) + soon)
    row.save()
    if page.live:
        indexing.index(page, now=now)
    return row


def change_sent(page_id: int, *, now: datetime) -> None:
    """The organisation sent in a change: an answer to a question that was open."""
    if Navraag.objects.filter(page=page_id, step__in=[*NEXT, Step.OFFLINE]).exists():
        with suppress(NotPossible):  # an editor took it offline meanwhile
            answer(page_id, Answer.ANDERS, via=Via.LINK, now=now)


@transaction.atomic
def set_day(page_id: int, day: date, *, now: datetime) -> Navraag:
    """An editor chooses when the organisation is asked; a question that is open is taken back.
    Raises NotPossible when the activity is not online."""
    page, row = _locked(page_id)
    if not page.live:
        raise NotPossible("Deze activiteit staat niet online. Publiceer ze eerst.")
    _rest(row, day)
    row.chosen = True
    row.save()
    indexing.index(page, now=now)
    return row


@transaction.atomic
def published(page: ActiviteitPage, *, now: datetime) -> None:
    """Somebody of the gemeente published it, so it holds: asked again some time later. A later
    day that an editor chose stays."""
    _page, row = _locked(page.pk)
    if row.chosen and row.ask_on > _day(now) and row.step == Step.RUST:
        return
    was_lower = row.step == Step.LAGER
    _rest(row, _later(_day(now)))
    row.save()
    if was_lower:
        indexing.index(_page, now=now)


@transaction.atomic
def put_back(page_id: int, *, by: User, now: datetime) -> ActiviteitPage:
    """Put what went offline unanswered online again, as it was, after its organisation said that
    it holds. Raises NotPossible with what stands in the way."""
    page, row = _locked(page_id)
    if page.live or not waits_to_go_back(row):
        raise NotPossible("Dit wacht niet meer. Iemand was je voor.")
    if not page.permissions_for_user(by).can_publish():
        raise NotPossible("Je mag niet zelf publiceren. Vraag het aan een moderator.")
    revision = row.revision or page.latest_revision
    try:
        revision.publish(user=by)
    except ValidationError as refusal:
        raise NotPossible(" ".join(refusal.messages)) from refusal
    return ActiviteitPage.objects.get(pk=page_id)


def waits_to_go_back(row: Navraag) -> bool:
    """Offline for want of an answer, and the answer came: it still holds."""
    return row.step == Step.OFFLINE and row.answer == Answer.JA


def open_rows(gemeente_ids: list[int]) -> QuerySet[Navraag]:
    """The questions that somebody of these gemeenten may have to look at: reminded and further,
    or asked and nobody could be reached."""
    landings = GemeentePage.objects.filter(gemeente__in=gemeente_ids)
    below = Q(pk__in=[])
    for path in landings.values_list("path", flat=True):
        below |= Q(page__path__startswith=path)
    again = Q(step__in=[Step.HERINNERD, Step.LAGER]) | Q(step=Step.GEVRAAGD, reached=False)
    asks = Q(again, page__live=True) | Q(step=Step.OFFLINE, page__live=False)
    return Navraag.objects.filter(below, asks)


# -- Rows ------------------------------------------------------------------------------------


def _locked(page_id: int) -> tuple[ActiviteitPage, Navraag]:
    """The page and its row, locked in the order in which publishing takes them: the command and
    an answer at the same moment wait for each other."""
    page = ActiviteitPage.objects.select_for_update(no_key=True).get(pk=page_id)
    row = Navraag.objects.select_for_update(no_key=True).filter(page=page).first()
    return page, row or Navraag(page=page, ask_on=date.max)


def _rest(row: Navraag, day: date) -> None:
    row.step, row.step_at, row.ask_on, row.chosen = Step.RUST, None, day, False
    row.reached, row.revision = True, None


def _later(day: date) -> date:
    return day + timedelta(days=settings.NAVRAAG_EVERY_DAYS)


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()
