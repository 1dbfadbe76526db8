"""The activity: what someone needs to decide and to go."""

import logging
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import Orderable, Page, PageLogEntry, Revision

from aanbod.models.choices import (
    Frequentie,
    Kinderopvang,
    Moment,
    Soort,
    Taalniveau,
    Voor,
)
from aanbod.models.organisatie import Organisatie
from gemeenten.models import Deelgemeente, Gemeente

logger = logging.getLogger(__name__)

#: Sent with `instance`, in the transaction that saved an activity with its tags and moments.
activiteit_saved = Signal()

#: Wagtail's name for publishing by the clock, and ours for a refusal of it.
BY_THE_CLOCK = "wagtail.publish.scheduled"
PUBLISH_REFUSED = "aanbod.publish_refused"


class ActiviteitPage(Page):
    class Timing(models.TextChoices):
        MOMENTEN = "momenten", _("Op vaste momenten")
        AFSPRAAK = "afspraak", _("In overleg")

    class LocationSource(models.TextChoices):
        """How fine `lat` and `lon` are, and who says so."""

        DEELGEMEENTE = "deelgemeente", "midden van de deelgemeente"
        GEOCODER = "geocoder", "adres opgezocht"
        PIN = "pin", "speld op de kaart"

    # What
    soort = models.CharField("soort", max_length=20, choices=Soort.choices)
    summary = models.CharField("in één zin", max_length=200)
    description = models.TextField(
        "wat doe je er", help_text="Korte zinnen. Een lege regel begint een nieuwe alinea."
    )
    bring = models.CharField("wat breng je mee", max_length=200, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="foto",
    )
    kenmerken = ClusterTaggableManager(
        through="aanbod.ActiviteitKenmerk", blank=True, verbose_name="criteria"
    )
    themas = ClusterTaggableManager(
        through="aanbod.ActiviteitThema", blank=True, verbose_name="thema's"
    )

    # When
    timing = models.CharField(
        "wanneer", max_length=10, choices=Timing.choices, default=Timing.MOMENTEN
    )
    moments = ArrayField(
        models.CharField(max_length=16, choices=Moment.choices),
        default=list,
        blank=True,
        verbose_name="mogelijke momenten",
        help_text="Voor een activiteit in overleg.",
    )
    minutes_per_time = models.PositiveSmallIntegerField(
        "minuten per keer", null=True, blank=True, help_text="Voor een activiteit in overleg."
    )
    hours_total = models.PositiveSmallIntegerField(
        "uren in totaal",
        null=True,
        blank=True,
        help_text="Hoeveel uren kan iemand hier in totaal verzamelen?",
    )
    paused_from = models.DateField("pauze van", null=True, blank=True)
    paused_until = models.DateField(
        "pauze tot en met",
        null=True,
        blank=True,
        help_text="Bijvoorbeeld de zomer. Daarna staat de activiteit vanzelf terug.",
    )

    # Where
    place_name = models.CharField("naam van de plaats", max_length=120, blank=True)
    street = models.CharField("straat en nummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=4, blank=True)
    deelgemeente = models.ForeignKey(
        Deelgemeente,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="deelgemeente",
    )
    lat = models.FloatField(null=True, blank=True, editable=False)
    lon = models.FloatField(null=True, blank=True, editable=False)
    location_source = models.CharField(
        max_length=12,
        choices=LocationSource.choices,
        default=LocationSource.DEELGEMEENTE,
        editable=False,
    )
    #: Where an editor put the pin; degrees, WGS84.
    pin_lat = models.FloatField("breedtegraad", null=True, blank=True)
    pin_lon = models.FloatField("lengtegraad", null=True, blank=True)

    # For whom
    taalniveau = models.CharField(
        "gewenst Nederlands", max_length=4, choices=Taalniveau.choices, default=Taalniveau.GEEN
    )
    voor = models.CharField("voor wie", max_length=8, choices=Voor.choices, blank=True)
    capacity = models.PositiveSmallIntegerField(
        "aantal plaatsen", null=True, blank=True, help_text="Leeg: geen limiet."
    )
    cost = models.DecimalField(
        "prijs per keer (euro)",
        max_digits=6,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    cost_note = models.CharField("uitleg bij de prijs", max_length=120, blank=True)
    kinderopvang = models.CharField(
        "kinderen", max_length=8, choices=Kinderopvang.choices, blank=True
    )
    wheelchair = models.BooleanField("rolstoel kan binnen", default=False)

    # Who
    organisatie = models.ForeignKey(
        Organisatie, models.PROTECT, related_name="activiteiten", verbose_name="organisatie"
    )
    contact_public = models.CharField(
        "contact voor iedereen",
        max_length=200,
        blank=True,
        help_text="Een dienst, balie of algemeen adres. Geen privénummer.",
    )

    # A moderator may overrule the criteria (R3)
    overrule_reason = models.CharField("toch publiceren, omdat", max_length=300, blank=True)
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    parent_page_types = ["gemeenten.GemeentePage"]
    subpage_types: list[str] = []
    template = "aanbod/activiteit.html"
    #: An overruling holds for one activity, not for its copies.
    exclude_fields_in_copy = ["overrule_reason", "overruled_by", "paused_from", "paused_until"]
    #: The offer is public: no page behind a password or a sign-in.
    private_page_options: list[str] = []

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [
            models.CheckConstraint(
                name="activiteit_pause_has_two_ends",
                condition=Q(paused_from__isnull=True, paused_until__isnull=True)
                | Q(paused_until__gte=F("paused_from")),
            ),
            models.CheckConstraint(
                name="activiteit_pin_has_two_numbers",
                condition=Q(pin_lat__isnull=True, pin_lon__isnull=True)
                | Q(pin_lat__isnull=False, pin_lon__isnull=False),
            ),
        ]

    @property
    def gemeente(self) -> Gemeente:
        """The municipality under whose page this activity stands; read anew, pages move."""
        return Gemeente.objects.get(landing__path=self.path[: -self.steplen])

    def clean(self) -> None:
        super().clean()
        errors = {}
        if bool(self.paused_from) != bool(self.paused_until):
            missing = "paused_until" if self.paused_from else "paused_from"
            errors[missing] = "Een pauze heeft een eerste en een laatste dag. Vul de twee in."
        elif self.paused_from and self.paused_until and self.paused_until < self.paused_from:
            errors["paused_until"] = "De pauze eindigt voor ze begint. Kies een latere dag."
        if (self.pin_lat is None) != (self.pin_lon is None):
            missing = "pin_lat" if self.pin_lat is None else "pin_lon"
            errors[missing] = "Een speld heeft twee getallen. Vul de twee in, of geen van de twee."
        if errors:
            raise ValidationError(errors)

    def is_paused(self, day: date) -> bool:
        """Is `day` in Brussels in the pause, the first and last day included?"""
        return bool(
            self.paused_from and self.paused_until and self.paused_from <= day <= self.paused_until
        )

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Every language in which the page is public; Dutch first."""
        return [(language, str(name)) for language, name in settings.LANGUAGES]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        language = mode_name if mode_name in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            return super().serve_preview(request, mode_name).render()

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if writes_state(kwargs.get("update_fields")):
            activiteit_saved.send(sender=type(self), instance=self)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, in one transaction. Raises ValidationError when the activity may not be
        published (`aanbod/criteria.py`). When the clock publishes nobody is there to read
        that: it is logged once in the page's history and the page stays scheduled."""
        try:
            with transaction.atomic():
                super().publish(revision, *args, **kwargs)
        except ValidationError as refusal:
            if kwargs.get("log_action") != BY_THE_CLOCK:
                raise
            self._log_refusal(revision, refusal)

    def _log_refusal(self, revision: Revision, refusal: ValidationError) -> None:
        logger.warning("Not published by the clock: page %s, %s", self.pk, refusal.messages)
        refused = PageLogEntry.objects.filter(action=PUBLISH_REFUSED, revision=revision)
        if not refused.exists():
            reasons = {"reasons": refusal.messages}
            log(instance=self, action=PUBLISH_REFUSED, revision=revision, data=reasons)


def writes_state(update_fields: Any) -> bool:
    """Does a save with these `update_fields` write whether the page is live?"""
    return update_fields is None or "live" in update_fields


class Reeks(Orderable):
    """When an activity is on: one date, or a series by rule."""

    page = ParentalKey(ActiviteitPage, on_delete=models.CASCADE, related_name="reeksen")
    frequency = models.CharField(
        "hoe vaak", max_length=14, choices=Frequentie.choices, default=Frequentie.WEKELIJKS
    )
    first_day = models.DateField("eerste dag")
    start = models.TimeField("van")
    end = models.TimeField(
        "tot", help_text="Eindigt het na middernacht? Dan telt de dag van start."
    )
    last_day = models.DateField("tot en met", null=True, blank=True)
    skip_school_holidays = models.BooleanField("niet in schoolvakanties", default=False)
    only_school_holidays = models.BooleanField("alleen in schoolvakanties", default=False)

    class Meta(Orderable.Meta):
        verbose_name = "moment"
        verbose_name_plural = "momenten"
        constraints = [
            models.CheckConstraint(
                name="reeks_ends_after_it_begins",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="reeks_holidays_one_way",
                condition=~Q(skip_school_holidays=True, only_school_holidays=True),
            ),
        ]

    def clean(self) -> None:
        errors = {}
        if self.start and self.start == self.end:
            errors["end"] = "Het begin en het einde zijn gelijk. Vul in hoe laat het eindigt."
        if self.last_day and self.first_day and self.last_day < self.first_day:
            errors["last_day"] = "De laatste dag ligt voor de eerste dag. Kies een latere dag."
        if self.skip_school_holidays and self.only_school_holidays:
            errors["only_school_holidays"] = (
                "Kies één van de twee: niet in schoolvakanties, of alleen in schoolvakanties."
            )
        if errors:
            raise ValidationError(errors)
