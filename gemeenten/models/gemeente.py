"""Municipalities by NIS code, with their deelgemeenten."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class GemeenteQuerySet(models.QuerySet):
    def active(self) -> "GemeenteQuerySet":
        """Those that publish here."""
        return self.filter(active=True)

    def existing(self, on: date) -> "GemeenteQuerySet":
        """Those that exist on a day: municipalities merge."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )


class Gemeente(models.Model):
    nis = models.CharField("NIS-code", max_length=5, unique=True)
    name = models.CharField("naam", max_length=80)
    slug = models.SlugField(unique=True)
    province = models.CharField("provincie", max_length=40)
    region = models.CharField("gewest", max_length=40)
    postcodes = ArrayField(models.CharField(max_length=4), default=list)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")
    valid_from = models.DateField("bestaat sinds", null=True, blank=True)
    valid_to = models.DateField("bestond tot", null=True, blank=True)
    active = models.BooleanField("actief", default=False)
    #: Written by `gemeenten.moderation.set_moderated` only: the rights of the groups follow it.
    moderated = models.BooleanField("een moderator leest na", default=False)

    objects = GemeenteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "gemeenten"
        indexes = [GinIndex(fields=["postcodes"], name="gemeente_by_postcode")]

    def __str__(self) -> str:
        return self.name


class Deelgemeente(models.Model):
    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="deelgemeenten")
    name = models.CharField("naam", max_length=80)
    lat = models.FloatField("breedtegraad")
    lon = models.FloatField("lengtegraad")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "deelgemeenten"
        constraints = [
            models.UniqueConstraint("gemeente", "name", name="deelgemeente_once_per_gemeente")
        ]

    def __str__(self) -> str:
        return (
            f"{self.name} ({self.gemeente.name})" if self.name != self.gemeente.name else self.name
        )
