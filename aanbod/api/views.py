"""The routes of open data, version 1."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from aanbod import search
from aanbod.api import feeds, jsonld, offer, plain, schemas
from aanbod.api.opened import fault
from gemeenten.models import Gemeente

LD_JSON = "application/ld+json"
NOT_THERE = {404: schemas.Fout}
WRONG = {422: schemas.Fout}

api = NinjaAPI(
    title="Veertig: open data van het aanbod",
    version="1",
    description=(
        "Activiteiten en gemeenten, vrij te gebruiken. Alleen lezen (GET, HEAD), van elke site, "
        "met ETag. Vrije tekst is Nederlands. Er staan geen personen in."
    ),
    docs_url=None,
    urls_namespace="api-1",
)


def _as(content_type: str, sentence: str) -> dict[str, Any]:
    """What the schema says of an answer that is no plain JSON."""
    schema = {"type": "object"} if content_type == LD_JSON else {"type": "string"}
    answer = {"description": sentence, "content": {content_type: {"schema": schema}}}
    return {"responses": {200: answer}}


# -- Activities ------------------------------------------------------------------------------


@api.get(
    "/activiteiten",
    response={200: schemas.Activiteiten, **WRONG},
    url_name="activiteiten",
    summary="Zoeken in het aanbod",
)
def activiteiten(request: HttpRequest, filters: Query[schemas.Filters]) -> dict[str, Any]:
    # `filters` refuses what is no filter; the search reads the address as the results page does.
    found = search.results(search.parse(request.GET), language="nl")
    rows = offer.shown(row.page_id for row in found.rows)
    return {
        "aantal": found.total,
        "meer": found.more,
        "bladzijde": found.page,
        "bladzijden": found.pages,
        "vorige": _page(request, found.page - 1, found.pages),
        "volgende": _page(request, found.page + 1, found.pages),
        "niet_gebruikt": [_unused(name, value) for name, value in found.query.unknown],
        "activiteiten": [plain.activiteit(one) for one in rows],
    }


@api.get(
    "/activiteiten.jsonld",
    response={200: None, **WRONG},
    url_name="activiteiten_jsonld",
    summary="Zoeken in het aanbod, als JSON-LD",
    openapi_extra=_as(LD_JSON, "schema.org"),
)
def activiteiten_jsonld(request: HttpRequest, filters: Query[schemas.Filters]) -> HttpResponse:
    found = search.results(search.parse(request.GET), language="nl")
    rows = offer.shown(row.page_id for row in found.rows)
    ids = [one.page.pk for one in rows]
    dates = offer.dates(ids, now=timezone.now(), most=offer.MOST_DATES_OF_GEMEENTE)
    return _ld(jsonld.graph([jsonld.activiteit(one, dates.get(one.page.pk, [])) for one in rows]))


@api.get(
    "/activiteiten/{int:id}",
    response={200: schemas.ActiviteitMetSessies, **NOT_THERE},
    url_name="activiteit",
    summary="Eén activiteit met haar data",
)
def activiteit(request: HttpRequest, id: int) -> dict[str, Any]:
    one = _one(id)
    return {**plain.activiteit(one), "sessies": [plain.sessie(row) for row in _dates(id)]}


@api.get(
    "/activiteiten/{int:id}.jsonld",
    response={200: None, **NOT_THERE},
    url_name="activiteit_jsonld",
    summary="Eén activiteit als JSON-LD",
    openapi_extra=_as(LD_JSON, "schema.org Event of EventSeries"),
)
def activiteit_jsonld(request: HttpRequest, id: int) -> HttpResponse:
    return _ld(jsonld.document(jsonld.activiteit(_one(id), _dates(id))))


@api.get(
    "/activiteiten/{int:id}.ics",
    response={200: None, **NOT_THERE},
    url_name="activiteit_ics",
    summary="De data van een activiteit als iCalendar",
    openapi_extra=_as(feeds.CONTENT_TYPE, "iCalendar"),
)
def activiteit_ics(request: HttpRequest, id: int) -> HttpResponse:
    one = _one(id)
    return _calendar(feeds.calendar(one.page.title, [one], {id: _dates(id)}), str(id))


# -- Municipalities --------------------------------------------------------------------------


@api.get(
    "/gemeenten",
    response=schemas.Gemeenten,
    url_name="gemeenten",
    summary="De gemeenten die hier publiceren",
)
def gemeenten(request: HttpRequest) -> dict[str, Any]:
    return {"gemeenten": [plain.gemeente(row) for row in offer.gemeenten()]}


@api.get(
    "/gemeenten/{nis}.jsonld",
    response={200: None, **NOT_THERE},
    url_name="gemeente_jsonld",
    summary="Eén gemeente als JSON-LD",
    openapi_extra=_as(LD_JSON, "schema.org AdministrativeArea"),
)
def gemeente_jsonld(request: HttpRequest, nis: str) -> HttpResponse:
    return _ld(jsonld.document(jsonld.gemeente(_gemeente(nis))))


@api.get(
    "/gemeenten/{nis}.ics",
    response={200: None, **NOT_THERE},
    url_name="gemeente_ics",
    summary="De eerste 500 data in een gemeente als iCalendar",
    openapi_extra=_as(feeds.CONTENT_TYPE, "iCalendar"),
)
def gemeente_ics(request: HttpRequest, nis: str) -> HttpResponse:
    row = _gemeente(nis)
    ids = offer.of_gemeente(row)
    dates = offer.dates(ids, now=timezone.now(), most=offer.MOST_DATES_OF_GEMEENTE)
    return _calendar(feeds.calendar(f"Meedoen in {row.name}", offer.shown(dates), dates), nis)


# After the two above: it would take .jsonld and .ics for a part of the code.
@api.get(
    "/gemeenten/{nis}",
    response={200: schemas.Gemeente, **NOT_THERE},
    url_name="gemeente",
    summary="Eén gemeente",
)
def gemeente(request: HttpRequest, nis: str) -> dict[str, Any]:
    return plain.gemeente(_gemeente(nis))


# -- Faults ----------------------------------------------------------------------------------


@api.exception_handler(Http404)
def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    return fault(404, "Dit is er niet, of niet meer. Zoek in /api/v1/activiteiten.")


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    """Names each parameter that was not understood; never repeats what was in it."""
    names = dict.fromkeys(_parameter(error["loc"]) for error in exception.errors)
    sentences = [f"“{name}”: deze waarde kennen we niet." for name in names]
    body = {
        "fout": "We begrijpen de vraag niet. Kijk in /api/v1/openapi.json welke waarden er zijn.",
        "parameters": sentences,
    }
    return api.create_response(request, body, status=422)


def _parameter(place: tuple[Any, ...]) -> str:
    """("query", "filters", "moment", 0) is "moment"."""
    return next(part for part in reversed(place) if isinstance(part, str))


# -- Help ------------------------------------------------------------------------------------


def _one(page_id: int) -> offer.Shown:
    found = offer.shown([page_id])
    if not found:
        raise Http404
    return found[0]


def _dates(page_id: int) -> list[Any]:
    dates = offer.dates([page_id], now=timezone.now(), most=offer.MOST_DATES)
    return dates.get(page_id, [])


def _gemeente(nis: str) -> Gemeente:
    row = offer.gemeenten().filter(nis=nis).first() if nis.isdecimal() else None
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, number: int, last: int) -> str | None:
    if not 1 <= number <= last:
        return None
    params: QueryDict = request.GET.copy()
    params["pagina"] = str(number)
    return f"{offer.named('api-1:activiteiten')}?{params.urlencode()}"


def _unused(name: str, value: str) -> dict[str, str]:
    sentence = {
        "plaats": "We kennen deze plaats niet. We zoeken zonder.",
        "gemeente": "We kennen deze gemeente niet. We zoeken zonder.",
        "straal": "Vul een plaats in. Dan zoeken we dichtbij.",
        "sorteer": "Vul een plaats in. Dan zoeken we dichtbij.",
    }.get(name, "We kennen deze waarde niet. We zoeken zonder.")
    return {"parameter": name, "waarde": value, "uitleg": sentence}


def _ld(document: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(document, ensure_ascii=False), content_type=LD_JSON)


def _calendar(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=f"{feeds.CONTENT_TYPE}; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="veertig-{name}.ics"'},
    )
