"""Referral questions to a gemeente (R10), and somebody who comes along the first time (R9)."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aanbod.models import ActiviteitPage
from aanbod.models.choices import Moment, Soort, Taalniveau
from bewijzen.models.traject import Traject
from gemeenten.acting import ScopedManager
from gemeenten.models import Deelgemeente, Gemeente


class Zoekvraag(models.Model):
    """Somebody asks a gemeente what there is to do, and the gemeente answers."""

    class Channel(models.TextChoices):
        """Who asked."""

        ZELF = "zelf", "inburgeraar"
        BEGELEIDER = "begeleider", "trajectbegeleider"
        LOKET = "loket", "aan het loket of aan de telefoon"

    class State(models.TextChoices):
        GESTELD = "gesteld", "gesteld"
        OPGENOMEN = "opgenomen", "opgenomen"
        BEANTWOORD = "beantwoord", "beantwoord"
        GESLOTEN = "gesloten", "gesloten"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    class Answer(models.TextChoices):
        ACTIVITEITEN = "activiteiten", "activiteiten"
        GESPREK = "gesprek", "een gesprek"
        NIETS = "niets", "niets gevonden"

    #: Those that the gemeente still has to answer.
    OPEN = [State.GESTELD, State.OPGENOMEN]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="zoekvragen")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    #: None: asked at the desk, by somebody of whom nothing else is known.
    traject = models.ForeignKey(
        Traject, models.PROTECT, null=True, blank=True, related_name="zoekvragen"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    #: The wishes, which the gemeente always sees.
    soorten = ArrayField(
        models.CharField(max_length=20, choices=Soort.choices), default=list, blank=True
    )
    moments = ArrayField(
        models.CharField(max_length=16, choices=Moment.choices), default=list, blank=True
    )
    deelgemeente = models.ForeignKey(
        Deelgemeente, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: How far the person goes, from the deelgemeente or else the centre.
    km = models.PositiveSmallIntegerField(null=True, blank=True)
    #: There has to be child care, or the children come along.
    children = models.BooleanField(default=False)
    taalniveau = models.CharField(max_length=4, choices=Taalniveau.choices, blank=True)
    #: The language in which somebody can be called back.
    language = models.CharField(max_length=5, default="nl")
    note = models.CharField(max_length=300, blank=True)
    #: Only when the asker agreed that the gemeente sees them.
    name = models.CharField(max_length=120, blank=True)
    callback = models.CharField(max_length=120, blank=True)
    agreed = models.BooleanField(default=False)

    state = models.CharField(max_length=12, choices=State.choices, default=State.GESTELD)
    #: The last day on which the gemeente is in time.
    answer_by = models.DateField()
    reminded_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    #: What was said on the telephone, why there was nothing, or a word beside the activities.
    answer_text = models.CharField(max_length=600, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    activiteiten = models.ManyToManyField(ActiviteitPage, related_name="+", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "zoekvraag"
        verbose_name_plural = "zoekvragen"
        ordering = ["answer_by", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="zoekvraag_shows_only_what_was_agreed",
                condition=Q(agreed=True) | Q(name="", callback=""),
            ),
            models.CheckConstraint(
                name="zoekvraag_is_of_a_traject_or_the_desk",
                condition=Q(channel="loket", traject__isnull=True)
                | (~Q(channel="loket") & Q(traject__isnull=False)),
            ),
            models.CheckConstraint(
                name="zoekvraag_answered_has_an_answer",
                condition=~Q(state__in=["beantwoord", "gesloten"])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["traject", "gemeente"],
                condition=Q(state__in=["gesteld", "opgenomen"]),
                name="zoekvraag_one_open_per_traject",
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "state", "answer_by"], name="zoekvraag_of_gemeente"),
            models.Index(
                fields=["answer_by"],
                condition=Q(state__in=["gesteld", "opgenomen"]),
                name="zoekvraag_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def soort_words(self) -> list[tuple[str, object]]:
        return [(soort.value, soort.label) for soort in Soort if soort in self.soorten]

    @property
    def moment_words(self) -> list[tuple[str, object]]:
        return [(moment.value, moment.label) for moment in Moment if moment in self.moments]


class ToeleiderQuerySet(models.QuerySet):
    def valid(self, on: date | None = None) -> "ToeleiderQuerySet":
        """Who can be asked on a day (today in Brussels when absent)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class Toeleider(models.Model):
    """Somebody whom a gemeente can ask to come along the first time. Signs no hours."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="toeleiders")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="toeleiders")
    name = models.CharField("naam", max_length=120)
    #: What this person speaks.
    languages = ArrayField(models.CharField(max_length=5), default=list)
    available = models.CharField("wanneer", max_length=200, blank=True)
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot en met", null=True, blank=True)

    objects = ScopedManager.from_queryset(ToeleiderQuerySet)()
    #: For deciding what somebody may do; never for showing rows.
    everyone = models.Manager.from_queryset(ToeleiderQuerySet)()

    class Meta:
        verbose_name = "toeleider"
        verbose_name_plural = "toeleiders"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("user", "gemeente", name="toeleider_once_per_gemeente")
        ]

    def __str__(self) -> str:
        return self.name


class EersteKeer(models.Model):
    """A first time together: somebody comes along to an activity."""

    class State(models.TextChoices):
        GEVRAAGD = "gevraagd", "gevraagd"
        TOEGEWEZEN = "toegewezen", "voorgesteld"
        BEVESTIGD = "bevestigd", "afgesproken"
        GEDAAN = "gedaan", "gedaan"
        AFGEZEGD = "afgezegd", "afgezegd"

    #: Those that may still happen.
    OPEN = [State.GEVRAAGD, State.TOEGEWEZEN, State.BEVESTIGD]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="eerste_keren")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    page = models.ForeignKey(ActiviteitPage, models.SET_NULL, null=True, related_name="+")
    #: Copied, because pages change later.
    title = models.CharField(max_length=255)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    #: What the gemeente and the toeleider see of the person; empty until the person agreed.
    first_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=12, choices=State.choices, default=State.GEVRAAGD)
    toeleider = models.ForeignKey(
        Toeleider, models.PROTECT, null=True, blank=True, related_name="eerste_keren"
    )
    at = models.DateTimeField("wanneer", null=True, blank=True)
    place = models.CharField("waar spreken jullie af", max_length=200, blank=True)
    #: How often a plan was made: a yes is said to one plan.
    plan = models.PositiveSmallIntegerField(default=0)
    person_agreed = models.BooleanField(default=False)
    toeleider_agreed = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "eerste keer samen"
        verbose_name_plural = "eerste keren samen"
        ordering = ["at", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["traject", "page"],
                condition=Q(state__in=["gevraagd", "toegewezen", "bevestigd"]),
                name="eerste_keer_one_open_per_activiteit",
            ),
            models.CheckConstraint(
                name="eerste_keer_planned_has_a_plan",
                condition=~Q(state__in=["toegewezen", "bevestigd", "gedaan"])
                | (Q(toeleider__isnull=False, at__isnull=False) & ~Q(place="")),
            ),
            models.CheckConstraint(
                name="eerste_keer_agreed_by_both",
                condition=~Q(state__in=["bevestigd", "gedaan"])
                | Q(person_agreed=True, toeleider_agreed=True),
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "state", "at"], name="eerste_keer_of_gemeente"),
        ]

    def __str__(self) -> str:
        return self.title
