"""From a file to rows: which kind it is, its bounds, and the readers of xlsx and csv."""

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from aanbod.importing import uitdatabank
from aanbod.importing.columns import REQUIRED, column_of
from aanbod.importing.rows import MAX_FILE, MAX_ROWS, MAX_UNPACKED, BadFile, Problem, Row, checked

MAX_COLUMNS = 100
MAX_MEMBERS = 1_000
#: Empty rows between full ones are passed over, up to here.
LAST_ROW = 100_000
TOO_BIG = "Het bestand is te groot: hoogstens 5 MB. Splits het in kleinere bestanden."
TOO_BIG_INSIDE = "Uitgepakt is het bestand te groot: hoogstens 50 MB. Splits het op."
TOO_MANY = f"Er zijn te veel rijen: hoogstens {MAX_ROWS} in één bestand. Splits het op."
NO_XLSX = "Dit is geen leesbaar xlsx-bestand. Bewaar het opnieuw als xlsx en probeer nog eens."
NOT_OURS = {
    b"\xd0\xcf\x11\xe0": "Dit is een oud Excel-bestand (xls), of een met een wachtwoord.",
    b"%PDF": "Dit is een pdf.",
    b"\x1f\x8b": "Dit is een gecomprimeerd bestand (gzip).",
    b"<": "Dit is een webpagina of XML.",
    b"\x89PNG": "Dit is een foto.",
    b"\xff\xd8\xff": "Dit is een foto.",
}
CHOOSE = "Bewaar het als xlsx of csv, of kies een JSON-LD-bestand van UiTdatabank."
#: A cell that a spreadsheet would calculate gets an apostrophe before it on the way out.
_ESCAPED = re.compile(r"'+[=+\-@\t]")


def read(content: bytes) -> tuple[str, list[Row]]:
    """("uitdatabank" or "bestand", rows); raises BadFile. The kind follows from the content,
    never from the name."""
    if len(content) > MAX_FILE:
        raise BadFile(TOO_BIG)
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    if not start:
        raise BadFile(f"Het bestand is leeg. {CHOOSE}")
    for signature, reason in NOT_OURS.items():
        if start.startswith(signature):
            raise BadFile(f"{reason} {CHOOSE}")
    if start.startswith(b"PK"):
        return "bestand", _rows(_sheet(content))
    if start.startswith((b"{", b"[")):
        return "uitdatabank", uitdatabank.read(content)
    return "bestand", _rows(_csv(content))


# -- Both kinds of sheet ---------------------------------------------------------------------


def unescape(text: str) -> str:
    return text[1:] if _ESCAPED.match(text) else text


