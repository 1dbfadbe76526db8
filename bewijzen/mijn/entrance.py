"""Getting in with the code of a card that somebody handed over."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bewijzen import cards, trajects
from bewijzen.forms import CodeForm
from bewijzen.web import count_wrong, language_of, may_try, next_of, private, url_in
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import User
from gemeenten.sign_in import ascii_digits

ACTION = "activeer"
OTHER_SHEET = _(
    "Dit zijn de 10 cijfers van je bewijskaart. Neem het andere blad: daar staan 12 cijfers op."
)


@private("GET", "POST")
def activeer(request: HttpRequest) -> HttpResponse:
    """Type the code of the card. Opening the page with a code in its address does nothing."""
    if request.method != "POST":
        return _page(request, CodeForm())
    form = CodeForm(request.POST)
    if not may_try(request, ACTION):
        return _locked(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    user = codes.redeem(form.cleaned_data["code"], now=timezone.now())
    if user is None:
        if not count_wrong(request, ACTION):
            return _locked(request, form)
        return _page(request, form, sentence=_why_not(form), status=422)
    get_adapter(request).login(request, user)
    return redirect(_home_of(user, next_of(request)))


def _why_not(form: CodeForm) -> object:
    if len(ascii_digits(form.cleaned_data["code"])) == cards.CODE_DIGITS:
        return OTHER_SHEET
    return codes.REFUSED


def _home_of(user: User, back: str) -> str:
    """The person's own page in their language, or where a contact person was on the way to."""
    with acting_as(user):
        traject = trajects.current(user)
    language = language_of(user)
    if traject is None:
        return back or url_in(language, "bewijzen:tekenen")
    cards.card_of(traject, by=user, now=timezone.now())
    return url_in(language, "bewijzen:mijn")


def _locked(request: HttpRequest, form: CodeForm) -> HttpResponse:
    return _page(request, form, sentence=codes.TOO_MANY, is_locked=True, status=429)


def _page(
    request: HttpRequest, form: CodeForm, *, status: int = 200, **answer: object
) -> HttpResponse:
    context = {"form": form, "next": next_of(request), **answer}
    return render(request, "bewijzen/mijn/activeer.html", context, status=status)
