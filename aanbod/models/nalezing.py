"""A draft that was handed over to a moderator of its gemeente."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanbod.models.pages import ActiviteitPage
from gemeenten.acting import ScopedManager


class Nalezing(models.Model):
    """Written by `aanbod.nalezen` only. One that waits per activity."""

    class State(models.TextChoices):
        WACHT = "wacht", "wacht op nalezen"
        ONLINE = "online", "nagelezen en gepubliceerd"
        TERUG = "terug", "teruggestuurd"

    page = models.ForeignKey(ActiviteitPage, models.CASCADE, related_name="nalezingen")
    #: The version that was handed over; a moderator publishes this one and no other.
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    handed_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.WACHT)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    #: Why it was sent back.
    words = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["handed_at", "pk"]
        verbose_name = "nalezing"
        verbose_name_plural = "nalezingen"
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(state="wacht"), name="nalezing_waits_once_per_page"
            ),
            models.CheckConstraint(
                condition=Q(state="wacht") | Q(decided_at__isnull=False),
                name="nalezing_decided_has_its_time",
            ),
        ]
