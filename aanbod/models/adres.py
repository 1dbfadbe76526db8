"""What the geocoder said of an address."""

from django.db import models


class AdresPunt(models.Model):
    """Kept, so that an address is asked once. Without a point: asked, and not found."""

    address = models.CharField(max_length=300, unique=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "adrespunt"
        verbose_name_plural = "adrespunten"
