"""Translations in the CMS: our own views, for editors and for who only translates. What belongs to
another gemeente, or is not live, gets 404, as if it were not there."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from wagtail.admin import messages

from aanbod import permissions, translations
from aanbod.models import ActiviteitPage, Vertaling
from aanbod.translation_forms import TranslationForm
from gemeenten.models import Gemeente, User


class TranslatorRequest(HttpRequest):
    """Wagtail lets only people into its admin who are signed in."""

    user: User  # type: ignore[assignment]


class Tab(NamedTuple):
    """A language with how many activities wait for it."""

    code: str
    label: str
    todo: int


def index(request: TranslatorRequest) -> HttpResponse:
    """To one's gemeente, or a choice between several."""
    gemeenten = list(permissions.translated_gemeenten(request.user).order_by("name"))
    if not gemeenten:
        raise Http404
    if len(gemeenten) == 1:
        return redirect("vertalingen:gemeente", gemeenten[0].nis)
    return render(request, "aanbod/cms/vertalingen_keuze.html", {"gemeenten": gemeenten})


def gemeente(request: TranslatorRequest, nis: str) -> HttpResponse:
    here = _gemeente(request, nis)
    return redirect("vertalingen:taal", here.nis, _languages()[0])


def language(request: TranslatorRequest, nis: str, language: str) -> HttpResponse:
    """What is missing or behind in one language, and what is done."""
    here, label = _gemeente(request, nis), _label(language)
    pages = translations.translatable(here)
    waiting = set(translations.behind(here, language).values_list("pk", flat=True))
    found = Vertaling.objects.filter(language=language, page__in=pages.order_by())
    rows = {row.page_id: row for row in found}
    listed = [(page, rows.get(page.pk)) for page in pages]
    return render(
        request,
        "aanbod/cms/vertalingen.html",
        {
            "gemeente": here,
            "language": language,
            "label": label,
            "tabs": _tabs(here),
            "todo": [pair for pair in listed if pair[0].pk in waiting],
            "done": [pair for pair in listed if pair[0].pk not in waiting],
        },
    )


def activiteit(request: TranslatorRequest, page_id: int, language: str) -> HttpResponse:
    """The Dutch and its translation side by side."""
    page, label = _page(request, page_id), _label(language)
    row = Vertaling.objects.filter(page=page, language=language).first()
    form = TranslationForm(request.POST or None, page=page, language=language, row=row)
    if request.method == "POST" and form.is_valid() and _saved(request, form, page, language):
        messages.success(request, f"De vertaling van “{page.title}” is bewaard ({label}).")
        return redirect("vertalingen:taal", page.gemeente.nis, language)
    return render(
        request,
        "aanbod/cms/vertaling.html",
        {"page": page, "gemeente": page.gemeente, "language": language, "label": label}
        | {"form": form, "row": row, "behind": row and row.state == Vertaling.State.ACHTER},
    )


def _saved(
    request: TranslatorRequest, form: TranslationForm, page: ActiviteitPage, language: str
) -> bool:
    if not form.saw_the_current_dutch():
        form.add_error(None, translations.DUTCH_CHANGED)
        return False
    try:
        translations.translate(page, language, form.texts(), by=request.user, now=timezone.now())
    except translations.TranslationRefused as refusal:
        for name, sentence in refusal.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
        return False
    return True


def _gemeente(request: TranslatorRequest, nis: str) -> Gemeente:
    return get_object_or_404(permissions.translated_gemeenten(request.user), nis=nis)


def _page(request: TranslatorRequest, page_id: int) -> ActiviteitPage:
    page = get_object_or_404(ActiviteitPage.objects.live(), pk=page_id)
    if page.gemeente not in permissions.translated_gemeenten(request.user):
        raise Http404
    return page


def _languages() -> list[str]:
    """Those that readers can choose; nobody would see the others."""
    return [code for code, _name in settings.LANGUAGES if code in Vertaling.Taal.values]


def _label(language: str) -> str:
    if language not in _languages():
        raise Http404
    return str(Vertaling.Taal(language).label)


def _tabs(here: Gemeente) -> list[Tab]:
    return [
        Tab(code, _label(code), translations.behind(here, code).count()) for code in _languages()
    ]
