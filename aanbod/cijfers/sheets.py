"""Statistics as a file that a spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Sequence

from aanbod.importing.reading import escape


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Semicolons and a byte order mark, as Excel reads it here; a formula stays text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([escape(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
