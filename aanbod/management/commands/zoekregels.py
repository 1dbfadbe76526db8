"""`manage.py zoekregels`: the search table, made again from the activities that are live."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from aanbod import indexing


class Command(BaseCommand):
    help = "Maakt de zoektabel opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{indexing.rebuild(now=timezone.now())} zoekregels")
