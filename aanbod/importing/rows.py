"""What every reader gives: rows of text in our columns, or a file that cannot be read."""

from dataclasses import dataclass, field

MAX_FILE = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 10_000
MAX_CELL = 5_000

_LAYOUT = "\n\t"


class BadFile(ValueError):
    """A file that is not understood as a whole; its text is said to who brought it."""


@dataclass(frozen=True)
class Problem:
    """Why a row is refused, and in which column ("" for the row as a whole)."""

    column: str
    reason: str


@dataclass
class Row:
    """One record. `number` is its row in the sheet, or its place in the JSON file from 1 on."""

    number: int
    cells: dict[str, str]
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def text_problem(text: str) -> str:
    """Why a cell with `text` cannot be kept, or ""."""
    if len(text) > MAX_CELL:
        return f"De tekst is te lang: {len(text)} tekens, hoogstens {MAX_CELL} mogen."
    if "\x00" in text:
        return "Er staat een NUL-teken in. Typ de tekst opnieuw."
    if any(sign < " " and sign not in _LAYOUT for sign in text):
        return "Er staat een onzichtbaar stuurteken in. Typ de tekst opnieuw."
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return "Er staat een half teken in dat niets betekent. Typ de tekst opnieuw."
    return ""


def checked(row: Row) -> Row:
    """The row without the cells that cannot be kept, each named as a problem; remarks may
    quote the file, so what the database cannot hold is taken out of them."""
    for column, text in list(row.cells.items()):
        if reason := text_problem(text):
            row.problems.append(Problem(column, reason))
            row.cells[column] = ""
    row.notes = [_printable(note) for note in row.notes]
    row.problems = [Problem(one.column, _printable(one.reason)) for one in row.problems]
    return row


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)
