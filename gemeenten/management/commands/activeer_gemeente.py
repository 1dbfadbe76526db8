"""manage.py activeer_gemeente NIS: a municipality starts to publish. Can be run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gemeenten.activation import activate
from gemeenten.models import Gemeente


class Command(BaseCommand):
    help = "Gives a municipality its page, collection, groups and rights."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nis", metavar="NIS", help="NIS code, for example 24038")

    def handle(self, *args: Any, **options: Any) -> None:
        gemeente = Gemeente.objects.filter(nis=options["nis"]).first()
        if gemeente is None:
            raise CommandError(
                f"There is no municipality {options['nis']}. Run laad_gemeenten first, or look up "
                "its NIS code in gemeenten/data/gemeenten.csv."
            )
        page = activate(gemeente)
        self.stdout.write(f"{gemeente} is active: {page.full_url}")
