"""My list: activities with a heart. The page of an activity is the same for everyone, so its
heart is a link to here; a visitor's list is a cookie on their own phone, and nothing here."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from aanbod import translations
from aanbod.models import ActiviteitPage
from bewijzen import favorites
from bewijzen.web import number_in, private, signed_in

COOKIE = "lijst"
COOKIE_AGE = 180 * 24 * 3600  # seconds


@private("GET")
def lijst(request: HttpRequest) -> HttpResponse:
    """What I kept, with the account and on this phone."""
    pages = favorites.pages(_keys(request))
    titles = translations.titles([page.pk for page in pages], request.LANGUAGE_CODE)
    return render(request, "bewijzen/mijn/lijst.html", {"pages": pages, "titles": titles})


@private("GET", "POST")
def bewaar(request: HttpRequest, page_pk: int) -> HttpResponse:
    """The heart: one button, to keep it or to take it off."""
    page = ActiviteitPage.objects.live().filter(pk=page_pk).first()
    if request.method != "POST":
        if page is None:
            raise Http404
        titles = translations.titles([page_pk], request.LANGUAGE_CODE)
        context = {"page": page, "titles": titles, "kept": page_pk in _keys(request)}
        return render(request, "bewijzen/mijn/bewaar.html", context)
    if "weg" in request.POST:
        return _forget(request, page_pk)
    if page is None:
        raise Http404
    return _keep(request, page)


def _keep(request: HttpRequest, page: ActiviteitPage) -> HttpResponse:
    messages.success(request, _("Bewaard in je lijst."))
    response = redirect("bewijzen:lijst")
    if person := signed_in(request):
        favorites.keep(person.user, page, now=timezone.now())
    else:
        others = [key for key in _on_phone(request) if key != page.pk]
        _write(response, [page.pk, *others])
    return response


def _forget(request: HttpRequest, page_pk: int) -> HttpResponse:
    messages.success(request, _("Uit je lijst gehaald."))
    response = redirect("bewijzen:lijst")
    if person := signed_in(request):
        favorites.forget(person.user, page_pk)
    _write(response, [key for key in _on_phone(request) if key != page_pk])
    return response


def _keys(request: HttpRequest) -> list[int]:
    person = signed_in(request)
    own = favorites.of_user(person.user) if person else []
    return list(dict.fromkeys([*own, *_on_phone(request)]))


def _on_phone(request: HttpRequest) -> list[int]:
    """The keys in the cookie; whatever else somebody put in there is left."""
    words = request.COOKIES.get(COOKIE, "")[:400].split(".")
    keys = [number_in(word) for word in words]
    return list(dict.fromkeys(key for key in keys if 0 < key < 2**31))[: favorites.AT_MOST]


def _write(response: HttpResponse, keys: list[int]) -> None:
    if not keys:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        ".".join(str(key) for key in keys[: favorites.AT_MOST]),
        max_age=COOKIE_AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
