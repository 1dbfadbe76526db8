"""A draft that was handed over: what it changes, and the two answers of a moderator."""

from collections.abc import Callable
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.models import Page

from aanbod import hints, nalezen
from aanbod.contact_views import StaffRequest
from aanbod.editing import HAND_OVER
from aanbod.models import ActiviteitPage, Nalezing
from gemeenten.permissions import can_edit_offer, can_publish_offer


@never_cache
def activiteit(request: StaffRequest, page_id: int) -> HttpResponse:
    """What waits of one activity; a POST publishes the version that was read or sends it back."""
    page = get_object_or_404(ActiviteitPage, pk=page_id)
    gemeente = page.gemeente
    if not can_edit_offer(request.user, gemeente):
        raise Http404
    words = ""
    if request.method == "POST":
        words = request.POST.get("words", "")
        try:
            messages.success(request, _decide(request, words))
            return redirect("wagtailadmin_pages:edit", page.pk)
        except nalezen.Refused as refusal:
            messages.error(request, str(refusal))
    row = Nalezing.objects.filter(page=page, state=Nalezing.State.WACHT).first()
    return render(
        request,
        "aanbod/cms/nalezen.html",
        {
            "page": page,
            "gemeente": gemeente,
            "nalezing": row,
            "hints": _hints(row) if row else [],
            "changes": nalezen.live_changes(row) if row else [],
            "may_decide": can_publish_offer(request.user, gemeente),
            "words": words,
        },
    )


def _hints(row: Nalezing) -> list[str]:
    page = row.revision.as_object()
    return hints.hints(page, row.page.gemeente, today=timezone.localdate())


def _decide(request: StaffRequest, words: str) -> str:
    revision, action = request.POST.get("revision", ""), request.POST.get("action", "")
    if not (revision.isascii() and revision.isdigit() and len(revision) < 19):
        raise nalezen.Refused(nalezen.CHANGED.format(title="Deze versie"))
    if action not in ANSWERS:
        raise nalezen.Refused("Kies: zet online, of stuur terug.")
    return ANSWERS[action](int(revision), words, request)


def _publish(revision_id: int, words: str, request: StaffRequest) -> str:
    page = nalezen.publish(revision_id, request.user, now=timezone.now())
    return nalezen.published_sentence(page)


def _send_back(revision_id: int, words: str, request: StaffRequest) -> str:
    nalezen.send_back(revision_id, words, request.user, now=timezone.now())
    return "Teruggestuurd. De redacteur krijgt je woorden in een bericht."


ANSWERS: dict[str, Callable[[int, str, StaffRequest], str]] = {
    "online": _publish,
    "terug": _send_back,
}


def say_hints(request: HttpRequest, page: Page) -> None:
    """What would still help the reader; after Wagtail published from the form, or a hand-over."""
    if isinstance(page, ActiviteitPage):
        latest = page.get_latest_revision_as_object()
        found = hints.hints(latest, page.gemeente, today=timezone.localdate())
        if found:
            rows = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in found))
            text = format_html("Dit mag zo. Nog beter wordt het met:<ul>{}</ul>", rows)
            messages.warning(request, text)


def hand_over_after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail saved the draft of the form; its button said that a moderator may read it."""
    if HAND_OVER not in request.POST or not isinstance(page, ActiviteitPage):
        return None
    staff = cast(StaffRequest, request)
    try:
        nalezen.hand_over(page, staff.user, now=timezone.now())
    except nalezen.Refused as refusal:
        messages.error(request, f"Bewaard, maar niet doorgegeven. {refusal}")
    else:
        messages.success(
            request,
            f"Doorgegeven. Een moderator van {page.gemeente.name} leest het na. Verander je nog "
            "iets? Geef het dan opnieuw door.",
        )
        say_hints(request, page)
    return redirect("wagtailadmin_pages:edit", page.pk)
