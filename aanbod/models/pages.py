"""The activity: what someone needs to decide and to go."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from aanbod.models.choices import (
    Frequentie,
    Kinderopvang,
    Moment,
    Soort,
    Taalniveau,
    Voor,
)
from aanbod.models.organisatie import Organisatie
from gemeenten.models import Deelgemeente


class ActiviteitPage(Page):
    class Timing(models.TextChoices):
        MOMENTEN = "momenten", _("Op vaste momenten")
        AFSPRAAK = "afspraak", _("In overleg")

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

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"


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
