"""Counts of visits and of searches: how often, where and on which day. Never who.

No address, cookie, device or session stands in them, and no word that is not one of the offer's
own. Only `aanbod/counting.py` writes them.
"""

from django.db import models

from aanbod.models.choices import Kinderopvang, Moment, Soort, Taalniveau
from gemeenten.acting import ScopedManager
from gemeenten.models import Deelgemeente, Gemeente

#: A question that named several values of one filter: counted once, apart.
MEER = "meer"


class Bezoek(models.Model):
    """How often a page was opened on one day in Brussels."""

    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+", db_index=False)
    #: None: the page of the gemeente itself.
    page = models.ForeignKey("aanbod.ActiviteitPage", models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "bezoek"
        verbose_name_plural = "bezoeken"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "day", "page"], nulls_distinct=False, name="bezoek_once_a_day"
            )
        ]


class Zoekopdracht(models.Model):
    """How often this was looked for in or near a gemeente on one day in Brussels. Every search
    stands in exactly one row; "" is a filter that was not used."""

    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    deelgemeente = models.ForeignKey(Deelgemeente, models.CASCADE, null=True, related_name="+")
    soort = models.CharField(max_length=20, choices=[*Soort.choices, (MEER, MEER)], blank=True)
    moment = models.CharField(max_length=16, choices=[*Moment.choices, (MEER, MEER)], blank=True)
    kinderopvang = models.CharField(
        max_length=8, choices=[*Kinderopvang.choices, (MEER, MEER)], blank=True
    )
    #: The highest level, and the highest price, that was asked for.
    taalniveau = models.CharField(max_length=4, choices=Taalniveau.choices, blank=True)
    kosten = models.CharField(max_length=6, blank=True)
    #: Nothing was found.
    empty = models.BooleanField()
    number = models.PositiveIntegerField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "zoekopdracht"
        verbose_name_plural = "zoekopdrachten"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *["gemeente", "day", "deelgemeente", "soort", "moment", "kinderopvang"],
                    *["taalniveau", "kosten", "empty"],
                ],
                nulls_distinct=False,
                name="zoekopdracht_once_a_day",
            )
        ]


class Zoekwoord(models.Model):
    """How often a word of the offer's own was typed; "" stands for every other word."""

    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    word = models.CharField(max_length=40, blank=True)
    #: In a search that found nothing.
    empty = models.BooleanField()
    number = models.PositiveIntegerField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "zoekwoord"
        verbose_name_plural = "zoekwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "day", "word", "empty"], name="zoekwoord_once_a_day"
            )
        ]
