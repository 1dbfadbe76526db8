"""`manage.py navraag`: asks organisations whether their activities still hold. Every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aanbod import navraag


class Command(BaseCommand):
    help = "Vraagt organisaties of hun activiteiten nog kloppen. Laat dit elke nacht lopen."

    def handle(self, *args: Any, **options: Any) -> None:
        taken = navraag.run(now=timezone.now())
        steps = ", ".join(f"{taken[step]} {step}" for step in navraag.Step.values if taken[step])
        self.stdout.write(steps or "Niets te vragen.")
