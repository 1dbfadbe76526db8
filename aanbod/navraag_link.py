"""The question whether an activity still holds, on the organisation's own page. Opening the link
answers nothing: mail scanners open every link."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanbod import links, navraag, submissions
from aanbod.models import Navraag, Organisatielink
from aanbod.submission_views import QUESTIONS, Question, with_link

Step = Navraag.Step


def questions(link: Organisatielink, now: datetime) -> list[Question]:
    """What the organisation of a link has not answered yet."""
    online = Q(page__live=True, step__in=[Step.GEVRAAGD, Step.HERINNERD, Step.LAGER])
    offline = Q(page__live=False, step=Step.OFFLINE) & ~Q(answer=Navraag.Answer.JA)
    pages = submissions.activities(link).order_by()
    rows = Navraag.objects.filter(online | offline, page__in=pages.values("pk"))
    return [
        Question(
            title=row.page.title,
            text=_text(row),
            yes=_("Ja, dit klopt nog"),
            action=reverse("aanbod:doorgeven_klopt", args=[links.token(link), row.page_id]),
            page_id=row.page_id,
        )
        for row in rows.select_related("page").order_by("asked_at", "page")
    ]


def _text(row: Navraag) -> str:
    if row.step == Step.OFFLINE:
        return _("Niemand ziet deze activiteit nu, want we kregen geen antwoord. Klopt ze nog?")
    if row.step == Step.LAGER:
        return _("Deze activiteit staat lager in de lijst. Klopt ze nog?")
    return _("Klopt deze activiteit nog?")


@require_POST
@with_link
def yes(request: HttpRequest, link: Organisatielink, pk: int) -> HttpResponse:
    """The organisation says that one of its activities still holds."""
    page = get_object_or_404(submissions.activities(link), pk=pk)
    now = timezone.now()
    try:
        row = navraag.answer(page.pk, Navraag.Answer.JA, via=Navraag.Via.LINK, now=now)
    except navraag.NotPossible:
        messages.error(
            request, _("Deze activiteit staat niet online. Vraag de gemeente hoe het zit.")
        )
    else:
        messages.success(request, _thanks(row))
    return redirect("aanbod:doorgeven", links.token(link))


def _thanks(row: Navraag) -> str:
    if navraag.waits_to_go_back(row):
        return _("Bedankt. De gemeente zet je activiteit terug online.")
    return _("Bedankt. Je activiteit blijft online.")


# The page of the organisation knows nothing of what is asked on it.
QUESTIONS.append(questions)
