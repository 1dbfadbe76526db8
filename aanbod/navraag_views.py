"""When an organisation is asked whether an activity still holds, for the editor. Staff of another
gemeente get 404, as if it were not there."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from aanbod import navraag
from aanbod.contact_views import StaffRequest
from aanbod.models import ActiviteitPage, Navraag
from aanbod.sessies import BRUSSELS
from gemeenten.permissions import can_edit_offer

#: Nobody means a day that is further off.
FURTHEST = timedelta(days=5 * 366)
ACTIONS = ("ja", "anders", "terug", "dag")


class DayForm(forms.Form):
    """The day from which the organisation is asked."""

    ask_on = forms.DateField(
        label="Navragen vanaf",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="De organisatie krijgt die nacht een mail.",
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = now.astimezone(BRUSSELS).date()

    def clean_ask_on(self) -> Any:
        day = self.cleaned_data["ask_on"]
        if not self.today <= day <= self.today + FURTHEST:
            raise forms.ValidationError("Kies vandaag of een latere dag, hoogstens vijf jaar ver.")
        return day


@never_cache
def one(request: StaffRequest, page_id: int) -> HttpResponse:
    """How far the question is; the answer by phone, another day, and back online."""
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    if not can_edit_offer(request.user, page.gemeente):
        raise Http404
    now = timezone.now()
    form = None
    if request.method == "POST":
        form, done = _act(request, page, now)
        if done:
            messages.success(request, done)
            return redirect("redactie:navraag", page.pk)
    return render(request, "aanbod/cms/navraag.html", _context(page, form, now))


def _act(request: StaffRequest, page: ActiviteitPage, now: datetime) -> tuple[DayForm | None, str]:
    """The form that was sent, if one was, and the sentence that says what was done, or ""."""
    action = request.POST.get("action", "")
    form = DayForm(request.POST, now=now) if action == "dag" else None
    if action not in ACTIONS or (form and not form.is_valid()):
        messages.error(request, "Er is niets veranderd. Kijk na wat je invulde.")
        return form, ""
    try:
        if form:
            navraag.set_day(page.pk, form.cleaned_data["ask_on"], now=now)
            return form, "De dag is bewaard."
        if action == "terug":
            navraag.put_back(page.pk, by=request.user, now=now)
            return None, "De activiteit staat weer online."
        given, via = Navraag.Answer(action), Navraag.Via.REDACTIE
        row = navraag.answer(page.pk, given, via=via, now=now)
        waits = navraag.waits_to_go_back(row)
        return None, "Bewaard. Zet ze nu terug online." if waits else "Het antwoord is bewaard."
    except navraag.NotPossible as refusal:
        messages.error(request, f"Er is niets veranderd. {refusal}")
        return form, ""


def _context(page: ActiviteitPage, form: DayForm | None, now: datetime) -> dict[str, Any]:
    row = Navraag.objects.filter(page=page).first()
    today = now.astimezone(BRUSSELS).date()
    coming = row.ask_on if row and row.ask_on >= today else None
    return {
        "page": page,
        "row": row,
        "next_on": navraag.next_day(row) if row else None,
        "next_step": navraag.NEXT_WORDS[row.step] if row else "",
        "waits": bool(row and not page.live and navraag.waits_to_go_back(row)),
        "may_answer": bool(page.live or (row and row.step == Navraag.Step.OFFLINE)),
        "contacts": navraag.reachable(page, today=today),
        "form": form or DayForm(initial={"ask_on": coming}, now=now),
    }
