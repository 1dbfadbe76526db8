"""The signed summary: one text per bewijs, and nothing else is accepted."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bewijzen import summary as module
from bewijzen.summary import PREFIX, NotGenuine, Summary, decode, encode, fitted
from gemeenten.printing.qr import qr_version

OURS = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
OLD = Ed25519PrivateKey.from_private_bytes(b"p" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
KEYS = {
    "t1": OURS.public_key().public_bytes_raw(),
    "t0": OLD.public_key().public_bytes_raw(),
}

SAMIRA = Summary(
    issuer="veertig.example",
    name="Samira Al-Masri",
    total_minutes=2400,
    target_minutes=2400,
    first_day=date(2026, 3, 3),
    last_day=date(2026, 11, 14),
    traject=UUID("6f1c8a52-0d6b-4bb7-9a0e-5d1b6f3a9c21"),
    number=21,
    head=sha256(b"the last line").hexdigest(),
    issued_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    kid="t1",
)
AGNIESZKA = replace(SAMIRA, name="Agnieszka Żółć", total_minutes=2445, number=300, kid="t0")
MOHAMMAD = replace(SAMIRA, name="محمد الترابي", head=sha256(b"another").hexdigest())


def sign(message: bytes) -> tuple[str, bytes]:
    return "t1", OURS.sign(message)


def sign_old(message: bytes) -> tuple[str, bytes]:
    return "t0", OLD.sign(message)


def text_of(summary: Summary) -> str:
    return encode(summary, sign_old if summary.kid == "t0" else sign)


def raw(text: str) -> bytes:
    return base45.b45decode(text.removeprefix(PREFIX))


def as_text(data: bytes) -> str:
    return PREFIX + base45.b45encode(data).decode()


def refusal(text: str) -> str:
    with pytest.raises(NotGenuine) as caught:
        decode(text, KEYS)
    return caught.value.code


def forged(
    *,
    protected: bytes | None = None,
    unprotected: dict | None = None,
    payload: bytes | None = None,
    key: Ed25519PrivateKey = OURS,
    tag: int = 18,
    kid: str = "t1",
) -> str:
    """A COSE_Sign1 with a valid signature of `key`, other than ours in the part that is given."""
    protected = module._protected(kid) if protected is None else protected
    payload = module._claims(SAMIRA) if payload is None else payload
    message = cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
    parts = [protected, unprotected or {}, payload, key.sign(message)]
    return as_text(cbor2.dumps(cbor2.CBORTag(tag, parts), canonical=True))


@pytest.mark.parametrize("summary", [SAMIRA, AGNIESZKA, MOHAMMAD])
def test_what_was_signed_is_read_back_whole(summary):
    assert decode(text_of(summary), KEYS) == summary


def test_the_forger_of_these_tests_makes_what_we_make_when_nothing_is_changed():
    assert forged() == text_of(SAMIRA)


def test_the_same_summary_has_the_same_text():
    assert text_of(SAMIRA) == text_of(SAMIRA)


@pytest.mark.parametrize("summary", [SAMIRA, AGNIESZKA, MOHAMMAD])
def test_it_is_small_enough_to_scan_at_three_centimetres(summary):
    text = text_of(summary)
    assert 174 <= len(raw(text)) <= 219
    assert qr_version(text) <= 11


def test_the_text_is_ready_for_a_qr_in_alphanumeric_mode():
    assert set(text_of(MOHAMMAD)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize("name", ["Maria " * 60, "محمد عبد الله " * 9, "ሰላም" * 40])
def test_a_very_long_name_is_cut_so_that_the_qr_still_scans(name):
    short = fitted(replace(SAMIRA, name=name))
    assert short.name.endswith("…")
    assert qr_version(text_of(short)) <= 11
    assert decode(text_of(short), KEYS) == short


def test_an_ordinary_name_is_left_as_it_is():
    assert fitted(SAMIRA) == SAMIRA


def test_a_summary_that_would_not_fit_is_not_made():
    with pytest.raises(ValueError, match="too long"):
        text_of(replace(SAMIRA, name="Maria " * 60))


def test_a_signature_by_another_key_than_the_summary_names_is_not_used():
    with pytest.raises(ValueError, match="t0"):
        encode(SAMIRA, sign_old)


# -- Forgeries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("summary", [SAMIRA, AGNIESZKA, MOHAMMAD])
def test_every_byte_changed_to_any_other_value_is_refused(summary):
    data = raw(text_of(summary))
    accepted = []
    for position in range(len(data)):
        changed = bytearray(data)
        for value in {*range(0, 256, 5), data[position] ^ 1, data[position] ^ 128, 0xF5, 0xF9}:
            if value == data[position]:
                continue
            changed[position] = value
            try:
                decode(as_text(bytes(changed)), KEYS)
            except NotGenuine:
                continue
            accepted.append((position, value))
    assert accepted == []


def test_every_character_of_the_text_changed_is_refused():
    text = text_of(SAMIRA)
    for position, char in enumerate(text):
        for other in "0A:%é\x00":
            if other != char:
                assert refusal(text[:position] + other + text[position + 1 :])


def test_control_without_the_signature_check_a_flipped_byte_goes_through(monkeypatch):
    class Anything:
        @staticmethod
        def from_public_bytes(raw):
            return Anything()

        def verify(self, signature, message):
            pass

    data = bytearray(raw(text_of(SAMIRA)))
    data[-1] ^= 1
    assert refusal(as_text(bytes(data))) == "bad_signature"
    monkeypatch.setattr(module, "Ed25519PublicKey", Anything)
    assert decode(as_text(bytes(data)), KEYS) == SAMIRA


def test_a_higher_total_under_the_old_signature_is_refused():
    data = raw(text_of(SAMIRA))
    old, new = cbor2.dumps(2400), cbor2.dumps(2460)
    assert data.count(old * 2) == 1
    assert refusal(as_text(data.replace(old * 2, new + old))) == "bad_signature"


def test_a_signature_by_a_stranger_is_refused():
    assert refusal(forged(key=STRANGER)) == "bad_signature"


def test_a_signature_by_another_key_of_ours_under_the_wrong_id_is_refused():
    assert refusal(forged(key=OLD)) == "bad_signature"


def test_a_key_that_we_do_not_know_is_refused():
    assert refusal(forged(kid="t9", key=STRANGER)) == "unknown_key"


@pytest.mark.parametrize("algorithm", [-7, -37, 5, None, "EdDSA", 0])
def test_another_algorithm_is_refused_even_with_a_valid_signature(algorithm):
    protected = cbor2.dumps({1: algorithm, 4: b"t1"}, canonical=True)
    assert refusal(forged(protected=protected)) == "wrong_algorithm"


@pytest.mark.parametrize(
    "protected",
    [
        b"",
        cbor2.dumps({1: -8}),
        cbor2.dumps({4: b"t1"}),
        cbor2.dumps({1: -8, 4: "t1"}),
        cbor2.dumps({1: -8, 4: b"t1", 2: [1]}),
        cbor2.dumps([1, -8]),
        b"\xa2\x04\x42t1\x01\x27",  # keys in another order
        b"\xa2\x01\x27\x04\x58\x02t1",  # a length longer than needed
        b"\xa2\xf5\x27\x04\x42t1",  # true for 1
        b"\xa2\x01\xf9\xc8\x00\x04\x42t1",  # -8.0 for -8
        b"\xbf\x01\x27\x04\x42t1\xff",  # indefinite length
    ],
)
def test_a_header_in_another_form_is_refused_even_when_it_is_signed(protected):
    assert refusal(forged(protected=protected)) == "malformed"


def test_a_header_in_another_form_around_a_true_signature_is_refused():
    """The signature covers the bytes that we write, so only these may stand there."""
    data = raw(text_of(SAMIRA))
    assert data.count(b"\xa2\x01\x27\x04") == 1
    assert refusal(as_text(data.replace(b"\xa2\x01\x27\x04", b"\xa2\xf5\x27\x04"))) == "malformed"


def test_an_unprotected_header_is_refused():
    assert refusal(forged(unprotected={4: b"t1"})) == "malformed"


@pytest.mark.parametrize("tag", [17, 61, 98])
def test_another_kind_of_message_is_refused(tag):
    assert refusal(forged(tag=tag)) == "malformed"


def test_a_message_without_its_tag_is_refused():
    assert refusal(as_text(raw(text_of(SAMIRA))[1:])) == "malformed"


@pytest.mark.parametrize(
    "claims",
    [
        {1: "veertig.example"},
        {1: "veertig.example", 6: 1, -65537: []},
        {1: "veertig.example", 6: 1, -65537: [1]},
        {1: 7, 6: 1, -65537: [1, b"", 1, b"", 1, 1, 1, 1, ""]},
        ["veertig.example"],
        "veertig.example",
    ],
)
def test_other_claims_are_refused_even_when_we_signed_them(claims):
    assert refusal(forged(payload=cbor2.dumps(claims, canonical=True))) == "malformed"


def test_claims_in_another_cbor_form_are_refused_even_when_we_signed_them():
    claims = cbor2.loads(module._claims(SAMIRA))
    backwards = cbor2.dumps(dict(reversed(claims.items())))
    assert refusal(forged(payload=backwards)) == "malformed"


def test_a_later_version_of_the_claims_is_named_as_such():
    claims = cbor2.loads(module._claims(SAMIRA))
    claims[-65537][0] = 2
    payload = cbor2.dumps(claims, canonical=True)
    assert refusal(forged(payload=payload)) == "wrong_version"


def test_a_later_prefix_is_named_as_such():
    assert refusal(text_of(SAMIRA).replace("VTG1:", "VTG2:")) == "wrong_version"


@pytest.mark.parametrize("length", [0, 3, 5, 6, 40, 200, -1, -2, -3])
def test_a_piece_of_the_text_is_refused(length):
    assert refusal(text_of(SAMIRA)[:length]) == "malformed"


@pytest.mark.parametrize("tail", [b"\x00", b"\xa0", b"\xff", b"\x00" * 20])
def test_bytes_after_the_end_are_refused(tail):
    assert refusal(as_text(raw(text_of(SAMIRA)) + tail)) == "malformed"


@pytest.mark.parametrize("tail", ["0", "00", "000", "\n", " "])
def test_characters_after_the_end_are_refused(tail):
    assert refusal(text_of(SAMIRA) + tail) == "malformed"


def test_an_endless_text_is_refused_before_it_is_decoded():
    assert refusal("VTG1:" + "0" * 10_000_000) == "oversized"


def test_compressed_text_is_refused_so_a_bomb_has_nothing_to_unpack_it():
    assert refusal(as_text(zlib.compress(raw(text_of(SAMIRA))))) == "malformed"
    assert refusal(as_text(zlib.compress(b"\x00" * 100_000))) == "malformed"


@pytest.mark.parametrize(
    "data",
    [
        b"\xd2" + b"\x81" * 200,  # nested arrays
        b"\xd2\x84" + b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",  # an array of 2**64
        b"\xd2\x84\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",  # a string of 2**63 bytes
        b"\xd2\xc5\x82\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # an enormous bigfloat
        b"\xd2\xc4\x82\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # an enormous decimal
        b"\xd2\xd8\x23\x64((((",  # a broken regular expression
        b"\xd2\xd8\x1d\x00",  # a reference to nothing
        b"\xd2\xd8\x1e\x82\x01\x00",  # a fraction of nothing
        b"\xd2\xc1\xfb\x7f\xef\xff\xff\xff\xff\xff\xff",  # a moment after the end of time
    ],
)
def test_cbor_made_to_hurt_is_refused(data):
    assert refusal(as_text(data)) == "malformed"


@pytest.mark.parametrize("text", ["", "VTG", "VTG1", "HTTPS://VEERTIG.EXAMPLE/B/ABC", "é", "\x00"])
def test_something_else_altogether_is_refused(text):
    assert refusal(text) == "malformed"
