"""The wachtrij: one list of everything that waits for a colleague of a gemeente.

A new kind of thing plugs in as one `Source` in `SOURCES`.
"""

from dataclasses import dataclass
from datetime import datetime

from aanbod import imported, nalezen, navraag_waiting, submissions
from aanbod.waiting import Item, NotApproved, Source
from gemeenten.models import Gemeente, User

SOURCES: list[Source] = [
    submissions.SOURCE,
    imported.SOURCE,
    nalezen.SOURCE,
    navraag_waiting.SOURCE,
]

GONE = "Dit wacht niet meer. Iemand was je voor, of de organisatie trok het in."


@dataclass(frozen=True)
class Outcome:
    """What came of one item: whether it was approved, and the sentence that says so."""

    title: str
    done: bool
    sentence: str


def items(gemeente: Gemeente) -> list[Item]:
    """Everything that waits in a gemeente, what waits longest first."""
    found = [item for source in SOURCES for item in source.items(gemeente)]
    return sorted(found, key=lambda item: (item.since, item.key))


def count(gemeente_ids: list[int]) -> int:
    """How many things wait in these gemeenten."""
    return sum(source.count(gemeente_ids) for source in SOURCES) if gemeente_ids else 0


def approve(gemeente: Gemeente, chosen: list[Item], by: User, now: datetime) -> list[Outcome]:
    """Approve each of `chosen` on its own: one that is refused stops no other."""
    return [_approve(gemeente, item, by, now) for item in chosen]


def _approve(gemeente: Gemeente, item: Item, by: User, now: datetime) -> Outcome:
    source = next(source for source in SOURCES if source.name == item.source)
    if source.approve is None:
        return Outcome(item.title, False, "Dit kan je niet met één klik goedkeuren. Open het.")
    try:
        return Outcome(item.title, True, source.approve(gemeente, item, by, now))
    except NotApproved as refusal:
        return Outcome(item.title, False, str(refusal))
    except LookupError:
        return Outcome(item.title, False, GONE)
