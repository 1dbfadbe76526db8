"""What somebody chose in the planner, kept for the next time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from aanbod.models.choices import Kinderopvang, Soort, Taalniveau
from bewijzen.models.traject import Traject
from gemeenten.acting import ScopedManager


class Wensen(models.Model):
    """The choice of one traject, saved by a button; the plans are made anew each time. The names
    are those of `aanbod.planner_form.Choice`, which says what the values mean."""

    traject = models.OneToOneField(Traject, models.PROTECT, primary_key=True, related_name="wensen")
    plaats = models.CharField("waar", max_length=100)
    straal = models.PositiveSmallIntegerField("hoogstens zo ver (km)")
    les = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    werk = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    #: Minutes of the day (from, until) by name.
    clocks = models.JSONField(default=dict, blank=True)
    door = models.BooleanField("ook les in schoolvakanties", default=False)
    soort = ArrayField(
        models.CharField(max_length=20, choices=Soort.choices), default=list, blank=True
    )
    thema = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    kinderopvang = ArrayField(
        models.CharField(max_length=8, choices=Kinderopvang.choices), default=list, blank=True
    )
    taalniveau = ArrayField(
        models.CharField(max_length=4, choices=Taalniveau.choices), default=list, blank=True
    )
    kosten = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    voor = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    vrouw = models.BooleanField("toon ook wat voor vrouwen is", default=False)
    klaar = models.DateField("klaar op", null=True, blank=True)
    saved_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "wensen"
        verbose_name_plural = "wensen"
