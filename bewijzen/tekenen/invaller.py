"""Stand-ins for a day: named by a contact person, and their own page to sign that day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aanbod import invallers
from aanbod.contact_forms import ONE_WAY, MobileField
from aanbod.invallers import InvallerRefused, NewInvaller
from aanbod.models import ActiviteitPage, Contactpersoon, Invaller, Organisatie
from aanbod.permissions import can_hand_out_stand_in_code, signs_for
from bewijzen import sign_off, stand_ins
from bewijzen.blocks import block_on
from bewijzen.forms import ClockField, DayField
from bewijzen.ledger import BRUSSELS, Block, check_block
from bewijzen.refusals import Refusal
from bewijzen.stand_ins import Duty
from bewijzen.tekenen.meeting import RowForm
from bewijzen.web import for_contacts, private, signed_in
from gemeenten import codes
from gemeenten.acting import SignedInRequest
from gemeenten.models import Gemeente

LAST = 20

#: An organisatie in a gemeente, and one activity of it or all.
Place = tuple[Organisatie, Gemeente, ActiviteitPage | None]


class StandInForm(forms.Form):
    """Who, for which day and which activity, and how to reach them."""

    day = DayField()
    place = forms.ChoiceField(label=_("Voor welke activiteit?"))
    name = forms.CharField(
        label=_("Wie valt in?"),
        max_length=120,
        error_messages={"required": _("Schrijf de naam.")},
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        help_text=_(
            "Deze persoon krijgt meteen een mail. Geen e-mailadres? Dan tonen wij jou een "
            "code. Die geef je zelf."
        ),
        error_messages={"invalid": _("Dit is geen e-mailadres. Kijk het na, of laat het leeg.")},
    )
    mobile = MobileField(label=_("Of gsm-nummer"), required=False)
    language = forms.ChoiceField(
        label=_("Taal van deze persoon"), choices=settings.LANGUAGES, initial="nl"
    )

    def __init__(self, *args: Any, places: dict[str, tuple[str, Place]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        field: Any = self.fields["place"]
        field.choices = [(key, label) for key, (label, _place) in places.items()]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("email") and self.cleaned_data.get("mobile"):
            self.add_error("mobile", ONE_WAY)
        return self.cleaned_data

    def chosen(self) -> Place:
        return self.places[self.cleaned_data["place"]][1]

    def invaller(self) -> NewInvaller:
        given = self.cleaned_data
        return NewInvaller(
            **{name: given[name] for name in ("name", "day", "email", "mobile", "language")},
            page=self.chosen()[2],
        )


def _places(request: SignedInRequest) -> dict[str, tuple[str, Place]]:
    """What `request.user` may name a stand-in for."""
    own = Contactpersoon.everyone.valid().filter(user=request.user, organisatie__isnull=False)
    found: dict[str, tuple[str, Place]] = {}
    for contact in own.select_related("organisatie", "gemeente").order_by("pk"):
        organisatie, gemeente = contact.organisatie, contact.gemeente
        key = f"{organisatie.pk}-{gemeente.pk}"
        label = gettext("Alles van %(name)s in %(gemeente)s") % {
            "name": organisatie.name,
            "gemeente": gemeente.name,
        }
        found[key] = (label, (organisatie, gemeente, None))
        for page in invallers.activities(gemeente, organisatie):
            found[f"{key}-{page.pk}"] = (page.title, (organisatie, gemeente, page))
    return found


@private("GET", "POST")
@for_contacts
def kies(request: SignedInRequest) -> HttpResponse:
    """A contact person names somebody for one day."""
    today = timezone.localdate()
    form = StandInForm(request.POST or None, places=_places(request), initial={"day": today})
    if request.method != "POST" or not form.is_valid():
        return _choose(request, form, status=422 if form.is_bound else 200)
    organisatie, gemeente, _page = form.chosen()
    try:
        named = invallers.name(
            gemeente, organisatie, form.invaller(), by=request.user, now=timezone.now()
        )
    except InvallerRefused as refusal:
        form.add_error(None, str(refusal))
        return _choose(request, form, status=422)
    if not named.user.email:
        return _card(request, named)
    messages.success(request, gettext("Bewaard. Deze persoon krijgt een mail."))
    return redirect("bewijzen:tekenen_invaller")


def _choose(request: SignedInRequest, form: StandInForm, *, status: int = 200) -> HttpResponse:
    pairs = {(place[0].pk, place[1].pk) for _label, place in form.places.values()}
    rows = Invaller.objects.filter(ended_at__isnull=True, sign_until__gte=timezone.localdate())
    rows = rows.select_related("page", "organisatie", "user").order_by("day", "pk")
    mine = [row for row in rows if (row.organisatie_id, row.gemeente_id) in pairs]
    context = {"form": form, "named": mine[:LAST], "days": settings.INVALLER_DAYS}
    return render(request, "bewijzen/tekenen/invaller.html", context, status=status)


def _card(request: SignedInRequest, named: Invaller) -> HttpResponse:
    """The code to give by hand, shown once."""
    code = None
    if can_hand_out_stand_in_code(request.user, named):
        code = codes.hand_out(named.user, by=request.user, now=timezone.now())
    address = f"{settings.BASE_URL}/{named.language}/activeer/".removeprefix("https://")
    context = {"invaller": named, "code": code, "address": address}
    return render(request, "bewijzen/tekenen/invaller_code.html", context)


def _own(request: SignedInRequest, pk: int) -> Invaller:
    rows = Invaller.objects.select_related("organisatie", "gemeente", "user")
    found = get_object_or_404(rows, pk=pk)
    if not signs_for(request.user, found.organisatie, found.gemeente):
        raise Http404
    return found


@private("POST")
@for_contacts
def code(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new code for a stand-in without e-mail; the old one dies."""
    return _card(request, _own(request, pk))


