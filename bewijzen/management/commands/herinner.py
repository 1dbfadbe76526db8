"""`manage.py herinner`, every night: who asked for a place and got no answer is told to the next
contact persons; a place that was kept and not taken goes to the next in line."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bewijzen import participation


class Command(BaseCommand):
    help = "Vertelt vervangers wie op antwoord wacht, en geeft plaatsen door die niemand nam."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        passed = participation.pass_on(now=now)
        waiting = participation.remind(now=now)
        self.stdout.write(f"{passed} plaatsen doorgegeven, {waiting} vragen zonder antwoord.")
