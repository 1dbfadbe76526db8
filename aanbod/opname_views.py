"""Recordings: where editors and translators bring them in, and how browsers get them."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from aanbod import opnames as rules
from aanbod import permissions
from aanbod.models import ActiviteitPage, Opname
from aanbod.opnames import MOST_BYTES, OpnameRefused
from aanbod.translation_views import TranslatorRequest

NO_FILE = "Kies eerst een bestand."
UNKNOWN = "Deze taal kennen wij niet. Kies een andere taal."


def opnames(request: TranslatorRequest, page_id: int) -> HttpResponse:
    """The recordings of one activity, one for each language."""
    page = get_object_or_404(ActiviteitPage.objects.live(), pk=page_id)
    gemeente = page.gemeente
    if gemeente not in permissions.translated_gemeenten(request.user):
        raise Http404
    problem = ""
    if request.method == "POST":
        problem = _change(request, page)
        if not problem:
            return redirect("vertalingen:opnames", page.pk)
    rows = {row.language: row for row in Opname.objects.filter(page=page)}
    context = {
        "page": page,
        "gemeente": gemeente,
        "problem": problem,
        "language": request.POST.get("language", ""),
        "rows": [(code, name, rows.get(code)) for code, name in settings.LANGUAGES],
        "kilobytes": MOST_BYTES // 1024,
    }
    return render(request, "aanbod/cms/opnames.html", context, status=422 if problem else 200)


def _change(request: TranslatorRequest, page: ActiviteitPage) -> str:
    """A sentence when it could not be done."""
    language = request.POST.get("language", "")
    name = dict(settings.LANGUAGES).get(language)
    if name is None:
        return UNKNOWN
    if "weg" in request.POST:
        rules.remove(page, language)
        messages.success(request, f"De opname is weg ({name}).")
        return ""
    sent = request.FILES.get("file")
    if sent is None:
        return NO_FILE
    try:
        # No more than is needed to know that it is too large.
        sound = sent.read(MOST_BYTES + 1)
        rules.store(page, language, sound, by=request.user, now=timezone.now())
    except OpnameRefused as refusal:
        return str(refusal)
    messages.success(request, f"De opname is bewaard ({name}).")
    return ""


@require_safe
def opname(request: HttpRequest, name: str) -> HttpResponse:
    """The sound itself, kept by browsers for ever: another sound has another name."""
    try:
        sound = (Path(settings.MEDIA_ROOT) / "opnames" / name).read_bytes()
    except OSError:
        raise Http404 from None
    response = HttpResponse(sound, content_type=rules.TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
