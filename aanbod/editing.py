"""The editor's form of an activity, in the order in which one thinks of it."""

from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Page

from aanbod import criteria, organisaties, publishing
from aanbod.cms_panels import (
    LookalikesPanel,
    MapPanel,
    OtherScreensPanel,
    ReadabilityPanel,
    VerdictPanel,
)
from aanbod.models import ActiviteitPage, Criterium, Kenmerk, Moment, Organisatie
from gemeenten.models import Deelgemeente, Gemeente
from gemeenten.permissions import can_overrule_criteria

#: The button of the form that hands a draft over to a moderator.
HAND_OVER = "action-nalezen"

NEGATIVE = "De prijs kan niet onder nul zijn. Is het gratis? Vul 0 in."
#: What an empty choice means.
BLANK = {"voor": "Iedereen", "kinderopvang": "Niet voorzien"}
ONLY_MODERATORS = (
    "Alleen een moderator van de gemeente kan publiceren wat een punt mist. Vraag het aan een "
    "moderator, of duid de punten aan."
)


class KenmerkIterator(ModelChoiceIterator):
    """The kenmerken under the criterium that they belong to."""

    def __iter__(self) -> Iterator[Any]:
        for criterium, kenmerken in groupby(self.queryset, key=lambda row: row.criterium):
            label = Criterium(criterium).label
            yield label, [self.choice(kenmerk) for kenmerk in kenmerken]


class KenmerkField(forms.ModelMultipleChoiceField):
    """The points of the criteria as checkboxes, each with the question that it answers."""

    iterator = KenmerkIterator
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, kenmerk: Kenmerk) -> str:
        return f"{kenmerk.name}. {kenmerk.question}"


class PictureChooser(AdminImageChooser):
    """Wagtail's own raises when it has to draw a value that is no number."""

    def get_instance(self, value: Any) -> Any:
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


