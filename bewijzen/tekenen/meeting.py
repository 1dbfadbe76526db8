"""Who was there? A whole meeting signed with one button."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bewijzen import meetings, sign_off
from bewijzen.blocks import DOUBTS, block_on, doubts
from bewijzen.forms import ClockField, DayField
from bewijzen.ledger import BRUSSELS, Block, check_block
from bewijzen.meetings import Meeting, Person
from bewijzen.refusals import Refusal
from bewijzen.sign_off import Outcome, Row
from bewijzen.web import for_contacts, new_intent, private
from gemeenten.acting import SignedInRequest

STEP = 15
LONGEST_CHOICE = 12 * 60


class TimesForm(forms.Form):
    """When it was, for everyone."""

    day = DayField()
    van = ClockField(label=_("Van"))
    tot = ClockField(label=_("Tot"))
    sure = forms.BooleanField(label=_("Ja, dit klopt"), required=False)

    block: Block
    #: Sentences to say yes to before anything is written.
    doubts: Sequence[object] = ()

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        now = timezone.now()
        try:
            self.block = block_on(cleaned["day"], cleaned["van"], cleaned["tot"], None, now=now)
            check_block(self.block, now)
        except Refusal as refusal:
            self.add_error(None, refusal.sentence)
            return cleaned
        if not cleaned["sure"]:
            today = timezone.localdate(now)
            found = doubts(None, self.block, new_intent(), today=today)
            self.doubts = [DOUBTS[code] for code in found]
        return cleaned


class RowForm(forms.Form):
    """One person: there or not, and how long when it was not the whole time."""

    was_there = forms.BooleanField(required=False)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=24 * 60)
    intent = forms.UUIDField()

    def __init__(self, person: Person, data: QueryDict | None = None) -> None:
        self.person = person
        self.refusal = ""
        initial = {"was_there": person.expected}
        super().__init__(data, prefix=str(person.deelname.pk), initial=initial)

    @property
    def is_ticked(self) -> bool:
        return bool(self["was_there"].value())

    @property
    def chosen(self) -> str:
        return str(self["minutes"].value() or "")

    def intent_value(self) -> object:
        """The intent that was sent, or a new one when it was damaged."""
        if self.is_bound and "intent" not in self.errors:
            return self.cleaned_data["intent"]
        return new_intent()

    def row(self) -> Row:
        return Row(
            self.person.deelname.pk, self.cleaned_data["intent"], self.cleaned_data["minutes"]
        )


@private("GET", "POST")
@for_contacts
def sessie(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everyone who takes part, ticked; untick who was absent; one button.

    Who was absent leaves no row. An absence is no hour, so no line of the grootboek; the contact
    person may have come late or mistaken somebody, and silence must block nobody (trust.md §2): a
    mark would only ever be held against a person. Who was there all the same notes it."""
    meeting = _meeting(request, pk)
    if request.method != "POST":
        return _page(request, meeting, TimesForm(initial=_times(meeting)), _rows(meeting))
    times, rows = TimesForm(request.POST), _rows(meeting, request.POST)
    # Somebody who joined after the page was opened is shown, and waits for a tap of their own.
    ticked = [row for row in rows if row.is_bound and row.is_ticked]
    are_valid = all(row.is_valid() for row in ticked)
    if not times.is_valid() or times.doubts:
        return _page(request, meeting, times, rows, status=422)
    if not ticked or not are_valid:
        sentence = _("Vink aan wie er was.") if not ticked else Refusal("damaged").sentence
        times.add_error(None, sentence)
        return _page(request, meeting, times, rows, status=422)
    outcomes = sign_off.sign_meeting(
        [row.row() for row in ticked], times.block, signer=request.user, now=timezone.now()
    )
    if all(outcome.receipt for outcome in outcomes):
        return redirect("bewijzen:tekenen_sessie_klaar", meeting.sessie.pk, times.block.day)
    return _partly(request, pk, times, ticked, outcomes)


def _partly(
    request: SignedInRequest,
    pk: int,
    times: TimesForm,
    ticked: list[RowForm],
    outcomes: list[Outcome],
) -> HttpResponse:
    """Some rows were refused: those stay, each with its sentence; the others are written."""
    refused = {one.deelname: one.refusal.sentence for one in outcomes if one.refusal}
    written = [
        (row.person.name, one.receipt)
        for row, one in zip(ticked, outcomes, strict=True)
        if one.receipt
    ]
    done = {one.deelname for one in outcomes if one.receipt}
    meeting = _meeting(request, pk)
    left = [row for row in _rows(meeting, request.POST) if row.person.deelname.pk not in done]
    for row in left:
        row.refusal = refused.get(row.person.deelname.pk, "")
    return _page(request, meeting, times, left, written=written, status=422)


@private("GET")
@for_contacts
def klaar(request: SignedInRequest, pk: int, day: str) -> HttpResponse:
    """The receipt of a whole meeting: who has hours on that day."""
    meeting = _meeting(request, pk)
    lines = meetings.lines_on(request.user, meeting.sessie.page_id, _day(day))
    names = meetings.shown_names(request.user)
    context = {"meeting": meeting, "lines": [(line, names[line.deelname_id]) for line in lines]}
    return render(request, "bewijzen/tekenen/meeting_done.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _meeting(request: SignedInRequest, pk: int) -> Meeting:
    meeting = meetings.one(request.user, pk, now=timezone.now())
    if meeting is None:
        raise Http404
    return meeting


def _times(meeting: Meeting) -> dict[str, object]:
    return {
        "day": meeting.day,
        "van": meeting.sessie.van.astimezone(BRUSSELS).time(),
        "tot": meeting.sessie.tot.astimezone(BRUSSELS).time(),
    }


def _rows(meeting: Meeting, data: QueryDict | None = None) -> list[RowForm]:
    """A row for everyone whose hours are not signed yet; sent again, also for who is."""
    rows = []
    for person in meeting.people:
        was_sent = data is not None and f"{person.deelname.pk}-intent" in data
        if was_sent or not person.is_signed:
            rows.append(RowForm(person, data if was_sent else None))
    return rows


def _page(
    request: SignedInRequest,
    meeting: Meeting,
    times: TimesForm,
    rows: list[RowForm],
    *,
    written: list | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = {row.person.deelname.pk for row in rows}
    context = {
        "meeting": meeting,
        "times": times,
        "rows": rows,
        "done": [person for person in meeting.signed if person.deelname.pk not in sent],
        "written": written,
        "lengths": _lengths(meeting),
        "counts": range(len(rows) + 1),
    }
    return render(request, "bewijzen/tekenen/meeting.html", context, status=status)


def _lengths(meeting: Meeting) -> list[int]:
    """Shorter than the whole time, in steps of a quarter."""
    whole = int((meeting.sessie.tot - meeting.sessie.van).total_seconds() // 60)
    return list(range(STEP, min(whole, LONGEST_CHOICE), STEP))
