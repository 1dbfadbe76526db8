"""The outbox: what we tell people, written in the transaction that causes it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gemeenten.acting import ScopedManager


class Bericht(models.Model):
    """One message to one person, over one channel, in the receiver's language.

    A message on channel `app` is read on the receiver's own page; mail is sent by the worker.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "e-mail"
        APP = "app", "eigen pagina"

    class State(models.TextChoices):
        WAITING = "wacht", "wacht"
        SENT = "verstuurd", "verstuurd"
        FAILED = "mislukt", "mislukt"

    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="berichten")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: The gemeente whose contact person this is told to: its editors see whether it arrived, and
    #: never what it says (aanbod/permissions.py).
    contact_gemeente = models.ForeignKey(
        "gemeenten.Gemeente", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: The same cause never makes a second message.
    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name_plural = "berichten"
        indexes = [
            models.Index(fields=["created_at"], condition=Q(state="wacht"), name="bericht_waiting"),
            models.Index(fields=["receiver", "-created_at"], name="bericht_of_receiver"),
        ]

    def __str__(self) -> str:
        return self.key
