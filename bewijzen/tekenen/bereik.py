"""The contact person says whether their number or e-mail address may stand on public pages."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod import bereik as rule
from aanbod.models import Contactpersoon
from bewijzen.web import for_contacts, private
from gemeenten.acting import SignedInRequest
from gemeenten.mobile import readable


class BereikForm(forms.Form):
    """A tick for each organisatie of this person."""

    open = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, rows: list[Contactpersoon], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["open"]
        field.choices = [(row.pk, str(row.pk)) for row in rows]  # type: ignore[attr-defined]


@private("GET", "POST")
@for_contacts
def bereik(request: SignedInRequest) -> HttpResponse:
    """What everybody would see, and a tick for each organisatie."""
    today = timezone.localdate()
    rows = list(rule.of(request.user, today=today))
    status = 200
    if request.method == "POST":
        form = BereikForm(request.POST, rows=rows)
        if form.is_valid():
            rule.set_public(request.user, set(form.cleaned_data["open"]), today=today)
            messages.success(request, _("Bewaard."))
            return redirect("bewijzen:tekenen_bereik")
        status = 422
    context = {"rows": rows, "shown": _shown(request), "is_refused": status == 422}
    return render(request, "bewijzen/tekenen/bereik.html", context, status=status)


def _shown(request: SignedInRequest) -> str:
    """The number, else the address; "" when there is neither."""
    person = request.user
    return readable(person.mobile) if person.mobile else person.email or ""