class ActiviteitForm(WagtailAdminPageForm):
    """Saving a draft asks for little; publishing asks for everything in `publishing.problems`.

    Wagtail calls `defer_required_fields` before it saves a draft or shows a preview, so a form
    without deferred validation is one that publishes.
    """

    kenmerken = KenmerkField(
        label="Criteria",
        queryset=Kenmerk.objects.order_by("criterium", "order"),
        required=False,
        help_text="Duid aan wat klopt. Voor publiceren: de drie punten van participatie op "
        "sociaal vlak, en minstens één van de Nederlandstalige context.",
    )
    moments = forms.TypedMultipleChoiceField(
        label="Mogelijke momenten",
        choices=Moment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Voor een activiteit in overleg. Niets aangeduid: alle momenten.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gemeente = _gemeente(self.parent_page, self.instance)
        self.fields["slug"].required = False  # made from the title when nobody typed one
        self.fields["cost"].error_messages["min_value"] = NEGATIVE
        self._limit_choices()
        if not self._may_overrule():
            del self.fields["overrule_reason"]

    def _limit_choices(self) -> None:
        for name, blank in BLANK.items():
            field = self.fields[name]
            field.choices = [(value, label if value else blank) for value, label in field.choices]
        own = self.fields["deelgemeente"]
        # The list names no centre: that of Herent is Herent itself.
        itself = f"{self.gemeente.name} zelf, of de" if self.gemeente else "De"
        own.empty_label = f"{itself} hele gemeente"
        own.queryset = Deelgemeente.objects.filter(gemeente=self.gemeente)
        own.label_from_instance = lambda deelgemeente: deelgemeente.name
        known = organisaties.in_gemeente(self.gemeente) | Organisatie.objects.filter(
            pk=self.instance.organisatie_id
        )
        self.fields["organisatie"].queryset = known
        if self.gemeente:
            self.fields["organisatie"].help_text = _where_to_find_it(self.gemeente)

    def _may_overrule(self) -> bool:
        return bool(
            self.gemeente and self.for_user and can_overrule_criteria(self.for_user, self.gemeente)
        )

    def defer_required_fields(self) -> None:
        """A draft that is handed over has to be whole: the moderator publishes it as it is."""
        if HAND_OVER not in self.data:
            super().defer_required_fields()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "overrule_reason" not in self.fields and self.data.get("overrule_reason", "").strip():
            self.add_error(None, ONLY_MODERATORS)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.gemeente is None:
            return
        self._note_who_overruled()
        for field, sentences in self._problems(self.gemeente).items():
            if field not in self.errors:
                self.add_error(field, sentences)

    def _note_who_overruled(self) -> None:
        """An overruling is of the moderator who saw what was missing then; when somebody else
        takes away one more point it no longer holds."""
        if "overrule_reason" in self.fields:
            given = self.instance.overrule_reason.strip()
            self.instance.overruled_by = self.for_user if given else None
        elif self._misses_a_new_point():
            self.instance.overrule_reason, self.instance.overruled_by = "", None

    def _misses_a_new_point(self) -> bool:
        before = {kenmerk.slug for kenmerk in self.initial.get("kenmerken", [])}
        missed = criteria.missing_points(before)
        return any(point not in missed for point in criteria.missing_points(self._slugs()))

    def _problems(self, gemeente: Gemeente) -> dict[str, list[str]]:
        if self.is_deferred_validation:
            return publishing.place_problems(self.instance, gemeente)
        return publishing.problems(
            self.instance,
            gemeente,
            slugs=self._slugs(),
            has_moments=self._has_moments(),
        )

    def _slugs(self) -> set[str]:
        return {kenmerk.slug for kenmerk in self.cleaned_data.get("kenmerken", [])}

    def _has_moments(self) -> bool:
        formset = self.formsets["reeksen"]
        if not formset.is_valid():
            return True  # its own errors are shown
        return any(row and not row.get("DELETE") for row in formset.cleaned_data)


def _where_to_find_it(gemeente: Gemeente) -> SafeString:
    return format_html(
        'Staat ze er niet bij? <a href="{}" target="_blank">Zoek of maak de organisatie</a> '
        "(in een nieuw tabblad). Bewaar daarna je concept: dan staat ze in de lijst.",
        reverse("contacten:organisatie_nieuw", args=[gemeente.nis]),
    )


def _gemeente(parent: Page | None, page: ActiviteitPage) -> Gemeente | None:
    if parent is not None:
        return getattr(parent.specific, "gemeente", None)
    return page.gemeente if page.path else None


class ActiviteitCopyForm(CopyForm):
    """A copy is judged where it is going to stand. No aliases: an activity stands once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        self.fields["new_title"].label = "Naam van de kopie"
        self.fields["new_slug"].label = "Adres van de pagina"
        self.fields["new_slug"].help_text = "Leeg: we maken het van de naam."
        self.fields["new_slug"].required = False
        self.fields["new_slug"].initial = ""

    def clean_new_slug(self) -> str:
        """Nobody has to think of an address: a free one is made from the name."""
        typed = self.cleaned_data["new_slug"]
        if typed:
            return typed
        name = slugify(self.cleaned_data.get("new_title", "")) or self.page.slug
        parent = self.page.get_parent()
        taken = set(parent.get_children().values_list("slug", flat=True))
        tries = (name if number == 1 else f"{name}-{number}" for number in count(1))
        return next(slug for slug in tries if slug not in taken)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("publish_copies"):
            page = self.page.specific
            page.overrule_reason = ""
            gemeente = _gemeente(cleaned.get("new_parent_page"), page)
            found = publishing.problems(page, gemeente)
            for sentences in found.values():
                self.add_error("publish_copies", sentences)
        return cleaned


WHAT = [
    FieldPanel(
        "title", heading="Naam van de activiteit", help_text="Kort, zoals mensen ze kennen."
    ),
    FieldPanel("soort"),
    FieldPanel("summary"),
    FieldPanel("description"),
    FieldPanel("bring"),
    ReadabilityPanel(heading="Leest het vlot?"),
    FieldPanel("picture", widget=PictureChooser),
    FieldPanel("themas"),
]
WHEN = [
    FieldPanel("timing"),
    FieldPanel("moments"),
    FieldPanel("minutes_per_time"),
    FieldPanel("hours_total"),
    FieldRowPanel([FieldPanel("paused_from"), FieldPanel("paused_until")]),
]
SERIES = InlinePanel(
    "reeksen",
    heading="Vaste momenten",
    label="Moment",
    panels=[
        FieldPanel("frequency"),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldRowPanel([FieldPanel("skip_school_holidays"), FieldPanel("only_school_holidays")]),
    ],
)
WHERE = [
    FieldPanel("place_name"),
    FieldPanel("street"),
    FieldRowPanel([FieldPanel("postcode"), FieldPanel("deelgemeente")]),
    MapPanel(heading="Op de kaart"),
    FieldRowPanel([FieldPanel("pin_lat"), FieldPanel("pin_lon")]),
    FieldPanel("wheelchair"),
]
FOR_WHOM = [
    FieldPanel("taalniveau"),
    FieldPanel("voor"),
    FieldPanel("capacity"),
    FieldRowPanel([FieldPanel("cost"), FieldPanel("cost_note")]),
    FieldPanel("kinderopvang"),
]
WHO = [FieldPanel("organisatie"), FieldPanel("contact_public")]
CRITERIA = [
    FieldPanel("kenmerken"),
    VerdictPanel(),
    FieldPanel("overrule_reason"),
    LookalikesPanel(heading="Staat ze er al?"),
]

EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                OtherScreensPanel(heading="Meer over deze activiteit"),
                MultiFieldPanel(WHAT, heading="Wat"),
                MultiFieldPanel(WHEN, heading="Wanneer"),
                SERIES,
                MultiFieldPanel(WHERE, heading="Waar"),
                MultiFieldPanel(FOR_WHOM, heading="Voor wie"),
                MultiFieldPanel(WHO, heading="Wie"),
                MultiFieldPanel(CRITERIA, heading="Telt het mee?"),
            ],
            heading="Activiteit",
        ),
        ObjectList([FieldPanel("slug"), PublishingPanel()], heading="Adres en publicatie"),
    ],
    base_form_class=ActiviteitForm,
)


def attach() -> None:
    """Give the page its form. From here, because models know nothing of rules and forms."""
    ActiviteitPage.edit_handler = EDIT_HANDLER
    ActiviteitPage.copy_form_class = ActiviteitCopyForm
