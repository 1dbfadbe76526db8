"""`manage.py herinner`, every evening: who asked for a place and got no answer is told to the next
contact persons; a place that was kept and not taken goes to the next in line; and who wants it
hears what is on tomorrow."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bewijzen import participation, reminders


class Command(BaseCommand):
    help = "Vertelt vervangers wie op antwoord wacht, geeft plaatsen door, en herinnert aan morgen."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        passed = participation.pass_on(now=now)
        waiting = participation.remind(now=now)
        told = reminders.remind_of_tomorrow(today=timezone.localdate(), now=now)
        self.stdout.write(
            f"{passed} plaatsen doorgegeven, {waiting} vragen zonder antwoord, "
            f"{told} herinneringen voor morgen."
        )
