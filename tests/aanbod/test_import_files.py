"""Which files are understood, and how each bad one is refused: in words, never with a crash."""

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbod.importing import reading
from aanbod.importing.columns import COLUMNS, parse
from aanbod.importing.rows import BadFile
from tests.aanbod.import_files import SAMPLES, as_csv, as_json, as_xlsx, event, row


def problems(content):
    """(row, column, reason) of everything that is wrong with the rows of a file."""
    _kind, rows = reading.read(content)
    return [
        (one.number, problem.column, problem.reason)
        for one in rows
        for problem in one.problems + ([] if one.problems else parse(one.cells)[1])
    ]


def reasons(content):
    return " ".join(reason for _row, _column, reason in problems(content))


# -- What is understood ----------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(delimiter, encoding):
    content = as_csv(row(naam="Café, één; twee"), delimiter=delimiter, encoding=encoding)

    [one] = reading.read(content)[1]

    assert one.cells["naam"] == "Café, één; twee"
    assert problems(content) == []


def test_a_header_is_known_without_its_star_accents_or_capitals():
    content = as_csv(row()).replace("In één zin".encode(), b"IN EEN ZIN*")

    assert problems(content) == []


def test_numbers_and_yes_or_no_of_a_spreadsheet_are_read():
    [one] = reading.read(as_xlsx(row(plaatsen=12, prijs=2.5, rolstoel=True, postcode=3020)))[1]

    values, found = parse(one.cells)

    assert found == []
    assert (values["plaatsen"], values["prijs"], values["rolstoel"]) == (12, "2.50", True)


def test_a_formula_is_kept_as_text():
    [one] = reading.read(as_xlsx(row(naam='=HYPERLINK("http://kwaad.example")')))[1]

    assert one.cells["naam"] == '=HYPERLINK("http://kwaad.example")'


@pytest.mark.parametrize("text", ["=1", "'=1", "''+2", "-5", "@x", "\tx", "gewoon", "'s avonds"])
def test_what_is_escaped_on_the_way_out_comes_back_the_same(text):
    assert reading.unescape(reading.escape(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12/01/2027 19.30-21.30", "eenmalig 2027-01-12 19:30-21:30"),
        ("Wekelijks 2027-01-12 9u00 - 11u00", "wekelijks 2027-01-12 09:00-11:00"),
        (
            "maandelijks 12/01/2027 22:00-01:00 tot 12/06/2027 niet in schoolvakanties",
            "maandelijks 2027-01-12 22:00-01:00 tot 2027-06-12 niet in schoolvakanties",
        ),
    ],
)
def test_moments_have_one_written_form(text, written):
    assert parse({"momenten": text})[0]["momenten"] == [written]


# -- Whole files that are refused ------------------------------------------------------------


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def claiming_a_gigabyte():
    content = bytearray(as_xlsx(row()))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1024**3).to_bytes(4, "little")
    return bytes(content)


def lying_small():
    """Twenty times ten MB of nothing, that claims to be one byte."""
    content = bytearray(zipped(xl__workbook_xml=b"<a/>", xl__sheet_xml=b"\0" * 10_000_000))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1).to_bytes(4, "little")
    return bytes(content)


