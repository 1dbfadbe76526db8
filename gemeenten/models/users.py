"""People who sign in, what they may do, and where."""

import uuid
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from gemeenten.acting import ScopedManager
from gemeenten.models.gemeente import Gemeente


def new_username() -> str:
    return str(uuid.uuid4())


class User(AbstractUser):
    """Anyone who signs in. The username is a uuid: the pseudonym that the ledger signs with."""

    # Editable because Wagtail builds a form with it at import; nobody types one.
    username = models.CharField(max_length=36, unique=True, default=new_username)  # type: ignore[misc]
    name = models.CharField("naam", max_length=120, blank=True)
    email = models.EmailField(  # type: ignore[misc, assignment]
        "e-mailadres", null=True, blank=True, unique=True
    )
    #: E.164 (gemeenten/mobile.py). Private: no public page shows it.
    mobile = models.CharField("gsm-nummer", max_length=16, null=True, blank=True, unique=True)
    language = models.CharField("taal", max_length=5, default="nl")

    objects = UserManager()  # type: ignore[misc]

    #: Kept by `gemeenten.permissions.roles` for the length of a request.
    valid_roles: "list[Rol] | None" = None
    #: (pk, organisatie or none, gemeente), kept by `bewijzen.permissions` in the same way.
    valid_contacts: "list[tuple[int, int | None, int]] | None" = None
    #: Keys of the trajects in which the user gathers hours, kept there too.
    own_trajects: "list[UUID] | None" = None

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=Q(mobile__isnull=True) | Q(mobile__regex=r"^\+[1-9][0-9]{6,14}$"),
                name="user_mobile_is_e164",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = (self.email or "").strip() or None
        self.mobile = self.mobile or None
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.email = self.email or None
        self.mobile = self.mobile or None

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    # Wagtail greets with these; the columns themselves are gone.
    @property
    def first_name(self) -> str:  # type: ignore[override]
        return self.get_short_name()

    @property
    def last_name(self) -> str:  # type: ignore[override]
        return ""


class Agentschap(models.Model):
    """An agency that follows trajects (R16); never derived from a municipality."""

    name = models.CharField("naam", max_length=120, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        verbose_name = "agentschap"
        verbose_name_plural = "agentschappen"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    agentschap = models.ForeignKey(Agentschap, models.PROTECT, related_name="teams")
    name = models.CharField("naam", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint("agentschap", "name", name="team_once_per_agentschap")
        ]

    def __str__(self) -> str:
        return self.name


class RolQuerySet(models.QuerySet):
    def valid(self, on: date | None = None) -> "RolQuerySet":
        """Roles that hold on a day (today in Brussels when absent)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class Rol(models.Model):
    """What a user may do, in which gemeente or for which agency, from when to when."""

    class Kind(models.TextChoices):
        REDACTEUR = "redacteur", "redacteur"
        MODERATOR = "moderator", "moderator"
        GEMEENTEBEHEERDER = "gemeentebeheerder", "gemeentebeheerder"
        VERTALER = "vertaler", "vertaler"
        TRAJECTBEGELEIDER = "trajectbegeleider", "trajectbegeleider"
        COORDINATOR = "coordinator", "coördinator"
        BEHEERDER = "beheerder", "beheerder"

    #: Those who edit the offer; a vertaler only translates it.
    GEMEENTE_KINDS = [Kind.REDACTEUR, Kind.MODERATOR, Kind.GEMEENTEBEHEERDER]
    AGENTSCHAP_KINDS = [Kind.TRAJECTBEGELEIDER, Kind.COORDINATOR]

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rollen")
    kind = models.CharField("rol", max_length=20, choices=Kind.choices)
    gemeente = models.ForeignKey(
        Gemeente, models.PROTECT, null=True, blank=True, related_name="rollen"
    )
    agentschap = models.ForeignKey(
        Agentschap, models.PROTECT, null=True, blank=True, related_name="rollen"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="rollen")
    valid_from = models.DateField("geldig vanaf", default=timezone.localdate)
    valid_to = models.DateField("geldig tot en met", null=True, blank=True)

    objects = ScopedManager.from_queryset(RolQuerySet)()
    #: For deciding what somebody may do; never for showing rows.
    everyone = models.Manager.from_queryset(RolQuerySet)()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.CheckConstraint(
                name="rol_has_its_field_of_work",
                condition=Q(
                    kind__in=["redacteur", "moderator", "gemeentebeheerder", "vertaler"],
                    gemeente__isnull=False,
                    agentschap__isnull=True,
                    team__isnull=True,
                )
                | Q(
                    kind__in=["trajectbegeleider", "coordinator"],
                    gemeente__isnull=True,
                    agentschap__isnull=False,
                )
                | Q(
                    kind="beheerder",
                    gemeente__isnull=True,
                    agentschap__isnull=True,
                    team__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="rol_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.gemeente or self.agentschap or 'Veertig'})"


class Toegangscode(models.Model):
    """A code handed over on paper (activation of an inburgeraar, card of a contact person
    without e-mail). Single use; the database keeps a keyed hash only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "toegangscode"
