"""An own proposal (R5), and what the person notes before it is judged."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bewijzen.models.traject import Deelname, Traject
from gemeenten.acting import ScopedManager


class Voorstel(models.Model):
    """What somebody wants to do, in their own words and language. The key is made by the page that
    sends it, so that sending twice is one proposal."""

    class State(models.TextChoices):
        INGEDIEND = "ingediend", "ingediend"
        TERUGGEVRAAGD = "teruggevraagd", "teruggevraagd"
        AANVAARD = "aanvaard", "aanvaard"
        AFGEWEZEN = "afgewezen", "afgewezen"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    OPEN = [State.INGEDIEND, State.TERUGGEVRAAGD]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="voorstellen")
    state = models.CharField(max_length=14, choices=State.choices, default=State.INGEDIEND)
    #: Of the four texts; the trajectbegeleider may not read it, so there is a line in Dutch.
    language = models.CharField("taal", max_length=5)
    what = models.CharField("wat", max_length=300)
    with_whom = models.CharField("met wie", max_length=300)
    moment = models.CharField("wanneer en hoe vaak", max_length=300)
    place = models.CharField("waar", max_length=300)
    dutch = models.CharField("in het Nederlands, één zin", max_length=200, blank=True)
    #: Kenmerken (aanbod/criteria.py) by what the person said of them: "ja", "nee", "weet_niet".
    answers = models.JSONField("antwoorden", default=dict)
    contact_name = models.CharField("contactpersoon", max_length=120, blank=True)
    contact_email = models.EmailField("e-mailadres", blank=True)
    contact_mobile = models.CharField("gsm-nummer", max_length=16, blank=True)
    #: What the trajectbegeleider asked back, or why it was declined; the person reads it.
    reply = models.CharField("antwoord", max_length=300, blank=True)
    #: The kenmerken that the trajectbegeleider saw when it was accepted.
    kenmerken = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    deelname = models.OneToOneField(
        Deelname, models.PROTECT, null=True, blank=True, related_name="voorstel"
    )
    sent_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="voorstel_has_a_deelname_once_accepted",
                condition=Q(state="aanvaard", deelname__isnull=False)
                | (~Q(state="aanvaard") & Q(deelname__isnull=True)),
            ),
            models.CheckConstraint(
                name="voorstel_is_answered_with_words",
                condition=~Q(state__in=["teruggevraagd", "afgewezen"]) | ~Q(reply=""),
            ),
        ]
        indexes = [models.Index(fields=["traject", "state"], name="voorstel_of_traject")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def title(self) -> str:
        """As staff and the bewijs read it: the line in Dutch where there is one."""
        return self.dutch or self.what


class VoorstelDag(models.Model):
    """ "I was there", noted before the proposal was accepted; then it becomes a `Verzoek`."""

    voorstel = models.ForeignKey(Voorstel, models.PROTECT, related_name="dagen")
    day = models.DateField("dag")
    minutes = models.PositiveSmallIntegerField("minuten")
    noted_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "dag van een voorstel"
        verbose_name_plural = "dagen van een voorstel"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint("voorstel", "day", name="voorstel_day_once"),
            models.CheckConstraint(
                name="voorstel_day_fits_in_a_day", condition=Q(minutes__range=(1, 1440))
            ),
        ]
