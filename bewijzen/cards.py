"""The card that an inburgeraar carries: its token, its typed code, and who finds it again.

The token is derived from a key, so a card can be printed again at any moment and a leaked
database opens nothing (model.md, Tokens).
"""

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from bewijzen.models import Kaart, Stap, Traject
from gemeenten.acting import System, acting_as
from gemeenten.models import User
from gemeenten.sign_in import ascii_digits

TOKEN_LENGTH = 26
CODE_DIGITS = 10


def _key(kid: str) -> bytes:
    return settings.KAART_SLEUTELS[kid]


def _mac(kid: str, text: str) -> bytes:
    return hmac.new(_key(kid), text.encode(), hashlib.sha256).digest()


def token(kaart: Kaart) -> str:
    """26 base32 characters, 130 bits."""
    return _token(kaart.kid, kaart.traject_id, kaart.generation)


def _token(kid: str, traject: object, generation: int) -> str:
    mac = _mac(kid, f"kaart{traject}{generation}")
    return base64.b32encode(mac).decode()[:TOKEN_LENGTH]


def typed_code(kaart: Kaart) -> str:
    """The ten digits under the QR."""
    return _typed_code(kaart.kid, token(kaart))


def grouped(code: str) -> str:
    """A typed code as it is read aloud: 4071 226 390."""
    return f"{code[:4]} {code[4:7]} {code[7:]}"


def _typed_code(kid: str, token: str) -> str:
    number = int.from_bytes(_mac(kid, f"code{token}")) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def card_url(kaart: Kaart) -> str:
    """What the QR holds: upper case, so that it stays small."""
    return f"{settings.BASE_URL}/b/{token(kaart)}".upper()


def _token_hash(token: str) -> str:
    # Whatever a stranger sends is looked up: half characters too.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _code_hash(kid: str, code: str) -> str:
    return _mac(kid, f"getypt{code}").hex()


def new_card(traject: Traject, *, by: User | None, now: datetime) -> Kaart:
    """The next generation of the card; the one before it is dead from now on."""
    kid = next(iter(settings.KAART_SLEUTELS))
    with acting_as(System("kaart")), transaction.atomic():
        Traject.objects.select_for_update(no_key=True).get(pk=traject.pk)
        living = Kaart.objects.filter(traject=traject, withdrawn_at__isnull=True)
        lost = living.update(withdrawn_at=now)
        last = Kaart.objects.filter(traject=traject).order_by("-generation").first()
        kaart = _first_free(traject, kid, last.generation + 1 if last else 1, now)
        if lost:
            Stap.objects.create(traject=traject, what="nieuwe kaart", actor=by, at=now)
    return kaart


def _first_free(traject: Traject, kid: str, generation: int, now: datetime) -> Kaart:
    """Two cards in ten billion may share a typed code; then the next generation is taken."""
    made = _token(kid, traject.pk, generation)
    try:
        with transaction.atomic():
            return Kaart.objects.create(
                traject=traject,
                generation=generation,
                kid=kid,
                token_hash=_token_hash(made),
                code_hash=_code_hash(kid, _typed_code(kid, made)),
                made_at=now,
            )
    except IntegrityError:
        return _first_free(traject, kid, generation + 1, now)


def card_of(traject: Traject, *, by: User | None, now: datetime) -> Kaart:
    """The living card, made when there is none. A double tap makes one card."""
    with acting_as(System("kaart")), transaction.atomic():
        Traject.objects.select_for_update(no_key=True).get(pk=traject.pk)
        return living_card(traject) or new_card(traject, by=by, now=now)


def living_card(traject: Traject) -> Kaart | None:
    with acting_as(System("kaart")):
        return Kaart.objects.filter(traject=traject, withdrawn_at__isnull=True).first()


def find(text: str) -> Kaart | None:
    """The living card of a token or a typed code; the same single query whatever is asked."""
    digits = ascii_digits(text)
    if len(digits) == CODE_DIGITS and len(text.strip()) < TOKEN_LENGTH:
        return _living(code_hash__in=[_code_hash(kid, digits) for kid in settings.KAART_SLEUTELS])
    return find_by_token(text)


def find_by_token(text: str) -> Kaart | None:
    """The living card of a token only: ten digits can be guessed, so they are tried where tries
    are counted and never as an address."""
    return _living(token_hash=_token_hash(text.strip().upper()))


def _living(**wanted: object) -> Kaart | None:
    with acting_as(System("kaart")):
        return (
            Kaart.objects.filter(withdrawn_at__isnull=True, **wanted)
            .select_related("traject__inburgeraar__user", "traject__gemeente")
            .first()
        )
