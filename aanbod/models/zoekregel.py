"""The search table behind the results page."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from aanbod.models.choices import Dag, Kinderopvang, Moment, Soort, Voor
from gemeenten.models import Gemeente


class Zoekregel(models.Model):
    """One row per live activity, written in the transaction that publishes, pauses, moves or
    fills it. Only `aanbod/indexing.py` writes it. In the database it has one column more: `earth`,
    its point on the sphere of earthdistance."""

    page = models.OneToOneField(
        "aanbod.ActiviteitPage", models.CASCADE, primary_key=True, related_name="zoekregel"
    )
    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    #: All its words in every language: what is searched.
    document = SearchVectorField()
    #: Those of title, kind, themes and summary: what says how well it fits.
    heading = SearchVectorField(default="")
    #: Title and themes in lower case without accents: for typing errors and half words.
    fuzzy = models.TextField(default="")
    soort = models.CharField(max_length=20, choices=Soort.choices)
    lat = models.FloatField()
    lon = models.FloatField()
    moments = ArrayField(models.CharField(max_length=16, choices=Moment.choices), default=list)
    days = ArrayField(models.CharField(max_length=2, choices=Dag.choices), default=list)
    #: 0 geen, 1 a1, 2 a2, 3 b1
    taalniveau = models.PositiveSmallIntegerField()
    #: Euro a time.
    cost = models.DecimalField(max_digits=6, decimal_places=2)
    kinderopvang = models.CharField(max_length=8, choices=Kinderopvang.choices, blank=True)
    voor = models.CharField(max_length=8, choices=Voor.choices, blank=True)
    wheelchair = models.BooleanField(default=False)
    kenmerken = ArrayField(models.CharField(max_length=40), default=list)
    themas = ArrayField(models.CharField(max_length=100), default=list)
    #: The values of the closed filters that find it, a bit each (`aanbod/bits.py`).
    bits = models.BigIntegerField(default=0)
    #: None: by agreement, or no date to come.
    next_at = models.DateTimeField(null=True)
    #: None: no limit.
    places_left = models.PositiveIntegerField(null=True)
    published_at = models.DateTimeField()
    #: 1 when its organisation does not answer whether it still holds (`aanbod/navraag.py`): last
    #: in every order. A number, because the index of places sorts by its distance to 0.
    lowered = models.PositiveSmallIntegerField(default=0)
    #: Ready-made HTML of the card per language. What depends on the reader (distance) and what
    #: changes often (places left) are marks in it (`aanbod/cards.py`).
    cards = models.JSONField(default=dict)

    class Meta:
        verbose_name = "zoekregel"
        indexes = [
            # Written at once: a search would read what waits row by row.
            GinIndex(fields=["document"], name="zoekregel_by_text", fastupdate=False),
            GinIndex(
                fields=["fuzzy"],
                opclasses=["gin_trgm_ops"],
                name="zoekregel_by_typing",
                fastupdate=False,
            ),
            models.Index(fields=["gemeente", "soort"], name="zoekregel_by_gemeente"),
            models.Index(fields=["lowered", "next_at"], name="zoekregel_by_next"),
            models.Index(fields=["lowered", "-published_at"], name="zoekregel_by_new"),
        ]


class PlacesTaken(models.Model):
    """How many places of an activity are taken, as bewijzen last said. Beside the page, because
    publishing writes the page anew from a revision."""

    page = models.OneToOneField(
        "aanbod.ActiviteitPage", models.CASCADE, primary_key=True, related_name="places_taken"
    )
    number = models.PositiveIntegerField(default=0)
