"""Panels of the editor's form that say something instead of asking."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.panels import Panel

from aanbod import criteria, lookalikes, readability
from aanbod.models import ActiviteitPage, Kenmerk

#: The texts that an editor writes by hand, in the order of the form.
TEXTS = ("summary", "description", "bring")


def readability_context(texts: list[str]) -> dict[str, Any]:
    """What `aanbod/cms/leesbaarheid.html` shows of these texts together."""
    text = "\n".join(texts)
    return {"report": readability.check(text), "empty": not text.strip()}


class ReadabilityPanel(Panel):
    """How the Dutch reads: drawn with the form, and again by cms/activiteit.js while typing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aanbod/cms/leesbaarheid_paneel.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | readability_context([getattr(self.instance, name) for name in TEXTS])


class VerdictPanel(Panel):
    """Which points of the criteria are still missing: as the form was drawn, and again by
    cms/activiteit.js with each tick."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aanbod/cms/oordeel.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            missing = criteria.missing_points(_ticked(self.form, self.instance))
            return context | {
                "points_json": json.dumps(verdict_points()),
                "missing": [point.sentence for point in missing],
            }


def _ticked(form: Any, page: ActiviteitPage) -> set[str]:
    """The kenmerken that the form shows ticked."""
    if form.is_bound:
        return {kenmerk.slug for kenmerk in getattr(form, "cleaned_data", {}).get("kenmerken", [])}
    return criteria.slugs_of(page)


def verdict_points() -> list[dict[str, Any]]:
    """The points for the browser: the values of the boxes that each give it, and the sentence."""
    pks = dict(Kenmerk.objects.values_list("slug", "pk"))
    return [
        {
            "values": sorted(str(pks[slug]) for slug in point.slugs if slug in pks),
            "sentence": point.sentence,
        }
        for point in criteria.POINTS
    ]


class LookalikesPanel(Panel):
    """What the gemeente has already that looks like it, as it was saved last."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aanbod/cms/lijkt_op.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            page, gemeente = self.instance, self.form.gemeente
            found = lookalikes.of_page(page, gemeente) if gemeente and page.title else []
            return context | {"found": found, "is_new": not page.title}


class OtherScreensPanel(Panel):
    """The other screens of a saved activity, which Wagtail keeps behind a wordless pictogram."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aanbod/cms/verder.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"links": _other_screens(self.instance)}


def _other_screens(page: ActiviteitPage) -> list[tuple[str, str]]:
    """(address, what it is called); the posters only of what is online."""
    names = [
        ("contacten:activiteit", "Contactpersonen"),
        ("redactie:data", "Data"),
        ("redactie:navraag", "Klopt ze nog?"),
        ("wagtailadmin_pages:copy", "Kopiëren"),
    ]
    if page.live:
        names.append(("aanbod:affiches", "Affiche"))
    with override(settings.LANGUAGE_CODE):
        return [(reverse(name, args=[page.pk]), label) for name, label in names]


class MapPanel(Panel):
    """A map to put the pin on. Without JavaScript there are the two numbers below it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aanbod/cms/speld.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {
                "gemeente": self.form.gemeente,
                "start": self.instance if self.instance.lat else self.form.gemeente,
                "source": self.instance.get_location_source_display(),
                "tiles": settings.MAP_TILES_URL,
                "credit": settings.MAP_TILES_CREDIT,
            }
