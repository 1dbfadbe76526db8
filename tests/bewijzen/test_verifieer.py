"""Anyone can verify a bewijs: the page, without an account and without a script."""

import io
import zlib
from html.parser import HTMLParser
from uuid import uuid4

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bewijzen import cards, ledger, signing
from bewijzen.bewijs import content_of
from bewijzen.bewijs_pdf import ATTACHMENT, bewijs_pdf
from bewijzen.summary import NotGenuine
from bewijzen.verifieer import reading
from tests.bewijzen.cast import row_counts, sign
from tests.bewijzen.test_bewijs import forty_hours

URL = "/nl/verifieer/"


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, whose browser has scripts turned off."""
    return Client()


def shown(response) -> str:
    """The text of the page, its white space made single."""

    class Text(HTMLParser):
        words: list[str] = []

        def handle_data(self, data):
            self.words.append(data)

    assert response.status_code == 200
    reader = Text()
    reader.words = []
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.words).split())


def paste(visitor, text, url=URL):
    return shown(visitor.post(url, {"text": text}))


def hand_in(visitor, data, name="bewijs.pdf", **fields):
    file = SimpleUploadedFile(name, data, "application/pdf")
    return shown(visitor.post(URL, {"pdf": file, **fields}))


def pdf_with(data, name=ATTACHMENT):
    """Somebody else's PDF with an attachment."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(name, data)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.fixture
def bewijs(cast):
    """The content of Samira's bewijs, with her ten lines in `cast.regels`."""
    cast.regels = forty_hours(cast)
    return content_of(cast.samira, now=cast.now)


def withdraw(cast, regel):
    ledger.withdraw(regel.pk, by=cast.lieve, reason="Vergissing", intent=uuid4(), now=cast.now)


# -- The page ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_everyone_sees_the_form_in_every_language(db, visitor, language):
    response = visitor.get(f"/{language}/verifieer/")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'enctype="multipart/form-data"' in page
    assert 'type="file"' in page


def test_looking_changes_nothing(bewijs, visitor):
    before = row_counts()
    visitor.get(URL)
    paste(visitor, bewijs.summary)
    hand_in(visitor, bewijs_pdf(bewijs))
    assert row_counts() == before


def test_the_form_is_guarded_against_other_sites(db):
    response = Client(enforce_csrf_checks=True).post(URL, {"text": "VTG1:"})
    assert response.status_code == 403


# -- Genuine -----------------------------------------------------------------------------------


def test_the_text_of_the_qr_shows_what_was_signed(bewijs, visitor):
    page = paste(visitor, bewijs.summary)
    assert "Dit bewijs is echt" in page
    assert "Samira Al-Masri" in page
    assert "40 uur" in page
    assert "Alle uren tellen nog" in page


def test_the_pdf_shows_the_same(bewijs, visitor):
    page = hand_in(visitor, bewijs_pdf(bewijs))
    assert "Dit bewijs is echt" in page
    assert "Samira Al-Masri" in page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_answer_comes_in_every_language(bewijs, visitor, language):
    assert "Samira Al-Masri" in paste(visitor, bewijs.summary, f"/{language}/verifieer/")


def test_a_text_with_line_breaks_and_white_space_around_it_is_read(bewijs, visitor):
    text = bewijs.summary
    assert "Dit bewijs is echt" in paste(visitor, f" \n{text[:80]}\r\n{text[80:]}\n ")


def test_an_old_key_still_verifies_after_a_new_one_came(bewijs, visitor, settings):
    settings.BEWIJS_SLEUTELS = {"t2": b"n" * 32, **settings.BEWIJS_SLEUTELS}
    assert signing.current_kid() == "t2"
    assert "Dit bewijs is echt" in paste(visitor, bewijs.summary)


def test_a_verifier_learns_nothing_but_the_summary(bewijs, visitor):
    page = hand_in(visitor, bewijs_pdf(bewijs))
    for word in ("Praattafel", "Lange Tafel", "Lieve", "Nele", "V-0"):
        assert word not in page


# -- Does it still hold? -----------------------------------------------------------------------


