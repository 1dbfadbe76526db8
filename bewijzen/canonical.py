"""Canonical bytes, version 1 (model.md): what is hashed, frozen for ever.

RFC 8785 JSON, strings in NFC, times in UTC to the second with `Z`, absent values `null`.
"""

import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bewijzen.models import Regel, RegelTekst

VERSION = 1

#: RFC 8785 for what we hash: strings, whole numbers and null under ASCII names. The same bytes as
#: `rfc8785.dumps` (a test holds it) in a fifth of the time, which checking the grootboek needs.
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def encoded(fields: dict[str, Any]) -> bytes:
    return _JSON.encode(fields).encode()


def to_second(moment: datetime) -> datetime:
    """A moment as the grootboek keeps and hashes it: in UTC, whole seconds."""
    return moment.astimezone(UTC).replace(microsecond=0)


def utc(moment: datetime | None) -> str | None:
    """A moment as `2026-03-06T18:30:00Z`, or None."""
    if moment is None:
        return None
    return f"{to_second(moment).replace(tzinfo=None).isoformat()}Z"


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def from_hex(text: str) -> bytes:
    """The bytes of lower-case hex. Raises ValueError for any other way to write them, so that no
    changed letter goes unseen."""
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError("not the one way to write these bytes")
    return data


def first_prev_hash(traject: UUID) -> str:
    """What the first line of a chain names as the one before it."""
    return sha256(f"veertig/{VERSION}/{traject}".encode())


def line(regel: Regel, *, signer: str, entered_by: str | None) -> dict[str, Any]:
    """The canonical fields of a line. `signer` and `entered_by` are usernames (uuids);
    `withdraws` is named by its number in the same chain."""
    return {
        "v": VERSION,
        "traject": str(regel.traject_id),
        "n": regel.number,
        "soort": regel.kind,
        "trekt_in": regel.withdraws.number if regel.withdraws else None,
        "deelname": str(regel.deelname_id),
        "dag": regel.day.isoformat(),
        "minuten": regel.minutes,
        "van": utc(regel.van),
        "tot": utc(regel.tot),
        "graad": regel.grade,
        "ondertekenaar": signer,
        "invoerder": entered_by,
        "intent": str(regel.intent),
        "geclaimd": utc(regel.claimed_at),
        "ontvangen": utc(regel.received_at),
        "tekst": regel.text_hash,
        "vorige": regel.prev_hash,
    }


def line_hash(fields: dict[str, Any]) -> str:
    return sha256(encoded(fields))


def words(tekst: RegelTekst | Any) -> dict[str, Any]:
    """The canonical fields of the words beside a line: a row with the columns of `RegelTekst`."""
    return {
        "v": VERSION,
        "titel": nfc(tekst.title),
        "gemeente": nfc(tekst.gemeente),
        "organisatie": nfc(tekst.organisatie) or None,
        "inburgeraar": nfc(tekst.inburgeraar),
        "ondertekenaar": nfc(tekst.signer),
        "rol": nfc(tekst.signer_role),
        "reden": nfc(tekst.reason) or None,
        "blad": tekst.sheet_hash or None,
    }


def words_hash(tekst: RegelTekst | Any) -> str:
    """Raises ValueError when the salt is not lower-case hex."""
    return sha256(from_hex(tekst.salt) + encoded(words(tekst)))


def head_message(traject: UUID | str, number: int, line_hash: str) -> bytes:
    """What the key signs: this traject's chain has this hash after this many lines."""
    return f"veertig/hoofd/{VERSION}/{traject}/{number}/{line_hash}".encode()
