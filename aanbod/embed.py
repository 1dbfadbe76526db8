"""The list of a municipality for the iframe on its own site (docs/inbedden.md)."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from aanbod.api import offer


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type] # of views with no argument
@conditional_page
def gemeente(request: HttpRequest, nis: str) -> HttpResponse:
    """The only page that other sites may show inside theirs: it asks and remembers nothing."""
    row = offer.gemeenten().filter(nis=nis).first()
    if row is None:
        raise Http404
    return render(request, "aanbod/inbedden.html", {"gemeente": row, "page": row.landing})
