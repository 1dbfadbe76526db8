"""Sign-in: what allauth leaves to us."""

import logging
import secrets
import unicodedata
from typing import Any

from allauth.account import forms, views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gemeenten.models import Rol

logger = logging.getLogger(__name__)

#: For who types a code that ran out, or in a window that knows nothing of it.
CODE_GONE = _(
    "Deze code werkt niet meer. Een code werkt een kwartier, in het venster waar je ze vroeg. "
    "Vraag hier een nieuwe."
)


def ascii_digits(text: str) -> str:
    """Only the digits of `text`, any script's (۰–۹, ٠–٩) written as 0–9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw, of "
            "vraag een code per e-mail."
        ),
        "incorrect_code": _(
            "Deze code klopt niet. Kijk in de laatste mail en typ de 6 cijfers opnieuw."
        ),
        "too_many_login_attempts": _(
            "Je hebt te vaak geprobeerd. Vraag een nieuwe code per e-mail, of wacht een uur en "
            "probeer het dan opnieuw."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The same answer when the mail server is away: a known address must not be told apart."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's errors too
            logger.exception("A mail could not be sent.")

    def generate_login_code(self) -> str:
        return f"{secrets.randbelow(10**6):06d}"

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        limit_session(request)


def limit_session(request: HttpRequest) -> None:
    """Staff sign in every working day; anybody else's phone is remembered."""
    if Rol.everyone.valid().filter(user=request.user.pk).exists():
        request.session.set_expiry(settings.STAFF_SESSION_SECONDS)


class LoginForm(forms.LoginForm):
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response = super().login(request, redirect_url)
        # allauth has just made the session a long one, after the adapter's turn.
        if request.user.is_authenticated:
            limit_session(request)
        return response


class ConfirmLoginCodeForm(forms.ConfirmLoginCodeForm):
    def clean_code(self) -> str:
        self.cleaned_data["code"] = ascii_digits(self.cleaned_data["code"])
        return super().clean_code()


class _Anew:
    """Who waits for a code may ask one for another address, or type a password: allauth would hold
    them at the code for a quarter of an hour, also after a mistyped address."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None


class LoginView(_Anew, views.LoginView):
    pass


class RequestLoginCodeView(_Anew, views.RequestLoginCodeView):
    pass


class ConfirmLoginCodeView(views.ConfirmLoginCodeView):
    """allauth's, which sends who comes too late to the start without a word."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and getattr(self, "_process", None) is None:
            messages.error(request, CODE_GONE)
        return response


def closed(request: HttpRequest, *args: object) -> HttpResponse:
    """A page of allauth that is not offered here."""
    raise Http404
