"""Import and export in the CMS. Staff of another gemeente get 404, as if it were not there."""

from datetime import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from aanbod import permissions
from aanbod.contact_views import StaffRequest
from aanbod.importing import exporting, jobs
from aanbod.importing.judging import OUTCOMES, count
from aanbod.importing.rows import MAX_FILE, BadFile
from aanbod.models import Invoer
from gemeenten.models import Gemeente

ON_A_PAGE = 100
REFRESH_SECONDS = 3


class UploadForm(forms.Form):
    bestand = forms.FileField(
        label="Bestand",
        help_text="Een xlsx, een csv of JSON-LD van UiTdatabank. Hoogstens 5 MB en 10.000 rijen.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json,.jsonld"}),
        error_messages={"required": "Kies een bestand.", "empty": "Het bestand is leeg."},
    )
    source = forms.CharField(
        label="Bron",
        max_length=60,
        required=False,
        help_text="Van wie komt het bestand? Gebruik elke keer dezelfde naam: zo herkennen we "
        "dezelfde activiteit. Mag leeg zijn.",
    )


def _now() -> datetime:
    return timezone.now()


def _gemeente(request: StaffRequest, nis: str) -> Gemeente:
    return get_object_or_404(permissions.import_gemeenten(request.user), nis=nis)


def _format(kind: str) -> str:
    if kind not in exporting.FORMATS:
        raise Http404
    return kind


@require_safe
def index(request: StaffRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.import_gemeenten(request.user))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("invoer:gemeente", gemeenten[0].nis)
    return render(request, "aanbod/cms/invoer_keuze.html", {"gemeenten": gemeenten})


@never_cache
def gemeente(request: StaffRequest, nis: str) -> HttpResponse:
    """Upload, download, and the imports of the last thirty days."""
    here = _gemeente(request, nis)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent)
    if form.is_valid():
        made = _upload(request, here, form)
        if made:
            return redirect("invoer:stuk", made.pk)
    imports = Invoer.objects.filter(gemeente=here).select_related("by").defer("rows")
    context = {"gemeente": here, "form": form, "imports": imports[:50]}
    return render(request, "aanbod/cms/invoer.html", context)


def _upload(request: StaffRequest, here: Gemeente, form: UploadForm) -> Invoer | None:
    file = form.cleaned_data["bestand"]
    try:
        return jobs.upload(
            file.read(MAX_FILE + 1),
            here,
            by=request.user,
            file_name=file.name,
            source=form.cleaned_data["source"],
            now=_now(),
        )
    except BadFile as reason:
        form.add_error("bestand", str(reason))
        return None


@never_cache
@require_safe
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """An import as it stands: every row before, how far it is, every row after."""
    rows = Invoer.objects.filter(gemeente__in=permissions.import_gemeenten(request.user))
    found = get_object_or_404(rows.select_related("gemeente"), pk=pk)
    judged = jobs.rows_of(found)
    asked = request.GET.get("einde", "")
    shown = [row for row in judged if row.outcome == asked] if asked in OUTCOMES else judged
    is_at_work = found.state in (Invoer.State.WACHT, Invoer.State.BEZIG)
    is_silent = jobs.is_silent(found, now=_now())
    answer = render(
        request,
        "aanbod/cms/invoer_stuk.html",
        {
            "invoer": found,
            "counts": count(judged),
            "total": len(judged),
            "asked": asked if asked in OUTCOMES else "",
            "rows": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("p")),
            "may_start": jobs.may_start(found),
            "is_at_work": is_at_work and not is_silent,
            "is_silent": is_silent,
        },
    )
    if is_at_work and not is_silent:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer


@require_POST
def start(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Invoer.objects.filter(gemeente__in=permissions.import_gemeenten(request.user))
    found = get_object_or_404(rows, pk=pk)
    if not jobs.start(found, by=request.user):
        messages.error(request, "Dit bestand kan je niet (nog eens) invoeren. Laad het opnieuw op.")
    return redirect("invoer:stuk", found.pk)


@require_safe
def template(request: StaffRequest, kind: str) -> HttpResponse:
    if not permissions.import_gemeenten(request.user).exists():
        raise Http404
    return _download(exporting.template(_format(kind)), "sjabloon", kind)


@never_cache
@require_safe
def export(request: StaffRequest, nis: str, kind: str) -> HttpResponse:
    here = _gemeente(request, nis)
    return _download(exporting.activities(here, _format(kind)), f"activiteiten-{here.slug}", kind)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=exporting.FORMATS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )
