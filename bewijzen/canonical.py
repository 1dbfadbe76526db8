"""Canonical bytes, version 1 (model.md): what is hashed, frozen for ever.

RFC 8785 JSON, strings in NFC, times in UTC to the second with `Z`, absent values `null`.
"""

import hashlib
import unicodedata
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import rfc8785

from bewijzen.models import Regel, RegelTekst

VERSION = 1


def utc(moment: datetime | None) -> str | None:
    """A moment as `2026-03-06T18:30:00Z`, or None."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
        "trekt_in": regel.withdraws.number if regel.withdraws_id else None,
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
    return sha256(rfc8785.dumps(fields))


def words(tekst: RegelTekst) -> dict[str, Any]:
    """The canonical fields of the words beside a line."""
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


def words_hash(tekst: RegelTekst) -> str:
    return sha256(bytes.fromhex(tekst.salt) + rfc8785.dumps(words(tekst)))


def head_message(traject: UUID, number: int, line_hash: str) -> bytes:
    """What the key signs: this traject's chain has this hash after this many lines."""
    return f"veertig/hoofd/{VERSION}/{traject}/{number}/{line_hash}".encode()
