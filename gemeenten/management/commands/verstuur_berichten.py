"""manage.py verstuur_berichten: what the worker does, by hand or by a timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gemeenten.outbox import deliver


class Command(BaseCommand):
    help = "Sends the mail that waits in the outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(deliver(timezone.now())))