def test_after_a_withdrawal_it_is_genuine_and_says_what_counts_now(cast, bewijs, visitor):
    withdraw(cast, cast.regels[0])
    for page in (paste(visitor, bewijs.summary), hand_in(visitor, bewijs_pdf(bewijs))):
        assert "Dit bewijs is echt" in page
        assert "nu telt 36 uur" in page
        assert "Alle uren tellen nog" not in page


def test_after_a_correction_it_says_so_and_not_the_new_total(cast, bewijs, visitor):
    withdraw(cast, cast.regels[0])
    sign(cast.samira_praat, cast.lieve, days_ago=50, minutes=300)
    page = paste(visitor, bewijs.summary)
    assert "Sinds toen is er iets verbeterd" in page
    assert "41 uur" not in page


def test_a_signature_over_lines_that_are_not_in_the_grootboek_is_not_called_a_bewijs(
    bewijs, visitor, cast
):
    from dataclasses import replace

    from bewijzen.summary import decode, encode

    summary = decode(bewijs.summary, signing.public_keys())
    page = paste(visitor, encode(replace(summary, head="ab" * 32), signing.sign))
    assert "De handtekening is echt" in page
    assert "niet in onze lijst" in page
    assert "Dit bewijs is echt" not in page


# -- Refused, each with its own sentence -------------------------------------------------------


def test_nothing_at_all_asks_for_one_of_the_two(db, visitor):
    assert "Kies het pdf-bestand van het bewijs, of plak de tekst" in paste(visitor, "")


@pytest.mark.parametrize(
    "text", ["hallo", "VTG1:", "VTG1:" + "A" * 300, "VTG1:" + "A" * 5000, "é 🎉"]
)
def test_another_text_is_not_the_code_of_a_bewijs(db, visitor, text):
    page = paste(visitor, text)
    assert "niet de code van een bewijs" in page
    assert "Dit bewijs is echt" not in page


def test_a_changed_text_is_not_genuine(bewijs, visitor):
    text = bewijs.summary
    other = "A" if text[-3] != "A" else "B"
    page = paste(visitor, text[:-3] + other + text[-2:])
    assert "Dit bewijs is niet echt" in page
    assert "De handtekening klopt niet" in page


def test_a_bewijs_of_another_installation_is_not_ours(bewijs, visitor, settings):
    settings.BEWIJS_SLEUTELS = {"t7": b"x" * 32}
    assert "heeft dit bewijs niet getekend" in paste(visitor, bewijs.summary)


def test_a_bewijs_signed_by_a_stranger_under_our_key_id_is_not_genuine(bewijs, visitor, settings):
    kid = signing.current_kid()
    settings.BEWIJS_SLEUTELS = {kid: b"x" * 32}
    assert "De handtekening klopt niet" in paste(visitor, bewijs.summary)


def test_a_later_kind_of_bewijs_is_named_as_such(bewijs, visitor):
    assert "ander soort" in paste(visitor, bewijs.summary.replace("VTG1:", "VTG2:"))


def test_the_code_of_a_card_is_explained(cast, visitor):
    kaart = cards.new_card(cast.samira, by=cast.nele, now=cast.now)
    page = paste(visitor, cards.card_url(kaart))
    assert "Dit is de code van een kaart" in page
    assert "Samira" not in page


def test_an_overview_so_far_is_not_a_bewijs_yet(cast, visitor):
    sign(cast.samira_praat, cast.lieve)
    pdf = bewijs_pdf(content_of(cast.samira, now=cast.now))
    assert "Dit is een overzicht tot nu toe" in hand_in(visitor, pdf)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"%PDF-1.7",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Names 1 0 R>>\nendobj\ntrailer<</Root 1 0 R>>",
        b"\x00" * 100_000,
        b"\xff\xd8\xff\xe0JFIF",
    ],
)
def test_another_file_cannot_be_read(db, visitor, data):
    page = hand_in(visitor, data)
    assert "kunnen we niet lezen" in page or "zit geen bewijs" in page
    assert "Dit bewijs is echt" not in page


