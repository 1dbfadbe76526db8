"""manage.py rollen: every day; roles that begin or end by date get or lose their rights."""

from typing import Any

from django.core.management.base import BaseCommand

from gemeenten.groups import sync_everyone


class Command(BaseCommand):
    help = "Brings rights in the CMS in step with the roles that are valid today."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sync_everyone()} changed")
