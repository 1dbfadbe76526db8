"""The data inside the PDF: every line of the chain as it was hashed, the words of those that
count, the signed head, and the text of the QR. Whoever has the public keys can check all of it
without a network.

RFC 8785 JSON:

    {"v": 1, "traject": uuid, "regels": [the canonical lines, in order],
     "woorden": {"<line number>": {"zout": hex, "tekst": {the canonical words}}},
     "hoofd": {"n", "hash", "sleutel", "handtekening"} or null, "samenvatting": "VTG1:…" or null}
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bewijzen import canonical
from bewijzen.summary import NotGenuine, Summary, decode

Json = dict[str, Any]


def write(
    traject: UUID,
    lines: list[Json],
    words: dict[int, tuple[str, Json]],
    head: Json | None,
    summary: str | None,
) -> bytes:
    """The bytes of the attachment. `words` are (salt, canonical words) by line number."""
    return rfc8785.dumps(
        {
            "v": canonical.VERSION,
            "traject": str(traject),
            "regels": lines,
            "woorden": {
                str(number): {"zout": salt, "tekst": text} for number, (salt, text) in words.items()
            },
            "hoofd": head,
            "samenvatting": summary,
        }
    )


def read(data: bytes, keys: Mapping[str, bytes]) -> Summary:
    """The signed summary, when every line, word and total beside it agrees with it.

    Raises NotGenuine with the codes of `summary.decode`, and: malformed for what we never write,
    not_final for an overview so far, lines_differ when a line or a word is not what was signed.
    """
    content = _parse(data)
    if content["samenvatting"] is None:
        raise NotGenuine("not_final")
    if not isinstance(content["samenvatting"], str):
        raise NotGenuine("malformed")
    summary = decode(content["samenvatting"], keys)
    try:
        agrees = _agrees(content, summary, keys)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        agrees = False  # another shape than ours
    if not agrees:
        raise NotGenuine("lines_differ")
    return summary


def _parse(data: bytes) -> Json:
    try:
        content = json.loads(data)
        if rfc8785.dumps(content) == data and set(content) == {
            *("v", "traject", "regels", "woorden", "hoofd", "samenvatting"),
        }:
            return content
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass
    raise NotGenuine("malformed")


def _agrees(content: Json, summary: Summary, keys: Mapping[str, bytes]) -> bool:
    lines = content["regels"]
    withdrawn = {line["trekt_in"] for line in lines}
    valid = [
        line for line in lines if line["soort"] == "bevestiging" and line["n"] not in withdrawn
    ]
    return (
        _same([content["v"], content["traject"]], [canonical.VERSION, str(summary.traject)])
        and _head_of(lines, summary.traject) == (summary.number, summary.head)
        and _is_signed(content["hoofd"], summary, keys)
        and sum(line["minuten"] for line in valid) == summary.total_minutes
        and min(line["dag"] for line in valid) == summary.first_day.isoformat()
        and max(line["dag"] for line in valid) == summary.last_day.isoformat()
        and _words_agree(content["woorden"], valid)
    )


def _head_of(lines: list[Json], traject: UUID) -> tuple[int, str]:
    """Number and hash of the last line. Raises ValueError where the chain is broken."""
    last = canonical.first_prev_hash(traject)
    for number, line in enumerate(lines, start=1):
        if (line["n"], line["traject"], line["vorige"]) != (number, str(traject), last):
            raise ValueError(number)
        last = canonical.line_hash(line)
    return len(lines), last


def _same(one: Any, other: Any) -> bool:
    """Equal as bytes: to Python, true is 1 as well."""
    return rfc8785.dumps(one) == rfc8785.dumps(other)


def _is_signed(head: Json, summary: Summary, keys: Mapping[str, bytes]) -> bool:
    named = {"n": summary.number, "hash": summary.head}
    if not _same(head, {**named, "sleutel": head["sleutel"], "handtekening": head["handtekening"]}):
        return False
    message = canonical.head_message(summary.traject, summary.number, summary.head)
    try:
        Ed25519PublicKey.from_public_bytes(keys[head["sleutel"]]).verify(
            canonical.from_hex(head["handtekening"]), message
        )
    except InvalidSignature:
        return False
    return True


def _words_agree(words: Json, valid: list[Json]) -> bool:
    """Words may have been erased; the ones that are there are the ones that were hashed."""
    hashes = {str(line["n"]): line["tekst"] for line in valid}
    return all(
        set(word) == {"zout", "tekst"}
        and canonical.sha256(canonical.from_hex(word["zout"]) + rfc8785.dumps(word["tekst"]))
        == hashes[number]
        for number, word in words.items()
    )
