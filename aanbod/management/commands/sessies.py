"""`manage.py sessies`: the dates of the coming twelve months, for every activity that is live."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from aanbod import indexing, sessies
from aanbod.models import ActiviteitPage


class Command(BaseCommand):
    help = "Maakt de data van de komende twaalf maanden. Laat dit elke nacht lopen."

    def handle(self, *args: Any, **options: Any) -> None:
        pages = ActiviteitPage.objects.live()
        for page in pages.iterator():
            with transaction.atomic():
                now = timezone.now()
                sessies.refresh(page, now=now)
                indexing.index(page, now=now)
        self.stdout.write(f"{pages.count()} activiteiten")
