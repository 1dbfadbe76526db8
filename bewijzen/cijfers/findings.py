"""What stands out in a report, in sentences. Only from numbers that the report shows."""

from collections.abc import Iterator

from aanbod.models import Kinderopvang, Moment, Soort
from aanbod.models.telling import MEER
from bewijzen.cijfers.asked import EMPTY
from bewijzen.cijfers.report import Report, Row

#: So many questions for each activity is much.
MUCH = 10
#: Sentences about one thing asked for; more is no help.
MOST = 8

NAAR = {
    Soort.BUDDY: "een buddy",
    Soort.STAGE: "een stage",
    Soort.TAALSTAGE: "een taalstage",
    Soort.VRIJWILLIGERSWERK: "vrijwilligerswerk",
    Soort.VERENIGING: "een vereniging",
    Soort.SPORT: "sport",
    Soort.CULTUUR: "cultuur",
    Soort.CONVERSATIE: "Nederlands praten",
    Soort.CURSUS: "een cursus",
    Soort.BUURTHUIS: "het buurthuis",
    Soort.SCHOOL: "iets op school",
    Soort.ANDERE: "iets anders",
}
WANNEER = {
    Moment.OCHTEND: "in de ochtend",
    Moment.NAMIDDAG: "in de namiddag",
    Moment.AVOND: "in de avond",
    Moment.WEEKEND: "in het weekend",
    Moment.SCHOOLVAKANTIE: "in de schoolvakantie",
}
OPVANG = {
    Kinderopvang.OPVANG: "een activiteit met kinderopvang",
    Kinderopvang.MEE: "een activiteit waar kinderen mee mogen",
    MEER: "een activiteit met kinderopvang of waar kinderen mee mogen",
}


def sentences(report: Report) -> list[str]:
    """The most asked for first; then what waits, is full or was not found."""
    asked = sorted(_asked(report), key=lambda found: -found[0])[:MOST]
    return [*(sentence for _number, sentence in asked), *_others(report)]


def _asked(report: Report) -> Iterator[tuple[int, str]]:
    """(number of questions, sentence) of what is asked for and is hardly there."""
    missing: set[str] = set()
    for row in report.tables["soort"].rows:
        if row.value in NAAR and _stands_out(row):
            missing |= {row.value} if row.offer == 0 else set()
            yield row.demand.number, _sentence(row, f"naar {NAAR[Soort(row.value)]}")
    for line in report.matrix:
        if line.value not in NAAR or line.value in missing:
            continue
        for cell in line.cells:
            if cell.value in WANNEER and _stands_out(cell):
                what = f"naar {NAAR[Soort(line.value)]} {WANNEER[Moment(cell.value)]}"
                yield cell.demand.number, _sentence(cell, what)
    for row in report.tables["kinderopvang"].rows:
        if row.value in OPVANG and _stands_out(row):
            yield row.demand.number, _sentence(row, f"naar {OPVANG[row.value]}")
    for row in report.tables["deelgemeente"].rows:
        if row.value and _stands_out(row):
            yield row.demand.number, _sentence(row, f"in {row.value}")


def _stands_out(row: Row) -> bool:
    if not row.demand.number or row.offer is None:
        return False
    return row.offer == 0 or row.demand.number >= MUCH * row.offer


def _sentence(row: Row, what: str) -> str:
    there = {0: "geen aanbod", 1: "maar 1 activiteit"}.get(
        row.offer or 0, f"maar {row.offer} activiteiten"
    )
    return f"Er zijn {row.demand} vragen {what} en {there}."


def _others(report: Report) -> Iterator[str]:
    empty = next(row.demand for row in report.tables["bron"].rows if row.value == EMPTY)
    if empty.number:
        yield f"Er zijn {empty} zoekopdrachten die niets vonden."
    waiting = report.zoekvragen
    if waiting.unanswered:
        late = f" Van {waiting.overdue} is de termijn voorbij." if waiting.overdue else ""
        yield f"Zoekvragen die nog op een antwoord wachten: {waiting.unanswered}.{late}"
    if waiting.unmet:
        yield f"Zoekvragen met het antwoord dat er niets is: {waiting.unmet}."
    if report.full:
        titles = ", ".join(row.title for row in report.full[:5])
        more = " en andere" if len(report.full) > 5 else ""
        yield f"Activiteiten zonder vrije plaats: {len(report.full)} ({titles}{more})."
