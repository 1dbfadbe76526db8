"""Statistics in the CMS, for who edits the offer of a gemeente. What is of another gemeente is
404, as if it were not there."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanbod.cijfers import charts, quarters
from aanbod.models import ActiviteitPage
from aanbod.permissions import counted_gemeenten
from bewijzen.cijfers import exporting, findings, report
from bewijzen.cijfers.report import Report, Table
from gemeenten.acting import SignedInRequest
from gemeenten.models import Gemeente


def _today() -> date:
    return timezone.localdate()


@never_cache
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The report on the gemeenten that were chosen; on all own ones when none was."""
    own, found = _report(request)
    return render(
        request,
        "bewijzen/cms/cijfers.html",
        {
            "report": found,
            "own": own,
            "chosen": {gemeente.pk for gemeente in found.gemeenten},
            "quarters": quarters.latest(_today()),
            "findings": findings.sentences(found),
            "charts": [(table, _chart(table)) for table in _charted(found)],
            "small": [found.tables[name] for name in SMALL],
        },
    )


@never_cache
@require_safe
def csv(request: SignedInRequest) -> HttpResponse:
    """The same as a file."""
    _own, found = _report(request)
    answer = HttpResponse(exporting.report_csv(found), content_type="text/csv; charset=utf-8")
    names = "-".join(gemeente.slug for gemeente in found.gemeenten[:3])
    name = f"cijfers-{names}-{found.quarter.key}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_safe
def activiteit(request: SignedInRequest, page_id: int) -> HttpResponse:
    """How often one activity was opened."""
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    if not counted_gemeenten(request.user).filter(pk=page.gemeente.pk).exists():
        raise Http404
    latest = quarters.latest(_today())
    rows = report.visits_of(page.pk, latest)
    return render(request, "bewijzen/cms/cijfers_activiteit.html", {"page": page, "rows": rows})


SMALL = ("deelgemeente", "kinderopvang", "taalniveau", "kosten", "bron")


def _report(request: SignedInRequest) -> tuple[list[Gemeente], Report]:
    """(own gemeenten, the report that was asked for)."""
    own = list(counted_gemeenten(request.user).order_by("name"))
    if not own:
        raise Http404
    asked = set(request.GET.getlist("gemeente"))
    if asked - {gemeente.nis for gemeente in own}:
        raise Http404
    chosen = [gemeente for gemeente in own if not asked or gemeente.nis in asked]
    today = _today()
    quarter = quarters.chosen(request.GET.get("kwartaal", ""), today)
    return own, report.of(chosen, quarter, today=today)


def _charted(found: Report) -> list[Table]:
    return [found.tables["soort"], found.tables["moment"]]


def _chart(table: Table) -> SafeString:
    """Only what can be compared: what was not said has no offer beside it."""
    rows = [row for row in table.rows if row.offer is not None]
    asked = [(row.demand.number, str(row.demand)) for row in rows]
    offered = [(row.offer or 0, str(row.offer)) for row in rows]
    return charts.bars(
        f"cijfers-{table.key}",
        f"Vragen en activiteiten, per {table.title.lower()}",
        [row.label for row in rows],
        [
            charts.Series("vragen", "cijfers-vraag", asked),
            charts.Series("activiteiten", "cijfers-aanbod", offered),
        ],
    )
