"""The installation's own signature: Ed25519, keys by id, old keys kept for verifying."""

from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings


@cache
def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@cache
def _public(seed: bytes) -> Ed25519PublicKey:
    return _private(seed).public_key()


def current_kid() -> str:
    """The key in use: the first of BEWIJS_SLEUTELS."""
    return next(iter(settings.BEWIJS_SLEUTELS))


def sign(message: bytes) -> tuple[str, bytes]:
    """(key id, 64 bytes of signature) by the key in use."""
    kid = current_kid()
    return kid, _private(settings.BEWIJS_SLEUTELS[kid]).sign(message)


def public_keys() -> dict[str, bytes]:
    """{key id: 32 bytes} of every key, old ones included."""
    return {kid: _public(seed).public_bytes_raw() for kid, seed in settings.BEWIJS_SLEUTELS.items()}


def verify(kid: str, message: bytes, signature: bytes) -> bool:
    seed = settings.BEWIJS_SLEUTELS.get(kid)
    if seed is None:
        return False
    try:
        _public(seed).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def made_here(kid: str, message: bytes, signature: str) -> bool:
    """Is this hex exactly what our own key `kid` writes under `message`? Ed25519 gives one message
    one signature, so signing again answers it, in a third of the time that verifying takes."""
    seed = settings.BEWIJS_SLEUTELS.get(kid)
    return seed is not None and _private(seed).sign(message).hex() == signature
