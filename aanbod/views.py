"""The public results page. Anyone reads it, so it opens no session and sets no cookie."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import conditional_page, require_safe

from aanbod import counting, search
from aanbod.labels import HEADINGS, LABELS, SORTS, STRAAL
from aanbod.search import Query, Results
from gemeenten.places import suggestions

#: Filters that take everything up to the value chosen.
AT_MOST = {"taalniveau", "kosten"}
#: Offered as one tap when they are not chosen yet.
QUICK = [("moment", "avond"), ("moment", "weekend"), ("kosten", "gratis"), ("kinderopvang", "mee")]


@dataclass(frozen=True)
class Chip:
    """A filter that is on, or can be with one tap."""

    label: str
    url: str
    on: bool
    moment: str = ""


@dataclass(frozen=True)
class Choice:
    """One filter of the form: (value, label, chosen) for each of its values."""

    name: str
    heading: str
    values: list[tuple[str, str, bool]]
    #: A bound, so that one value is enough.
    at_most: bool


@require_safe
@conditional_page
def results(request: HttpRequest) -> HttpResponse:
    found = search.results(search.parse(request.GET), language=get_language())
    counting.searched(request, found)
    query = found.query
    context = {
        "found": found,
        "query": query,
        "heading": _heading(found),
        "summary": _summary(found),
        "chips": _chips(found),
        "notes": _notes(found),
        "choices": _choices(query),
        "straal": STRAAL,
        "sorts": SORTS,
        "headings": HEADINGS,
        "previous": _url(found, pagina=found.page - 1) if found.page > 1 else "",
        "next": _url(found, pagina=found.page + 1) if found.page < found.pages else "",
        "drops": _drops(found) if not found.total else [],
        "suggested": _suggested(found),
    }
    return render(request, "aanbod/results.html", context)


# -- Words -----------------------------------------------------------------------------------


def _heading(found: Results) -> str:
    if found.more:
        return gettext("Meer dan %(number)s activiteiten") % {"number": found.total}
    return ngettext("%(number)s activiteit", "%(number)s activiteiten", found.total) % {
        "number": found.total
    }


def _summary(found: Results) -> list[str]:
    """Where and what was asked for: ["Dicht bij Herent", "Avond of Weekend"]."""
    query = found.query
    parts = []
    if query.q:
        parts.append(f"“{query.q}”")
    if found.gemeenten:
        names = _either([gemeente.name for gemeente in found.gemeenten])
        parts.append(gettext("In %(place)s") % {"place": names})
    if found.place and query.straal:
        words = {"km": query.straal, "place": found.place.name}
        parts.append(gettext("Tot %(km)s km van %(place)s") % words)
    elif found.place:
        parts.append(gettext("Dicht bij %(place)s") % {"place": found.place.name})
    for name in [*LABELS, "thema"]:
        if values := getattr(query, name):
            either = _either([_label(name, value) for value in values])
            parts.append(either.lower() if name == "moment" else either)
    return parts


def _either(words: list[str]) -> str:
    return gettext(" of ").join(words)


def _label(name: str, value: Any) -> str:
    if name in LABELS:
        return str(LABELS[name][value])
    return str(value).replace("-", " ")


def _notes(found: Results) -> list[str]:
    """What was in the address and could not be used."""
    return [_note(name, value) for name, value in found.query.unknown]


def _note(name: str, value: str) -> str:
    words = {"value": value, "filter": HEADINGS[name]}
    if name == "plaats":
        return gettext("We kennen de plaats “%(value)s” niet.") % words
    if name == "gemeente":
        return gettext("We kennen de gemeente “%(value)s” niet.") % words
    if (name, value) == ("sorteer", "afstand") or (name == "straal" and value.isdigit()):
        return gettext("Vul een plaats in. Dan zoeken we dichtbij.")
    return gettext("“%(filter)s”: we kennen “%(value)s” niet. We zoeken zonder.") % words


def _suggested(found: Results) -> list[tuple[str, str]]:
    """Places that are written almost like one that we do not know: (name, address)."""
    unknown = [value for name, value in found.query.unknown if name == "plaats"]
    if not unknown:
        return []
    return [
        (place.name, _url(found, plaats=place.name)) for place in suggestions(unknown[0], limit=3)
    ]


def _drops(found: Results) -> list[tuple[str, str, int, bool]]:
    """For an empty result, the filters that hide something: (words, address without it, how many
    then, and whether there are more), the most helpful first."""
    totals = search.totals_without(found)
    rows = [
        (_dropped(found, name), _url(found.query.without(name)), total)
        for name, total in totals.items()
        if total
    ]
    rows.sort(key=lambda row: -row[2])
    return [
        (words, url, min(total, search.COUNTED), total > search.COUNTED)
        for words, url, total in rows
    ]


def _dropped(found: Results, name: str) -> str:
    query = found.query
    if name == "straal":
        return gettext("%(km)s km") % {"km": query.straal}
    if name == "gemeente":
        return _either([gemeente.name for gemeente in found.gemeenten])
    if name == "q":
        return query.q
    return _either([_label(name, value) for value in getattr(query, name)])


# -- Addresses -------------------------------------------------------------------------------


def _params(query: Query) -> QueryDict:
    """The query as an address has it, without what was not understood."""
    params = QueryDict(mutable=True)
    for name in [*search.FILTERS, "plaats", "sorteer"]:
        value = getattr(query, name)
        if isinstance(value, tuple):
            params.setlist(name, list(value))
        elif value:
            params[name] = str(value)
    if query.pagina > 1:
        params["pagina"] = str(query.pagina)
    return params


def _url(found: Results | Query, **changes: Any) -> str:
    query = found.query if isinstance(found, Results) else found
    params = _params(query)
    params.pop("pagina", None)
    for name, value in changes.items():
        if isinstance(value, list):
            params.setlist(name, value)
        elif value and (name, value) != ("pagina", 1):
            params[name] = str(value)
    encoded = params.urlencode()
    return reverse("aanbod:results") + (f"?{encoded}" if encoded else "")


def _chips(found: Results) -> list[Chip]:
    query = found.query
    chips = [
        Chip(
            _label(name, value),
            _url(query, **{name: [other for other in getattr(query, name) if other != value]}),
            on=True,
            moment=value if name == "moment" else "",
        )
        for name in [*LABELS, "thema"]
        for value in getattr(query, name)
    ]
    for name, value in QUICK:
        if value not in getattr(query, name):
            url = _url(query, **{name: [*getattr(query, name), value]})
            moment = value if name == "moment" else ""
            chips.append(Chip(_label(name, value), url, on=False, moment=moment))
    return chips


def _choices(query: Query) -> list[Choice]:
    return [
        Choice(
            name,
            str(HEADINGS[name]),
            [(value, label, value in getattr(query, name)) for value, label in labels.items()],
            at_most=name in AT_MOST,
        )
        for name, labels in LABELS.items()
    ]
