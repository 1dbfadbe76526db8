"""manage.py laad_uitleg: the pages about the traject, in every language. Can be run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gemeenten.uitleg_laden import LoadError, load


class Command(BaseCommand):
    help = "Makes the pages below /nl/over/ that are not there yet, and their translations."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load(timezone.now())
        except LoadError as error:
            raise CommandError(str(error)) from error
        for name, number in counts.items():
            self.stdout.write(f"{name}: {number}")
