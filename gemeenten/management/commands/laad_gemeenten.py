"""manage.py laad_gemeenten: all municipalities of Flanders and Brussels. Can be run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gemeenten.loading import LoadError, load_deelgemeenten, load_gemeenten


class Command(BaseCommand):
    help = "Loads the 304 municipalities and their deelgemeenten (gemeenten/data/SOURCES.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"gemeenten: {load_gemeenten()}")
            self.stdout.write(f"deelgemeenten: {load_deelgemeenten()}")
        except LoadError as error:
            raise CommandError(str(error)) from error
