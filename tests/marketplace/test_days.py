"""A day is written as people of that language write it: names, order, case and digits."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.translation import override

from aanbod.templatetags.aanbod import short_day
from gemeenten import formats

DAY = date(2026, 11, 24)

WRITTEN = {
    "nl": ("dinsdag 24 november", "24 november 2026", "di 24 nov"),
    "en": ("Tuesday 24 November", "24 November 2026", "Tue 24 Nov"),
    "fr": ("mardi 24 novembre", "24 novembre 2026", "mar. 24 nov."),
    "ar": ("الثلاثاء ٢٤ نوفمبر", "٢٤ نوفمبر ٢٠٢٦", "الثلاثاء 24 نوفمبر"),
    "tr": ("24 Kasım Salı", "24 Kasım 2026", "Sal 24 Kas"),
    "fa": ("سه‌شنبه ۲۴ نوامبر", "۲۴ نوامبر ۲۰۲۶", "سه‌شنبه 24 نوامبر"),
    "ps": ("سه‌شنبه، د نومبر ۲۴", "د ۲۰۲۶ د نومبر ۲۴", "سه‌شنبه 24 نومبر"),
    "uk": ("вівторок, 24 листопада", "24 листопада 2026 р.", "вт 24 лист."),
    "ro": ("marți, 24 noiembrie", "24 noiembrie 2026", "mar. 24 nov."),
    "bg": ("вторник, 24 ноември", "24 ноември 2026 г.", "вт 24 ное"),
    "pl": ("wtorek, 24 listopada", "24 listopada 2026", "wt. 24 lis"),
    "es": ("martes 24 de noviembre", "24 de noviembre de 2026", "mar 24 nov"),
    "ti": ("ሰሉስ፣ 24 ሕዳር", "24 ሕዳር 2026", "ሰሉ 24 ሕዳ"),
    "so": ("Talaado, 24 Noofeembar", "24 Noofeembar 2026", "Tldo 24 Nof"),
}


def test_every_public_language_is_here() -> None:
    assert list(WRITTEN) == [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", WRITTEN)
def test_a_day_is_written_in_the_language_of_the_page(language: str) -> None:
    with override(language):
        shown = (formats.long_day(DAY), formats.full_day(DAY), short_day(DAY))
    assert shown == WRITTEN[language]


@pytest.mark.parametrize(
    ("language", "distance"),
    [("nl", "1,2"), ("en", "1.2"), ("ar", "١٫٢"), ("fa", "۱٫۲"), ("ps", "۱٫۲")],
)
def test_a_distance_has_the_digits_and_the_comma_of_the_reader(
    language: str, distance: str
) -> None:
    with override(language):
        assert formats.distance(1.23).startswith(distance)
