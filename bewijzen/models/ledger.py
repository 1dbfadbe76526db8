"""The ledger (grootboek): the log, its erasable words, and the projection of what is valid now.

Only `bewijzen/ledger.py` writes these tables. The log refuses UPDATE, DELETE and TRUNCATE in the
database itself (migration 0002).
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from bewijzen.models.traject import Deelname, Traject
from gemeenten.acting import ScopedManager


class Grade(models.TextChoices):
    """How a confirmation was proven (trust.md §2)."""

    SAMEN = "samen", "samen gescand"
    GESCAND = "gescand", "kaart gescand"
    GETEKEND = "getekend", "getekend van de lijst"
    PAPIER = "papier", "op papier"


class Regel(models.Model):
    """One line of the log: a block of time signed, or an earlier line withdrawn. Pseudonymous
    facts only."""

    class Kind(models.TextChoices):
        BEVESTIGING = "bevestiging", "bevestiging"
        INTREKKING = "intrekking", "intrekking"

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="regels")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    deelname = models.ForeignKey(Deelname, models.PROTECT, related_name="regels")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    van = models.DateTimeField(null=True)
    tot = models.DateTimeField(null=True)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="signed_regels"
    )
    #: Who typed it over, for a line from paper.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="entered_regels"
    )
    intent = models.UUIDField(unique=True)
    claimed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ScopedManager()

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "regels"
        ordering = ["traject", "number"]
        constraints = [
            models.UniqueConstraint("traject", "number", name="regel_number_once_per_traject"),
            models.CheckConstraint(
                name="only_an_intrekking_withdraws",
                condition=Q(kind="bevestiging", withdraws__isnull=True)
                | Q(kind="intrekking", withdraws__isnull=False),
            ),
            models.CheckConstraint(name="regel_has_a_number", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="regel_has_both_clock_times_or_none",
                condition=Q(van__isnull=True, tot__isnull=True)
                | Q(van__isnull=False, tot__isnull=False, tot__gt=F("van")),
            ),
        ]


class RegelTekst(models.Model):
    """The words of a line, erasable; the line holds SHA-256(salt + canonical text)."""

    regel = models.OneToOneField(Regel, models.PROTECT, primary_key=True, related_name="tekst")
    salt = models.CharField(max_length=32)
    title = models.CharField(max_length=255)
    gemeente = models.CharField(max_length=80)
    organisatie = models.CharField(max_length=120, blank=True)
    inburgeraar = models.CharField(max_length=120)
    signer = models.CharField(max_length=120)
    signer_role = models.CharField(max_length=30)
    reason = models.CharField(max_length=300, blank=True)
    sheet_hash = models.CharField(max_length=64, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "tekst van een regel"


class Bevestiging(models.Model):
    """What is valid now: one row per line that was not withdrawn. Rebuildable from the log."""

    regel = models.OneToOneField(
        Regel, models.PROTECT, primary_key=True, related_name="bevestiging"
    )
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="bevestigingen")
    deelname = models.ForeignKey(Deelname, models.PROTECT, related_name="bevestigingen")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    block = DateTimeRangeField(null=True)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bevestigingen"
    )
    received_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "bevestiging"
        verbose_name_plural = "bevestigingen"
        ordering = ["day", "regel"]
        constraints = [
            ExclusionConstraint(
                name="no_two_blocks_at_once",
                expressions=[
                    (F("traject"), RangeOperators.EQUAL),
                    (F("block"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="bevestiging_fits_in_a_day", condition=Q(minutes__range=(1, 1440))
            ),
        ]
        indexes = [models.Index(fields=["traject", "day"], name="bevestiging_of_traject")]


class Dagtotaal(models.Model):
    """Valid minutes of one traject on one day; the database bounds it at 24 hours."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="dagtotalen")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "dagtotaal"
        verbose_name_plural = "dagtotalen"
        constraints = [
            models.UniqueConstraint("traject", "day", name="dagtotaal_once_a_day"),
            models.CheckConstraint(
                name="never_more_than_24_hours_a_day", condition=Q(minutes__range=(0, 1440))
            ),
        ]


class Hoofd(models.Model):
    """The signed head of a chain after each line."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="hoofden")
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    kid = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    objects = ScopedManager()

    class Meta:
        verbose_name = "hoofd"
        verbose_name_plural = "hoofden"
        constraints = [models.UniqueConstraint("traject", "number", name="hoofd_once_per_regel")]
