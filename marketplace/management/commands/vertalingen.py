"""Extract, compile or check the translations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.catalogues import (
    CatalogueError,
    compile_all,
    extract,
    po_path,
    problems,
    update,
)

ROOTS = ["gemeenten", "aanbod", "bewijzen", "marketplace", "templates"]


class Command(BaseCommand):
    help = "Bring the catalogues of all languages in step with the source texts, which are Dutch."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--compile", action="store_true", help="write the .mo files")
        choice.add_argument("--check", action="store_true", help="exit 1 on what is not complete")

    def handle(self, *args: Any, **options: Any) -> None:
        locale = Path(settings.LOCALE_PATHS[0])
        try:
            if options["compile"]:
                self.compile(locale)
            elif options["check"]:
                self.check_complete(locale)
            else:
                self.update(locale)
        except CatalogueError as error:
            raise CommandError(str(error)) from error

    def compile(self, locale: Path) -> None:
        for mo in compile_all(locale):
            self.stdout.write(str(mo))

    def check_complete(self, locale: Path) -> None:
        found = problems(locale, extract(_roots()), _languages())
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} to mend in the translations."]))
        self.stdout.write("Translations are complete.")

    def update(self, locale: Path) -> None:
        template = extract(_roots())
        for language in _languages():
            update(po_path(locale, language), template, language)
        self.stdout.write(f"{len(template)} texts; to translate or to mend:")
        for language in _languages():
            self.stdout.write(f"  {language} {len(problems(locale, template, [language]))}")


def _roots() -> list[Path]:
    return [Path(settings.BASE_DIR) / name for name in ROOTS]


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