def test_half_a_pdf_is_answered_with_a_sentence(bewijs, visitor):
    pdf = bewijs_pdf(bewijs)
    for length in range(10, len(pdf) * 9 // 10, len(pdf) // 12):
        assert "Dit bewijs is echt" not in hand_in(visitor, pdf[:length])


def test_a_pdf_without_our_data_points_to_the_qr(db, visitor):
    assert "zit geen bewijs van Veertig" in hand_in(visitor, pdf_with(b"{}", "iets.json"))


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b"[" * 50_000, b'{"samenvatting":7}'])
def test_a_pdf_with_other_data_under_our_name_is_refused(db, visitor, data):
    assert "Dit bewijs is echt" not in hand_in(visitor, pdf_with(data))


def test_changed_lines_beside_a_true_summary_are_not_genuine(bewijs, visitor):
    assert bewijs.data.count(b'"minuten":240') == 10
    data = bewijs.data.replace(b'"minuten":240', b'"minuten":250', 1)
    page = hand_in(visitor, pdf_with(data))
    assert "Dit bewijs is niet echt" in page
    assert "niet de uren die getekend zijn" in page


def test_the_lines_of_somebody_else_under_a_true_summary_are_not_genuine(bewijs, visitor, cast):
    data = bewijs.data.replace(str(cast.samira.pk).encode(), str(cast.yusuf.pk).encode())
    assert "Dit bewijs is niet echt" in hand_in(visitor, pdf_with(data))


def test_an_empty_file_is_named_as_such(db, visitor):
    assert "Dit bestand is leeg" in hand_in(visitor, b"")


def test_a_file_of_more_than_five_megabytes_is_not_read(db, visitor, monkeypatch):
    monkeypatch.setattr(reading, "_attached", None)
    assert "te groot" in hand_in(visitor, b"%PDF-1.7" + b"\x00" * reading.MAX_PDF_BYTES)


def test_a_pdf_that_unpacks_to_gigabytes_is_not_unpacked(db, visitor):
    bomb = zlib.compress(b"\x00" * 200_000_000, 9)
    plain = pdf_with(b"x" * len(bomb))
    assert plain.count(b"x" * len(bomb)) == 1
    pdf = plain.replace(b"x" * len(bomb), bomb).replace(
        b"/Type /EmbeddedFile", b"/Filter /FlateDecode\n/Type /EmbeddedFile"
    )
    assert b"/FlateDecode" in pdf
    assert "Dit bewijs is echt" not in hand_in(visitor, pdf)


def test_control_a_genuine_attachment_in_another_pdf_is_accepted(bewijs, visitor):
    """So the refusals above are about what is inside, not about the file around it."""
    assert "Dit bewijs is echt" in hand_in(visitor, pdf_with(bewijs.data))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(db, visitor, method):
    assert getattr(visitor, method)(URL).status_code == 405


def test_odd_fields_are_answered_with_a_page(db, visitor):
    assert visitor.post(URL, {"text": "a\x00b"}).status_code == 200
    assert visitor.post(URL, {"pdf": "no file"}).status_code == 200
    assert visitor.post(URL, b"\xff\xfe", content_type="application/json").status_code == 200


# -- The public keys ---------------------------------------------------------------------------


def test_the_public_keys_are_published_and_verify_what_we_signed(bewijs, visitor):
    import base64

    from bewijzen.summary import decode

    response = visitor.get("/.well-known/bewijs-sleutels.json")
    keys = {key["kid"]: base64.urlsafe_b64decode(key["x"] + "=") for key in response.json()["keys"]}
    assert decode(bewijs.summary, keys).name == "Samira Al-Masri"


def test_old_keys_stay_published_and_no_secret_is(visitor, settings):
    settings.BEWIJS_SLEUTELS = {"t2": b"n" * 32, "t1": b"o" * 32}
    response = visitor.get("/.well-known/bewijs-sleutels.json")
    assert [key["kid"] for key in response.json()["keys"]] == ["t2", "t1"]
    assert all(
        set(key) == {"kty", "crv", "use", "alg", "kid", "x"} for key in response.json()["keys"]
    )


def test_a_pdf_that_keeps_a_parser_busy_costs_its_own_process_only(monkeypatch):
    monkeypatch.setattr(reading, "_MOST_SECONDS", 0)
    with pytest.raises(NotGenuine) as refused:
        reading.from_pdf(b"%PDF-1.7")
    assert refused.value.code == "not_a_pdf"
