"""Our columns: what each is called, and what a text in it means.

`parse` gives plain values that JSON can hold, so that two records are the same when their values
are; `aanbod/importing/pages.py` puts them in a page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from aanbod.importing import moments
from aanbod.importing.rows import Problem
from aanbod.indexing import plain
from aanbod.models import ActiviteitPage, Kinderopvang, Moment, Soort, Taalniveau, Voor

KENMERKEN = (
    *("duo", "groep", "nieuwe-mensen", "duurzame-contacten"),
    *("voertaal", "wederzijds", "nederlandstaligen"),
)
MAX_NUMBER = 32767  # of a PositiveSmallIntegerField
MAX_PRICE = Decimal("9999.99")
MAX_THEMAS = 10


@dataclass(frozen=True)
class Column:
    """One column. `parse` takes the text of a cell and raises ValueError with the reason."""

    key: str
    label: str
    parse: Callable[[str], Any]
    example: str = ""
    required: bool = False


def _text(most: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        text = text.strip()
        if len(text) > most:
            raise ValueError(f"Hoogstens {most} tekens; dit zijn er {len(text)}.")
        return text

    return parse


def _line(most: int) -> Callable[[str], str]:
    """As `_text`, for what stands on one line."""
    return lambda text: _text(most)(" ".join(text.split()))


def _choice(choices: dict[str, str], empty: str) -> Callable[[str], str]:
    """A value by its name or its label, in any case and with or without accents."""
    known = {_word(name): value for value, name in choices.items()}
    known |= {_word(value): value for value in choices}

    def parse(text: str) -> str:
        word = _word(text)
        if not word:
            return empty
        if word not in known:
            raise ValueError(f"“{_short(text)}” kennen we niet. Kies: {', '.join(choices)}.")
        return known[word]

    return parse


def _list(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    def parse(text: str) -> list[str]:
        asked = {_word(part) for part in re.split(r"[,;\n]", text) if part.strip()}
        known = {_word(choice): choice for choice in choices}
        if unknown := sorted(asked - known.keys()):
            raise ValueError(
                f"“{_short(unknown[0])}” kennen we niet. Kies uit: {', '.join(choices)}."
            )
        return [choice for choice in choices if _word(choice) in asked]

    return parse


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= MAX_NUMBER:
        raise ValueError(f"“{_short(text)}” is geen geheel getal van 1 tot {MAX_NUMBER}.")
    return int(text)


def _price(text: str) -> str:
    """Euro as "5.00"."""
    text = text.replace("€", "").strip().lower()
    if text in ("", "gratis"):
        return "0.00"
    try:
        if not re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,2})?", text):
            raise InvalidOperation
        price = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise ValueError(
            f"“{_short(text)}” is geen prijs. Schrijf bijvoorbeeld 5 of 2,50."
        ) from None
    if price > MAX_PRICE:
        raise ValueError(f"De prijs is hoogstens {MAX_PRICE} euro.")
    return f"{price:.2f}"


def _yes(text: str) -> bool:
    word = _word(text)
    if word not in ("", "ja", "nee", "j", "n"):
        raise ValueError(f"“{_short(text)}” kennen we niet. Schrijf ja of nee.")
    return word.startswith("j")


def _postcode(text: str) -> str:
    text = text.strip()
    if text and not re.fullmatch(r"[1-9][0-9]{3}", text):
        raise ValueError(f"“{_short(text)}” is geen postcode van vier cijfers.")
    return text


def _themas(text: str) -> list[str]:
    themas = [" ".join(part.split()) for part in re.split(r"[,;\n]", text) if part.strip()]
    if len(themas) > MAX_THEMAS:
        raise ValueError(f"Hoogstens {MAX_THEMAS} thema's; dit zijn er {len(themas)}.")
    if any(len(thema) > 100 for thema in themas):
        raise ValueError("Een thema telt hoogstens 100 tekens.")
    return sorted({plain(thema): thema for thema in reversed(themas)}.values(), key=plain)


def _word(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", plain(text)))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _timing(text: str) -> str:
    if _word(text) == "vaste momenten":
        return ActiviteitPage.Timing.MOMENTEN.value
    choices = {"momenten": "Op vaste momenten", "afspraak": "In overleg"}
    return _choice(choices, "")(text)


COLUMNS = [
    Column("id", "Id", _line(200), "praattafel-1"),
    Column("naam", "Naam", _line(255), "Praattafel", required=True),
    Column(
        "soort",
        "Soort",
        _choice(dict(zip(Soort.values, map(str, Soort.labels), strict=True)), ""),
        "conversatie",
        required=True,
    ),
    Column("zin", "In één zin", _line(200), "Kom samen Nederlands praten.", required=True),
    Column("tekst", "Wat doe je er", _text(5000), "We praten aan tafel.", required=True),
    Column("meebrengen", "Wat breng je mee", _line(200), "Niets."),
    Column("themas", "Thema's", _themas, "taal, ontmoeten"),
    Column("wanneer", "Wanneer", _timing, "momenten"),
    Column(
        "momenten", "Momenten", moments.parse, "wekelijks 12/01/2027 19:30-21:30 tot 29/06/2027"
    ),
    Column("dagdelen", "Mogelijke momenten", _list(tuple(Moment.values))),
    Column("minuten", "Minuten per keer", _number),
    Column("uren", "Uren in totaal", _number, "40"),
    Column("plaats", "Naam van de plaats", _line(120), "De Wilg"),
    Column("straat", "Straat en nummer", _line(120)),
    Column("postcode", "Postcode", _postcode),
    Column("deelgemeente", "Deelgemeente", _line(120)),
    Column(
        "nederlands",
        "Gewenst Nederlands",
        _choice(
            dict(zip(Taalniveau.values, map(str, Taalniveau.labels), strict=True)),
            Taalniveau.GEEN.value,
        ),
        "geen",
    ),
    Column(
        "voor",
        "Voor wie",
        _choice({"iedereen": "Iedereen", Voor.VROUWEN.value: str(Voor.VROUWEN.label)}, "iedereen"),
        "iedereen",
    ),
    Column("plaatsen", "Aantal plaatsen", _number, "12"),
    Column("prijs", "Prijs", _price, "gratis"),
    Column("prijsuitleg", "Uitleg bij de prijs", _line(120)),
    Column(
        "kinderen",
        "Kinderen",
        _choice(dict(zip(Kinderopvang.values, map(str, Kinderopvang.labels), strict=True)), ""),
        "mee",
    ),
    Column("rolstoel", "Rolstoel kan binnen", _yes, "ja"),
    Column("organisatie", "Organisatie", _line(120), "De Lange Tafel", required=True),
    Column("contact", "Contact voor iedereen", _line(200)),
    Column("kenmerken", "Kenmerken", _list(KENMERKEN), "groep, voertaal"),
]
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = [column for column in COLUMNS if column.required]
_BY_WORD = {_word(column.label): column for column in COLUMNS}


def column_of(header: str) -> Column | None:
    """The column that a header names; a star behind it, capitals and accents do not matter."""
    return _BY_WORD.get(_word(header))


def parse(cells: dict[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Values by column of the cells that are there, and what is wrong with them."""
    values: dict[str, Any] = {}
    problems = []
    for key, text in cells.items():
        try:
            values[key] = BY_KEY[key].parse(text)
        except ValueError as reason:
            problems.append(Problem(key, str(reason)))
    named = {problem.column for problem in problems}
    problems += [
        Problem(column.key, "Dit moet ingevuld zijn.")
        for column in REQUIRED
        if not values.get(column.key) and column.key not in named
    ]
    return _with_timing(values), problems


def _with_timing(values: dict[str, Any]) -> dict[str, Any]:
    """Without a word about when: fixed moments when there are any, else by agreement."""
    if values.get("wanneer") == "" or ("momenten" in values and "wanneer" not in values):
        timing = ActiviteitPage.Timing
        fixed = bool(values.get("momenten"))
        values["wanneer"] = (timing.MOMENTEN if fixed else timing.AFSPRAAK).value
    return values
