"""Our QR codes are read back by another library, small and with little quiet zone."""

import pypdfium2
import pytest
import typst
import zxingcpp

from gemeenten.printing.qr import qr_svg, qr_version

CARD = "HTTPS://VEERTIG.EXAMPLE/B/ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SUMMARY = "VTG1:" + "6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2" * 7


def scanned(svg: str, width_mm: float, dpi: int) -> str:
    """What a scanner reads of the code, printed this wide and seen at this many dots an inch."""
    page = f'#set page(width: {width_mm}mm, height: {width_mm}mm, margin: 0mm)\n#image("qr.svg")'
    files = {"main.typ": page.encode(), "qr.svg": svg.encode()}
    pdf = pypdfium2.PdfDocument(typst.compile(files, format="pdf"))
    picture = pdf[0].render(scale=dpi / 72).to_pil().convert("L")
    found = zxingcpp.read_barcodes(picture)
    return found[0].text if found else ""


@pytest.mark.parametrize("text", [CARD, SUMMARY, "kleine letters en é"])
def test_a_scanner_reads_back_what_went_in(text):
    assert scanned(qr_svg(text), 34, 300) == text


def test_the_summary_scans_at_three_centimetres_from_a_poor_picture():
    assert scanned(qr_svg(SUMMARY), 34, 150) == SUMMARY


def test_the_card_scans_at_a_width_of_two_centimetres_from_a_poor_picture():
    assert scanned(qr_svg(CARD), 20, 130) == CARD


def test_control_a_code_printed_far_too_small_does_not_scan():
    assert scanned(qr_svg(SUMMARY), 5, 72) == ""


def test_capitals_stay_in_the_small_alphanumeric_mode():
    assert qr_version(CARD) == 3
    assert qr_version(CARD.lower()) > 3
    assert qr_version(SUMMARY) <= 11


def test_it_is_one_path_that_a_screen_reader_can_name():
    svg = qr_svg(CARD, title="Code van de kaart")
    assert 'role="img"' in svg
    assert "<title>Code van de kaart</title>" in svg
    assert svg.count("<path") == 2  # white under black


def test_a_title_cannot_break_out_of_the_drawing():
    assert "<script>" not in qr_svg(CARD, title="</title><script>")


def test_it_brings_no_style_or_script_that_the_csp_would_refuse():
    svg = qr_svg(CARD)
    assert "style" not in svg
    assert "<script" not in svg
    assert "id=" not in svg  # two on one page do not clash


def test_a_code_is_made_once():
    assert qr_svg(CARD) is qr_svg(CARD)


def test_more_text_than_a_qr_holds_is_an_error_that_says_so():
    with pytest.raises(ValueError, match="version"):
        qr_svg("A" * 5000)


def test_the_quiet_zone_is_white_in_the_dark_as_well():
    svg = qr_svg(CARD, border=4)
    assert 'fill="#fff"' in svg
