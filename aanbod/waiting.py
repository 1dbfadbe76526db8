"""What waits for a colleague of a gemeente, whatever it is: one item of the wachtrij, and the
source that it comes from. Rules that make items import this; `aanbod/wachtrij.py` lists them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

from aanbod.models import Organisatie
from gemeenten.models import Gemeente, User


class NotApproved(ValueError):
    """Why an item cannot be approved now; its text is said to the colleague."""


@dataclass(frozen=True)
class Change:
    """One field as one reads it, before and after; "" for empty."""

    label: str
    before: str
    after: str


@dataclass
class Item:
    """One thing that waits. `source` and `pk` together name it."""

    source: str
    pk: int
    title: str
    #: A word or two beside the title: "nieuw", "wijziging", "ingevoerd".
    state: str
    since: datetime
    #: Where a colleague looks at it and works on it; an address below /cms/.
    url: str
    organisatie: Organisatie | None = None
    page_id: int | None = None
    changes: list[Change] = field(default_factory=list)
    #: Sentences: what it still misses, so that it cannot be approved with one click.
    missing: list[str] = field(default_factory=list)
    #: Sentences that stop nobody: look-alikes, contact persons to come.
    hints: list[str | SafeString] = field(default_factory=list)
    #: May it be sent back or declined with a reason?
    answerable: bool = False
    #: Is there a click that approves it at all?
    approvable: bool = True
    #: Differs when its content does: what is approved is what was looked at.
    version: str = "1"

    @property
    def key(self) -> str:
        return f"{self.source}-{self.pk}-{self.version}"

    @property
    def is_new(self) -> bool:
        """Nothing of it stood there before."""
        return not any(change.before for change in self.changes)

    @property
    def can_approve(self) -> bool:
        return self.approvable and not self.missing


@dataclass(frozen=True)
class Source:
    """One kind of things that wait.

    `items` gives them for a gemeente, in a number of queries that does not grow with them;
    `count` only their number, in one query, for the menu. `approve` does what one click does, in
    a transaction of its own, and gives the sentence that says so; it raises NotApproved, and
    LookupError for what is not in that gemeente, no longer waits or has another version.
    """

    name: str
    #: Above its items in the queue.
    heading: str
    items: Callable[[Gemeente], list[Item]]
    count: Callable[[list[int]], int]  # of the ids of gemeenten
    approve: Callable[[Gemeente, Item, User, datetime], str] | None = None
