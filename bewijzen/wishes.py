"""The wishes of a traject for its planner: kept only when the person says so (trust.md §6)."""

from dataclasses import fields
from datetime import datetime

from aanbod.models import Dag, Kinderopvang, Soort, Taalniveau
from aanbod.planner_form import Choice
from bewijzen.models import Traject, Wensen

#: Hours come from the traject, and what was not understood is not kept.
KEPT = [field.name for field in fields(Choice) if field.name not in {"uren", "unknown"}]


def kept(traject: Traject) -> Wensen | None:
    """What the acting person may see of the wishes of a traject."""
    return Wensen.objects.filter(traject=traject).first()


def choice_of(wensen: Wensen) -> Choice:
    """The wishes as the planner's page takes them."""
    values = {name: getattr(wensen, name) for name in KEPT}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    clocks = {name: (start, end) for name, (start, end) in wensen.clocks.items()}
    return Choice(**{**values, **lists, "clocks": clocks})


def keep(traject: Traject, choice: Choice, *, now: datetime) -> Wensen:
    """Keep this choice instead of an earlier one."""
    values = {name: getattr(choice, name) for name in KEPT}
    rows = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
    defaults = {**values, **rows, "saved_at": now}
    return Wensen.objects.update_or_create(traject=traject, defaults=defaults)[0]


def forget(traject: Traject) -> None:
    Wensen.objects.filter(traject=traject).delete()


def in_words(wensen: Wensen) -> list[tuple[str, str]]:
    """(what, which) in Dutch, for the trajectbegeleider."""
    lines = [("Waar", f"{wensen.plaats}, tot {wensen.straal} km")]
    lines += [("Les", _blocks(wensen.les))] if wensen.les else []
    lines += [("Werk", _blocks(wensen.werk))] if wensen.werk else []
    labels: dict[str, list[str]] = {
        "Doet graag": [*(str(Soort(value).label) for value in wensen.soort), *wensen.thema],
        "Kinderen": [str(Kinderopvang(value).label) for value in wensen.kinderopvang],
        "Nederlands": [str(Taalniveau(value).label) for value in wensen.taalniveau],
    }
    lines += [(name, ", ".join(words)) for name, words in labels.items() if words]
    if wensen.klaar:
        lines.append(("Wil klaar zijn", f"{wensen.klaar:%d/%m/%Y}"))
    return lines


def _blocks(blocks: list[str]) -> str:
    """ "maandag ochtend, dinsdag avond"."""
    pairs = (block.split("-") for block in blocks)
    return ", ".join(f"{Dag(dag).label} {part}" for dag, part in pairs)
