"""Who runs activities, and who signs for them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gemeenten.acting import ScopedManager
from gemeenten.models import Gemeente


class Organisatie(models.Model):  # type: ignore[django-manager-missing] # of Wagtail pages
    """Public facts only; the people are `Contactpersoon` rows, per gemeente."""

    name = models.CharField("naam", max_length=120, unique=True)
    website = models.URLField("website", blank=True)
    register_code = models.CharField("nummer in het Verenigingsregister", max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"

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

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint("page", "contactpersoon", name="contact_once_per_activiteit")
        ]
