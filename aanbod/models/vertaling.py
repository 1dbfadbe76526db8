"""The texts of an activity in another language, beside the Dutch."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanbod.models.pages import ActiviteitPage


class Vertaling(models.Model):
    """One language of one activity. Only what editors write has a row: kinds, prices and moments
    are translated once for all by the interface, names of places stay Dutch."""

    class Taal(models.TextChoices):
        """The public languages but Dutch, in the order of domain.md."""

        EN = "en", "Engels"
        FR = "fr", "Frans"
        AR = "ar", "Arabisch"
        TR = "tr", "Turks"
        FA = "fa", "Dari en Perzisch"
        PS = "ps", "Pasjtoe"
        UK = "uk", "Oekraïens"
        RO = "ro", "Roemeens"
        BG = "bg", "Bulgaars"
        PL = "pl", "Pools"
        ES = "es", "Spaans"
        TI = "ti", "Tigrinya"
        SO = "so", "Somalisch"

    class State(models.TextChoices):
        MENS = "mens", "door een mens"
        MACHINE = "machine", "door een machine"
        ACHTER = "achter", "achter op het Nederlands"

    page = models.ForeignKey(ActiviteitPage, models.CASCADE, related_name="vertalingen")
    language = models.CharField("taal", max_length=2, choices=Taal.choices)
    title = models.CharField("titel", max_length=255)
    summary = models.CharField("in één zin", max_length=300)
    description = models.TextField("wat doe je er")
    bring = models.CharField("wat breng je mee", max_length=300, blank=True)
    cost_note = models.CharField("uitleg bij de prijs", max_length=200, blank=True)
    state = models.CharField("staat", max_length=8, choices=State.choices)
    #: Who wrote it, kept while the state says that it is behind.
    by_machine = models.BooleanField(default=False)
    #: `translations.dutch_hash` of the Dutch that it translates.
    source_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "vertaling"
        verbose_name_plural = "vertalingen"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="vertaling_once_per_language"
            ),
            models.CheckConstraint(
                name="vertaling_says_who_wrote_it",
                condition=Q(state="achter")
                | Q(state="mens", by_machine=False)
                | Q(state="machine", by_machine=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_language_display()})"
