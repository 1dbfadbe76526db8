"""More of the same, for measuring: N activities and N/5 trajects with hours."""

import random
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from aanbod import indexing
from aanbod.models import ActiviteitPage, Contactpersoon
from bewijzen import cards, ledger, trajects
from bewijzen.ledger import Block
from bewijzen.models import Deelname, Traject
from gemeenten.acting import System, acting_as
from gemeenten.models import Deelgemeente, Rol

HOURS_EACH = 6


def make(size: int) -> None:
    """Bring the installation to `size` activities and `size` / 5 trajects. Runs again safely."""
    chance = random.Random(40)  # noqa: S311 - measured things must be the same each run
    with acting_as(System("demo")):
        _activities(size, chance)
        open_trajects(size // 5)


def _activities(size: int, chance: random.Random) -> None:
    models = list(ActiviteitPage.objects.filter(slug__regex="^[^0-9]*$").order_by("pk"))
    parents = {page.pk: page.get_parent() for page in models}
    towns = list(Deelgemeente.objects.all())
    now = timezone.now()
    for number in range(ActiviteitPage.objects.count() + 1, size + 1):
        model = models[number % len(models)]
        town = chance.choice(towns)
        with transaction.atomic():
            page = ActiviteitPage(
                **{
                    field.attname: getattr(model, field.attname)
                    for field in ActiviteitPage._meta.local_concrete_fields
                    if not field.primary_key
                },
                title=f"{model.title} {number}",
                slug=f"{model.slug}-{number}",
                first_published_at=now,
            )
            page.reeksen = [
                type(reeks)(
                    **{
                        field.attname: getattr(reeks, field.attname)
                        for field in reeks._meta.concrete_fields
                        if not field.primary_key and field.name != "page"
                    }
                )
                for reeks in model.reeksen.all()
            ]
            page.kenmerken.set(model.kenmerken.all())
            page.themas.set(model.themas.all())
            parents[model.pk].add_child(instance=page)
            # Spread over Flanders; saving would lay it back in its deelgemeente.
            ActiviteitPage.objects.filter(pk=page.pk).update(
                lat=town.lat + chance.uniform(-0.02, 0.02),
                lon=town.lon + chance.uniform(-0.02, 0.02),
            )
            page.refresh_from_db(fields=["lat", "lon"])
            indexing.index(page, now)


def open_trajects(size: int) -> None:
    """Bring the installation to `size` trajects; for an acting system."""
    chance = random.Random(40)  # noqa: S311 - as above
    now = timezone.now()
    today = now.astimezone(ledger.BRUSSELS).date()
    begeleiders = list(
        Rol.objects.valid().filter(kind=Rol.Kind.TRAJECTBEGELEIDER).select_related("user")
    )
    contacts = list(Contactpersoon.objects.valid().filter(organisatie__isnull=False))
    for number in range(Traject.objects.count() + 1, size + 1):
        rol = begeleiders[number % len(begeleiders)]
        contact = contacts[number % len(contacts)]
        with transaction.atomic():
            traject = trajects.open_traject(
                name=f"Persoon {number}",
                reference=f"M-{number:06d}",
                language="nl",
                gemeente=contact.gemeente,
                agentschap=rol.agentschap,
                started_on=today - timedelta(days=200),
                by=rol.user,
                now=now,
            )
            cards.new_card(traject, by=rol.user, now=now)
            deelname = Deelname.objects.create(
                traject=traject,
                title="Gemeten activiteit",
                gemeente=contact.gemeente,
                organisatie=contact.organisatie,
                state=Deelname.State.DEELNEMER,
                created_at=now,
            )
        for week in range(chance.randint(0, HOURS_EACH)):
            ledger.confirm(
                deelname.pk,
                Block(today - timedelta(weeks=week + 1), 120),
                signer=contact.user,
                grade="getekend",
                intent=uuid4(),
                now=now,
            )
