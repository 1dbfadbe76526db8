"""The canonical bytes of version 1 are frozen: vectors/canonical.json never changes."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from bewijzen import canonical
from bewijzen.models import Regel, RegelTekst

VECTORS = json.loads((Path(__file__).parent / "vectors" / "canonical.json").read_text())
LINES = {vector["name"]: vector for vector in VECTORS["lines"]}
WORDS = {vector["name"]: vector for vector in VECTORS["words"]}
MOMENTS = ("van", "tot", "claimed_at", "received_at")


def canonical_line(given):
    """The canonical fields of a line as the database hands it over."""
    row = SimpleNamespace(
        traject_id=UUID(given["traject"]),
        number=given["number"],
        kind=given["kind"],
        withdraws_id=given["withdraws"],
        withdraws=SimpleNamespace(number=given["withdraws"]),
        deelname_id=UUID(given["deelname"]),
        day=date.fromisoformat(given["day"]),
        minutes=given["minutes"],
        grade=given["grade"],
        intent=UUID(given["intent"]),
        text_hash=given["text_hash"],
        prev_hash=given["prev_hash"],
        **{name: given[name] and datetime.fromisoformat(given[name]) for name in MOMENTS},
    )
    return canonical.line(row, signer=given["signer"], entered_by=given["entered_by"])


@pytest.mark.parametrize("name", LINES)
def test_a_line_has_these_bytes_and_this_hash(name):
    fields = canonical_line(LINES[name]["given"])
    assert canonical.encoded(fields).decode() == LINES[name]["bytes"]
    assert canonical.line_hash(fields) == LINES[name]["hash"]


@pytest.mark.parametrize("name", WORDS)
def test_the_words_beside_a_line_have_these_bytes_and_this_hash(name):
    tekst = RegelTekst(**WORDS[name]["given"])
    assert canonical.encoded(canonical.words(tekst)).decode() == WORDS[name]["bytes"]
    assert canonical.words_hash(tekst) == WORDS[name]["hash"]


def test_the_first_line_names_the_hash_of_its_traject():
    first = VECTORS["first_prev_hash"]
    assert canonical.first_prev_hash(UUID(first["traject"])) == first["hash"]
    assert first["hash"] == hashlib.sha256(b"veertig/1/" + first["traject"].encode()).hexdigest()


@pytest.mark.parametrize("head", VECTORS["heads"])
def test_what_the_key_signs_stays_as_it_is(head):
    message = canonical.head_message(UUID(head["traject"]), head["number"], head["hash"])
    assert message.decode() == head["message"]


CHANGES = {
    "traject": "0f8e1c52-6d0b-4b6e-9a3e-2f4c1d7b8a91",
    "number": 2,
    "kind": "intrekking",
    "withdraws": 1,
    "deelname": "b7a1f3c4-2e5d-4c8a-8f60-91d2e3a4b5c7",
    "day": "2026-03-07",
    "minutes": 121,
    "van": "2026-03-06T19:31:00+01:00",
    "tot": None,
    "grade": "gescand",
    "signer": "5c9d8e7f-1a2b-4c3d-9e8f-7a6b5c4d3e2e",
    "entered_by": "5c9d8e7f-1a2b-4c3d-9e8f-7a6b5c4d3e2f",
    "intent": "00000000-0000-4000-8000-000000000099",
    "claimed_at": "2026-03-06T21:04:04+00:00",
    "received_at": "2026-03-06T21:04:07+00:00",
    "text_hash": "0" * 64,
    "prev_hash": "f" * 64,
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_changes_the_hash(field):
    vector = LINES["clock times in winter"]
    assert vector["given"].keys() == CHANGES.keys()
    changed = canonical_line({**vector["given"], field: CHANGES[field]})
    assert canonical.line_hash(changed) != vector["hash"]


@pytest.mark.parametrize("field", WORDS["a confirmation"]["given"])
def test_a_change_of_any_word_or_of_the_salt_changes_the_hash(field):
    vector = WORDS["a confirmation"]
    changed = {"salt": "0" * 32, "sheet_hash": "0" * 64}.get(field, "Iets anders")
    tekst = RegelTekst(**{**vector["given"], field: changed})
    assert canonical.words_hash(tekst) != vector["hash"]


def test_a_salt_has_one_way_to_be_written():
    tekst = RegelTekst(**{**WORDS["a confirmation"]["given"]})
    for salt in [tekst.salt.upper(), f"{tekst.salt} ", "zz", "é"]:
        tekst.salt = salt
        with pytest.raises(ValueError, match=r"fromhex|one way"):
            canonical.words_hash(tekst)


def test_every_column_of_a_line_is_in_its_hash():
    """The control of the vectors: whoever adds a column decides here whether it is hashed."""
    columns = {field.attname for field in Regel._meta.fields}
    hashed = {
        *("traject_id", "number", "kind", "withdraws_id", "deelname_id", "day", "minutes", "van"),
        *("tot", "grade", "signer_id", "entered_by_id", "intent", "claimed_at", "received_at"),
        *("text_hash", "prev_hash"),
    }
    assert columns - hashed == {"id", "hash"}
    words = {field.attname for field in RegelTekst._meta.fields}
    assert words - WORDS["a confirmation"]["given"].keys() == {"regel_id"}


_values = st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()


@settings(derandomize=True, database=None, max_examples=200, deadline=None)
@given(st.dictionaries(st.text(st.characters(max_codepoint=127)), _values))
def test_our_json_is_that_of_rfc_8785(fields):
    assert canonical.encoded(fields) == rfc8785.dumps(fields)
