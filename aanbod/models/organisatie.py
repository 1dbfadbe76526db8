"""Who runs activities, and who signs for them: always, first or as a deputy, or for one day."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from gemeenten.acting import ScopedManager
from gemeenten.models import Gemeente


class Organisatie(models.Model):  # type: ignore[django-manager-missing] # of Wagtail pages
    """Public facts only; the people are `Contactpersoon` rows, per gemeente."""

    name = models.CharField("naam", max_length=120, unique=True)
    website = models.URLField("website", blank=True)
    register_code = models.CharField("nummer in het Verenigingsregister", max_length=20, blank=True)
    #: Where an editor wrote it down, also before it has people or activities there.
    known_in = models.ManyToManyField(Gemeente, blank=True, related_name="organisaties")

    class Meta:
        ordering = ["name"]
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisatie_name_once"),
            models.UniqueConstraint(
                fields=["register_code"],
                condition=~Q(register_code=""),
                name="organisatie_register_code_once",
            ),
        ]
        indexes = [
            # Look-alikes of a name that is being typed.
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="organisatie_by_name")
        ]

    def __str__(self) -> str:
        return self.name


class ContactpersoonQuerySet(models.QuerySet):
    def valid(self, on: date | None = None) -> "ContactpersoonQuerySet":
        """Those who may sign on a day (today in Brussels when absent)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            user__is_active=True,
        )


class Contactpersoon(models.Model):
    """One human who signs for one organisatie in one gemeente.

    The same `User` may be several of these. Without organisatie: a private person named in an
    own proposal.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contactpersonen"
    )
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="contactpersonen")
    organisatie = models.ForeignKey(
        Organisatie, models.PROTECT, null=True, blank=True, related_name="contactpersonen"
    )
    #: As this gemeente knows them: a known e-mail address must not show the name that somebody
    #: else wrote down.
    name = models.CharField("naam", max_length=120, blank=True)
    language = models.CharField("taal van de berichten", max_length=5, default="nl")
    valid_from = models.DateField("vanaf", default=timezone.localdate)
    valid_to = models.DateField("tot en met", null=True, blank=True)
    #: Their name and number or address may stand on the pages of their activities; only they say
    #: so, on their own page (trust.md §6).
    is_public = models.BooleanField("mag op de pagina", default=False)

    objects = ScopedManager.from_queryset(ContactpersoonQuerySet)()
    #: For deciding what somebody may do; never for showing rows.
    everyone = models.Manager.from_queryset(ContactpersoonQuerySet)()

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "gemeente", "organisatie"],
                name="contactpersoon_once_per_organisatie",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name or self.user.name


class ActiviteitContact(models.Model):
    """Which contact persons stand for an activity; edited in our own view, never in a page
    panel (model.md)."""

    page = models.ForeignKey("aanbod.ActiviteitPage", models.CASCADE, related_name="contacten")
    contactpersoon = models.ForeignKey(Contactpersoon, models.CASCADE, related_name="activiteiten")

    #: 0: asked first. 1, 2, …: a deputy, asked in this order when those before do not answer.
    deputy = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint("page", "contactpersoon", name="contact_once_per_activiteit")
        ]


class InvallerQuerySet(models.QuerySet):
    def valid(self, today: date) -> "InvallerQuerySet":
        """Those who may sign today, for their own day only."""
        return self.filter(
            day__lte=today,
            sign_until__gte=today,
            ended_at__isnull=True,
            user__is_active=True,
        )


class Invaller(models.Model):
    """Somebody who signs for an organisatie in a gemeente for the hours of one day, and nothing
    else. Not a `Contactpersoon`: whatever those may do beside signing, an invaller may not.

    The rows are the log of who named whom, when and for which day: they are ended, never deleted.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invallers")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="invallers")
    organisatie = models.ForeignKey(Organisatie, models.PROTECT, related_name="invallers")
    #: None: for every activity. With its page gone the row goes too, or it would hold for all.
    page = models.ForeignKey(
        "aanbod.ActiviteitPage", models.CASCADE, null=True, blank=True, related_name="invallers"
    )
    name = models.CharField("naam", max_length=120)
    language = models.CharField("taal van de berichten", max_length=5, default="nl")
    day = models.DateField("dag")
    #: The last day on which the hours of `day` can still be signed.
    sign_until = models.DateField("tekent tot en met")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager.from_queryset(InvallerQuerySet)()
    #: For deciding what somebody may do; never for showing rows.
    everyone = models.Manager.from_queryset(InvallerQuerySet)()

    class Meta:
        verbose_name = "invaller"
        verbose_name_plural = "invallers"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "gemeente", "organisatie", "page", "day"],
                condition=Q(ended_at__isnull=True),
                name="invaller_once_per_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(sign_until__gte=F("day")), name="invaller_signs_from_that_day"
            ),
        ]
        indexes = [models.Index(fields=["user", "sign_until"], name="invaller_of_user")]

    def __str__(self) -> str:
        return self.name
