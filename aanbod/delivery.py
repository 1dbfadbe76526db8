"""Did our mail arrive at a contact person? Its state in words, never what it said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aanbod import permissions
from aanbod.models import Contactpersoon, Invaller
from gemeenten.models import Bericht, User


@dataclass(frozen=True)
class Delivery:
    """Of the last mail. `state` is one of `Bericht.State`, "" when there never was one; `at` is
    when it was sent, or written."""

    state: str = ""
    at: datetime | None = None
    attempts: int = 0

    @property
    def failed(self) -> bool:
        return self.state == Bericht.State.FAILED

    @property
    def words(self) -> str:
        return _WORDS[self.state]


_WORDS = {
    "": "nog geen bericht",
    Bericht.State.WAITING: "bericht wacht om te vertrekken",
    Bericht.State.SENT: "laatste bericht verstuurd",
    Bericht.State.FAILED: "laatste bericht niet aangekomen",
}


def of(people: Iterable[Contactpersoon | Invaller], user: User) -> dict[int, Delivery]:
    """For each row (by its key) the last mail in its own gemeente, as `user` may know it. One
    query."""
    people = list(people)
    found = {
        (row["receiver"], row["contact_gemeente"]): Delivery(
            row["state"], row["sent_at"] or row["created_at"], row["attempts"]
        )
        for row in permissions.deliveries(user, {person.user_id for person in people})
    }
    return {
        person.pk: found.get((person.user_id, person.gemeente_id), Delivery()) for person in people
    }
