"""The public results page. Anyone reads it, so it opens no session and sets no cookie."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from aanbod import counting, results_page, search


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    found = search.results(search.parse(request.GET), language=get_language() or "")
    counting.searched(request, found)
    return HttpResponse(results_page.render(found, request))