@private("POST")
@for_contacts
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    invallers.end(_own(request, pk), by=request.user, now=timezone.now())
    messages.success(request, gettext("Bewaard: deze persoon valt niet meer in."))
    return redirect("bewijzen:tekenen_invaller")


# -- The stand-in's own pages ----------------------------------------------------------------


class ClocksForm(forms.Form):
    """When it was, for everyone, on the day of the stand-in."""

    van = ClockField(label=_("Van"))
    tot = ClockField(label=_("Tot"))

    block: Block

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.errors:
            return self.cleaned_data
        now = timezone.now()
        try:
            van, tot = self.cleaned_data["van"], self.cleaned_data["tot"]
            self.block = block_on(self.day, van, tot, None, now=now)
            check_block(self.block, now)
        except Refusal as refusal:
            self.add_error(None, refusal.sentence)
        return self.cleaned_data


@private("GET")
def invallen(request: HttpRequest) -> HttpResponse:
    """What a stand-in has to sign today, and what is to come."""
    person = signed_in(request)
    if person is None:
        return redirect("bewijzen:tekenen")
    today = timezone.localdate()
    now = [
        (invaller, stand_ins.duties(invaller))
        for invaller in stand_ins.current(person.user, today=today)
    ]
    coming = stand_ins.to_come(person.user, today=today)
    if not now and not coming:
        return redirect("bewijzen:tekenen")
    context = {"now": now, "coming": coming}
    return render(request, "bewijzen/tekenen/invallen.html", context)


@private("GET", "POST")
def invallen_dag(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """Who was there on that day, signed with one button."""
    person = signed_in(request)
    if person is None:
        return redirect("bewijzen:tekenen")
    duty = stand_ins.one(person.user, pk, page, today=timezone.localdate())
    if duty is None:
        raise Http404
    if request.method != "POST":
        clocks = ClocksForm(day=duty.invaller.day, initial=_clocks(duty))
        return _day_page(request, duty, clocks, _rows(duty))
    clocks = ClocksForm(request.POST, day=duty.invaller.day)
    rows = [RowForm(one, request.POST) for one in duty.to_sign if _was_sent(request, one)]
    ticked = [row for row in rows if row.is_ticked]
    if not clocks.is_valid():
        return _day_page(request, duty, clocks, rows, status=422)
    if not ticked or not all(row.is_valid() for row in ticked):
        sentence = _("Vink aan wie er was.") if not ticked else Refusal("damaged").sentence
        clocks.add_error(None, sentence)
        return _day_page(request, duty, clocks, rows or _rows(duty), status=422)
    outcomes = sign_off.sign_meeting(
        [row.row() for row in ticked], clocks.block, signer=person.user, now=timezone.now()
    )
    refused = {one.deelname: one.refusal.sentence for one in outcomes if one.refusal}
    if not refused:
        messages.success(request, gettext("Bevestigd. Dank je wel."))
        return redirect("bewijzen:tekenen_invallen_dag", pk, page)
    for row in rows:
        row.refusal = refused.get(row.person.deelname.pk, "")
    left = [row for row in rows if row.refusal or not row.is_ticked]
    fresh = stand_ins.one(person.user, pk, page, today=timezone.localdate()) or duty
    return _day_page(request, fresh, clocks, left, status=422)


def _was_sent(request: HttpRequest, person: Any) -> bool:
    return f"{person.deelname.pk}-intent" in request.POST


def _rows(duty: Duty) -> list[RowForm]:
    return [RowForm(person) for person in duty.to_sign]


def _clocks(duty: Duty) -> dict[str, object]:
    if duty.sessie is None:
        return {}
    return {
        "van": duty.sessie.van.astimezone(BRUSSELS).time(),
        "tot": duty.sessie.tot.astimezone(BRUSSELS).time(),
    }


def _day_page(
    request: HttpRequest,
    duty: Duty,
    clocks: ClocksForm,
    rows: Sequence[RowForm],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"duty": duty, "clocks": clocks, "rows": rows}
    return render(request, "bewijzen/tekenen/invallen_dag.html", context, status=status)
