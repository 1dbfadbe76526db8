"""The page of results, written by plain functions: what is the same for everybody in a language is
made once, and only the numbers, ticks and cards are put in."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation.trans_real import translation as catalogue

from aanbod import cards, search
from aanbod.labels import HEADINGS, LABELS, SORTS, STRAAL
from aanbod.models import Thema
from aanbod.search import Facet, Query, Results, Row
from gemeenten.boundaries import boundary
from gemeenten.formats import digits, distance
from gemeenten.icons import ICON_FOR_MOMENT, ICON_FOR_SOORT, icon
from gemeenten.models import Gemeente
from gemeenten.places import kept, suggestions

#: Filters that take everything up to the value chosen: one is enough.
AT_MOST = ("taalniveau", "kosten")
#: Offered as one tap when they are not chosen yet.
QUICK = (("moment", "avond"), ("moment", "weekend"), ("kosten", "gratis"), ("kinderopvang", "mee"))
#: Gemeenten that are drawn on the map.
MOST_BOUNDARIES = 40
#: Of the lists that have no end, so many are offered.
OFFERED = 12
_SLOT = re.compile(r"<!--slot:([a-z]+)-->|\?(-vraag-)")


@dataclass(frozen=True)
class Frame:
    """The page in one language without what is found."""

    #: HTML and the name of what is put in, in turn.
    parts: list[str]
    style_hashes: list[str]


def render(found: Results, request: HttpRequest) -> str:
    """The whole page. Its own styles are named on the request, for the CSP."""
    on_map = request.GET.get("kaart") == "1" and bool(found.rows)
    around = _frame(get_language() or "", catalogue(get_language() or ""), on_map)
    request.style_hashes = around.style_hashes  # type: ignore[attr-defined]
    request.with_map_tiles = on_map  # type: ignore[attr-defined]
    asked = request.META.get("QUERY_STRING", "")
    heading = heading_of(found)
    slots = {
        "title": heading,
        "main": "".join(_main(found, heading, on_map)),
        "-vraag-": escape(f"?{asked}") if asked else "",
    }
    pieces = around.parts.copy()
    pieces[1::2] = [slots[name] for name in around.parts[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=64)
def _frame(language: str, words: Any, on_map: bool) -> Frame:
    """`words` is the catalogue of the language: another one makes another frame."""
    request = HttpRequest()
    request.path = request.path_info = reverse("aanbod:results")
    request.META["QUERY_STRING"] = "-vraag-"
    html = render_to_string("aanbod/results.html", {"request": request, "on_map": on_map})
    pieces = _SLOT.split(html)
    parts = pieces[:1]
    for name, asked, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        parts += [name or asked, after]
    return Frame(parts, getattr(request, "style_hashes", []))


def _main(found: Results, heading: str, on_map: bool) -> Iterator[str]:
    said = _said(get_language() or "", catalogue(get_language() or ""))
    facets = search.facets(found)
    yield f"<h1>{heading}</h1>"
    if summary := _summary(found):
        yield f'<p class="soft small">{" · ".join(escape(digits(part)) for part in summary)}</p>'
    yield from _notes(found)
    yield _chips(found, said)
    yield from _form(found, facets, said)
    yield _links(found, said, on_map)
    if on_map:
        yield _map(found)
    if found.rows:
        yield '<div class="cards cards-2">'
        for row in found.rows:
            yield _card(row)
        yield "</div>"
        if found.pages > 1:
            yield _pager(found, said)
    else:
        yield from _nothing(found, said)


# -- Words of a language ---------------------------------------------------------------------


@lru_cache(maxsize=64)
def _said(language: str, words: Any) -> dict[str, str]:
    """Texts and pieces of HTML that never change, by name."""
    said = {
        "results": reverse("aanbod:results"),
        "plan": reverse("aanbod:plan"),
        "zoekvraag": reverse("bewijzen:zoekvraag"),
        "filters": gettext("Filters"),
        "off": '<span class="hush"> (' + escape(gettext("zet uit")) + ")</span>",
        "fold": icon("adjustments") + escape(gettext("Zoek en filter")),
        "down": icon("chevron-down", "small"),
        "where": escape(gettext("Waar woon je?")),
        "where_help": escape(gettext("Een postcode of de naam van je gemeente")),
        "far": escape(gettext("Hoe ver?")),
        "any_far": escape(gettext("Zo ver als je wil")),
        "any": escape(gettext("Maakt niet uit")),
        "show": icon("search") + escape(gettext("Toon activiteiten")),
        "pages": escape(gettext("Bladzijden")),
        "previous": icon("chevron-left") + escape(gettext("Vorige")),
        "next": escape(gettext("Volgende")) + icon("chevron-right"),
        "map": icon("map-pin", "small") + escape(gettext("Op de kaart")),
        "list": icon("list", "small") + escape(gettext("Als lijst")),
        "make_plan": icon("calendar", "small") + escape(gettext("Maak een plan")),
    }
    for name, heading in HEADINGS.items():
        said[f"heading:{name}"] = escape(heading)
    for name, labels in LABELS.items():
        for value, label in labels.items():
            said[f"{name}:{value}"] = escape(label)
            said[f"box:{name}:{value}"] = f"{_picture(name, value)}{escape(label)}"
    for value, label in SORTS.items():
        said[f"sort:{value}"] = escape(label)
    for km in STRAAL:
        said[f"km:{km}"] = escape(gettext("tot %(km)s km") % {"km": digits(km)})
    return said


def _picture(name: str, value: str) -> str:
    if name == "soort":
        return icon(ICON_FOR_SOORT[value])
    return icon(ICON_FOR_MOMENT[value]) if name == "moment" else ""


def heading_of(found: Results) -> str:
    """ "14 activiteiten"."""
    number = digits(found.total)
    if found.more:
        return gettext("Meer dan %(number)s activiteiten") % {"number": number}
    return ngettext("%(number)s activiteit", "%(number)s activiteiten", found.total) % {
        "number": number
    }


def _summary(found: Results) -> list[str]:
    """Where and what was asked for: ["Dicht bij Herent", "Avond of Weekend"]."""
    query = found.query
    parts = [f"“{query.q}”"] if query.q else []
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
            either = _either([label(name, value) for value in values])
            parts.append(either.lower() if name == "moment" else either)
    return parts


def _either(words: list[str]) -> str:
    return gettext(" of ").join(words)


def label(name: str, value: Any) -> str:
    """A value of a filter in words."""
    if name in LABELS:
        return str(LABELS[name][value])
    return str(value).replace("-", " ")


# -- Above the cards -------------------------------------------------------------------------


def _notes(found: Results) -> Iterator[str]:
    """What was in the address and could not be used, and places that are written like it."""
    if not found.query.unknown:
        return
    yield f'<div class="notice notice-warning" role="status">{icon("alert-triangle")}'
    yield '<div class="notice-body">'
    for name, value in found.query.unknown:
        yield f"<p>{escape(_note(name, value))}</p>"
    typed = [value for name, value in found.query.unknown if name == "plaats"]
    near = suggestions(typed[0], limit=3) if typed else []
    if near:
        links = [
            f'<a href="{_url(found.query, plaats=place.name)}">{escape(place.name)}</a>'
            for place in near
        ]
        meant = escape(gettext("Misschien bedoel je:"))
        yield f"<p>{meant} {gettext(', ').join(links)}</p>"
    yield "</div></div>"


def _note(name: str, value: str) -> str:
    words = {"value": value, "filter": HEADINGS[name]}
    if name == "plaats":
        return gettext("We kennen de plaats “%(value)s” niet.") % words
    if name == "gemeente":
        return gettext("We kennen de gemeente “%(value)s” niet.") % words
    if (name, value) == ("sorteer", "afstand") or (name == "straal" and value.isdigit()):
        return gettext("Vul een plaats in. Dan zoeken we dichtbij.")
    return gettext("“%(filter)s”: we kennen “%(value)s” niet. We zoeken zonder.") % words


def _chips(found: Results, said: dict[str, str]) -> str:
    query = found.query
    made = []
    if found.query.straal:
        km = gettext("tot %(km)s km") % {"km": digits(query.straal)}
        made.append(_chip(escape(km), _url(query.without("straal")), said["off"]))
    for gemeente in found.gemeenten:
        rest = [v for v in query.gemeente if v not in (gemeente.nis, gemeente.slug)]
        made.append(_chip(escape(gemeente.name), _url(query, gemeente=rest), said["off"]))
    for name in [*LABELS, "thema"]:
        values = getattr(query, name)
        for value in values:
            rest = [other for other in values if other != value]
            words = said.get(f"{name}:{value}") or escape(label(name, value))
            picture = icon(ICON_FOR_MOMENT[value], "small") if name == "moment" else ""
            made.append(_chip(picture + words, _url(query, **{name: rest}), said["off"]))
    for name, value in QUICK:
        values = getattr(query, name)
        if value not in values:
            picture = icon(ICON_FOR_MOMENT[value], "small") if name == "moment" else ""
            url = _url(query, **{name: [*values, value]})
            made.append(_chip(picture + said[f"{name}:{value}"], url))
    return f'<nav class="chips" aria-label="{said["filters"]}">{"".join(made)}</nav>'


def _chip(words: str, url: str, off: str = "") -> str:
    current = ' aria-current="true"' if off else ""
    return f'<a class="chip" href="{url}"{current}>{words}{off}</a>'


def _links(found: Results, said: dict[str, str], on_map: bool) -> str:
    """To the map and to the planner, with what was asked."""
    plan = [(k, v) for k, v in _pairs(found.query) if k not in ("q", "sorteer", "pagina")]
    plan_url = escape(f"{said['plan']}?{urlencode(plan)}" if plan else said["plan"])
    other = _url(found.query) if on_map else _url(found.query, kaart=1)
    words = said["list"] if on_map else said["map"]
    return (
        f'<p class="chips"><a class="chip" href="{other}">{words}</a>'
        f'<a class="chip" href="{plan_url}">{said["make_plan"]}</a></p>'
    )


_LINK = re.compile(r'<a href="([^"]+)"[^>]*>([^<]*)</a>')


def _map(found: Results) -> str:
    """What kaart.js draws; without it the list below is all there is."""
    shown = search.points(found, language=get_language() or "")
    nises = list(dict.fromkeys(point.nis for point in shown))[:MOST_BOUNDARIES]
    drawn = {
        "points": [_pin(point) for point in shown],
        "here": [found.place.lat, found.place.lon] if found.place else None,
        "boundaries": [feature for nis in nises if (feature := boundary(nis))],
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_TILES_CREDIT,
    }
    # In HTML nothing of it may look like the end of the script.
    data = json.dumps(drawn, separators=(",", ":")).replace("<", "\\u003c")
    name = escape(gettext("Kaart met activiteiten"))
    return (
        f'<div class="kaart" id="kaart" role="region" aria-label="{name}" hidden></div>'
        f'<script type="application/json" id="kaart-gegevens">{data}</script>'
    )


def _pin(point: search.Point) -> list[Any]:
    link = _LINK.search(point.card)
    url, title = (unescape(link[1]), unescape(link[2])) if link else ("", point.title)
    return [round(point.lat, 5), round(point.lon, 5), title, url]


# -- The form --------------------------------------------------------------------------------


def _form(found: Results, facets: dict[str, dict[str, Facet]], said: dict[str, str]) -> Any:
    query = found.query
    yield f'<details class="fold"><summary>{said["fold"]}{said["down"]}</summary>'
    yield f'<form method="get" action="{said["results"]}">'
    yield _field(
        "q",
        said["heading:q"],
        f'<input class="input" id="q" name="q" type="search" value="{escape(query.q)}"'
        ' maxlength="100">',
    )
    yield _field(
        "plaats",
        said["where"],
        f'<p class="help" id="plaats-help">{said["where_help"]}</p>'
        f'<input class="input" id="plaats" name="plaats" value="{escape(query.plaats)}"'
        ' maxlength="100" aria-describedby="plaats-help" autocomplete="postal-code">',
    )
    far = [("", said["any_far"])] + [(str(km), said[f"km:{km}"]) for km in STRAAL]
    yield _select("straal", said["far"], far, str(query.straal or ""))
    for name in LABELS:
        chosen, counts = getattr(query, name), facets.get(name, {})
        if name in AT_MOST:
            options = [("", said["any"])] + [
                (value, said[f"{name}:{value}"] + _number(counts.get(value), plain=True))
                for value in LABELS[name]
            ]
            yield _select(name, said[f"heading:{name}"], options, chosen[-1] if chosen else "")
        else:
            boxes = [
                _box(name, value, said[f"box:{name}:{value}"], value in chosen, counts.get(value))
                for value in LABELS[name]
            ]
            yield _boxes(said[f"heading:{name}"], boxes)
    yield from _lists(found, facets, said)
    sorts = [(value, said[f"sort:{value}"]) for value in SORTS]
    yield _select("sorteer", said["heading:sorteer"], sorts, query.sorteer)
    yield f'<button class="btn" type="submit">{said["show"]}</button></form></details>'


def _lists(found: Results, facets: dict[str, dict[str, Facet]], said: dict[str, str]) -> Any:
    """The themes and gemeenten that there are, those with most first; chosen ones always."""
    query = found.query
    themas = facets["thema"]
    names = _thema_names()
    for name, chosen, words, counts in [
        ("thema", query.thema, names, themas),
        ("gemeente", query.gemeente, {}, _by_slug(found, facets["gemeente"])),
    ]:
        offered = list(dict.fromkeys([*chosen, *list(counts)[:OFFERED]]))
        boxes = [
            _box(
                name,
                value,
                f'<span lang="nl">{escape(words.get(value) or _said_of(name, value))}</span>',
                value in chosen,
                counts.get(value),
            )
            for value in offered
        ]
        if boxes:
            yield _boxes(said[f"heading:{name}"], boxes)


def _by_slug(found: Results, counts: dict[str, Facet]) -> dict[str, Facet]:
    """By what stands in the address: a NIS code when that was typed."""
    slugs = {pk: slug for pk, (slug, _name) in _gemeenten().items()}
    typed = {str(g.pk): v for g in found.gemeenten for v in found.query.gemeente if v == g.nis}
    return {typed.get(pk) or slugs.get(int(pk), pk): facet for pk, facet in counts.items()}


def _said_of(name: str, value: str) -> str:
    if name == "gemeente":
        known = dict(_gemeenten().values())
        return known.get(value, value)
    return value.replace("-", " ")


@kept
def _thema_names() -> dict[str, str]:
    return dict(Thema.objects.values_list("slug", "name"))


@kept
def _gemeenten() -> dict[int, tuple[str, str]]:
    return {
        pk: (slug, name) for pk, slug, name in Gemeente.objects.values_list("pk", "slug", "name")
    }


def _field(name: str, heading: str, field: str) -> str:
    return f'<div class="field"><label for="{name}">{heading}</label>{field}</div>'


def _select(name: str, heading: str, options: list[tuple[str, str]], chosen: str) -> str:
    made = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{words}</option>'
        for value, words in options
    )
    return _field(name, heading, f'<select class="input" id="{name}" name="{name}">{made}</select>')


def _boxes(heading: str, boxes: list[str]) -> str:
    return (
        f'<div class="field"><fieldset><legend>{heading}</legend>{"".join(boxes)}</fieldset></div>'
    )


def _box(name: str, value: str, words: str, on: bool, count: Facet | None) -> str:
    return (
        f'<label><input type="checkbox" name="{name}" value="{escape(value)}"'
        f"{' checked' if on else ''}>{words}{_number(count)}</label>"
    )


def _number(count: Facet | None, *, plain: bool = False) -> str:
    if count is None:
        return ""
    text = digits(count.number) + ("+" if count.more else "")
    return f" ({text})" if plain else f'<span class="soft"> {text}</span>'


# -- Cards and pages -------------------------------------------------------------------------


def _card(row: Row) -> str:
    language = get_language() or ""
    far = "" if row.km is None else _far(language, round(row.km * 20))
    return cards.fill(row.card, distance=far, places=digits(cards.places_text(row.places_left)))


@lru_cache(maxsize=20_000)
def _far(language: str, steps: int) -> str:
    """In steps of fifty metres, which is as fine as a distance is said."""
    return distance(steps / 20)


def _pager(found: Results, said: dict[str, str]) -> str:
    links = []
    if found.page > 1:
        url = _url(found.query, pagina=found.page - 1)
        links.append(f'<a href="{url}" rel="prev">{said["previous"]}</a>')
    words = {"page": digits(found.page), "pages": digits(found.pages)}
    here = gettext("%(page)s van %(pages)s") % words
    links.append(f'<span class="soft">{escape(here)}</span>')
    if found.page < found.pages:
        url = _url(found.query, pagina=found.page + 1)
        links.append(f'<a href="{url}" rel="next">{said["next"]}</a>')
    return f'<nav class="pager" aria-label="{said["pages"]}">{"".join(links)}</nav>'


def _nothing(found: Results, said: dict[str, str]) -> Iterator[str]:
    yield f'<div class="notice">{icon("info-circle")}<div class="notice-body">'
    none = escape(gettext("We vonden niets."))
    yield f"<p>{none}</p>"
    drops = _drops(found)
    if drops:
        less = escape(gettext("Laat iets weg:"))
        yield f'<p>{less}</p><ul class="rows">'
        for words, url, total in drops:
            without = gettext("Zonder “%(words)s”") % {"words": digits(words)}
            yield f'<li class="row"><div class="row-main"><a href="{url}">{escape(without)}</a>'
            yield f'<span class="soft small">{escape(_so_many(total))}</span></div></li>'
        yield "</ul>"
    else:
        everything = escape(gettext("Toon alle activiteiten"))
        yield f'<p><a href="{said["results"]}">{everything}</a></p>'
    ask = escape(gettext("Vraag het aan je gemeente"))
    yield f'<p><a href="{said["zoekvraag"]}">{ask}</a></p></div></div>'


def _so_many(total: int) -> str:
    if total > search.COUNTED:
        return gettext("meer dan %(number)s activiteiten") % {"number": digits(search.COUNTED)}
    return ngettext("%(number)s activiteit", "%(number)s activiteiten", total) % {
        "number": digits(total)
    }


def _drops(found: Results) -> list[tuple[str, str, int]]:
    """For an empty result, the filters that hide something: (words, address without it, how many
    then), the most helpful first."""
    rows = [
        (_dropped(found, name), _url(found.query.without(name)), total)
        for name, total in search.totals_without(found).items()
        if total
    ]
    return sorted(rows, key=lambda row: -row[2])


def _dropped(found: Results, name: str) -> str:
    query = found.query
    if name == "straal":
        return gettext("%(km)s km") % {"km": query.straal}
    if name == "gemeente":
        return _either([gemeente.name for gemeente in found.gemeenten])
    if name == "q":
        return query.q
    return _either([label(name, value) for value in getattr(query, name)])


# -- Addresses -------------------------------------------------------------------------------

_NAMES = (*search.FILTERS, "plaats", "sorteer")


def _pairs(query: Query) -> list[tuple[str, str]]:
    """The query as an address has it, without its page and what was not understood."""
    found = []
    for name in _NAMES:
        value = getattr(query, name)
        if isinstance(value, tuple):
            found += [(name, one) for one in value]
        elif value:
            found.append((name, str(value)))
    return found


def _url(query: Query, **changes: Any) -> SafeString:
    """The address of the same search with other values, first page, ready to stand in HTML."""
    pairs: list[tuple[str, str]] = []
    for name in _NAMES:
        value = changes.get(name, getattr(query, name))
        if isinstance(value, tuple | list):
            pairs += [(name, one) for one in value]
        elif value:
            pairs.append((name, str(value)))
    for name in ("pagina", "kaart"):
        if (value := changes.get(name)) and (name, value) != ("pagina", 1):
            pairs.append((name, str(value)))
    path = _path(get_language() or "")
    return escape(f"{path}?{urlencode(pairs)}" if pairs else path)


@lru_cache(maxsize=64)
def _path(language: str) -> str:
    """The address of the results in the current language."""
    return reverse("aanbod:results")
