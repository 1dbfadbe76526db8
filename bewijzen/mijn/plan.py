"""The planner with an account: hours come from the traject, and the choice can be kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod import planner_form, planner_views
from bewijzen import wishes
from bewijzen.models import Traject
from bewijzen.web import for_inburgeraars, private
from gemeenten.acting import SignedInRequest
from gemeenten.places import find_place


@private("GET", "POST")
@for_inburgeraars
def plan(request: SignedInRequest, traject: Traject) -> HttpResponse:
    """Plans for the hours that are missing; POST keeps the choice, or forgets it."""
    if request.method == "POST":
        return _post(request, traject)
    kept = wishes.kept(traject)
    if request.GET:
        choice = planner_form.parse(request.GET)
    elif kept:
        choice = wishes.choice_of(kept)
    else:
        choice = planner_form.Choice(plaats=traject.gemeente.name)
    path = reverse("bewijzen:mijn_plan")
    context = planner_views.screen(
        choice,
        now=timezone.now(),
        path=path,
        done=traject.total_minutes,
        target=traject.target_minutes,
    )
    return render(request, "bewijzen/mijn/plan.html", {**context, "save_url": path, "wensen": kept})


def _post(request: SignedInRequest, traject: Traject) -> HttpResponse:
    if request.POST.get("wis"):
        wishes.forget(traject)
        messages.success(request, _("Je keuze is gewist."))
        return redirect("bewijzen:mijn_plan")
    choice = planner_form.parse(request.POST)
    if find_place(choice.plaats) is None:
        messages.error(request, _("We kennen de plaats niet. Vul je gemeente of postcode in."))
    else:
        wishes.keep(traject, choice, now=timezone.now())
        messages.success(request, _("Je keuze is bewaard. Je trajectbegeleider ziet ze ook."))
    return redirect("bewijzen:mijn_plan")
