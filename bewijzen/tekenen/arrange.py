"""Welcome somebody with the first meeting arranged: a date to come, or a day, an hour and a place
of one's own, and whom to ask for."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aanbod.models import Sessie
from bewijzen import meetings, participation, ready_words, wachtlijst
from bewijzen.forms import ClockField, DayField
from bewijzen.ledger import BRUSSELS
from bewijzen.models import Deelname
from bewijzen.participation import MAX_NOTE, MAX_PLACE, First
from bewijzen.refusals import Refusal
from bewijzen.web import status_of
from gemeenten.acting import SignedInRequest

#: As many dates as one looks at.
DATES = 4
OWN, LATER = "anders", "later"


class ArrangeForm(forms.Form):
    when = forms.ChoiceField(label=_("Wanneer komt die persoon de eerste keer?"))
    day = DayField(required=False)
    van = ClockField(label=_("Hoe laat?"), required=False)
    place = forms.CharField(
        label=_("Waar?"),
        max_length=MAX_PLACE,
        required=False,
        error_messages={
            "max_length": _("Dat is te lang. Schrijf het korter."),
            "null_characters_not_allowed": _("Er staat een teken in dat wij niet kunnen lezen."),
        },
        help_text=_("Alleen als het niet de gewone plaats is."),
    )
    note = forms.CharField(
        label=_("Wil je nog iets zeggen?"),
        max_length=MAX_NOTE,
        required=False,
        error_messages={
            "max_length": _("Dat is te lang. Schrijf het korter."),
            "null_characters_not_allowed": _("Er staat een teken in dat wij niet kunnen lezen."),
        },
        help_text=_("Bijvoorbeeld: Vraag naar Lieve. Breng makkelijke schoenen mee."),
    )

    def __init__(self, *args: Any, dates: list[Sessie], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {str(sessie.pk): sessie for sessie in dates}
        field: Any = self.fields["when"]
        field.choices = [*((pk, pk) for pk in self.dates), (OWN, ""), (LATER, "")]
        field.error_messages = dict.fromkeys(
            ["required", "invalid_choice"], _("Kies wanneer. Weet je het nog niet? Dat mag ook.")
        )
        field.initial = next(iter(self.dates), OWN)
        self.fields["note"].initial = name

    @property
    def chosen(self) -> str:
        return str(self["when"].value() or "")

    def first(self, now: datetime) -> First:
        """Raises `Refusal` for half a moment, or one that is over."""
        cleaned = self.cleaned_data
        rest = {"place": cleaned["place"], "note": cleaned["note"]}
        if cleaned["when"] in self.dates:
            return First(sessie=self.dates[cleaned["when"]], **rest)
        if cleaned["when"] == LATER:
            return First(**rest)
        day: date | None = cleaned["day"]
        van: time | None = cleaned["van"]
        if (day is None) != (van is None) or day is None or van is None:
            raise Refusal("half_a_moment")
        return First(at=datetime.combine(day, van, BRUSSELS), **rest)


def page(request: SignedInRequest, deelname: Deelname) -> HttpResponse:
    """Somebody who asked, and the three answers; POST welcomes with what is arranged."""
    now = timezone.now()
    dates = meetings.coming([deelname], now=now, most=DATES)[deelname.page_id]
    ask_for = _("Vraag naar {name}.").format(name=request.user.get_short_name())
    data = request.POST if request.method == "POST" else None
    form = ArrangeForm(data, dates=dates, name=ask_for)
    if data is None or not form.is_valid():
        return _render(request, deelname, form)
    try:
        first = form.first(now)
        participation.welcome(deelname, by=request.user, first=first, now=now)
    except Refusal as refusal:
        field = "day" if refusal.code in {"half_a_moment", "meeting_passed"} else None
        form.add_error(field, refusal.sentence)
        return _render(request, deelname, form, status=status_of(refusal))
    messages.success(request, _("Bewaard: deze persoon doet mee, en leest wanneer."))
    return redirect("bewijzen:tekenen")


def _render(
    request: SignedInRequest, deelname: Deelname, form: ArrangeForm, *, status: int = 0
) -> HttpResponse:
    context = {
        "deelname": deelname,
        "name": meetings.shown_names(request.user)[deelname.pk],
        "form": form,
        "dates": list(form.dates.items()),
        "questions": ready_words.sentences(deelname.questions),
        "position": wachtlijst.positions([deelname]).get(deelname.pk),
        "waits": deelname.state in participation.WAITS,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "bewijzen/tekenen/aanvraag.html", context, status=status)
