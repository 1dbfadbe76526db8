"""The organisation's own page: who has its link may hand in, without an account.

A link that nobody knows, that was withdrawn or that is damaged gives the same page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aanbod import links, submissions
from aanbod.models import ActiviteitPage, Inzending, Organisatielink
from aanbod.submission_forms import GROUPS, Sheet
from aanbod.submissions import NotSent
from gemeenten.acting import System, acting_as

View = Callable[..., HttpResponse]
#: Declined ones are shown for so long.
SHOWN_DAYS = 60


@dataclass(frozen=True)
class Question:
    """Something that is asked on the organisation's own page about one of its activities. The
    answer yes is posted to `action`."""

    title: str
    text: str
    yes: str
    action: str
    page_id: int


#: What else asks the organisation something: each gives its questions for a link.
QUESTIONS: list[Callable[[Organisatielink, datetime], list[Question]]] = []


def _now() -> datetime:
    return timezone.now()


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def with_link(view: View) -> View:
    """Gives the view the living link; answers are kept by nobody and found by no search engine."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        link = links.find(token)
        with acting_as(System("doorgeven")):
            answer = view(request, link, **kwargs) if link else unknown(request)
        return _kept_by_nobody(answer)

    return wrapped


def _kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, no_store=True, private=True)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404: no such link, or not any more. It never says which."""
    return _kept_by_nobody(render(request, "aanbod/doorgeven/onbekend.html", status=404))


@require_safe
@with_link
def overview(request: HttpRequest, link: Organisatielink) -> HttpResponse:
    """What the organisation has here, and what it can do with it."""
    now, today = _now(), timezone.localdate()
    sent = _sent(link, now)
    changing = {row.page_id for row in sent if row.state in Inzending.OPEN and row.page_id}
    pages = [
        {"page": page, "paused": page.is_paused(today), "changing": page.pk in changing}
        for page in submissions.activities(link)
    ]
    context = {
        "link": link,
        "token": links.token(link),
        "questions": [one for ask in QUESTIONS for one in ask(link, now)],
        "asked": [row for row in sent if row.state == Inzending.State.TERUGGEVRAAGD],
        "waiting": [row for row in sent if row.state == Inzending.State.INGEDIEND],
        "taken": [row for row in sent if row.state == Inzending.State.AANVAARD],
        "declined": [row for row in sent if row.state == Inzending.State.AFGEWEZEN],
        "pages": pages,
    }
    return render(request, "aanbod/doorgeven/overzicht.html", context)


def _sent(link: Organisatielink, now: datetime) -> list[Inzending]:
    """What is open, what was declined lately, and what was taken over and is not online yet."""
    since = now - timedelta(days=SHOWN_DAYS)
    rows = submissions.of_link(link).select_related("page").order_by("-sent_at", "-pk")
    state = Inzending.State
    return [
        *rows.filter(state__in=Inzending.OPEN),
        *rows.filter(state=state.AFGEWEZEN, decided_at__gt=since),
        *rows.filter(
            state=state.AANVAARD, kind=Inzending.Kind.NIEUW, page__first_published_at__isnull=True
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def new(request: HttpRequest, link: Organisatielink) -> HttpResponse:
    sheet = Sheet(_posted(request), gemeente=link.gemeente)
    return _sheet(request, link, sheet, _("Nieuwe activiteit"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def copy(request: HttpRequest, link: Organisatielink, pk: int) -> HttpResponse:
    """A new activity that begins as one of theirs."""
    values = submissions.values_of(submissions.public_version(_page(link, pk)))
    values["momenten"] = []
    sheet = Sheet(_posted(request), gemeente=link.gemeente, values=values)
    return _sheet(request, link, sheet, _("Activiteit kopiëren"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def change(request: HttpRequest, link: Organisatielink, pk: int) -> HttpResponse:
    page = _page(link, pk)
    waits = submissions.of_link(link).filter(page=page, state__in=Inzending.OPEN).first()
    if waits:
        return redirect("aanbod:doorgeven_inzending", links.token(link), waits.pk)
    values = submissions.values_of(submissions.public_version(page))
    seen = page.live_revision_id or page.latest_revision_id
    sheet = Sheet(_posted(request), gemeente=link.gemeente, values=values, base=values, seen=seen)
    return _sheet(request, link, sheet, _("Activiteit aanpassen"), page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def submission(request: HttpRequest, link: Organisatielink, pk: int) -> HttpResponse:
    """What waits or was asked back, to change and send again."""
    row = _submission(link, pk)
    sheet = Sheet(
        _posted(request),
        gemeente=link.gemeente,
        values=row.values,
        people=row.contacts,
        note=row.note,
        seen=row.base_revision,
    )
    return _sheet(request, link, sheet, _("Inzending aanpassen"), row=row)


@require_POST
@with_link
def withdraw(request: HttpRequest, link: Organisatielink, pk: int) -> HttpResponse:
    row = _submission(link, pk)
    if submissions.withdraw(row, now=_now()):
        messages.success(request, _("Je inzending is ingetrokken."))
    else:
        messages.error(request, str(submissions.CLOSED))
    return redirect("aanbod:doorgeven", links.token(link))


def _page(link: Organisatielink, pk: int) -> ActiviteitPage:
    return get_object_or_404(submissions.activities(link), pk=pk)


def _submission(link: Organisatielink, pk: int) -> Inzending:
    row = submissions.of_link(link).select_related("page").filter(pk=pk).first()
    if row is None or row.state not in Inzending.OPEN:
        raise Http404
    return row


def _sheet(
    request: HttpRequest,
    link: Organisatielink,
    sheet: Sheet,
    heading: str,
    *,
    page: ActiviteitPage | None = None,
    row: Inzending | None = None,
) -> HttpResponse:
    if request.method == "POST" and sheet.is_valid():
        try:
            if row:
                submissions.send_again(row, sheet.sending(), now=_now())
            else:
                submissions.send(link, sheet.sending(), page=page, now=_now())
        except NotSent as refusal:
            sheet.form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Verstuurd. De gemeente kijkt het na. Daarna staat het online.")
            )
            return redirect("aanbod:doorgeven", links.token(link))
    context = {
        "link": link,
        "token": links.token(link),
        "heading": heading,
        "sheet": sheet,
        "row": row,
        "groups": [(title, [sheet.form[name] for name in names]) for title, names in GROUPS],
    }
    status = 422 if sheet.form.is_bound else 200
    return render(request, "aanbod/doorgeven/formulier.html", context, status=status)
