"""Checking the grootboek: every chain, signature, word and total, in one pass over the log."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from bewijzen import canonical, signing
from bewijzen.models import Bevestiging, Dagtotaal, Hoofd, Regel, RegelTekst, Traject
from gemeenten.acting import System, acting_as


@dataclass(frozen=True)
class Fault:
    """The first thing wrong in one traject's chain, and where."""

    traject: UUID
    number: int
    what: str

    def __str__(self) -> str:
        return f"traject {self.traject}, regel {self.number}: {self.what}"


def check(trajecten: Iterable[UUID] | None = None) -> Iterator[Fault]:
    """The faults of the whole grootboek, or of some trajecten; nothing when all is well."""
    with acting_as(System("grootboek")):
        rows = Traject.objects.order_by("pk")
        if trajecten is not None:
            rows = rows.filter(pk__in=list(trajecten))
        chains = _chains(trajecten)
        lines = next(chains, None)
        for traject in rows.values_list("pk", "total_minutes").iterator(2000):
            own: list[Regel] = []
            if lines is not None and lines[0] == traject[0]:
                own = lines[1]
                lines = next(chains, None)
            fault = _check_chain(traject[0], own) or _check_projection(*traject, own)
            if fault is not None:
                yield fault


def _chains(trajecten: Iterable[UUID] | None) -> Iterator[tuple[UUID, list[Regel]]]:
    rows = Regel.objects.select_related("tekst", "signer", "entered_by", "withdraws").order_by(
        "traject", "number"
    )
    if trajecten is not None:
        rows = rows.filter(traject__in=list(trajecten))
    for traject, lines in groupby(rows.iterator(2000), key=lambda regel: regel.traject_id):
        yield traject, list(lines)


def _check_chain(traject: UUID, lines: list[Regel]) -> Fault | None:
    heads = {head.number: head for head in Hoofd.objects.filter(traject=traject)}
    prev_hash = canonical.first_prev_hash(traject)
    for number, regel in enumerate(lines, start=1):
        what = _wrong_with(regel, number, prev_hash, heads.pop(number, None))
        if what:
            return Fault(traject, number, what)
        prev_hash = regel.hash
    if heads:
        return Fault(traject, max(heads), "the line of this head is gone")
    return None


def _wrong_with(regel: Regel, number: int, prev_hash: str, head: Hoofd | None) -> str:
    if regel.number != number:
        return "a line before this one is missing"
    if regel.prev_hash != prev_hash:
        return "the hash of the line before does not agree"
    entered_by = regel.entered_by.username if regel.entered_by else None
    fields = canonical.line(regel, signer=regel.signer.username, entered_by=entered_by)
    if canonical.line_hash(fields) != regel.hash:
        return "the line was changed"
    tekst = _tekst(regel)
    if tekst is not None and canonical.words_hash(tekst) != regel.text_hash:
        return "the words beside the line were changed"
    if head is None or head.hash != regel.hash:
        return "the signed head is missing or names another line"
    message = canonical.head_message(regel.traject_id, number, regel.hash)
    if not signing.verify(head.kid, message, _bytes(head.signature)):
        return "the signature is not ours"
    return ""


def _tekst(regel: Regel) -> RegelTekst | None:
    """The words, or None once they were erased."""
    try:
        return regel.tekst
    except RegelTekst.DoesNotExist:
        return None


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _check_projection(traject: UUID, total: int, lines: list[Regel]) -> Fault | None:
    withdrawn = {line.withdraws_id for line in lines if line.withdraws_id}
    valid = {
        line.pk: line
        for line in lines
        if line.kind == Regel.Kind.BEVESTIGING and line.pk not in withdrawn
    }
    rows = {row.pk: row for row in Bevestiging.objects.filter(traject=traject)}
    for pk in valid.keys() ^ rows.keys():
        line = valid.get(pk)
        return Fault(traject, line.number if line else 0, "the projection has other lines")
    for pk, line in valid.items():
        if _projected(rows[pk]) != _projected_line(line):
            return Fault(traject, line.number, "the projection of this line differs")
    days: dict = defaultdict(int)
    for line in valid.values():
        days[line.day] += line.minutes
    kept = dict(Dagtotaal.objects.filter(traject=traject).values_list("day", "minutes"))
    if days != {day: minutes for day, minutes in kept.items() if minutes}:
        return Fault(traject, len(lines), "a day's total differs from its lines")
    if sum(days.values()) != total:
        return Fault(traject, len(lines), "the traject's total differs from its lines")
    return None


def _projected(row: Bevestiging) -> tuple:
    times = (row.block.lower, row.block.upper) if row.block else (None, None)
    return (row.deelname_id, row.day, row.minutes, *times, row.grade, row.signer_id)


def _projected_line(line: Regel) -> tuple:
    return (
        line.deelname_id,
        line.day,
        line.minutes,
        line.van,
        line.tot,
        line.grade,
        line.signer_id,
    )
