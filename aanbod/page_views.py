"""The page of an activity at its own address, and the card to show at the door."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.views import serve

from aanbod import details, ready, translations
from aanbod.frame import frame
from aanbod.models import ActiviteitPage, Vertaling


def activiteit(request: HttpRequest, gemeente: str, slug: str) -> HttpResponseBase:
    """The ready page; what has none (a draft, another kind of page, an old address, a date that
    passed just now) is Wagtail's to answer, which gives the same."""
    language = get_language() or ""
    shown = None
    if request.method in ("GET", "HEAD"):
        shown = ready.find(gemeente, slug, now=timezone.now())
    if shown is None:
        return serve(request, f"{gemeente}/{slug}/")
    around = frame(language, shown.colour)
    request.style_hashes = around.style_hashes  # type: ignore[attr-defined]
    html = around.around(
        shown,
        rest=request.get_full_path()[len(f"/{language}") :],
        jsonld=reverse("api-1:activiteit_jsonld", args=[shown.pk]),
        ics=reverse("api-1:activiteit_ics", args=[shown.pk]),
    )
    return HttpResponse(html)


@require_safe
def toon(request: HttpRequest, pk: int) -> HttpResponse:
    """A card in Dutch, in big letters, to show to whoever opens the door."""
    page = get_object_or_404(
        ActiviteitPage.objects.live().select_related("organisatie", "deelgemeente"), pk=pk
    )
    row = Vertaling.objects.filter(page=page, language=get_language()).first()
    context = {
        "page": page,
        "texts": translations.reading(page, row),
        "address": details.address(page),
        "url": page.url,
    }
    return render(request, "aanbod/toon.html", context)