def escape(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `unescape` gives it back."""
    return f"'{text}" if re.match(r"'*[=+\-@\t]", text) else text


def _rows(lines: Iterable[tuple[int, list[str]]]) -> list[Row]:
    rows: list[Row] = []
    keys: list[str] | None = None
    for number, texts in lines:
        if not any(text.strip() for text in texts):
            continue
        if keys is None:
            keys = _keys(texts, number)
            continue
        if len(rows) == MAX_ROWS:
            raise BadFile(TOO_MANY)
        rows.append(_row(number, keys, texts))
    if not rows:
        raise BadFile("Er staan geen rijen met activiteiten in het bestand.")
    return rows


def _keys(headers: list[str], number: int) -> list[str]:
    """The column of each header ("" for an empty one)."""
    keys: list[str] = []
    for header in headers:
        column = column_of(header)
        if header.strip() and column is None:
            name = header.strip()[:40]
            raise BadFile(
                f"Rij {number}: de kolom “{name}” kennen we niet. Gebruik het sjabloon, of haal "
                "de kolom weg."
            )
        if column and column.key in keys:
            raise BadFile(f"Rij {number}: de kolom “{column.label}” staat er twee keer.")
        keys.append(column.key if column else "")
    missing = [column.label for column in REQUIRED if column.key not in keys]
    if missing:
        raise BadFile(f"Rij {number}: deze kolommen ontbreken: {', '.join(missing)}.")
    return keys


def _row(number: int, keys: list[str], texts: list[str]) -> Row:
    row = Row(number, {key: "" for key in keys if key})
    for index, text in enumerate(texts):
        key = keys[index] if index < len(keys) else ""
        if key:
            row.cells[key] = unescape(text.replace("\r\n", "\n"))
        elif text.strip():
            row.problems.append(
                Problem("", f"In kolom {index + 1} staat iets, maar die kolom heeft geen naam.")
            )
    return checked(row)


# -- csv -------------------------------------------------------------------------------------


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, texts in enumerate(reader, 1):
            yield number, texts[:MAX_COLUMNS]
    except csv.Error as error:
        raise BadFile(
            f"Lijn {reader.line_num}: het csv-bestand is daar niet te lezen. Kijk of alle "
            f"aanhalingstekens gesloten zijn ({error})."
        ) from None


def _decoded(content: bytes) -> str:
    for mark, encoding in [
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ]:
        if content.startswith(mark):
            encodings = [encoding]
            break
    else:
        encodings = ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("De letters zijn niet te lezen. Bewaar het bestand als “CSV UTF-8”.")


def _delimiter(text: str) -> str:
    """The sign that parts the first line in the most columns that we know."""
    first = text.lstrip("\r\n").split("\n", 1)[0][:10_000]
    return max(
        ";,\t", key=lambda sign: sum(column_of(name) is not None for name in first.split(sign))
    )


# -- xlsx ------------------------------------------------------------------------------------


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_zip(content)
    try:
        yield from _cells(content)
    except BadFile:
        raise
    except Exception:  # openpyxl raises anything at all for a file that is not what it claims
        raise BadFile(NO_XLSX) from None


def _cells(content: bytes) -> Iterator[tuple[int, list[str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles that we do not read
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise BadFile("Er staat geen werkblad in het bestand.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what it claims about its size is not to be trusted
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        for number, values in enumerate(rows, 1):
            if number > LAST_ROW:
                raise BadFile(TOO_MANY)
            yield number, [_text(value) for value in values or []]
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 10))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def _check_zip(content: bytes) -> None:
    """What is inside really fits, whatever the zip says about itself; raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
    except BadFile:
        raise
    except Exception:  # zlib, zipfile and struct each raise their own
        raise BadFile(NO_XLSX) from None


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "mimetype" in names:
        raise BadFile(f"Dit is een bestand van LibreOffice (ods). {CHOOSE}")
    if "xl/workbook.xml" not in names:
        raise BadFile(f"Dit is een zip-bestand, geen rekenblad. {CHOOSE}")
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise BadFile(TOO_BIG_INSIDE)
    plain_kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(m.flag_bits & 1 or m.compress_type not in plain_kinds for m in members):
        raise BadFile(NO_XLSX)
    size, shape = 0, _Shape()
    for member in members:
        shape.begin()
        with archive.open(member) as stream:
            while block := stream.read(64 * 1024):
                size += len(block)
                if member.filename.endswith((".xml", ".rels")):
                    shape.see(block)
                if size > MAX_UNPACKED or shape.is_odd():
                    raise BadFile(TOO_BIG_INSIDE)


class _Shape:
    """How XML that was read so far is built. A few megabytes of tags that no sheet has, such as a
    million cells in one row, would take gigabytes as a tree."""

    MAX_TAGS = 2_200_000  # ten thousand full rows have a few less
    MAX_DEPTH = 20_000
    MAX_IN_A_ROW = 200_000
    MAX_TAG = 1024 * 1024  # bytes of one tag with its attributes

    def __init__(self) -> None:
        self.tags = self.depth = self.in_a_row = self.run = self.longest = 0

    def begin(self) -> None:
        """A next file of the zip."""
        self.depth = self.in_a_row = self.run = 0

    def see(self, block: bytes) -> None:
        parts = block.split(b"<")
        tags = len(parts) - 1
        self.tags += tags
        self.depth += tags - 2 * block.count(b"</") - block.count(b"/>")
        row_end = max(block.rfind(b"</row"), block.rfind(b"</si"))
        self.in_a_row = self.in_a_row + tags if row_end < 0 else block.count(b"<", row_end)
        self.longest = max(self.longest, self.run + len(parts[0]), *map(len, parts))
        self.run = self.run + len(block) if not tags else len(parts[-1])

    def is_odd(self) -> bool:
        return (
            self.tags > self.MAX_TAGS
            or self.depth > self.MAX_DEPTH
            or self.in_a_row > self.MAX_IN_A_ROW
            or self.longest > self.MAX_TAG
        )
