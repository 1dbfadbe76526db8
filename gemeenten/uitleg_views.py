"""Translations of the pages about the traject, in the CMS. Only for a beheerder; anybody else gets
404, as if they were not there."""

import hashlib
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from gemeenten import uitleg
from gemeenten.acting import SignedInRequest
from gemeenten.models import UitlegPage, UitlegVertaling
from gemeenten.permissions import is_beheerder

DUTCH_CHANGED = "De Nederlandse tekst is intussen veranderd. Kijk na en bewaar opnieuw."


class Cell(NamedTuple):
    """One language of one page; without a state nothing is translated yet."""

    language: str
    name: str
    state: str


class TranslationForm(forms.Form):
    """A field for each Dutch text of a page; an empty one is read in Dutch."""

    #: The Dutch that the translator has before them.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, page: UitlegPage, language: str, row: UitlegVertaling | None
    ) -> None:
        super().__init__(*args)
        self.dutch = uitleg.texts(page)
        self.current = hashlib.sha256("\n".join(self.dutch).encode()).hexdigest()
        direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
        for number, text in enumerate(self.dutch):
            self.fields[f"tekst_{number}"] = forms.CharField(
                label=text,
                required=False,
                max_length=uitleg.LONGEST,
                initial=row.texts.get(text, "") if row else "",
                widget=forms.Textarea(attrs={"lang": language, "dir": direction, "rows": 2}),
            )

    def pairs(self) -> list[forms.BoundField]:
        return [self[f"tekst_{number}"] for number in range(len(self.dutch))]

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.current:
            raise forms.ValidationError(DUTCH_CHANGED)
        return self.current

    def texts(self) -> dict[str, str]:
        return {text: self.cleaned_data[f"tekst_{n}"] for n, text in enumerate(self.dutch)}


def index(request: SignedInRequest) -> HttpResponse:
    """Every page with the state of each language."""
    _only_beheerder(request)
    pages = list(UitlegPage.objects.live().order_by("path"))
    rows = {(row.page_id, row.language): row for row in UitlegVertaling.objects.all()}
    listed = [(page, [_cell(page, code, rows) for code in _languages()]) for page in pages]
    return render(request, "gemeenten/cms/uitleg.html", {"listed": listed})


@never_cache
def translation(request: SignedInRequest, page_id: int, language: str) -> HttpResponse:
    """The Dutch and its translation side by side."""
    _only_beheerder(request)
    page = get_object_or_404(UitlegPage.objects.live(), pk=page_id)
    if language not in _languages():
        raise Http404
    row = UitlegVertaling.objects.filter(page=page, language=language).first()
    form = TranslationForm(request.POST or None, page=page, language=language, row=row)
    name = _languages()[language]
    if request.method == "POST" and form.is_valid():
        uitleg.translate(page, language, form.texts(), by=request.user, now=timezone.now())
        messages.success(request, f"De vertaling van “{page.title}” is bewaard ({name}).")
        return redirect("uitleg:index")
    return render(
        request,
        "gemeenten/cms/uitleg_vertaling.html",
        {"page": page, "language": language, "name": name, "form": form, "row": row},
    )


def _only_beheerder(request: SignedInRequest) -> None:
    if not is_beheerder(request.user):
        raise Http404


def _languages() -> dict[str, str]:
    return {code: name for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def _cell(page: UitlegPage, code: str, rows: dict[tuple[int, str], UitlegVertaling]) -> Cell:
    row = rows.get((page.pk, code))
    return Cell(code, _languages()[code], uitleg.state(page, row).label if row else "")
