"""`manage.py import_activiteiten FILE --gemeente NIS [--source NAME]` (docs/import.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aanbod.importing.applying import ImportRefused, apply
from aanbod.importing.jobs import judged_file
from aanbod.importing.judging import Judged, count
from aanbod.importing.rows import MAX_FILE, BadFile
from gemeenten.acting import System, acting_as
from gemeenten.models import Gemeente


class Command(BaseCommand):
    help = "Voert activiteiten in uit xlsx, csv of JSON-LD van UiTdatabank: alle rijen of geen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--gemeente", required=True, metavar="NIS")
        parser.add_argument("--source", default="", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(System("invoer")):
            self._import(options["file"], options["gemeente"], options["source"])

    def _import(self, file: Path, nis: str, source: str) -> None:
        gemeente = Gemeente.objects.filter(nis=nis, landing__isnull=False).first()
        if gemeente is None:
            raise CommandError(f"Er is geen actieve gemeente {nis}. Zie activeer_gemeente.")
        if len(source) > 60:
            raise CommandError("De naam van de bron telt hoogstens 60 tekens.")
        try:
            source, judged = judged_file(self._content(file), gemeente, source)
            self._report(apply(judged, gemeente, source))
        except BadFile as reason:
            raise CommandError(str(reason)) from None
        except ImportRefused as refusal:
            self._report(refusal.judged)
            raise CommandError(str(refusal)) from None

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(MAX_FILE + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None

    def _report(self, judged: list[Judged]) -> None:
        for one in judged:
            self.stdout.write(one.line())
        numbers = [f"{number} {outcome}" for outcome, number in count(judged).items()]
        self.stdout.write(", ".join(numbers))
