"""What a browser sends from the editor's form."""

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from aanbod.models import ActiviteitPage, Kenmerk
from tests.aanbod.cast import ENOUGH, Cast


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A whole form of an activity by agreement that may be published. `kenmerken` are slugs."""
    slugs = changes.pop("kenmerken", ENOUGH)
    reeksen = nested_form_data({"reeksen": inline_formset(changes.pop("reeksen", []))})
    return {
        "title": "Praattafel",
        "slug": "praattafel",
        "soort": "conversatie",
        "summary": "Kom mee praten.",
        "description": "We praten samen.",
        "bring": "",
        "picture": "",
        "themas": "taal, koffie",
        "timing": "afspraak",
        "moments": ["avond"],
        "minutes_per_time": "120",
        "hours_total": "",
        "place_name": "De Lange Tafel",
        "street": "Bloemenlaan",
        "postcode": "3020",
        "deelgemeente": str(cast.winksele.pk),
        "taalniveau": "geen",
        "voor": "",
        "capacity": "",
        "cost": "0",
        "cost_note": "",
        "kinderopvang": "",
        "organisatie": str(cast.lange_tafel.pk),
        "contact_public": "",
        "kenmerken": [str(pk) for pk in kenmerk_pks(slugs)],
        **reeksen,
        **changes,
    }


def reeks_form(**changes: Any) -> dict[str, Any]:
    return {
        "frequency": "wekelijks",
        "first_day": "2027-01-12",
        "last_day": "",
        "start": "19:30",
        "end": "21:30",
        **changes,
    }


def kenmerk_pks(slugs: Any) -> list[int]:
    return list(Kenmerk.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def edit_url(page: ActiviteitPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(cast: Cast) -> str:
    return reverse("wagtailadmin_pages:add", args=["aanbod", "activiteitpage", cast.in_herent.pk])
