"""A report as a sheet; the columns are explained in docs/cijfers.md."""

from collections.abc import Iterator

from aanbod.cijfers.figures import Figure
from aanbod.cijfers.sheets import as_csv
from bewijzen.cijfers.report import Report

COLUMNS = ["periode", "gemeenten", "tabel", "groep", "moment", "aantal", "er is meer", "aanbod"]


def report_csv(report: Report) -> bytes:
    where = ", ".join(gemeente.name for gemeente in report.gemeenten)
    return as_csv(COLUMNS, ([report.quarter.key, where, *row] for row in _rows(report)))


def _rows(report: Report) -> Iterator[list[object]]:
    for table in [*report.tables.values(), report.empty]:
        for row in table.rows:
            yield [table.key, row.label, "", *_figure(row.demand), _offer(row.offer)]
    for line in report.matrix:
        for cell in line.cells:
            numbers = [*_figure(cell.demand), _offer(cell.offer)]
            yield ["soort en moment", line.label, cell.label, *numbers]
    for name, words in (("woord", report.words), ("woord zonder vondst", report.words_empty)):
        for row in words:
            yield [name, row.label, "", *_figure(row.demand), ""]
    for full in report.full:
        yield ["wachtlijst", full.title, "", *_figure(full.waiting), ""]
    for visits in report.visits:
        yield ["bezoeken", visits.title, "", *_figure(visits.number), ""]


def _figure(figure: Figure) -> tuple[str, str]:
    """A hidden number is an empty cell, so that no sum takes it for a zero."""
    return "" if figure.hidden else str(figure.number), "ja" if figure.more else ""


def _offer(number: int | None) -> str:
    return "" if number is None else str(number)
