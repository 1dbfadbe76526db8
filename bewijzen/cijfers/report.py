"""Demand against offer of one or several gemeenten in one quarter, with small groups hidden.

Every question stands once in each table, so all tables have one total. That is why they are
protected together, for each gemeente by itself; a region is the sum of what its gemeenten show.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum as Total

from aanbod.cijfers.figures import Figure, total
from aanbod.cijfers.quarters import Quarter
from aanbod.cijfers.suppression import Cell, Sum, protected
from aanbod.models import Bezoek, Kinderopvang, Moment, Soort, Taalniveau
from aanbod.models.telling import MEER
from bewijzen.cijfers import asked, offer
from bewijzen.cijfers.asked import DEELNAME, EMPTY, FOUND, ZOEKVRAAG, Vraag
from bewijzen.cijfers.offer import Item
from bewijzen.demand import Demand, demand
from gemeenten.models import Deelgemeente, Gemeente

#: What a table calls a question that did not say it, and one that said several.
NOT_SAID, SEVERAL = "niet gezegd", "meer dan één"
#: A question, or an activity, for the whole gemeente or its centre.
NO_DEELGEMEENTE = "zonder deelgemeente"

LABELS: dict[str, dict[str, str]] = {
    "soort": {value: str(Soort(value).label) for value in Soort.values},
    "moment": {value: str(Moment(value).label) for value in Moment.values},
    "kinderopvang": {
        Kinderopvang.OPVANG: "kinderopvang",
        Kinderopvang.MEE: "kinderen mogen mee",
        MEER: "opvang, of kinderen mogen mee",
    },
    "taalniveau": {
        Taalniveau.GEEN: "geen Nederlands nodig",
        Taalniveau.A1: "hoogstens A1",
        Taalniveau.A2: "hoogstens A2",
        Taalniveau.B1: "hoogstens B1",
    },
    "kosten": {"gratis": "gratis", "5": "hoogstens 5 euro", "20": "hoogstens 20 euro"},
    "bron": {
        FOUND: "zoekopdrachten die iets vonden",
        EMPTY: "zoekopdrachten die niets vonden",
        ZOEKVRAAG: "zoekvragen",
        DEELNAME: "gevraagde deelnames",
    },
}
for _name in ("soort", "moment"):
    LABELS[_name] |= {MEER: SEVERAL}
for _name in ("soort", "moment", "kinderopvang", "taalniveau", "kosten"):
    LABELS[_name] |= {"": NOT_SAID}

TITLES = {
    "soort": "Soort",
    "moment": "Moment",
    "deelgemeente": "Deelgemeente",
    "kinderopvang": "Kinderen",
    "taalniveau": "Nederlands",
    "kosten": "Prijs per keer",
    "bron": "Waar de vragen vandaan komen",
}
ALL: Cell = ("alles", "")


@dataclass(frozen=True)
class Row:
    """One group: what was asked, and how many activities answer to it (None: cannot be said)."""

    value: str
    label: str
    demand: Figure
    offer: int | None = None


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class MatrixRow:
    value: str
    label: str
    cells: list[Row]
    total: Row


@dataclass(frozen=True)
class Full:
    """An activity without a free place, and who waits for one."""

    page: int
    title: str
    waiting: Figure


@dataclass(frozen=True)
class Visits:
    """How often a page was opened; without `page` that of the gemeente."""

    title: str
    number: Figure
    page: int | None = None


@dataclass(frozen=True)
class Report:
    gemeenten: list[Gemeente]
    quarter: Quarter
    total: Figure
    tables: dict[str, Table]
    moments: list[str]
    matrix: list[MatrixRow]
    #: Searches that found nothing, by soort; and the offer's own words in them.
    empty: Table
    words: list[Row]
    words_empty: list[Row]
    full: list[Full]
    visits: list[Visits]
    zoekvragen: Demand
    activities: int


def of(gemeenten: Sequence[Gemeente], quarter: Quarter, *, today: date) -> Report:
    """The report on these gemeenten. The number of queries does not depend on theirs, nor on
    how much was asked."""
    keys = [gemeente.pk for gemeente in gemeenten]
    items = offer.of(keys)
    parts = _parts(gemeenten)
    figures = _figures(asked.of(keys, quarter.first, quarter.last), keys, parts)
    words = asked.words(keys, quarter.first, quarter.last)
    return Report(
        gemeenten=list(gemeenten),
        quarter=quarter,
        total=figures[ALL],
        tables={
            **{name: _table(name, LABELS[name], figures, items) for name in LABELS},
            "deelgemeente": _deelgemeenten(gemeenten, parts, figures, items),
        },
        moments=list(LABELS["moment"].values()),
        matrix=_matrix(figures, items),
        empty=Table(
            "leeg",
            "Zoekopdrachten die niets vonden",
            [
                Row(value, label, figures["leeg", value])
                for value, label in LABELS["soort"].items()
                if figures["leeg", value] != Figure()
            ],
        ),
        words=_words(words, keys, empty=False),
        words_empty=_words(words, keys, empty=True),
        full=_full(items, asked.waiting(keys)),
        visits=_visits(gemeenten, items, quarter),
        zoekvragen=demand(keys, quarter.first, quarter.last, today=today),
        activities=len(items),
    )


# -- What may be shown -----------------------------------------------------------------------


def _figures(
    questions: Counter[Vraag], keys: Iterable[int], parts: Mapping[int, list[str]]
) -> dict[Cell, Figure]:
    """For every cell the sum of what each gemeente may show in it."""
    shown = [
        _shown(
            Counter({vraag: n for vraag, n in questions.items() if vraag.gemeente == key}),
            key,
            parts[key],
        )
        for key in keys
    ]
    cells = {cell for one in shown for cell in one} | set(_cells([], 0)[0])
    return {cell: total(one.get(cell, 0) for one in shown) for cell in cells}


def _shown(questions: Counter[Vraag], key: int, parts: list[str]) -> dict[Cell, int | None]:
    """The numbers of one gemeente, protected together."""
    cells, sums = _cells(parts, key)
    numbers = _numbers(questions, cells)
    # Its editors read the zoekvragen one by one.
    known = _numbers(
        Counter({v: n for v, n in questions.items() if v.bron == ZOEKVRAAG}), dict.fromkeys(cells)
    )
    unseen = [cell for cell in cells if isinstance(cell, tuple) and cell[0] == "rest"]
    return protected(numbers, sums, unseen=unseen, known=known)


def _numbers(questions: Counter[Vraag], cells: Iterable[Cell]) -> dict[Cell, int]:
    numbers = dict.fromkeys(cells, 0)
    for vraag, number in questions.items():
        for cell in _cells_of(vraag):
            numbers[cell] += number
    return numbers


def _cells_of(vraag: Vraag) -> list[Cell]:
    """Every cell that a question stands in."""
    return [
        ALL,
        ("cel", vraag.soort, vraag.moment),
        *((name, getattr(vraag, name)) for name in LABELS),
        ("deelgemeente", vraag.gemeente, vraag.deelgemeente),
        ("leeg" if vraag.bron == EMPTY else "rest", vraag.soort),
    ]


def _cells(parts: list[str], key: int) -> tuple[dict[Cell, None], list[Sum]]:
    """All cells of one gemeente, and how they add up."""
    soorten, moments = LABELS["soort"], LABELS["moment"]
    by_name: dict[str, tuple[Cell, ...]] = {
        name: tuple((name, value) for value in labels) for name, labels in LABELS.items()
    }
    by_name["deelgemeente"] = tuple(("deelgemeente", key, name) for name in [*parts, ""])
    empty = tuple(("leeg", soort) for soort in soorten)
    sums = [
        *(Sum(ALL, cells) for cells in by_name.values()),
        *(Sum(("soort", s), tuple(("cel", s, m) for m in moments)) for s in soorten),
        *(Sum(("moment", m), tuple(("cel", s, m) for s in soorten)) for m in moments),
        Sum(("bron", EMPTY), empty),
        *(Sum(("soort", s), (("leeg", s), ("rest", s))) for s in soorten),
    ]
    return dict.fromkeys(cell for one in sums for cell in (one.total, *one.parts)), sums


# -- Tables ----------------------------------------------------------------------------------


def _parts(gemeenten: Sequence[Gemeente]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {gemeente.pk: [] for gemeente in gemeenten}
    rows = Deelgemeente.objects.filter(gemeente__in=found).order_by("name")
    for key, name in rows.values_list("gemeente", "name"):
        found[key].append(name)
    return found


def _table(
    name: str, labels: Mapping[str, str], figures: Mapping[Cell, Figure], items: list[Item]
) -> Table:
    rows = [
        Row(value, label, figures[name, value], _offer(items, name, value))
        for value, label in labels.items()
    ]
    return Table(name, TITLES[name], rows)


def _offer(items: Iterable[Item], name: str, value: str) -> int | None:
    if name == "bron" or not value or (value == MEER and name != "kinderopvang"):
        return None
    return sum(offer.fits(item, name, value) for item in items)


def _deelgemeenten(
    gemeenten: Sequence[Gemeente],
    parts: Mapping[int, list[str]],
    figures: Mapping[Cell, Figure],
    items: list[Item],
) -> Table:
    rows = []
    for gemeente in gemeenten:
        here = [item for item in items if item.gemeente == gemeente.pk]
        before = f"{gemeente.name}: " if len(gemeenten) > 1 else ""
        for name in [*parts[gemeente.pk], ""]:
            figure = figures["deelgemeente", gemeente.pk, name]
            # The activities add up as the questions do: those without one have their row too.
            there = sum(item.deelgemeente == name for item in here)
            rows.append(Row(name, before + (name or NO_DEELGEMEENTE), figure, there))
    return Table("deelgemeente", TITLES["deelgemeente"], rows)


def _matrix(figures: Mapping[Cell, Figure], items: list[Item]) -> list[MatrixRow]:
    found = []
    for soort, label in LABELS["soort"].items():
        of_soort = [item for item in items if item.soort == soort]
        cells = [
            Row(
                moment,
                moment_label,
                figures["cel", soort, moment],
                _offer(of_soort, "moment", moment) if soort not in ("", MEER) else None,
            )
            for moment, moment_label in LABELS["moment"].items()
        ]
        whole = Row(soort, label, figures["soort", soort], _offer(items, "soort", soort))
        found.append(MatrixRow(soort, label, cells, whole))
    return found


def _words(words: Counter[tuple[int, str, bool]], keys: Iterable[int], empty: bool) -> list[Row]:
    """The words that stand in enough searches, the most typed first."""
    by_word: dict[str, list[int | None]] = {}
    for key in keys:
        numbers: dict[Cell, int] = {
            w: n for (where, w, e), n in words.items() if where == key and e == empty
        }
        for word, number in protected(numbers).items():
            by_word.setdefault(str(word), []).append(number)
    rows = [Row(word, word, total(numbers)) for word, numbers in by_word.items()]
    return sorted(
        (row for row in rows if not row.demand.hidden),
        key=lambda row: (-row.demand.number, row.label),
    )[:25]


def _full(items: list[Item], waiting: Counter[int]) -> list[Full]:
    return [
        Full(item.page, item.title, _alone(waiting[item.page]))
        for item in items
        if item.places_left == 0
    ]


def _visits(gemeenten: Sequence[Gemeente], items: list[Item], quarter: Quarter) -> list[Visits]:
    """Every activity that can be found, the most opened first, after the pages of the gemeenten.
    No total stands below them, so each is protected by itself."""
    rows = Bezoek.objects.filter(
        gemeente__in=[gemeente.pk for gemeente in gemeenten],
        day__range=(quarter.first, quarter.last),
    )
    counted = rows.values_list("gemeente", "page").annotate(times=Total("number")).order_by()
    numbers = {(key, page): number for key, page, number in counted}
    found = [
        Visits(f"Pagina van {gemeente.name}", _alone(numbers.get((gemeente.pk, None), 0)))
        for gemeente in gemeenten
    ]
    activities = [
        Visits(item.title, _alone(numbers.get((item.gemeente, item.page), 0)), item.page)
        for item in items
    ]
    return found + sorted(activities, key=lambda row: (-row.number.number, row.title))


def visits_of(page: int, quarters: Sequence[Quarter]) -> list[tuple[Quarter, Figure]]:
    """How often one activity was opened in each quarter, as the acting person may see it."""
    rows = Bezoek.objects.filter(page=page, day__gte=min(quarters).first)
    days = list(rows.values_list("day", "number"))
    return [
        (one, _alone(sum(number for day, number in days if one.first <= day <= one.last)))
        for one in quarters
    ]


def _alone(number: int) -> Figure:
    return total(protected({"": number}).values())
