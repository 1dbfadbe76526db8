"""`manage.py herinner_zoekvragen`, every morning: what a gemeente still has to answer before its
term ends (R10), and who goes somewhere together tomorrow (R9)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from bewijzen import eerste_keer, zoekvragen


class Command(BaseCommand):
    help = "Herinnert gemeenten aan zoekvragen, en mensen aan een eerste keer samen morgen."

    def handle(self, *args: Any, **options: Any) -> None:
        now, today = timezone.now(), timezone.localdate()
        questions = zoekvragen.remind(today=today, now=now)
        together = eerste_keer.remind(today=today, now=now)
        self.stdout.write(f"{questions} zoekvragen, {together} keer samen morgen.")
