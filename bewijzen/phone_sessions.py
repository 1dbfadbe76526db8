"""Where the phone (bewijzen/phones.py) meets requests, cookies and sessions."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from bewijzen import phones
from bewijzen.models import Aanmelding
from gemeenten.models import User

COOKIE = "toestel"
#: In the session of somebody with a PIN on this phone.
HAS_PIN = "pin"


class PhoneMiddleware:
    """Says on which phone a request happens, and gives a cookie to one where somebody signed in.
    Asks nothing of the database or the session, so public pages stay the same for everyone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with phones.on_phone(token_of(request)):
            response = self.get_response(request)
        if fresh := getattr(request, "new_phone", ""):
            response.set_cookie(
                COOKIE,
                fresh,
                max_age=settings.PHONE_COOKIE_AGE,
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response


def token_of(request: HttpRequest) -> str:
    """What the phone's cookie holds; "" when it has none."""
    return getattr(request, "new_phone", "") or request.COOKIES.get(COOKIE, "")


def current(request: HttpRequest) -> Aanmelding | None:
    """The row of who is signed in here."""
    return phones.of_session(request.session.session_key)


def keep_open(request: HttpRequest) -> None:
    """Somebody with a PIN is busy: the session, which ends by itself when nothing happens, starts
    its minutes again."""
    if request.session.get(HAS_PIN):
        request.session.modified = True


def follow_pin(request: HttpRequest, row: Aanmelding) -> None:
    """With a PIN the session ends after some idle minutes, without one it is a remembered phone."""
    if row.pin_hash:
        request.session[HAS_PIN] = True
        request.session.set_expiry(settings.PHONE_LOCK_SECONDS)
    else:
        request.session.pop(HAS_PIN, None)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def know(request: HttpRequest, user: User) -> Aanmelding:
    """Who is signed in with this session on this phone, which gets its cookie when it has none."""
    if not request.session.session_key:
        request.session.create()
    token = token_of(request)
    if not token:
        token = request.new_phone = phones.new_token()  # type: ignore[attr-defined]
    row = phones.enrol(
        user,
        token,
        request.session.session_key or "",
        label=phones.label_of(request.META.get("HTTP_USER_AGENT", "")),
        now=timezone.now(),
    )
    if row.pin_hash or request.session.get(HAS_PIN):
        follow_pin(request, row)
    return row


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    know(request, user)


def _signed_out(request: HttpRequest, **kwargs: Any) -> None:
    if row := current(request):
        phones.sign_out(row, now=timezone.now())


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="phone")
    user_logged_out.connect(_signed_out, dispatch_uid="phone")
