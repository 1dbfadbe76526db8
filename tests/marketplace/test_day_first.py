"""A typed day is the same day in every language."""

from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.utils.translation import override

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["05/12/2026", "5-12-2026", "05.12.2026", "2026-12-05"])
def test_the_day_comes_first(language: str, typed: str) -> None:
    with override(language):
        assert forms.DateField(localize=True).clean(typed) == date(2026, 12, 5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_day_is_refused(language: str) -> None:
    with override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("12/25/2026")
