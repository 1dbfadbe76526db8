"""Who is signed in on which phone, and what somebody keeps for later."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanbod.models import ActiviteitPage
from gemeenten.acting import ScopedManager


class Pictogram(models.TextChoices):
    """By which somebody finds their own name among those on one phone."""

    ZON = "zon", _("zon")
    MAAN = "maan", _("maan")
    STER = "ster", _("ster")
    HART = "hart", _("hart")
    MUZIEK = "muziek", _("muziek")
    FIETS = "fiets", _("fiets")
    KOPJE = "kopje", _("kopje")
    BOEK = "boek", _("boek")

    @property
    def icon(self) -> str:
        return _ICONS[self.value]


_ICONS = {
    "zon": "sun",
    "maan": "moon",
    "ster": "star",
    "hart": "heart",
    "muziek": "music",
    "fiets": "bike",
    "kopje": "coffee",
    "boek": "book",
}


class Aanmelding(models.Model):
    """One person on one phone (or computer). With a PIN it waits, locked, while somebody else has
    the phone; without one it ends when somebody else signs in. Rows that ended stay: a phone that
    was theirs once is a hint (trust.md §2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="aanmeldingen")
    #: SHA-256 of what the phone's cookie holds.
    phone_hash = models.CharField(max_length=64)
    #: "" while it is locked.
    session_key = models.CharField(max_length=40, blank=True)
    #: What kind of phone, for its owner to know it by: "Android, Chrome".
    label = models.CharField(max_length=60, blank=True)
    pictogram = models.CharField(max_length=10, choices=Pictogram.choices, default=Pictogram.ZON)
    #: Argon2; "" without a PIN.
    pin_hash = models.CharField(max_length=128, blank=True)
    pin_wrong = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        ordering = ["-seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_hash", "user"],
                condition=Q(ended_at__isnull=True),
                name="aanmelding_once_per_phone",
            ),
        ]
        indexes = [
            models.Index(fields=["session_key"], name="aanmelding_of_session"),
            models.Index(fields=["user", "-seen_at"], name="aanmelding_of_user"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def icon(self) -> str:
        return Pictogram(self.pictogram).icon


class Favoriet(models.Model):
    """An activity that somebody keeps for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="favorieten")
    page = models.ForeignKey(ActiviteitPage, models.CASCADE, related_name="favorieten")
    kept_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "favoriet"
        verbose_name_plural = "favorieten"
        ordering = ["-kept_at", "-pk"]
        constraints = [models.UniqueConstraint("user", "page", name="favoriet_once")]
