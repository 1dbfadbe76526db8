"""What is ready before anybody asks for it: pages of activities, and short recordings of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanbod.models.pages import ActiviteitPage
from aanbod.models.vertaling import Vertaling
from gemeenten.models import GemeentePage


class KlarePagina(models.Model):
    """The page of a live activity in one language, written in the transaction that publishes,
    translates, cancels or moves. Only `aanbod/ready.py` reads and writes it."""

    page = models.ForeignKey(ActiviteitPage, models.CASCADE, related_name="klare_paginas")
    #: Under which it stands; its title, address and colour are read when somebody asks.
    landing = models.ForeignKey(GemeentePage, models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    title = models.TextField()
    summary = models.TextField()
    #: HTML with marks for what changes by the hour: dates, places left, who can be asked.
    body = models.TextField()
    #: The dates to come, ready to be put in: [{"van", "tot", "row", "ask", "said"}], see there.
    times = models.JSONField(default=list)
    #: From then on it is no longer right. None: until it is written again.
    valid_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "klare pagina"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="klare_pagina_once_per_language"
            )
        ]


class Opname(models.Model):
    """Somebody reads the text of an activity aloud, for phones without a voice for a language."""

    page = models.ForeignKey(ActiviteitPage, models.CASCADE, related_name="opnames")
    language = models.CharField(
        "taal", max_length=2, choices=[("nl", "Nederlands"), *Vertaling.Taal.choices]
    )
    #: In media, below opnames/; named after what is in it.
    file = models.FileField("opname", upload_to="opnames", max_length=100)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "opname"
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="opname_once_per_language"),
            models.CheckConstraint(condition=~Q(file=""), name="opname_has_a_file"),
        ]
