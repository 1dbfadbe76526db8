"""Posters as PDF. Everything on them stands on public pages, so they ask for no sign-in."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from aanbod import posters
from aanbod.api import offer


@require_safe
def of_activiteit(request: HttpRequest, pk: int) -> HttpResponse:
    """The poster of an activity, to choose in which language beside Dutch."""
    found = offer.shown([pk])
    if not found:
        raise Http404
    return _choice(request, found[0].page.title, reverse("aanbod:affiche", args=[pk]))


@require_safe
def of_gemeente(request: HttpRequest, nis: str) -> HttpResponse:
    """The poster of a municipality, to choose in which language beside Dutch."""
    row = offer.gemeenten().filter(nis=nis).first()
    if row is None:
        raise Http404
    return _choice(request, row.name, reverse("aanbod:affiche_gemeente", args=[nis]))


def _choice(request: HttpRequest, title: str, address: str) -> HttpResponse:
    languages = [(code, name) for code, name in settings.LANGUAGES if code != "nl"]
    return render(
        request,
        "aanbod/affiches.html",
        {"title": title, "address": address, "languages": languages},
    )


@require_safe
@conditional_page
def activiteit(request: HttpRequest, pk: int) -> HttpResponse:
    found = offer.shown([pk])
    if not found:
        raise Http404
    language = _language(request)
    content = posters.poster_of_activity(found[0], language, today=timezone.localdate())
    return _pdf(content, found[0].page, f"affiche-{found[0].page.slug}")


@require_safe
@conditional_page
def gemeente(request: HttpRequest, nis: str) -> HttpResponse:
    row = offer.gemeenten().filter(nis=nis).first()
    if row is None:
        raise Http404
    content = posters.poster_of_gemeente(row, _language(request), today=timezone.localdate())
    return _pdf(content, row.landing, f"affiche-{row.slug}")


def _language(request: HttpRequest) -> str | None:
    """The language beside Dutch (`taal`), none when it is absent; Http404 for one we have not."""
    language = request.GET.get("taal", "nl")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return None if language == "nl" else language


def _pdf(content: posters.Content, page: Page, name: str) -> HttpResponse:
    changed = page.last_published_at or page.first_published_at or timezone.now()
    made = posters.pdf(content, timestamp=int(changed.timestamp()))
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
