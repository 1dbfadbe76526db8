"""The two criteria that an activity has to meet (R2, R3; seed 004).

C1, participatie op sociaal vlak: in a pair or a group, with new people outside one's own world,
with a big chance of lasting contacts. All three points are needed. C2, Nederlandstalige context:
a chance to practise Dutch; seed 004 calls its three points an ideal scenario and asks for no
level of Dutch, so one of them is enough. That bar is ours (R3), and a moderator of the gemeente
may overrule it with a reason.
"""

from dataclasses import dataclass

from aanbod.models import ActiviteitPage, Criterium, Kenmerk
from gemeenten.models import Gemeente
from gemeenten.permissions import can_overrule_criteria


@dataclass(frozen=True)
class Point:
    """One thing that an activity needs, and the kenmerken that each give it."""

    criterium: Criterium
    slugs: frozenset[str]
    #: Said to the colleague who wants to publish without it.
    sentence: str


POINTS = [
    Point(
        Criterium.C1,
        frozenset({"duo", "groep"}),
        "Gebeurt het met twee of in een groep? Duid dat aan. Een activiteit waarbij iemand vooral "
        "alleen is, past niet in het participatietraject.",
    ),
    Point(
        Criterium.C1,
        frozenset({"nieuwe-mensen"}),
        "Leert de deelnemer er nieuwe mensen kennen, buiten de eigen kring? Duid dat aan, of pas "
        "de activiteit zo aan dat het kan.",
    ),
    Point(
        Criterium.C1,
        frozenset({"duurzame-contacten"}),
        "Is er een grote kans op contacten die blijven? Duid dat aan, of pas de activiteit zo aan "
        "dat mensen elkaar terugzien.",
    ),
    Point(
        Criterium.C2,
        frozenset({"voertaal", "wederzijds", "nederlandstaligen"}),
        "Kan de deelnemer er Nederlands oefenen? Duid minstens één punt van de Nederlandstalige "
        "context aan. Niemand moet al Nederlands kennen.",
    ),
]


def missing_points(slugs: set[str]) -> list[Point]:
    """The points that an activity with the kenmerken `slugs` lacks; none when it may be
    published (seed 004, R2 and R3)."""
    return [point for point in POINTS if not point.slugs & slugs]


def slugs_of(page: ActiviteitPage) -> set[str]:
    """The kenmerken of an activity as it is in memory, saved or not."""
    tags = [item.tag_id for item in page.kenmerk_items.all()]
    return set(Kenmerk.objects.filter(pk__in=tags).values_list("slug", flat=True))


def is_overruled(page: ActiviteitPage, gemeente: Gemeente) -> bool:
    """Did somebody who may do so give a reason to publish all the same? The overruling stands
    for as long as that person is a moderator of the gemeente."""
    return bool(
        page.overrule_reason.strip()
        and page.overruled_by
        and can_overrule_criteria(page.overruled_by, gemeente)
    )


def refusals(
    page: ActiviteitPage, gemeente: Gemeente | None = None, slugs: set[str] | None = None
) -> list[str]:
    """Why this activity may not be published: one sentence for each missing point (seed 004, R2
    and R3); empty when it has them all, or when a moderator overruled.

    `gemeente` is where it would be published and `slugs` are its kenmerken; those of the page
    itself when absent.
    """
    missing = missing_points(slugs_of(page) if slugs is None else slugs)
    if not missing or is_overruled(page, gemeente or page.gemeente):
        return []
    return [point.sentence for point in missing]
