"""What a QR opens (trust.md §1): who opens it decides what it shows.

To somebody who has nothing to do with it, every token gives the same page, for the same work.
"""

from collections.abc import Callable
from functools import wraps
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import activate

from bewijzen import cards, meetings, permissions, sign_off, stand_ins
from bewijzen.blocks import doubts
from bewijzen.forms import BlockForm, block_initial, duration_initial
from bewijzen.ledger import BRUSSELS
from bewijzen.meetings import Place
from bewijzen.models import Traject
from bewijzen.refusals import Refusal
from bewijzen.web import (
    SignedInRequest,
    language_of,
    new_intent,
    private,
    signed_in,
    status_of,
    url_in,
    with_next,
)


def without_referrer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address holds a token, which goes to no other page."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # The token stays out of referrers. The origin stays: without it a browser sends the form
        # with "Origin: null", which CSRF protection refuses.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return wrapped


@without_referrer
@private("GET", "POST")
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by the camera of a phone. Signs only when a contact person presses the button."""
    person = signed_in(request)
    if person is None:
        return _stranger(request)
    user = person.user
    activate(language_of(user))
    kaart = cards.find_by_token(token)
    traject = kaart.traject if kaart else None
    # Asked for every token, also one that nobody knows: the same work for the same page.
    own = Traject.objects.filter(pk=traject.pk if traject else uuid4())
    is_mine = own.values_list("inburgeraar__user", flat=True).first()
    if is_mine == user.pk:
        return redirect("bewijzen:mijn")
    if traject is not None and is_mine is not None:
        return redirect("begeleiding:dossier", traject.pk)
    if not permissions.is_contact(user):
        return _for_stand_in(person, traject) or _stranger(request)
    if traject is None:
        return render(request, "bewijzen/tekenen/scan_unknown.html", status=404)
    return _for_contact(person, traject)


def _stranger(request: HttpRequest) -> HttpResponse:
    """The same bytes whatever the token is, so the way to sign in is an address of this page."""
    if "aanmelden" in request.GET and not request.user.is_authenticated:
        return redirect(with_next(reverse("account_request_login_code"), request.path))
    if "kaart" in request.GET and not request.user.is_authenticated:
        return redirect(with_next(reverse("bewijzen:activeer"), request.path))
    return render(request, "bewijzen/tekenen/scan_stranger.html")


def _for_stand_in(request: SignedInRequest, traject: Traject | None) -> HttpResponse | None:
    """To the list of their day, when the person stands in it. Asked for every token, as above."""
    pk = traject.pk if traject else None
    duty = stand_ins.of_traject(request.user, pk, today=timezone.localdate())
    if duty is None:
        return None
    language = language_of(request.user)
    return redirect(
        url_in(language, "bewijzen:tekenen_invallen_dag", duty.invaller.pk, duty.page.pk)
    )


def _for_contact(request: SignedInRequest, traject: Traject) -> HttpResponse:
    places = meetings.places_for(request.user, traject, now=timezone.now())
    if not places:
        return render(request, "bewijzen/tekenen/scan_no_place.html", {"traject": traject})
    wanted = request.POST.get("wat") or request.GET.get("wat")
    place = next((place for place in places if place.key == wanted), places[0])
    if request.method != "POST":
        return _page(request, traject, places, place, BlockForm(initial=_initial(place)))
    form = BlockForm(request.POST)
    if wanted != place.key:
        form.add_error(None, Refusal("damaged").sentence)
    if not form.is_valid():
        return _page(request, traject, places, place, form, status=422)
    intent = form.cleaned_data["intent"]
    joined = place.what if place.is_joined else None
    if form.ask(doubts(joined, form.block, intent, today=timezone.localdate())):
        return _page(request, traject, places, place, form, status=422)
    try:
        receipt = sign_off.sign_scanned(
            traject,
            place.what,
            form.block,
            signer=request.user,
            intent=intent,
            now=timezone.now(),
            sure=form.cleaned_data["sure"],
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, traject, places, place, form, status=status_of(refusal))
    language = language_of(request.user)
    return redirect(url_in(language, "bewijzen:tekenen_ontvangst", receipt.regel))


def _initial(place: Place) -> dict[str, object]:
    """The meeting of today; without one today and as long as it usually takes."""
    sessie = place.sessie
    if sessie is None:
        times = {**block_initial(timezone.localdate()), **duration_initial(place.usual_minutes)}
    else:
        van, tot = sessie.van.astimezone(BRUSSELS), sessie.tot.astimezone(BRUSSELS)
        times = block_initial(van.date(), van=van.time(), tot=tot.time())
    return {**times, "intent": new_intent()}


def _page(
    request: SignedInRequest,
    traject: Traject,
    places: list[Place],
    place: Place,
    form: BlockForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "name": _name(request, place, traject),
        "place": place,
        "others": [other for other in places if other.key != place.key],
        "form": form,
        "lasts_until": _lasts_until(place),
    }
    return render(request, "bewijzen/tekenen/scan.html", context, status=status)


def _name(request: SignedInRequest, place: Place, traject: Traject) -> str:
    if not place.is_joined:
        return traject.inburgeraar.first_name
    return meetings.shown_names(request.user)[place.what.pk]


def _lasts_until(place: Place) -> object:
    """The end of a meeting that is not over: hours are signed when they were lived."""
    sessie = place.sessie
    return sessie.tot if sessie is not None and sessie.tot > timezone.now() else None
