"""`manage.py ruim_cijfers_op`: delete old counts of visits and searches. Let it run every night."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from aanbod.counting import clear
from gemeenten.acting import System, acting_as


class Command(BaseCommand):
    help = "Verwijdert tellingen van bezoeken en zoekopdrachten die ouder zijn dan de termijn."

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.localdate() - timedelta(days=settings.CIJFERS_DAYS)
        with acting_as(System("cijfers")):
            self.stdout.write(f"{clear(before)} verwijderd")
