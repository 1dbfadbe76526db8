"""Must I, may I: a few questions, and what the sources say. Nothing is kept of what is told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bewijzen import doelgroep
from bewijzen.wegwijzer.forms import WegwijzerForm
from bewijzen.wegwijzer.words import sections


@csrf_exempt  # the answer follows from what is sent alone; without a token there is no cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wegwijzer(request: HttpRequest) -> HttpResponse:
    """The questions, the same page for everybody; under POST the answer, which no cache keeps.

    What somebody tells travels in the body only, so it stands in no address and no log.
    """
    if request.method != "POST":
        return render(request, "bewijzen/wegwijzer/vragen.html", {"form": WegwijzerForm()})
    form = WegwijzerForm(request.POST)
    if form.is_valid():
        situation = form.situation()
        found = sections(doelgroep.advice(situation), situation)
        response = render(
            request, "bewijzen/wegwijzer/antwoord.html", {"sections": found, "form": form}
        )
    else:
        response = render(request, "bewijzen/wegwijzer/vragen.html", {"form": form})
    response["Cache-Control"] = "no-store, private"
    return response
