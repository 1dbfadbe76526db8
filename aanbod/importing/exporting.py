"""The activities of a gemeente in our columns, and the empty template."""

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from aanbod.importing.columns import COLUMNS
from aanbod.importing.pages import cells_of
from aanbod.importing.reading import escape
from aanbod.models import ActiviteitPage
from gemeenten.models import Gemeente

#: Content type by the last part of the file's name.
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def template(kind: str) -> bytes:
    """A sheet with one invented example; a required column has a star."""
    return _file(kind, [[column.example for column in COLUMNS]])


def activities(gemeente: Gemeente, kind: str) -> bytes:
    """Every activity below the page of the gemeente, drafts included, as its editor sees it."""
    pages = ActiviteitPage.objects.filter(path__startswith=gemeente.landing.path)
    texts = (cells_of(page.get_latest_revision_as_object()) for page in pages.order_by("title"))
    return _file(kind, ([text[column.key] for column in COLUMNS] for text in texts))


def _file(kind: str, rows: Iterable[list[str]]) -> bytes:
    headers = [column.label + ("*" if column.required else "") for column in COLUMNS]
    safe = ([escape(ILLEGAL_CHARACTERS_RE.sub(" ", text)) for text in row] for row in rows)
    return {"xlsx": _xlsx, "csv": _csv}[kind](headers, safe)


def _xlsx(headers: list[str], rows: Iterable[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Activiteiten")
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(headers: list[str], rows: Iterable[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headers)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")  # so that Excel reads the accents
