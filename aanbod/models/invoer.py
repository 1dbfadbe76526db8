"""Where an imported activity came from, and an import between its upload and its result."""

from django.conf import settings
from django.db import models

from aanbod.models.pages import ActiviteitPage
from gemeenten.acting import ScopedManager
from gemeenten.models import Gemeente


class Herkomst(models.Model):
    """Ties an activity to its record elsewhere, so that a second import finds it.

    The gemeente is that of the page: two municipalities may import the same record. An import
    holds a lock on its gemeente, so nothing is made twice.
    """

    page = models.OneToOneField(
        ActiviteitPage, models.CASCADE, primary_key=True, related_name="herkomst"
    )
    source = models.CharField("bron", max_length=60)
    external_id = models.CharField("id in de bron", max_length=255)
    #: SHA-256 in hex of the record as it was read last.
    content_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "herkomst"
        indexes = [models.Index(fields=["source", "external_id"], name="herkomst_by_record")]


class Invoer(models.Model):
    """One uploaded file. Deleted after thirty days by `manage.py ruim_invoer_op`."""

    class State(models.TextChoices):
        VOORBEELD = "voorbeeld", "nagekeken"
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "bezig"
        KLAAR = "klaar", "ingevoerd"
        MISLUKT = "mislukt", "niet ingevoerd"

    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    file_name = models.CharField("bestand", max_length=120)
    source = models.CharField("bron", max_length=60)
    #: Judged rows, as `aanbod.importing.judging.Judged.as_json` writes them.
    rows = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VOORBEELD)
    #: Rows that were done so far.
    progress = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    #: When the worker last said that it was at it.
    seen_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "invoer"
