"""The signed summary in the QR of a bewijs: readable and checkable without a network.

`VTG1:` and base45 (RFC 9285) of a COSE_Sign1 (RFC 9052, EdDSA) around CWT claims (RFC 8392):
1 = issuer, 6 = issued at (seconds), and one private claim -65537 with an array of ours:

    [1, traject (16 bytes), lines, head (32 bytes), total minutes, target minutes,
     first day, last day, name]

Days are days since 1970-01-01. Everything is deterministic CBOR (RFC 8949 §4.2), so one summary
has one text and every other way to write it is refused. No compression: two thirds of it is
hash and signature, zlib makes it larger, and what is never unpacked can't explode.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = "VTG1:"
VERSION = 1
#: QR version 11 with error correction M, alphanumeric: still scans when printed at 3 cm.
MAX_TEXT = 366
MAX_BYTES = (MAX_TEXT - len(PREFIX)) // 3 * 2

_SIGN1_TAG = 18
_ALG, _KID, _EDDSA = 1, 4, -8
_ISS, _IAT, _OURS = 1, 6, -65537
_EPOCH = date(1970, 1, 1)

Sign = Callable[[bytes], tuple[str, bytes]]


class NotGenuine(Exception):
    """This is not a summary that we signed. `code` says why: malformed, oversized,
    wrong_version, wrong_algorithm, unknown_key or bad_signature."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Summary:
    """What one bewijs says. `number` and `head` name the last line of the chain it rests on."""

    issuer: str
    name: str
    total_minutes: int
    target_minutes: int
    first_day: date
    last_day: date
    traject: UUID
    number: int
    head: str  # hex of SHA-256
    issued_at: datetime  # to the second
    kid: str


def fitted(summary: Summary) -> Summary:
    """The same summary, its name cut short where it would make the QR too small to scan."""
    room = MAX_BYTES - len(_envelope(summary.kid, _claims(replace(summary, name="")), bytes(64)))
    name = summary.name
    while len(name.encode()) > room - 2:  # 2: a longer CBOR length
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return replace(summary, name=name)


def encode(summary: Summary, sign: Sign) -> str:
    """The text of the QR. `sign(message)` gives (key id, 64 bytes of Ed25519 signature).

    Raises ValueError when the signature is by another key than the summary names, or when the
    summary is too long for the QR: see `fitted`.
    """
    payload = _claims(summary)
    kid, signature = sign(_to_be_signed(summary.kid, payload))
    if kid != summary.kid:
        raise ValueError(f"signed with {kid}, not with {summary.kid}")
    text = PREFIX + base45.b45encode(_envelope(kid, payload, signature)).decode()
    if len(text) > MAX_TEXT:
        raise ValueError("too long for the QR")
    return text


def decode(text: str, keys: Mapping[str, bytes]) -> Summary:
    """The summary in `text`, when one of `keys` ({key id: 32 bytes}) signed exactly this.

    Raises NotGenuine; nothing inside is read before the signature holds.
    """
    kid, payload, signature = _parts(_bytes(text))
    if kid not in keys:
        raise NotGenuine("unknown_key")
    try:
        Ed25519PublicKey.from_public_bytes(keys[kid]).verify(signature, _to_be_signed(kid, payload))
    except InvalidSignature:
        raise NotGenuine("bad_signature") from None
    return _summary(kid, _plain(payload))


def _bytes(text: str) -> bytes:
    if len(text) > MAX_TEXT:
        raise NotGenuine("oversized")
    if not text.startswith(PREFIX):
        another = re.match(r"VTG[0-9]{1,3}:", text)
        raise NotGenuine("wrong_version" if another else "malformed")
    encoded = text.removeprefix(PREFIX)
    try:
        data = base45.b45decode(encoded)
    except ValueError:
        raise NotGenuine("malformed") from None
    if base45.b45encode(data).decode() != encoded:
        raise NotGenuine("malformed")
    return data


def _parts(data: bytes) -> tuple[str, bytes, bytes]:
    """Key id, payload and signature of a COSE_Sign1 exactly as we write it."""
    match _plain(data, tag=_SIGN1_TAG):
        case [bytes(protected), dict(unprotected), bytes(payload), bytes(signature)]:
            if not unprotected and len(signature) == 64:
                return _kid(protected), payload, signature
    raise NotGenuine("malformed")


def _kid(protected: bytes) -> str:
    match _plain(protected):
        case {1: algorithm, 4: bytes(kid)}:
            if algorithm != _EDDSA:
                raise NotGenuine("wrong_algorithm")
            text = kid.decode(errors="replace")
            # True equals 1 and -8.0 equals -8 in Python: only the bytes tell.
            if protected == _protected(text):
                return text
    raise NotGenuine("malformed")


def _plain(data: bytes, *, tag: int | None = None) -> Any:
    """Decoded CBOR, when it is in the one deterministic form, and in `tag` when one is asked."""
    inner = data
    if tag is not None:
        head = cbor2.dumps(cbor2.CBORTag(tag, 0))[:-1]
        if not data.startswith(head):
            raise NotGenuine("malformed")
        inner = data.removeprefix(head)
    try:
        value = cbor2.loads(inner, max_depth=3, allow_indefinite=False, allow_duplicate_keys=False)
        again = cbor2.dumps(value, canonical=True)
    except Exception:  # whatever a decoder of strangers' bytes may raise, the answer is the same
        raise NotGenuine("malformed") from None
    if again != inner:
        raise NotGenuine("malformed")
    return value


def _summary(kid: str, claims: Any) -> Summary:
    """Only what we signed comes here, perhaps in a later version."""
    match claims:
        case {1: str(issuer), 6: int(issued_at), -65537: [version, *fields]}:
            if version != VERSION:
                raise NotGenuine("wrong_version")
        case _:
            raise NotGenuine("malformed")
    match fields:
        case [
            bytes(traject),
            int(number),
            bytes(head),
            int(total),
            int(target),
            int(first),
            int(last),
            str(name),
        ]:
            return Summary(
                issuer=issuer,
                name=name,
                total_minutes=total,
                target_minutes=target,
                first_day=_EPOCH + timedelta(days=first),
                last_day=_EPOCH + timedelta(days=last),
                traject=UUID(bytes=traject),
                number=number,
                head=head.hex(),
                issued_at=datetime.fromtimestamp(issued_at, UTC),
                kid=kid,
            )
    raise NotGenuine("malformed")


def _claims(summary: Summary) -> bytes:
    ours = [
        VERSION,
        summary.traject.bytes,
        summary.number,
        bytes.fromhex(summary.head),
        summary.total_minutes,
        summary.target_minutes,
        (summary.first_day - _EPOCH).days,
        (summary.last_day - _EPOCH).days,
        summary.name,
    ]
    issued_at = int(summary.issued_at.timestamp())
    return _dumps({_ISS: summary.issuer, _IAT: issued_at, _OURS: ours})


def _protected(kid: str) -> bytes:
    return _dumps({_ALG: _EDDSA, _KID: kid.encode()})


def _to_be_signed(kid: str, payload: bytes) -> bytes:
    return _dumps(["Signature1", _protected(kid), b"", payload])


def _envelope(kid: str, payload: bytes, signature: bytes) -> bytes:
    return _dumps(cbor2.CBORTag(_SIGN1_TAG, [_protected(kid), {}, payload, signature]))


def _dumps(value: Any) -> bytes:
    return cbor2.dumps(value, canonical=True)
