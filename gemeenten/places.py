"""Where somebody lives: a postcode, a municipality or a deelgemeente, as people type it."""

import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Lower, Trim

from gemeenten.models import Deelgemeente, Gemeente
from gemeenten.sign_in import ascii_digits

#: So long may a process remember where a place is, in seconds, and so many places.
KEPT_SECONDS = 60
KEPT_MOST = 5000
R = TypeVar("R")
_kept: dict[tuple[Any, ...], tuple[float, Any]] = {}

#: Below this two names have hardly a letter group in common.
SMALLEST_SIMILARITY = 0.3


@dataclass(frozen=True)
class Place:
    """A point on the map with the gemeente it lies in (degrees, WGS84)."""

    name: str
    lat: float
    lon: float
    gemeente: Gemeente


def find_place(text: str) -> Place | None:
    """The place meant by a postcode ("3020", "3020 Herent") or a name, or None.

    Capitals, accents, hyphens and "St." do not matter, and the first words of a name are enough
    ("Veltem"). Of several places with one name, a gemeente goes before a deelgemeente and an
    active gemeente before another.
    """
    postcode, name = _parts(text)
    if not postcode:
        return _named(name, Gemeente.objects.all()) if name else None
    there = Gemeente.objects.filter(postcodes__contains=[postcode])
    return (name and _named(name, there)) or _of_gemeente(_first(there))


def suggestions(text: str, limit: int = 5) -> list[Place]:
    """Places whose name is written almost like `text`, the likeliest first."""
    _, name = _parts(text)
    if not name:
        return []
    close = [
        (row.similarity, _of(row))
        for rows in [_all(Gemeente), _all(Deelgemeente).select_related("gemeente")]
        for row in rows.annotate(similarity=TrigramSimilarity("key", name))
        .filter(similarity__gte=SMALLEST_SIMILARITY)
        .order_by("-similarity", "name")[:limit]
    ]
    close.sort(key=lambda pair: -pair[0])
    return [place for _, place in close[:limit]]


def _parts(text: str) -> tuple[str, str]:
    """(postcode or "", key of the name or "")."""
    written = "".join(ascii_digits(sign) or sign for sign in text[:200])
    match = re.search(r"(?<!\d)[1-9]\d{3}(?!\d)", written)
    postcode = match.group() if match else ""
    return postcode, _key(written.replace(postcode, " ", 1))


def _key(name: str) -> str:
    """A name as it is compared; `_all` makes the same of the stored ones."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join("sint" if word == "st" else word for word in words)


def _all(model: type[Gemeente] | type[Deelgemeente]) -> QuerySet:
    spaced = Func(
        Lower(Func("name", function="unaccent")),
        *(Value("[^a-z0-9]+"), Value(" "), Value("g")),
        function="regexp_replace",
        output_field=TextField(),
    )
    return model.objects.annotate(key=Trim(spaced))


def _named(name: str, within: QuerySet[Gemeente]) -> Place | None:
    """Whole names first, then names that begin with these words."""
    parts = _all(Deelgemeente).filter(gemeente__in=within).select_related("gemeente")
    for lookup in [{"key": name}, {"key__startswith": f"{name} "}]:
        gemeente = _first(_all(Gemeente).filter(pk__in=within, **lookup))
        if gemeente:
            return _of(gemeente)
        deelgemeente = parts.filter(**lookup).order_by("-gemeente__active", "name", "pk").first()
        if deelgemeente:
            return _of(deelgemeente)
    return None


def _first(gemeenten: QuerySet[Gemeente]) -> Gemeente | None:
    return gemeenten.order_by(F("active").desc(), "name").first()


def _of_gemeente(gemeente: Gemeente | None) -> Place | None:
    return _of(gemeente) if gemeente else None


def _of(row: Gemeente | Deelgemeente) -> Place:
    gemeente = row if isinstance(row, Gemeente) else row.gemeente
    return Place(row.name, row.lat, row.lon, gemeente)


def kept(find: Callable[..., R]) -> Callable[..., R]:
    """Remember for a while in this process what `find` answered: places hardly change."""

    @wraps(find)
    def wrapper(*args: Any) -> R:
        key, now = (find, args), time.monotonic()
        found = _kept.get(key)
        if found is None or found[0] < now:
            if len(_kept) >= KEPT_MOST:
                _kept.clear()
            found = _kept[key] = (now + KEPT_SECONDS, find(*args))
        return found[1]

    return wrapper


def forget() -> None:
    """Let go of what was remembered: after loading municipalities, and between tests."""
    _kept.clear()
