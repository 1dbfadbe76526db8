"""What somebody chose on the planner's page, out of an address and back into one."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from aanbod import search
from aanbod.models import Dag
from aanbod.planner import STRAAL, Wish
from aanbod.planner_week import PARTS, Taken, Week, taken
from gemeenten.places import Place
from gemeenten.sign_in import ascii_digits

#: Lessons stop in school holidays, work does not.
KINDS = ("les", "werk")
BLOCKS = tuple(f"{dag}-{part}" for dag in Dag.values for part in PARTS)
#: The clock times of lessons in the morning: les_ochtend_van and les_ochtend_tot.
CLOCKS = tuple(f"{kind}_{part}" for kind in KINDS for part in PARTS)
TARGET_HOURS = 40
#: What is chosen from closed lists, read as the results page reads them.
LISTS = ("soort", "thema", "kinderopvang", "taalniveau", "kosten", "voor")


@dataclass(frozen=True)
class Choice:
    """As typed and tapped; every value is one that we know, but the place."""

    plaats: str = ""
    straal: int = STRAAL
    les: tuple[str, ...] = ()
    werk: tuple[str, ...] = ()
    #: Minutes of the day (from, until) by name in CLOCKS.
    clocks: dict[str, tuple[int, int]] = field(default_factory=dict)
    #: Lessons go on in school holidays.
    door: bool = False
    soort: tuple[str, ...] = ()
    thema: tuple[str, ...] = ()
    kinderopvang: tuple[str, ...] = ()
    taalniveau: tuple[str, ...] = ()
    kosten: tuple[str, ...] = ()
    voor: tuple[str, ...] = ()
    vrouw: bool = False
    #: Hours that are there already.
    uren: int = 0
    klaar: date | None = None
    #: (name, value) of what was not understood.
    unknown: tuple[tuple[str, str], ...] = ()


def parse(params: QueryDict) -> Choice:
    """Never raises: what is not understood is left out and stands in `unknown`."""
    query = search.parse(params)
    clocks, unclear = _clocks(params)
    klaar, uren = _line(params, "klaar"), _line(params, "uren")
    ours = {"plaats", "straal", *LISTS}
    unknown = [pair for pair in query.unknown if pair[0] in ours] + unclear
    day, hours = _day(klaar), _hours(uren)
    unknown += [("klaar", klaar)] if klaar and day is None else []
    unknown += [("uren", uren)] if uren and hours is None else []
    return Choice(
        plaats=query.plaats,
        straal=query.straal or STRAAL,
        clocks=clocks,
        klaar=day,
        uren=hours or 0,
        door=bool(_line(params, "door")),
        vrouw=bool(_line(params, "vrouw")),
        **{kind: _blocks(params, kind) for kind in KINDS},
        **{name: getattr(query, name) for name in LISTS},
        unknown=tuple(unknown[: search.MAX_UNKNOWN]),
    )


def address(choice: Choice) -> str:
    """The choice as the query of an address; defaults are left out."""
    params = QueryDict(mutable=True)
    for name, value in [("plaats", choice.plaats), ("klaar", choice.klaar), ("uren", choice.uren)]:
        if value:
            params[name] = str(value)
    if choice.straal != STRAAL:
        params["straal"] = str(choice.straal)
    for name in (*KINDS, *LISTS):
        if getattr(choice, name):
            params.setlist(name, list(getattr(choice, name)))
    for name, (start, end) in choice.clocks.items():
        params[f"{name}_van"], params[f"{name}_tot"] = clock(start), clock(end)
    for name in ("door", "vrouw"):
        if getattr(choice, name):
            params[name] = "1"
    return params.urlencode()


def wish(choice: Choice, place: Place, *, done: int | None = None, target: int = 2400) -> Wish:
    """`done` in minutes when a traject says it; else the hours that were typed."""
    cost = max((0 if value == "gratis" else int(value) for value in choice.kosten), default=None)
    return Wish(
        place=place,
        straal=choice.straal,
        week=Week(tuple(_taken(choice)), lessons_stop=not choice.door),
        kinderopvang=choice.kinderopvang,
        soort=choice.soort,
        thema=choice.thema,
        taalniveau=choice.taalniveau[-1] if choice.taalniveau else "",
        only_women=bool(choice.voor),
        woman=choice.vrouw,
        cost=cost,
        ready_by=choice.klaar,
        done=choice.uren * 60 if done is None else done,
        target=target,
    )


def without(choice: Choice, name: str, relaxed: Wish) -> Choice:
    """The choice with one wish as it is in `relaxed`; named as in `planner.obstacles`."""
    changes: dict[str, dict[str, Any]] = {
        "klaar": {"klaar": None},
        "straal": {"straal": relaxed.straal},
        "soort": {"soort": (), "thema": ()},
        "kosten": {"kosten": ()},
        "taalniveau": {"taalniveau": ()},
        "voor": {"voor": (), "vrouw": True},
        "week": {"les": (), "werk": (), "clocks": {}},
        "kinderopvang": {"kinderopvang": ()},
    }
    return replace(choice, **changes[name])


def clock(minutes: int) -> str:
    """ "09:30", as a browser wants it."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _taken(choice: Choice) -> list[Taken]:
    found = []
    for kind in KINDS:
        for block in getattr(choice, kind):
            dag, part = block.split("-")
            start, end = choice.clocks.get(f"{kind}_{part}", PARTS[part])
            weekday = Dag.values.index(dag)
            found.append(taken(weekday, start, end, lesson=kind == "les"))
    return sorted(found)


def _blocks(params: QueryDict, kind: str) -> tuple[str, ...]:
    chosen = {value.lower() for value in params.getlist(kind)[:100]}
    return tuple(block for block in BLOCKS if block in chosen)


def _line(params: QueryDict, name: str) -> str:
    """Short text without what cannot be printed; Arabic and Persian digits are digits too."""
    text = "".join(sign for sign in params.get(name, "")[:40] if sign.isprintable()).strip()
    return "".join(ascii_digits(sign) or sign for sign in text)


def _clocks(
    params: QueryDict,
) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
    """Pairs of clock times, and what was half given or is no time."""
    found, unclear = {}, []
    for name in CLOCKS:
        texts = [_line(params, f"{name}_{end}") for end in ("van", "tot")]
        if not any(texts):
            continue
        start, end = (_clock(text) for text in texts)
        if start is None or end is None or start == end:
            unclear.append(("uur", " – ".join(text for text in texts if text)))
        else:
            found[name] = (start, end)
    return found, unclear


def _clock(text: str) -> int | None:
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.u]([0-5]\d)(:\d\d)?", text, re.ASCII)
    return int(match[1]) * 60 + int(match[2]) if match else None


def _day(text: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text, re.ASCII)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _hours(text: str) -> int | None:
    return min(int(text), TARGET_HOURS) if re.fullmatch(r"\d{1,3}", text, re.ASCII) else None
