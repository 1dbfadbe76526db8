"""One dated occurrence of an activity."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from aanbod.models.choices import Moment


class Sessie(models.Model):
    """Made from the rule for the coming twelve months; today's list, the day filter, the planner
    and iCal all read it. A cancelled or moved date keeps its row, so that making the rows again
    does not bring it back."""

    class State(models.TextChoices):
        GEPLAND = "gepland", "gepland"
        AFGELAST = "afgelast", "afgelast"
        VERPLAATST = "verplaatst", "verplaatst"

    page = models.ForeignKey("aanbod.ActiviteitPage", models.CASCADE, related_name="sessies")
    van = models.DateTimeField()
    tot = models.DateTimeField()
    #: The start that the rule gave; differs from `van` once the date was moved.
    by_rule = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.GEPLAND)
    #: Said to everybody beside a cancelled or moved date.
    reason = models.CharField("reden", max_length=120, blank=True)
    moments = ArrayField(models.CharField(max_length=16, choices=Moment.choices), default=list)

    class Meta:
        ordering = ["van"]
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        constraints = [
            models.CheckConstraint(
                name="sessie_ends_after_it_begins", condition=Q(tot__gt=F("van"))
            ),
            models.UniqueConstraint("page", "by_rule", name="sessie_once_per_rule_date"),
        ]
        indexes = [
            models.Index(fields=["van"], name="sessie_by_start"),
            models.Index(fields=["page", "van"], name="sessie_of_page"),
            GinIndex(fields=["moments"], name="sessie_by_moment"),
        ]
