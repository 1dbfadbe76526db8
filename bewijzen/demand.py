"""What people asked of their gemeente, as counts without persons: demand beside the offer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bewijzen.models import Zoekvraag
from gemeenten.acting import System, acting_as


@dataclass(frozen=True)
class Demand:
    """Questions of some gemeenten in a period. A question with two wishes counts at both, so the
    parts add up to more than the total. Withdrawn questions count: they were wishes too.

    Groups under 5 are for who shows them to hide (`bewijzen.demand` counts, it does not publish).
    """

    total: int
    soorten: Counter[str]
    moments: Counter[str]
    #: By (gemeente pk, name of the deelgemeente, "" when none was named).
    deelgemeenten: Counter[tuple[int, str]]
    levels: Counter[str]
    #: With a wish for child care, or children that come along.
    children: int
    #: Still waiting for an answer, and those of which the term is over.
    unanswered: int
    overdue: int
    #: Answered with "nothing here", in all and by the soort that was asked for.
    unmet: int
    unmet_soorten: Counter[str]


def demand(gemeenten: Iterable[int], first: date, last: date, *, today: date) -> Demand:
    """What was asked of the gemeenten with these primary keys from the day `first` to `last`
    (both in it, Brussels). `today` decides what is overdue. One query; acts as the system,
    because numbers are no persons."""
    with acting_as(System("cijfers")):
        rows = list(
            Zoekvraag.objects.filter(
                Q(asked_at__date__gte=first, asked_at__date__lte=last), gemeente__in=[*gemeenten]
            ).values(
                *["gemeente", "deelgemeente__name", "soorten", "moments", "taalniveau"],
                *["children", "state", "answer", "answer_by"],
            )
        )
    waiting = [row for row in rows if row["state"] in Zoekvraag.OPEN]
    unmet = [row for row in rows if row["answer"] == Zoekvraag.Answer.NIETS]
    return Demand(
        total=len(rows),
        soorten=Counter(soort for row in rows for soort in row["soorten"]),
        moments=Counter(moment for row in rows for moment in row["moments"]),
        deelgemeenten=Counter((row["gemeente"], row["deelgemeente__name"] or "") for row in rows),
        levels=Counter(row["taalniveau"] for row in rows if row["taalniveau"]),
        children=sum(row["children"] for row in rows),
        unanswered=len(waiting),
        overdue=sum(row["answer_by"] < today for row in waiting),
        unmet=len(unmet),
        unmet_soorten=Counter(soort for row in unmet for soort in row["soorten"]),
    )
