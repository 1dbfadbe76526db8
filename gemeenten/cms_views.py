"""Screens in the CMS of who runs a gemeente. Who does not run it gets 404, as if it were not
there."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from gemeenten import moderation
from gemeenten.acting import SignedInRequest
from gemeenten.models import Gemeente
from gemeenten.permissions import run_gemeenten


class SettingsForm(forms.Form):
    moderated = forms.BooleanField(
        label="Een moderator leest na voor er iets online gaat",
        required=False,
        help_text="Een redacteur geeft een activiteit dan door. Een moderator of gemeentebeheerder "
        "leest ze en zet ze online. Wat al online staat of al gepland is, blijft zo. Is er geen "
        "andere moderator? Dan lees jij na.",
    )


def index(request: SignedInRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(run_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("gemeente:instellingen", gemeenten[0].nis)
    return render(request, "gemeenten/cms/keuze.html", {"gemeenten": gemeenten})


@never_cache
def settings_of(request: SignedInRequest, nis: str) -> HttpResponse:
    """How the gemeente works here."""
    gemeente = get_object_or_404(run_gemeenten(request.user), nis=nis)
    form = SettingsForm(request.POST or None, initial={"moderated": gemeente.moderated})
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            on = form.cleaned_data["moderated"]
            moderation.set_moderated(gemeente, on, by=request.user)
            messages.success(request, _said(gemeente))
            return redirect("gemeente:instellingen", gemeente.nis)
    return render(request, "gemeenten/cms/instellingen.html", {"gemeente": gemeente, "form": form})


def _said(gemeente: Gemeente) -> str:
    if gemeente.moderated:
        return f"Bewaard. In {gemeente.name} leest een moderator na voor er iets online gaat."
    return f"Bewaard. In {gemeente.name} zet een redacteur zelf online."
