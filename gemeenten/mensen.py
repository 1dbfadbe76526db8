"""Who works for a gemeente in the CMS: the gemeentebeheerder gives and ends these roles."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from gemeenten import outbox
from gemeenten.models import Gemeente, Rol, User

#: What a gemeentebeheerder gives and ends. Who runs the gemeente is for the beheerder to say.
KINDS = [Rol.Kind.REDACTEUR, Rol.Kind.MODERATOR, Rol.Kind.VERTALER]
GIVEN = "gemeenten.rol_gegeven"
ENDED = "gemeenten.rol_beeindigd"


class MensRefused(ValueError):
    """Why not, with a sentence for the gemeentebeheerder."""


def of_gemeente(gemeente: Gemeente, *, now: datetime) -> QuerySet[Rol]:
    """The roles in this gemeente that hold today or later, of those that the acting person sees."""
    today = timezone.localdate(now)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = Rol.objects.filter(lasting, gemeente=gemeente).select_related("user")
    return rows.order_by("user__name", "user", "kind")


@transaction.atomic
def add(
    gemeente: Gemeente, kind: Rol.Kind, name: str, email: str, *, by: User, now: datetime
) -> Rol:
    """Give somebody a role from today, with an account when their address has none, and tell them
    how to choose a password.

    Raises MensRefused when they have the role, or when the address is of somebody who is no staff
    anywhere: whether and why that person is in Veertig is not for a gemeente to see.
    """
    if kind not in KINDS:
        raise MensRefused("Deze rol geef je hier niet. Vraag het aan de beheerder van Veertig.")
    user = _account(name, email)
    today = timezone.localdate(now)
    if Rol.everyone.filter(user=user, kind=kind, gemeente=gemeente).valid(today).exists():
        raise MensRefused("Deze persoon heeft deze rol al.")
    rol = Rol.everyone.create(user=user, kind=kind, gemeente=gemeente, valid_from=today)
    log(instance=gemeente, action=GIVEN, user=by, data={"kind": kind, "user": user.username})
    _welcome(rol, by=by, now=now)
    return rol


def _account(name: str, email: str) -> User:
    """Locked, so that two who add the same person at once add one role."""
    if not User.objects.filter(email__iexact=email).exists():
        user = User(name=name, email=email)
        user.set_unusable_password()
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError:  # somebody else wrote the same address down at the same moment
            pass
        else:
            return user
    known = User.objects.select_for_update(no_key=True).get(email__iexact=email)
    if not known.is_active or not Rol.everyone.filter(user=known).exists():
        raise MensRefused(
            "Dit e-mailadres kan niet. Neem een ander adres van je collega, of vraag het aan de "
            "beheerder van Veertig."
        )
    return known


def _welcome(rol: Rol, *, by: User, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        choose = settings.BASE_URL + reverse("account_reset_password")
    work = settings.BASE_URL + reverse("wagtailadmin_home")
    outbox.tell(
        rol.user,
        subject="Je werkt mee in Veertig",
        text=(
            f"Dag\n\nJe bent nu {rol.get_kind_display()} voor {rol.gemeente} in Veertig.\n\n"
            f"Heb je nog geen wachtwoord? Kies er een op deze pagina:\n{choose}\n"
            "Vul daar het adres in waarop je deze mail kreeg.\n\n"
            f"Daarna werk je hier:\n{work}\n\n"
            f"Klopt dit niet? Zeg het aan {by}."
        ),
        key=f"rol/{rol.pk}",
        now=now,
        sender=by,
        language=settings.LANGUAGE_CODE,
    )


@transaction.atomic
def end(rol: Rol, *, by: User, now: datetime) -> None:
    """From now on this role is worth nothing. Raises MensRefused when it is not for a
    gemeentebeheerder to end."""
    if rol.kind not in KINDS:
        raise MensRefused("Deze rol beëindig je hier niet. Vraag het aan de beheerder van Veertig.")
    rol.valid_to = timezone.localdate(now) - timedelta(days=1)
    rol.valid_from = min(rol.valid_from, rol.valid_to)
    rol.save(update_fields=["valid_from", "valid_to"])
    data = {"kind": rol.kind, "user": rol.user.username}
    log(instance=rol.gemeente, action=ENDED, user=by, data=data)
