"""What the views of inburgeraars and contact persons share: who may come in, what nobody keeps,
and what is said when something cannot be done."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override

from bewijzen import permissions, phone_sessions, phones, trajects
from bewijzen.refusals import Refusal
from gemeenten.acting import SignedInRequest
from gemeenten.models import User

View = Callable[..., HttpResponse]


def private(*methods: str) -> Callable[[View], View]:
    """A personal page: kept by no cache, answering only these methods, and a page to try again
    when the database cannot commit."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in _with_head(methods):
                response = _not_this_way(request, methods)
            else:
                try:
                    response = view(request, *args, **kwargs)
                except (OperationalError, InterfaceError):
                    response = try_again(request)
            patch_cache_control(response, no_store=True, private=True)
            return response

        return wrapped

    return decorate


def _with_head(methods: tuple[str, ...]) -> set[str]:
    return {*methods, "HEAD"} if "GET" in methods else set(methods)


def _not_this_way(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    """405: an address that only takes what a button sends, opened as a page."""
    response = render(request, "bewijzen/tekenen/not_this_way.html", status=405)
    response["Allow"] = ", ".join(sorted(_with_head(methods)))
    return response


def try_again(request: HttpRequest) -> HttpResponse:
    """503: nothing was written. The same content goes out again with one button, with the same
    intent, so that it is never counted twice. Asks nothing of the database."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {"sent": sent, "is_post": request.method == "POST"}
    return render(request, "bewijzen/tekenen/try_again.html", context, status=503)


def for_contacts(view: View) -> View:
    """Only for contact persons; anybody else goes to the page that says how to become one."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and permissions.is_contact(request.user):
            return view(request, *args, **kwargs)
        return _to(request, "bewijzen:tekenen")

    return wrapped


def for_toeleiders(view: View) -> View:
    """Only for toeleiders; anybody else goes to the page where one signs in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and permissions.is_toeleider(request.user):
            return view(request, *args, **kwargs)
        return _to(request, "bewijzen:tekenen")

    return wrapped


def for_inburgeraars(view: View) -> View:
    """Only for who has a traject, which goes first to the view."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            waiting = phones.behind_pin(phone_sessions.token_of(request))
            return _to(request, "bewijzen:wie" if waiting else "bewijzen:activeer")
        phone_sessions.keep_open(request)
        traject = trajects.current(request.user)
        if traject is None:
            return render(request, "bewijzen/mijn/no_traject.html", status=403)
        return view(request, traject, *args, **kwargs)

    return wrapped


def _to(request: HttpRequest, name: str) -> HttpResponse:
    """To where one signs in, and back here afterwards when this is a page to look at."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return redirect(with_next(reverse(name), back))


def with_next(url: str, back: str) -> str:
    return f"{url}?{urlencode({'next': back}, safe='/')}" if back else url


def next_of(request: HttpRequest) -> str:
    """Where to go after signing in, when it is a page of ours; "" when it is not."""
    back = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return back if is_ours and back.startswith("/") and "\x00" not in back else ""


def language_of(user: User) -> str:
    """The language of `user` when the site speaks it, else Dutch."""
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def url_in(language: str, name: str, *args: object) -> str:
    """The address of a view in one language."""
    with override(language):
        return reverse(name, args=args)


def signed_in(request: HttpRequest) -> SignedInRequest | None:
    """The same request when somebody is signed in, None for a visitor."""
    return cast(SignedInRequest, request) if request.user.is_authenticated else None


def status_of(refusal: Refusal) -> int:
    """409 for what contradicts what was sent before, 422 for any other refusal."""
    return 409 if refusal.code == "intent_conflict" else 422


def intent_of(request: HttpRequest) -> UUID:
    """The intent that a small form carries. Raises `Refusal` when it is damaged: without it a
    double tap would be two hours."""
    try:
        return UUID(request.POST.get("intent", ""))
    except ValueError:
        raise Refusal("damaged") from None


def new_intent() -> UUID:
    return uuid4()


def number_in(text: str) -> int:
    """The whole number that a small form carries; -1, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def may_try(request: HttpRequest, action: str) -> bool:
    """Is there a try left to type a code?"""
    return ratelimit.consume(request, action=action, dry_run=True)


def count_wrong(request: HttpRequest, action: str) -> bool:
    """Note a wrong code; False when that was the last try for now."""
    ratelimit.consume(request, action=action)
    return may_try(request, action)
