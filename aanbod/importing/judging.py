"""What would happen to each row: created, updated, unchanged or refused, and why."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from aanbod.importing import pages
from aanbod.importing.columns import BY_KEY, parse
from aanbod.importing.rows import Problem, Row
from aanbod.indexing import plain
from aanbod.lookalikes import Neighbours, facts_of_values
from aanbod.models import ActiviteitPage, Herkomst
from aanbod.publishing import OTHER_POSTCODE
from gemeenten.models import Deelgemeente, Gemeente, GemeentePage

CREATED, UPDATED, UNCHANGED, REFUSED = "nieuw", "bijgewerkt", "ongewijzigd", "geweigerd"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)


@dataclass
class Judged:
    """A row with its end. `problems` are (column, reason) pairs as one reads them."""

    number: int
    outcome: str
    external_id: str
    title: str
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    page_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def line(self) -> str:
        """One line for a terminal."""
        why = "; ".join(
            f"{column}: {reason}" if column else reason for column, reason in self.problems
        )
        return f"{self.number}\t{self.outcome}\t{self.title}" + (f"\t{why}" if why else "")


class Existing:
    """What a gemeente has, read once for a whole file."""

    def __init__(self, gemeente: Gemeente, source: str) -> None:
        self.gemeente, self.source = gemeente, source
        self.landing = GemeentePage.objects.get(gemeente=gemeente)
        below = ActiviteitPage.objects.descendant_of(self.landing)
        records = Herkomst.objects.filter(source=source, page__in=below)
        self.records = {row.external_id: row for row in records}
        self.own = dict(below.values_list("translation_key", "pk"))
        self.deelgemeenten = {
            row.name.casefold(): row for row in Deelgemeente.objects.filter(gemeente=gemeente)
        }


def judge(rows: list[Row], existing: Existing) -> list[Judged]:
    """Every row against what there is and against the rows before it."""
    seen: dict[str, int] = {}
    judged = []
    neighbours = Neighbours(existing.gemeente)
    for row in rows:
        one = _judge(row, existing)
        if one.outcome == CREATED:
            one.notes += map(str, neighbours.like(facts_of_values(one.values)))
        before = seen.setdefault(one.external_id, row.number)
        if one.external_id and before != row.number:
            one.problems.append(("Id", f"Rij {before} is dezelfde activiteit. Houd er één."))
            one.outcome = REFUSED
        judged.append(one)
    return judged


def again(judged: list[Judged], existing: Existing) -> list[Judged]:
    """The rows as they stand now: somebody may have worked between the preview and now."""
    return [one if one.outcome == REFUSED else _settled(one, existing) for one in judged]


def count(judged: list[Judged]) -> dict[str, int]:
    """How many rows have each outcome."""
    return {outcome: sum(one.outcome == outcome for one in judged) for outcome in OUTCOMES}


def content_hash(values: dict[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _judge(row: Row, existing: Existing) -> Judged:
    values, problems = ({}, []) if row.problems else parse(row.cells)
    problems = row.problems + problems + _place_problems(values, existing)
    external_id = values.get("id") or _id_by_name(values)
    title = values.get("naam") or row.cells.get("naam", "")[:80] or "zonder naam"
    one = Judged(row.number, REFUSED, external_id, title, notes=row.notes)
    one.problems = [(_label(problem.column), problem.reason) for problem in problems]
    if one.problems:
        return one
    one.values = {key: value for key, value in values.items() if key != "id"}
    if values.get("kenmerken"):
        one.notes.append(f"Voorstel van kenmerken: {', '.join(values['kenmerken'])}.")
    return _settled(one, existing)


def _label(key: str) -> str:
    return BY_KEY[key].label if key else ""


def _id_by_name(values: dict[str, Any]) -> str:
    """For a record without an id of its own."""
    name, organisatie = values.get("naam"), values.get("organisatie")
    if not name or not organisatie:
        return ""
    known = hashlib.sha256(f"{plain(name)}\n{plain(organisatie)}".encode()).hexdigest()
    return f"naam:{known[:32]}"


def _place_problems(values: dict[str, Any], existing: Existing) -> list[Problem]:
    gemeente, found = existing.gemeente, []
    postcode, name = values.get("postcode"), values.get("deelgemeente", "")
    if postcode and postcode not in gemeente.postcodes:
        reason = OTHER_POSTCODE.format(
            postcode=postcode,
            gemeente=gemeente.name,
            postcodes=" of ".join(gemeente.postcodes) or "geen postcode",
        )
        found.append(Problem("postcode", reason))
    if name and name.casefold() not in existing.deelgemeenten:
        found.append(Problem("deelgemeente", f"“{name}” is geen deelgemeente van {gemeente.name}."))
    return found


def _settled(one: Judged, existing: Existing) -> Judged:
    """With the outcome of a row that has no problems."""
    if one.external_id.startswith(pages.OWN):
        return _settled_as_own(one, existing)
    record = existing.records.get(one.external_id)
    if record is None:
        one.outcome, one.page_id = CREATED, None
        return one
    same = record.content_hash == content_hash(one.values)
    one.outcome, one.page_id = (UNCHANGED if same else UPDATED), record.page_id
    return one


def _settled_as_own(one: Judged, existing: Existing) -> Judged:
    """The id of our own export: that activity, in this gemeente and nowhere else."""
    try:
        one.page_id = existing.own[UUID(one.external_id.removeprefix(pages.OWN))]
    except (KeyError, ValueError):
        one.outcome = REFUSED
        one.problems.append(
            ("Id", f"Deze activiteit bestaat niet in {existing.gemeente.name}. Maak de id leeg.")
        )
        return one
    page = ActiviteitPage.objects.get(pk=one.page_id).get_latest_revision_as_object()
    now, _problems = parse(pages.cells_of(page))
    changed = any(now.get(key) != one.values[key] for key in one.values if key != "kenmerken")
    one.outcome = UPDATED if changed else UNCHANGED
    return one
