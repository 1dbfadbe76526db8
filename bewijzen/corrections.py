"""What a person corrects about themselves. The name stands on the bewijs, so the trajectbegeleider
changes that one; the rest is their own."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bewijzen.models import Inburgeraar, Stap, Traject
from bewijzen.refusals import Refusal
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import User

SYSTEM = System("gegevens")
MAX_NAME = 120
#: Asking again says nothing new.
NAMES_A_DAY = 3


def ask_name(traject: Traject, wanted: str, *, by: User, now: datetime) -> None:
    """Ask the trajectbegeleider to write the name as `wanted`. Raises `Refusal`."""
    wanted = " ".join(wanted.split())
    if not wanted:
        raise Refusal("incomplete_name")
    if len(wanted) > MAX_NAME:
        raise Refusal("too_long")
    with acting_as(SYSTEM), transaction.atomic():
        Traject.objects.select_for_update(no_key=True).get(pk=traject.pk)
        asked = Stap.objects.filter(traject=traject, what="naam", at__date=now.date()).count()
        if asked >= NAMES_A_DAY:
            raise Refusal("asked_enough")
        stap = Stap.objects.create(traject=traject, what="naam", reason=wanted, actor=by, at=now)
        outbox.tell(
            traject.trajectbegeleider,
            subject=_("Iemand vraagt om een naam te verbeteren"),
            text=format_lazy(
                "{} {}",
                _("Kijk in je lijst op Veertig naar dit dossier:"),
                traject.inburgeraar.reference,
            ),
            key=f"naam/{stap.pk}",
            now=now,
            sender=by,
        )


def set_language(user: User, language: str) -> None:
    """The language of pages and messages. Raises `Refusal` for one that the site does not speak."""
    if language not in dict(settings.LANGUAGES):
        raise Refusal("damaged")
    User.objects.filter(pk=user.pk).update(language=language)


def set_reminders(user: User, wanted: bool) -> None:
    """A word the evening before a meeting, or none."""
    with acting_as(SYSTEM):
        Inburgeraar.objects.filter(user=user).update(remind_me=wanted)


def set_email(user: User, email: str) -> bool:
    """An address of which the person has shown that it is theirs; False when it is taken."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email)
    except IntegrityError:
        return False
    return True


def forget_email(user: User) -> None:
    """No mail any more: messages stand on the own page."""
    User.objects.filter(pk=user.pk).update(email=None)
