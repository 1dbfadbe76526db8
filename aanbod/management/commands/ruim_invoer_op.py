"""`manage.py ruim_invoer_op`: delete uploaded imports after thirty days. Let it run every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aanbod.importing.jobs import clear
from gemeenten.acting import System, acting_as


class Command(BaseCommand):
    help = "Verwijdert ingelezen bestanden van meer dan dertig dagen oud. De activiteiten blijven."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(System("invoer")):
            self.stdout.write(f"{clear(now=timezone.now())} verwijderd")
