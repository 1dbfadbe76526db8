"""Colleagues of a gemeente, for who runs it. Who does not gets 404, as if it were not there."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from gemeenten import mensen
from gemeenten.acting import SignedInRequest
from gemeenten.mensen import MensRefused
from gemeenten.models import Rol
from gemeenten.permissions import run_gemeenten


class MensForm(forms.Form):
    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(
        label="E-mailadres", help_text="Je collega krijgt meteen een mail met wat te doen."
    )
    kind = forms.ChoiceField(
        label="Rol",
        choices=[(kind.value, kind.label) for kind in mensen.KINDS],
        help_text="Een redacteur schrijft activiteiten. Een moderator leest ook na en keurt goed. "
        "Een vertaler schrijft alleen vertalingen.",
    )


def index(request: SignedInRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(run_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("mensen:gemeente", gemeenten[0].nis)
    return render(request, "gemeenten/cms/mensen_keuze.html", {"gemeenten": gemeenten})


@never_cache
def gemeente(request: SignedInRequest, nis: str) -> HttpResponse:
    """Who has which role here; a form to add somebody."""
    mine = get_object_or_404(run_gemeenten(request.user), nis=nis)
    form = MensForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rol = mensen.add(
                mine,
                Rol.Kind(data["kind"]),
                " ".join(data["name"].split()),
                data["email"],
                by=request.user,
                now=timezone.now(),
            )
        except MensRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(
                request, f"{rol.user} is nu {rol.get_kind_display()} en krijgt een mail."
            )
            return redirect("mensen:gemeente", mine.nis)
    rollen = mensen.of_gemeente(mine, now=timezone.now())
    context = {"gemeente": mine, "form": form, "rollen": rollen, "kinds": mensen.KINDS}
    return render(request, "gemeenten/cms/mensen.html", context, status=422 if form.errors else 200)


@require_POST
def einde(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one role."""
    mine = get_object_or_404(run_gemeenten(request.user), rollen=pk)
    rol = Rol.objects.select_related("user", "gemeente").get(pk=pk)
    try:
        mensen.end(rol, by=request.user, now=timezone.now())
    except MensRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{rol.user} is geen {rol.get_kind_display()} meer.")
    return redirect("mensen:gemeente", mine.nis)
