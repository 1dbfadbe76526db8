"""Sign-in: what allauth leaves to us."""

import secrets
import unicodedata

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


def ascii_digits(text: str) -> str:
    """Only the digits of `text`, any script's (۰–۹, ٠–٩) written as 0–9."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def generate_login_code(self) -> str:
        return f"{secrets.randbelow(10**6):06d}"

    def login(self, request: HttpRequest, user: object) -> None:
        super().login(request, user)
        if user.rollen(manager="everyone").valid().exists():
            request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
