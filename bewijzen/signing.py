"""The installation's own signature: Ed25519, keys by id, old keys kept for verifying."""

from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings


@cache
def _private(kid: str, seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@cache
def _public(kid: str, raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def current_kid() -> str:
    """The key in use: the first of BEWIJS_SLEUTELS."""
    return next(iter(settings.BEWIJS_SLEUTELS))


def sign(message: bytes) -> tuple[str, bytes]:
    """(key id, 64 bytes of signature) by the key in use."""
    kid = current_kid()
    return kid, _private(kid, settings.BEWIJS_SLEUTELS[kid]).sign(message)


def public_keys() -> dict[str, bytes]:
    """{key id: 32 bytes} of every key, old ones included."""
    return {
        kid: _private(kid, seed).public_key().public_bytes_raw()
        for kid, seed in settings.BEWIJS_SLEUTELS.items()
    }


def verify(kid: str, message: bytes, signature: bytes) -> bool:
    raw = public_keys().get(kid)
    if raw is None:
        return False
    try:
        _public(kid, raw).verify(signature, message)
    except InvalidSignature:
        return False
    return True
