"""The link of an organisatie in a gemeente, and what it sent in with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from aanbod.models.organisatie import Organisatie
from aanbod.models.pages import ActiviteitPage
from gemeenten.acting import ScopedManager
from gemeenten.models import Gemeente


class Organisatielink(models.Model):
    """One generation of the address with which an organisatie hands in its activities, without
    an account. The token is derived (`aanbod/links.py`); here stands only its hash."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="links")
    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField()
    #: Which of KAART_SLEUTELS it was derived from.
    kid = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "link van een organisatie"
        verbose_name_plural = "links van organisaties"
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "gemeente", "generation"],
                name="organisatielink_once_per_generation",
            ),
            models.UniqueConstraint(
                fields=["organisatie", "gemeente"],
                condition=Q(withdrawn_at__isnull=True),
                name="organisatielink_one_living",
            ),
        ]


class Inzending(models.Model):
    """What an organisatie sent in, a new activity or a change of one. Nothing of it is public
    before a colleague of the gemeente approves it."""

    class State(models.TextChoices):
        INGEDIEND = "ingediend", "ingediend"
        TERUGGEVRAAGD = "teruggevraagd", "teruggevraagd"
        AANVAARD = "aanvaard", "aanvaard"
        AFGEWEZEN = "afgewezen", "afgewezen"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    class Kind(models.TextChoices):
        NIEUW = "nieuw", "nieuw"
        WIJZIGING = "wijziging", "wijziging"

    OPEN = [State.INGEDIEND, State.TERUGGEVRAAGD]

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="inzendingen")
    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="+")
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    state = models.CharField("staat", max_length=14, choices=State.choices, default=State.INGEDIEND)
    #: What it changes, or what it became.
    page = models.ForeignKey(
        ActiviteitPage, models.CASCADE, null=True, blank=True, related_name="inzendingen"
    )
    #: Plain values by column, as `aanbod/importing/columns.py` parses them.
    values = models.JSONField(default=dict)
    #: The same of the page that the sender saw; {} for a new one.
    base = models.JSONField(default=dict)
    #: The revision of the page that the sender saw.
    base_revision = models.PositiveBigIntegerField(null=True, blank=True)
    #: Named contact persons: {"name", "email", "mobile"}. Emptied when it is decided.
    contacts = models.JSONField(default=list)
    note = models.CharField("woordje voor de gemeente", max_length=300, blank=True)
    #: How often it was sent: what a colleague approves is what they saw.
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField("reden", max_length=500, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ScopedManager()

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        constraints = [
            models.CheckConstraint(
                name="inzending_change_has_a_page",
                condition=Q(kind="nieuw") | Q(page__isnull=False),
            ),
        ]
        indexes = [
            # The wachtrij and its number in the menu.
            models.Index(
                fields=["gemeente", "sent_at"],
                condition=Q(state="ingediend"),
                name="inzending_waiting",
            ),
            models.Index(fields=["organisatie", "gemeente"], name="inzending_of_organisatie"),
        ]

    @property
    def title(self) -> str:
        return str(self.values.get("naam", ""))
