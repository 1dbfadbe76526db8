"""People, their traject, and what they take part in."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from aanbod.models import ActiviteitPage, Contactpersoon, Organisatie, Sessie
from gemeenten.acting import ScopedManager
from gemeenten.models import Agentschap, Gemeente


class Inburgeraar(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="inburgeraar"
    )
    agentschap = models.ForeignKey(Agentschap, models.PROTECT, related_name="inburgeraars")
    reference = models.CharField("dossiernummer", max_length=40)
    name = models.CharField("naam zoals op het bewijs", max_length=120)
    #: Wants a word the evening before a meeting.
    remind_me = models.BooleanField("herinner mij de avond vooraf", default=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "inburgeraar"
        verbose_name_plural = "inburgeraars"
        constraints = [
            models.UniqueConstraint("agentschap", "reference", name="reference_once_per_agentschap")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a contact person sees."""
        return self.name.split(" ")[0]


class Traject(models.Model):
    """One person's participation trajectory of forty hours (R1)."""

    class State(models.TextChoices):
        LOPEND = "lopend", "lopend"
        GEPAUZEERD = "gepauzeerd", "gepauzeerd"
        BEREIKT = "bereikt", "bereikt"
        GEREGISTREERD = "geregistreerd", "geregistreerd"
        STOPGEZET = "stopgezet", "stopgezet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inburgeraar = models.ForeignKey(Inburgeraar, models.PROTECT, related_name="trajecten")
    agentschap = models.ForeignKey(Agentschap, models.PROTECT, related_name="trajecten")
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, related_name="trajecten", verbose_name="gemeente"
    )
    trajectbegeleider = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="trajecten"
    )
    state = models.CharField(max_length=14, choices=State.choices, default=State.LOPEND)
    target_minutes = models.PositiveIntegerField(default=2400)
    #: Start of the inburgeringstraject: hours count from here, not from the day of entry.
    started_on = models.DateField("start van het inburgeringstraject")
    opened_at = models.DateTimeField()
    #: Total of valid lines, kept by the ledger in the transaction that changes it.
    total_minutes = models.PositiveIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        constraints = [
            models.CheckConstraint(name="traject_has_a_target", condition=Q(target_minutes__gt=0))
        ]
        indexes = [
            models.Index(fields=["trajectbegeleider", "state"], name="traject_of_caseload"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Deelname(models.Model):
    """One traject in one activity, published or (later) an own proposal."""

    class State(models.TextChoices):
        GEVRAAGD = "gevraagd", "gevraagd"
        WACHTLIJST = "wachtlijst", "wachtlijst"
        DEELNEMER = "deelnemer", "deelnemer"
        GEWEIGERD = "geweigerd", "geweigerd"
        GESTOPT = "gestopt", "gestopt"

    class Judgement(models.TextChoices):
        """Does it fit for this person (R6)?"""

        NOG_NIET = "nog_niet", "nog niet bekeken"
        PAST = "past", "past"
        PAST_NIET = "past_niet", "past niet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey(Traject, models.PROTECT, related_name="deelnames")
    page = models.ForeignKey(
        ActiviteitPage, models.SET_NULL, null=True, blank=True, related_name="deelnames"
    )
    #: Copied, because pages change later.
    title = models.CharField(max_length=255)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    organisatie = models.ForeignKey(
        Organisatie, models.PROTECT, null=True, blank=True, related_name="deelnames"
    )
    contact = models.ForeignKey(
        Contactpersoon, models.SET_NULL, null=True, blank=True, related_name="deelnames"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.GEVRAAGD)
    judgement = models.CharField(
        max_length=10, choices=Judgement.choices, default=Judgement.NOG_NIET
    )
    judgement_reason = models.CharField(max_length=300, blank=True)
    #: `past_niet` holds from the day after this one; nothing lived up to it is lost.
    judged_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    # Asking for a place
    asked_at = models.DateTimeField(null=True, blank=True)
    #: How often; each asking is told anew, and once.
    asked_times = models.PositiveSmallIntegerField(default=0)
    #: Ready sentences that go along (`joining.QUESTIONS`), said in the language of who reads them.
    questions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    #: The place on the waiting list; who waits longest is first.
    queued_at = models.DateTimeField(null=True, blank=True)
    #: A place that is free is kept until then for who is on the waiting list.
    offered_until = models.DateTimeField(null=True, blank=True)

    # The first meeting, as the contact person arranged it
    first_sessie = models.ForeignKey(
        Sessie, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_at = models.DateTimeField(null=True, blank=True)
    first_place = models.CharField(max_length=120, blank=True)
    #: "Vraag naar Lieve."
    first_note = models.CharField(max_length=160, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        constraints = [
            models.UniqueConstraint(
                fields=["traject", "page"],
                condition=Q(page__isnull=False),
                name="deelname_once_per_activiteit",
            ),
            models.CheckConstraint(
                name="past_niet_has_reason_and_day",
                condition=~Q(judgement="past_niet")
                | (~Q(judgement_reason="") & Q(judged_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="place_kept_for_who_waits",
                condition=Q(offered_until__isnull=True) | Q(state="wachtlijst"),
            ),
        ]
        indexes = [
            models.Index(fields=["organisatie", "gemeente"], name="deelname_of_organisatie"),
            models.Index(
                fields=["page", "queued_at"],
                condition=Q(state="wachtlijst"),
                name="deelname_queue",
            ),
            models.Index(
                fields=["asked_at"], condition=Q(state="gevraagd"), name="deelname_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Verzoek(models.Model):
    """A note by the inburgeraar, "I was there": visible, never counted."""

    class State(models.TextChoices):
        OPEN = "open", "wacht op de contactpersoon"
        GETEKEND = "getekend", "getekend"
        GEWEIGERD = "geweigerd", "niet getekend"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deelname = models.ForeignKey(Deelname, models.PROTECT, related_name="verzoeken")
    day = models.DateField("dag")
    minutes = models.PositiveSmallIntegerField("minuten")
    van = models.DateTimeField(null=True, blank=True)
    tot = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name = "verzoek"
        verbose_name_plural = "verzoeken"
        ordering = ["day", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="verzoek_fits_in_a_day", condition=Q(minutes__range=(1, 1440))
            ),
            models.CheckConstraint(
                name="verzoek_has_both_clock_times_or_none",
                # A CHECK holds when it is unknown, so null is named.
                condition=Q(van__isnull=True, tot__isnull=True)
                | Q(van__isnull=False, tot__isnull=False, tot__gt=F("van")),
            ),
            models.UniqueConstraint(
                fields=["deelname", "day"],
                condition=Q(state="open"),
                name="verzoek_once_open_a_day",
            ),
        ]


class Stap(models.Model):
    """What happened in a traject: date, actor, reason. Nothing is overwritten."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="stappen")
    deelname = models.ForeignKey(
        Deelname, models.PROTECT, null=True, blank=True, related_name="stappen"
    )
    what = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        verbose_name_plural = "stappen"
        ordering = ["at", "pk"]


class Kaart(models.Model):
    """The card with the QR of one traject. A new generation makes the old one dead at once."""

    traject = models.ForeignKey(Traject, models.PROTECT, related_name="kaarten")
    generation = models.PositiveIntegerField()
    #: Which key of KAART_SLEUTELS made the token; it can be made again, never read back.
    kid = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    #: Keyed hash of the typed code of digits under the QR.
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name_plural = "kaarten"
        constraints = [
            models.UniqueConstraint("traject", "generation", name="kaart_once_per_generation"),
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_living_kaart_per_traject",
            ),
        ]
