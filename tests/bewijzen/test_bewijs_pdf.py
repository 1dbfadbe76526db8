"""The bewijs as PDF: one file for people, for screen readers and for machines."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Thread

import pypdf
import pypdfium2
import pytest
import zxingcpp
from pypdf.generic import DictionaryObject

from bewijzen.bewijs_pdf import (
    ATTACHMENT,
    BewijsContent,
    BewijsLine,
    bewijs_pdf,
    hours,
)
from gemeenten.printing.sheet import drawable, drawable_characters

SUMMARY = "VTG1:" + "6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2" * 6
CARD = "HTTPS://VEERTIG.EXAMPLE/B/ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def line(day: date, minutes: int = 120, **fields: object) -> BewijsLine:
    return BewijsLine(
        **{
            "day": day,
            "minutes": minutes,
            "van": None,
            "tot": None,
            "title": "Praattafel",
            "organisatie": "De Lange Tafel",
            "gemeente": "Herent",
            "signer": "Lieve Vanderstok",
            "grade": "gescand",
            **fields,
        }
    )


def block(day: date, hour: int, minutes: int, **fields: object) -> BewijsLine:
    """A line with clock times, `hour` in UTC."""
    van = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return line(day, minutes, van=van, tot=van + timedelta(minutes=minutes), **fields)


LINES = (
    line(date(2026, 3, 3)),
    block(date(2026, 3, 10), 18, 90, title="Voetbal", signer="Agnieszka Żółć", grade="samen"),
    block(date(2026, 7, 4), 8, 180, title="Koken", organisatie="", grade="papier"),
)
FINAL = BewijsContent(
    is_final=True,
    issuer="Agentschap Voorbeeld",
    gemeente="Herent",
    name="Samira Al-Masri",
    total_minutes=2400,
    target_minutes=2400,
    lines=LINES,
    issued_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    verify_address="veertig.example/nl/verifieer",
    sign_address="veertig.example/nl/tekenen",
    data=b'{"regels":[1,2,3]}',
    kid="t1",
    summary=SUMMARY,
)
SO_FAR = replace(
    FINAL, is_final=False, total_minutes=390, summary="", card_url=CARD, typed_code="4821 093 755"
)


def opened(content: BewijsContent) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(bewijs_pdf(content)), strict=True)


def text_of(content: BewijsContent) -> str:
    """All text, its white space made single."""
    return " ".join(" ".join(page.extract_text() for page in opened(content).pages).split())


def copied(content: BewijsContent) -> str:
    """All text as a browser copies it."""
    pages = pypdfium2.PdfDocument(bewijs_pdf(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def scanned(content: BewijsContent, dpi: int = 150) -> list[str]:
    pages = pypdfium2.PdfDocument(bewijs_pdf(content))
    pictures = (page.render(scale=dpi / 72, grayscale=True).to_pil() for page in pages)
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def tags(content: BewijsContent) -> list[str]:
    """The kinds of structure elements, in reading order."""
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object()
        if isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(opened(content).root_object["/StructTreeRoot"])
    return found


# -- For people --------------------------------------------------------------------------------


def test_the_final_one_says_who_how_long_and_when():
    text = text_of(FINAL)
    assert "Bewijs van deelname" in text
    assert "Samira Al-Masri" in text
    assert "samen 40 uur" in text
    assert "van 3 maart 2026 tot en met 4 juli 2026" in text
    assert "Afgegeven op 21 november 2026" in text


def test_each_line_shows_day_time_activity_organisation_signer_and_grade():
    text = text_of(FINAL)
    assert "di 3-3-2026 2 uur Praattafel De Lange Tafel, Herent Lieve Vanderstok Kaart gesc" in text
    assert "di 10-3-2026 1 uur 30 19.00–20.30 Voetbal" in text  # 18:00 UTC in winter
    assert "za 4-7-2026 3 uur 10.00–13.00 Koken Herent" in text  # 8:00 UTC in summer
    assert "Samen gescand" in text
    assert "Op papier" in text


def test_a_line_without_clock_times_gets_no_invented_ones():
    assert "2 uur Praattafel" in text_of(replace(FINAL, lines=LINES[:1]))


def test_it_never_claims_to_be_the_official_form():
    for content in (FINAL, SO_FAR):
        assert "niet het officiële formulier van het agentschap" in text_of(content)


def test_it_says_how_to_verify():
    for content in (FINAL, SO_FAR):
        assert "veertig.example/nl/verifieer" in text_of(content)


def test_the_half_filled_one_says_how_far_it_is_and_has_room_for_the_pen():
    text = text_of(SO_FAR)
    assert "Overzicht tot nu toe" in text
    assert "6 uur 30 van 40 uur" in text
    assert "nog geen bewijs" in text
    assert "Handtekening" in text
    assert "4821 093 755" in text
    assert "Bewijs van deelname" not in text


def test_the_half_filled_one_is_made_without_any_line_or_card_too():
    text = text_of(replace(SO_FAR, lines=(), total_minutes=0, card_url="", typed_code=""))
    assert "0 uur van 40 uur" in text
    assert "Er staan nog geen uren" in text


NAMES = [
    "Łukasz Żółć",
    "Đặng Thị Hồng",
    "Олена Ткачук",
    "ሰላም ተስፋይ",
    "محمد الترابي",
    "علاء عبد الله إسلام",  # lam and alef, and the word Allah: letters that fonts draw as one
    "پروانه چنگیز کیمیا",
    "ښکلا ټورپېکۍ ډاګي",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_comes_out_letter_by_letter(name):
    assert name in copied(replace(FINAL, name=name))
    in_a_table = copied(replace(SO_FAR, lines=(line(date(2026, 3, 3), signer=name),)))
    assert all(word in in_a_table for word in name.split())


def test_arabic_words_and_polish_names_come_out_of_another_reader_as_well():
    text = text_of(replace(FINAL, name="علاء عبد الله إسلام"))
    assert "Agnieszka Żółć" in text
    assert all(word in text for word in ["علاء", "عبد", "الله", "إسلام"])


def test_the_fonts_are_inside_and_none_is_the_systems():
    fonts = set()
    for page in opened(replace(FINAL, name="محمد")).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font["/DescendantFonts"][0].get_object()
            fonts.add(descendant["/BaseFont"].partition("+")[2].partition("-")[0])
            descriptor = descendant["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert fonts == {"NotoSans", "Vazirmatn"}


def test_a_character_that_no_font_has_becomes_a_box_and_never_an_error():
    assert "\N{REPLACEMENT CHARACTER}" in drawable("王小明")
    assert bewijs_pdf(replace(FINAL, name="王小明 🎉\x07"))


def test_every_character_that_we_say_we_can_draw_can_be_drawn():
    characters = [chr(number) for number in sorted(drawable_characters())]
    for start in range(0, len(characters), 400):
        name = " ".join(characters[start : start + 400])
        bewijs_pdf(replace(SO_FAR, lines=(line(date(2026, 3, 3), title=name),)))


@pytest.mark.parametrize(
    "name", ['#panic("x")', '"], #eval("1")', "$x^2$ *a* _b_ `c`", "<b>&amp;", "\\ // /*"]
)
def test_what_people_type_is_text_and_never_typst(name):
    assert name in text_of(replace(FINAL, name=name, issuer=name, gemeente=name))


def test_forty_short_lines_and_long_words_still_make_a_bewijs():
    many = tuple(
        line(date(2026, 1, 1) + timedelta(days=n), 15, title="Zeer lange titel " * 14)
        for n in range(160)
    )
    reader = opened(replace(FINAL, lines=many, name="Maria " * 20))
    assert len(reader.pages) > 5
    assert reader.pages[3].extract_text().count("Getekend door") == 1  # the header comes back


# -- The two QR codes --------------------------------------------------------------------------


def test_the_qr_on_the_final_one_is_the_signed_summary():
    assert scanned(FINAL) == [SUMMARY]


def test_the_qr_on_the_half_filled_one_is_the_card():
    assert scanned(SO_FAR) == [CARD]


def test_the_qr_scans_when_printed_in_grey_at_a_poor_resolution():
    assert scanned(FINAL, dpi=110) == [SUMMARY]


# -- For screen readers and archives -----------------------------------------------------------


@pytest.mark.parametrize("content", [FINAL, SO_FAR])
def test_it_says_that_it_is_pdf_a_3a_and_pdf_ua_1(content):
    xmp = opened(content).root_object["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


@pytest.mark.parametrize("content", [FINAL, SO_FAR])
def test_it_is_tagged_in_dutch_and_shows_its_title(content):
    root = opened(content).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_titles_are_those_of_the_two_states():
    assert opened(FINAL).metadata.title == "Bewijs van deelname — 40 uur"
    assert opened(SO_FAR).metadata.title == "Overzicht tot nu toe"


@pytest.mark.parametrize("content", [FINAL, SO_FAR])
def test_headings_table_and_pictures_are_marked_as_such(content):
    found = tags(content)
    assert found.count("/H1") == 1
    assert found.index("/H1") < found.index("/H2")
    assert "/Figure" in found
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(found)


def test_an_arabic_name_is_marked_as_arabic():
    first = opened(replace(FINAL, name="محمد")).pages[0]
    assert b"/Lang(ar)" in first.get_contents().get_data()
    assert b"/Lang(ar)" not in opened(FINAL).pages[0].get_contents().get_data()


def test_the_whole_text_is_dark_enough_to_read_in_grey():
    """Every colour that carries meaning is either dark (text, counted) or light (still to come)."""
    page = pypdfium2.PdfDocument(bewijs_pdf(replace(SO_FAR, card_url="")))[0]
    levels = page.render(scale=1, grayscale=True).to_pil().histogram()
    assert sum(levels[:110]) > 1000
    assert sum(levels[200:255]) > 1000


# -- For machines ------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [FINAL, SO_FAR])
def test_the_lines_are_attached_as_they_were_given(content):
    attached = opened(content).attachments
    assert list(attached) == [ATTACHMENT]
    assert attached[ATTACHMENT] == [content.data]


def test_the_attachment_is_declared_as_data_of_the_document():
    [file] = opened(FINAL).root_object["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"


def test_odd_words_in_the_data_come_back_byte_for_byte():
    data = json.dumps({"naam": 'محمد \u2028 " \\ Żółć 🎉'}, ensure_ascii=False).encode()
    assert opened(replace(FINAL, data=data)).attachments[ATTACHMENT] == [data]


def test_the_same_content_gives_the_same_bytes():
    assert bewijs_pdf(FINAL) == bewijs_pdf(FINAL)


def test_the_same_content_gives_the_same_bytes_in_another_thread():
    made = []
    threads = [Thread(target=lambda: made.append(bewijs_pdf(FINAL))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert all(one == other for one, other in pairwise(made))


def test_it_is_small():
    assert len(bewijs_pdf(FINAL)) < 100_000


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 uur"),
        (1, "1 minuut"),
        (45, "45 minuten"),
        (60, "1 uur"),
        (90, "1 uur 30"),
        (2400, "40 uur"),
    ],
)
def test_minutes_read_as_people_say_them(minutes, words):
    assert hours(minutes) == words