XML_BOMB = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&c;</workbook>'
)
BAD_FILES = {
    "empty": (b"", "Het bestand is leeg"),
    "only white space": (b" \n\r\n ", "Het bestand is leeg"),
    "more than 5 MB": (b"x" * (5 * 1024 * 1024 + 1), "te groot: hoogstens 5 MB"),
    "an old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel-bestand"),
    "a pdf": (b"%PDF-1.7", "Dit is een pdf"),
    "a web page": (b"<html></html>", "webpagina of XML"),
    "a zip of something else": (zipped(foto_xml=b"x"), "zip-bestand, geen rekenblad"),
    "an ods": (zipped(mimetype=b"application/vnd.oasis"), "LibreOffice"),
    "a broken zip": (as_xlsx(row())[:-40], "geen leesbaar xlsx"),
    "a zip bomb": (
        zipped(xl__workbook_xml=b"<a/>", xl__sheet_xml=b"\0" * 51 * 1024 * 1024),
        "Uitgepakt is het bestand te groot",
    ),
    "a zip that claims 1 GB": (claiming_a_gigabyte(), "Uitgepakt is het bestand te groot"),
    "a zip that claims too little": (lying_small(), "geen leesbaar xlsx"),
    "an XML bomb": (zipped(xl__workbook_xml=XML_BOMB), "geen leesbaar xlsx"),
    "unreadable letters": (as_csv(row()) + b"\x81\x8d", "letters zijn niet te lezen"),
    "half a UTF-16": (b"\xff\xfeN\x00a", "letters zijn niet te lezen"),
    "an unknown column": (as_csv(row() | {"Budget": "1"}), "de kolom “Budget” kennen we niet"),
    "a duplicate header": (
        as_csv(row()).replace(b"Momenten", b"naam"),
        "de kolom “Naam” staat er twee keer",
    ),
    "a missing column": (as_csv({"Naam": "x"}), "deze kolommen ontbreken: Soort"),
    "no rows": (as_csv(row()).split(b"\n")[0], "geen rijen met activiteiten"),
    "an open quote": (as_csv(row()) + b'"open', "aanhalingstekens"),
    "broken JSON": (b"{", "geen geldige JSON"),
    "JSON that is not a number": (b"[NaN]", "geen geldige JSON"),
    "a number of 5000 digits": (b"[" + b"9" * 5000 + b"]", "geen geldige JSON"),
    "JSON that is not UTF-8": (b'{"a": "\xff"}', "JSON-LD is altijd UTF-8"),
    "deep JSON": (b"[" * 100_000 + b"]" * 100_000, "te diep genest"),
    "JSON that is only quite deep": (b"[" * 60 + b"]" * 60, "te diep genest"),
    "an empty list": (b"[]", "geen activiteiten"),
    "too many events": (b"[" + b"1," * 10_000 + b"1]", "te veel activiteiten"),
    "too many rows": (
        as_csv(row()) + b"x;\n" * 10_000,
        "te veel rijen",
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_in_words(name):
    content, reason = BAD_FILES[name]

    with pytest.raises(BadFile, match="(?s)" + reason.replace("(", r"\(")):
        reading.read(content)


def with_sheet(old, new):
    """A good xlsx in which the XML of the sheet is changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(row()))) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            is_sheet = name == "xl/worksheets/sheet1.xml"
            changed.writestr(name, content.replace(old, new) if is_sheet else content)
    return out.getvalue()


def test_a_sheet_that_claims_a_row_far_away_is_refused():
    with pytest.raises(BadFile, match="te veel rijen"):
        reading.read(with_sheet(b'<row r="2"', b'<row r="99999999999"'))


@pytest.mark.parametrize(
    "content",
    [
        b'<row r="9">' + b"<c/>" * 250_000 + b"</row>",
        b"<a>" * 30_000 + b"</a>" * 30_000,
        b"<row " + b'a="1" ' * 200_000 + b"/>",
        b"<row></row>" * 1_200_000,
    ],
    ids=["many cells in a row", "deep XML", "many attributes", "many tags"],
)
def test_xml_that_would_take_gigabytes_is_refused_before_it_is_built(content):
    with pytest.raises(BadFile, match="Uitgepakt is het bestand te groot"):
        reading.read(with_sheet(b"</sheetData>", content + b"</sheetData>"))


# -- Rows that are refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("naam", "", "Dit moet ingevuld zijn"),
        ("naam", "x" * 256, "Hoogstens 255 tekens"),
        ("naam", "x" * 5001, "De tekst is te lang: 5001 tekens"),
        ("naam", "a\x00b", "NUL-teken"),
        ("naam", "a\x07b", "stuurteken"),
        ("soort", "feest", "“feest” kennen we niet"),
        ("organisatie", " ", "Dit moet ingevuld zijn"),
        ("prijs", "veel", "geen prijs"),
        ("prijs", "=1+1", "geen prijs"),
        ("prijs", "-1", "geen prijs"),
        ("prijs", "99999", "hoogstens 9999.99"),
        ("plaatsen", "0", "geen geheel getal"),
        ("plaatsen", "٣", "geen geheel getal"),
        ("postcode", "302", "geen postcode van vier cijfers"),
        ("rolstoel", "misschien", "ja of nee"),
        ("dagdelen", "nacht", "“nacht” kennen we niet"),
        ("kenmerken", "gezellig", "“gezellig” kennen we niet"),
        ("themas", ",".join(map(str, range(11))), "Hoogstens 10 thema's"),
        ("momenten", "elke dinsdag", "is geen moment"),
        ("momenten", "wekelijks 31/02/2027 19:30-21:30", "De dag 31/02/2027 bestaat niet"),
        ("momenten", "wekelijks 12/01/2027 19:30-25:30", "Het uur 25:30 bestaat niet"),
        ("momenten", "wekelijks 12/01/2027 19:30-19:30", "op hetzelfde uur"),
        ("momenten", "wekelijks 12/01/2027 19:30-21:30 tot 01/01/2027", "voor de eerste dag"),
        ("momenten", "12/01/0001 19:30-21:30", "tussen 1990 en 2100"),
        (
            "momenten",
            "\n".join(f"{d:02}/{m:02}/2027 19:30-21:30" for m in range(1, 6) for d in range(1, 26)),
            "Hoogstens 100 momenten",
        ),
    ],
)
def test_a_bad_cell_is_refused_with_its_row_and_column(column, text, reason):
    good = row(**{column: ""}) | row()

    [first, *_more] = problems(as_csv(good, row(**{column: text})))

    assert first[:2] == (3, column)
    assert reason in first[2]


def test_a_value_in_a_column_without_a_name_is_refused():
    content = as_csv(row()) + b"a;b;c;d;e;f;g;h;verdwaald\n"

    assert "In kolom 9 staat iets, maar die kolom heeft geen naam." in reasons(content)


# -- UiTdatabank -----------------------------------------------------------------------------


def moments(content):
    return parse(reading.read(content)[1][0].cells)[0]["momenten"]


def sample(name):
    return (SAMPLES / f"original-{name}.json").read_bytes()


def test_a_single_event_is_one_moment_in_brussels():
    assert moments(as_json(event())) == ["eenmalig 2027-02-02 14:00-16:00"]


def test_a_periodic_event_is_every_opening_hour_as_a_weekly_series_that_ends():
    found = moments(sample("periodic-with-opening-hours-event"))

    assert len(found) == 11  # five weekdays twice, and saturday
    assert "wekelijks 2017-01-07 10:00-14:00 tot 2017-06-30" in found


def test_a_permanent_event_is_weekly_series_without_an_end():
    found = moments(sample("permanent-with-opening-hours-event"))

    assert len(found) == 13
    assert "wekelijks 2017-04-22 15:00-19:00" in found


def test_a_permanent_event_without_opening_hours_is_by_agreement():
    [one] = reading.read(as_json(event(calendarType="permanent")))[1]

    assert parse(one.cells)[0]["wanneer"] == "afspraak"


def test_a_multiple_event_is_a_moment_for_each_date_that_is_not_cancelled():
    dates = [
        {"startDate": f"2027-02-0{day}T13:00:00+01:00", "endDate": f"2027-02-0{day}T15:00:00+01:00"}
        for day in (2, 3, 4)
    ]
    dates[1]["status"] = {"type": "Unavailable"}
    content = as_json(event(calendarType="multiple", subEvent=dates))

    assert moments(content) == [
        "eenmalig 2027-02-02 13:00-15:00",
        "eenmalig 2027-02-04 13:00-15:00",
    ]
    assert "1 van de 3 momenten zijn afgelast volgens de bron." in notes(content)


def notes(content):
    return reading.read(content)[1][0].notes


@pytest.mark.parametrize(
    "state",
    [
        {"status": {"type": "Unavailable"}},
        {"status": {"type": "TemporarilyUnavailable"}},
        {"eventStatus": "https://schema.org/EventCancelled"},
    ],
)
def test_a_cancelled_event_has_no_moments_and_says_so(state):
    content = as_json(event(**state))

    assert moments(content) == []
    assert any("Afgelast of uitgesteld" in note for note in notes(content))


def test_an_online_event_has_no_address_and_says_so():
    content = as_json(event(attendanceMode="online"))

    assert reading.read(content)[1][0].cells["plaats"] == "Online"
    assert any("online" in note for note in notes(content))


def test_a_mixed_event_keeps_its_place_and_says_that_one_can_join_online():
    content = as_json(event(attendanceMode="mixed"))

    assert reading.read(content)[1][0].cells["plaats"] == "De Wilg"
    assert "Men kan ook online meedoen." in notes(content)


def test_the_dutch_is_taken_and_other_languages_are_named():
    content = as_json(event(name={"nl": "Koffie", "fr": "Café", "en": "Coffee"}))

    assert "Vertalingen (en, fr) worden niet overgenomen." in notes(content)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"@id": ""}, "geen @id"),
        ({"@type": "Place"}, "Dit is een plaats (Place)"),
        ({"workflowStatus": "DELETED"}, "verwijderd of afgekeurd (DELETED)"),
        ({"name": {"fr": "Café"}}, "geen Nederlandse tekst, wel: fr"),
        ({"name": 7}, "“name” is geen tekst"),
        ({"calendarType": "lunar"}, "Het kalendertype “lunar” kennen we niet"),
        ({"calendarType": None}, "Het kalendertype “” kennen we niet"),
        ({"startDate": "morgen"}, "geen datum met uur"),
        ({"startDate": "9999-12-31T23:00:00+00:00"}, "niet tussen 1990 en 2100"),
        ({"endDate": "2027-02-01T15:00:00+00:00"}, "eindigt voor het begint"),
        ({"endDate": "2027-02-09T15:00:00+00:00"}, "een dag of langer"),
        ({"calendarType": "periodic"}, "zonder openingsuren"),
        (
            {"calendarType": "permanent", "openingHours": [{"opens": "09:00", "closes": "9"}]},
            "Het uur van “closes” is onleesbaar",
        ),
        (
            {
                "calendarType": "permanent",
                "openingHours": [
                    {"opens": "09:00", "closes": "12:00", "dayOfWeek": ["blue monday"]}
                ],
            },
            "De dag “blue monday” kennen we niet",
        ),
        ({"subEvent": [{}] * 101}, "Hoogstens 100 momenten"),
        ({"attendanceMode": "telepathy"}, "De vorm van deelnemen “telepathy” kennen we niet"),
        ({"priceInfo": [{"category": "base", "price": "veel"}]}, "De prijs is geen getal"),
        ({"priceInfo": [{"category": "base", "price": 1, "priceCurrency": "USD"}]}, "euro"),
        ({"location": {"address": {"addressCountry": "FR"}}}, "niet in België"),
    ],
)
def test_an_event_that_is_not_understood_is_refused_by_name(changes, reason):
    assert reason in reasons(as_json(event(**changes)))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("place", "Dit is een plaats"),
        ("with-optional-fields-place", "Dit is een plaats"),
        ("organizer", "Dit is een organisator"),
        ("with-optional-fields-event", "Het kalendertype “” kennen we niet"),
    ],
)
def test_a_sample_that_is_no_activity_with_a_calendar_is_refused_by_name(name, reason):
    assert reason in reasons(sample(name))


def test_half_a_character_in_json_is_refused():
    content = json.dumps([event(name={"nl": "a\ud800b"})]).encode()

    assert "half teken" in reasons(content)


# -- By Hypothesis: whatever the bytes, rows or a reason -------------------------------------

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def is_judged(content):
    """Read without any error but BadFile, and every text can be kept in a database."""
    try:
        _kind, rows = reading.read(content)
    except BadFile:
        return
    for one in rows:
        values, found = parse(one.cells)
        said = json.dumps(
            [values, one.notes, [p.reason for p in one.problems + found]], ensure_ascii=False
        )
        assert "\\u0000" not in said
        said.encode("utf-8")


@QUICK
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b"\xff\xfe"]))
def test_any_bytes_are_read_or_refused(content, start):
    is_judged(start + content)


@QUICK
@given(st.dictionaries(st.sampled_from([c.key for c in COLUMNS]), st.text(max_size=60)))
def test_any_text_in_any_cell_is_read_or_refused(cells):
    is_judged(as_csv(row(**cells), encoding="utf-8-sig") if _is_text(cells) else b"")


def _is_text(cells):
    return not any("\ud800" <= sign <= "\udfff" for text in cells.values() for sign in text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@QUICK
@given(st.dictionaries(st.sampled_from([*event(), "subEvent", "openingHours", "status"]), JSON))
def test_any_value_in_an_event_is_read_or_refused(changes):
    is_judged(json.dumps([event(**changes)]).encode())


SHEET = as_xlsx(row())


@QUICK
@given(st.dictionaries(st.integers(0, len(SHEET) - 1), st.integers(0, 255), min_size=1, max_size=5))
def test_a_spreadsheet_with_changed_bytes_is_read_or_refused(changes):
    content = bytearray(SHEET)
    for place, value in changes.items():
        content[place] = value

    is_judged(bytes(content))
