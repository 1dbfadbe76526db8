"""Municipalities and deelgemeenten from the two files in `data/` (sources: data/SOURCES.md)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from gemeenten.models import RESERVED_SLUGS, Deelgemeente, Gemeente

FOLDER = Path(__file__).parent / "data"


class LoadError(ValueError):
    """The file cannot be loaded; the message says which row and why."""


@dataclass
class Count:
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged"


@transaction.atomic
def load_gemeenten(folder: Path = FOLDER) -> Count:
    """Create or update a Gemeente for every row of gemeenten.csv; raises LoadError.

    What is already there keeps its slug and whether it is active.
    """
    rows = [_gemeente(row) for row in _read(folder / "gemeenten.csv")]
    _check_slugs(rows)
    existing = {gemeente.nis: gemeente for gemeente in Gemeente.objects.all()}
    pairs = [(existing.get(row.nis), row) for row in rows]
    return _store(Gemeente, pairs, ["name", "province", "region", "postcodes", "lat", "lon"])


@transaction.atomic
def load_deelgemeenten(folder: Path = FOLDER) -> Count:
    """Create or update a Deelgemeente for every row of deelgemeenten.csv; raises LoadError."""
    by_nis = {gemeente.nis: gemeente for gemeente in Gemeente.objects.all()}
    rows = [_deelgemeente(row, by_nis) for row in _read(folder / "deelgemeenten.csv")]
    existing = {(row.gemeente_id, row.name): row for row in Deelgemeente.objects.all()}
    pairs = [(existing.get((row.gemeente_id, row.name)), row) for row in rows]
    return _store(Deelgemeente, pairs, ["lat", "lon"])


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _gemeente(row: dict[str, str]) -> Gemeente:
    # The centre of the main town is where people are; the middle of the territory may be a wood.
    return Gemeente(
        nis=row["nis_code"],
        name=row["name"],
        slug=slugify(row["name"]),
        province=row["province"],
        region=row["region"],
        postcodes=row["postcodes"].split(";"),
        lat=float(row["centre_lat"] or row["lat"]),
        lon=float(row["centre_lon"] or row["lon"]),
    )


def _deelgemeente(row: dict[str, str], by_nis: dict[str, Gemeente]) -> Deelgemeente:
    gemeente = by_nis.get(row["nis_code"])
    if gemeente is None:
        raise LoadError(f"{row['deelgemeente']}: there is no gemeente {row['nis_code']}")
    return Deelgemeente(
        gemeente=gemeente,
        name=row["deelgemeente"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )


def _check_slugs(rows: list[Gemeente]) -> None:
    seen: dict[str, str] = {}
    for row in rows:
        if row.slug in RESERVED_SLUGS:
            raise LoadError(f"{row.name}: /{row.slug}/ is an address of our own")
        if row.slug in seen:
            raise LoadError(f"{row.name} and {seen[row.slug]} would both be /{row.slug}/")
        seen[row.slug] = row.name


def _store(
    model: type[Model], pairs: Iterable[tuple[Model | None, Model]], fields: list[str]
) -> Count:
    """Save each (existing or None, row read) where `fields` differ."""
    count, fresh, changed = Count(), [], []
    for existing, row in pairs:
        if existing is None:
            fresh.append(row)
        elif any(getattr(existing, field) != getattr(row, field) for field in fields):
            for field in fields:
                setattr(existing, field, getattr(row, field))
            changed.append(existing)
        else:
            count.unchanged += 1
    model._default_manager.bulk_create(fresh)
    model._default_manager.bulk_update(changed, fields)
    count.created, count.updated = len(fresh), len(changed)
    return count
