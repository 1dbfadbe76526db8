"""Translations beside the Dutch: what they may say, when they are behind, how they are read."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Q, QuerySet
from wagtail.models import Page

from aanbod.models import ActiviteitPage, Vertaling
from gemeenten.models import Gemeente, GemeentePage, User

#: What is translated. Names of places and organisations stay Dutch.
FIELDS = ("title", "summary", "description", "bring", "cost_note")
#: A reader cannot do without these; for the others the Dutch is shown.
NEEDED = ("title", "summary", "description")

NOTHING_MORE = "Het Nederlands is hier leeg. Een vertaling zegt niets meer: laat dit ook leeg."
MISSING = "Vertaal dit ook. Zonder deze tekst kan niemand de vertaling lezen."
TOO_LONG = "Deze tekst is te lang. Gebruik ten hoogste {most} tekens."
DUTCH_CHANGED = (
    "De Nederlandse tekst is intussen veranderd. Kijk de vertaling na en bewaar opnieuw."
)
UNKNOWN_LANGUAGE = "In deze taal staat Veertig geen vertalingen toe. Kies een andere taal."


class TranslationRefused(Exception):
    """`problems`: a sentence by field; under "" what is about the whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Texts:
    """What a translator typed."""

    title: str
    summary: str
    description: str
    bring: str = ""
    cost_note: str = ""


@dataclass(frozen=True)
class Text:
    """One text with the language it is in."""

    text: str
    language: str

    @property
    def dir(self) -> str:
        if self.language == "nl":
            return "auto"
        return "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Reading:
    """The texts of an activity for a reader, and what has to be said about them."""

    title: Text
    summary: Text
    description: Text
    bring: Text
    cost_note: Text
    translated: bool = False
    by_machine: bool = False
    #: The Dutch changed after it was translated.
    behind: bool = False


# -- Writing ---------------------------------------------------------------------------------


def dutch_hash(page: ActiviteitPage) -> str:
    """SHA-256 of the Dutch texts; how a browser writes line ends makes no difference."""
    texts = [_clean(getattr(page, name)) for name in FIELDS]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


@transaction.atomic
def translate(
    page: ActiviteitPage,
    language: str,
    texts: Texts,
    *,
    by: User | None,
    now: datetime,
    by_machine: bool = False,
) -> Vertaling:
    """Write the translation of the Dutch as `page` has it in memory, which the translator read.

    Raises TranslationRefused when it says more than the Dutch, misses a text, or when the Dutch
    was published anew in the meantime.
    """
    # Who publishes waits for who translates, and the other way round.
    Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    source_hash = dutch_hash(page)
    if source_hash != dutch_hash(ActiviteitPage.objects.get(pk=page.pk)):
        raise TranslationRefused({"": DUTCH_CHANGED})
    typed = {name: _clean(text) for name, text in asdict(texts).items()}
    if problems := _problems(page, language, typed):
        raise TranslationRefused(problems)
    state = Vertaling.State.MACHINE if by_machine else Vertaling.State.MENS
    row, _created = Vertaling.objects.update_or_create(
        page=page,
        language=language,
        defaults={
            **typed,
            "state": state,
            "by_machine": by_machine,
            "source_hash": source_hash,
            "by": by,
            "at": now,
        },
    )
    return row


def follow_dutch(page: ActiviteitPage) -> None:
    """Say of each translation whether it is behind the Dutch as `page` is saved. For the
    transaction that publishes."""
    rows = Vertaling.objects.filter(page_id=page.pk)
    current = Q(source_hash=dutch_hash(page))
    rows.exclude(current).update(state=Vertaling.State.ACHTER)
    again = rows.filter(current, state=Vertaling.State.ACHTER)
    again.filter(by_machine=True).update(state=Vertaling.State.MACHINE)
    again.filter(by_machine=False).update(state=Vertaling.State.MENS)


def _problems(page: ActiviteitPage, language: str, typed: dict[str, str]) -> dict[str, str]:
    if language not in Vertaling.Taal.values:
        return {"": UNKNOWN_LANGUAGE}
    found = {}
    for name, text in typed.items():
        dutch = _clean(getattr(page, name))
        most = longest(name)
        if text and not dutch:
            found[name] = NOTHING_MORE
        elif dutch and not text and name in NEEDED:
            found[name] = MISSING
        elif most and len(text) > most:
            found[name] = TOO_LONG.format(most=most)
    return found


def longest(name: str) -> int | None:
    """Most characters of a field; None is no limit."""
    return cast(CharField, Vertaling._meta.get_field(name)).max_length


def _clean(text: str) -> str:
    """PostgreSQL refuses NUL."""
    lines = unicodedata.normalize("NFC", text).replace("\0", "").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


# -- What is to do ---------------------------------------------------------------------------


def translatable(gemeente: Gemeente) -> QuerySet[ActiviteitPage]:
    """The live activities of a municipality: who translates sees what everybody may see."""
    landing = GemeentePage.objects.filter(gemeente=gemeente).first()
    pages = ActiviteitPage.objects.live().order_by("title", "pk")
    return pages.child_of(landing) if landing else pages.none()


def behind(gemeente: Gemeente, language: str) -> QuerySet[ActiviteitPage]:
    """Live activities of a municipality of which the translation is missing or behind."""
    rows = Vertaling.objects.filter(language=language).exclude(state=Vertaling.State.ACHTER)
    return translatable(gemeente).exclude(pk__in=rows.values("page"))


# -- Reading ---------------------------------------------------------------------------------


def rows_of(page: ActiviteitPage) -> dict[str, Vertaling]:
    """The translations of an activity by language, read anew; none of a page never saved."""
    if not page.pk:
        return {}
    return {row.language: row for row in Vertaling.objects.filter(page_id=page.pk)}


def titles(page_ids: Iterable[int], language: str) -> dict[int, Text]:
    """The translated titles of activities by page, in one query; of what has none, nothing."""
    if language not in Vertaling.Taal.values:
        return {}
    rows = Vertaling.objects.filter(page__in=set(page_ids), language=language).exclude(title="")
    return {page_id: Text(text, language) for page_id, text in rows.values_list("page_id", "title")}


def reading(page: ActiviteitPage, row: Vertaling | None) -> Reading:
    """The texts of `row` where it has them and the Dutch has them too, else the Dutch."""
    texts: dict[str, Any] = {name: Text(getattr(page, name), "nl") for name in FIELDS}
    if row is None:
        return Reading(**texts)
    for name in FIELDS:
        if getattr(page, name) and getattr(row, name):
            texts[name] = Text(getattr(row, name), row.language)
    return Reading(
        **texts,
        translated=True,
        by_machine=row.by_machine,
        behind=row.source_hash != dutch_hash(page),
    )
