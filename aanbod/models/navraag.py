"""Whether an activity still holds, as its organisation says."""

from django.db import models
from wagtail.models import Revision

from aanbod.models.pages import ActiviteitPage


class Navraag(models.Model):
    """When the organisation of an activity is asked whether it still holds, and how far that is.

    Beside the page, because publishing writes the page anew from a revision. Only
    `aanbod/navraag.py` writes it. Nothing in it is about a person.
    """

    class Step(models.TextChoices):
        """How far it is; each step but the first is taken once for each question."""

        RUST = "rust", "nog niet gevraagd"
        GEVRAAGD = "gevraagd", "gevraagd"
        HERINNERD = "herinnerd", "herinnerd"
        LAGER = "lager", "lager in de resultaten"
        OFFLINE = "offline", "offline"

    class Answer(models.TextChoices):
        JA = "ja", "het klopt nog"
        ANDERS = "anders", "er verandert iets"

    class Via(models.TextChoices):
        """Who gave the answer."""

        LINK = "link", "de organisatie, met haar link"
        CONTACT = "contact", "een contactpersoon"
        REDACTIE = "redactie", "een redacteur, na een telefoontje"

    page = models.OneToOneField(
        ActiviteitPage, models.CASCADE, primary_key=True, related_name="navraag"
    )
    #: The day in Brussels from which the organisation is asked.
    ask_on = models.DateField("navragen vanaf")
    #: An editor chose that day: publishing does not change it.
    chosen = models.BooleanField(default=False)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.RUST)
    #: When the step was taken; the terms count from here, so that a night without the command
    #: shortens nobody's time.
    step_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    #: Was there anybody with an address when the step was taken?
    reached = models.BooleanField(default=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    #: What was live before it went offline, and goes online again.
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "navraag"
        indexes = [models.Index(fields=["step", "ask_on"], name="navraag_by_step")]
