import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.demo.describe import describe
from marketplace.demo.load import load
from marketplace.demo.size import make


class Command(BaseCommand):
    help = "Loads the demo into an empty database; again: changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print addresses and sign-ins")
        parser.add_argument(
            "--size", type=int, metavar="N", help="N activities and N/5 trajects, for measuring"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        load()
        if options["size"]:
            make(options["size"])
        found = describe()
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_for_people(found))


def _for_people(found: dict[str, Any]) -> str:
    accounts = {**found["cms"]["users"], **found["desk"]["users"]}
    newcomer = found["newcomer"]
    lines = [
        "",
        f"  Veertig: {found['base']}",
        "",
        f"  Municipality (CMS)     {found['cms']['url']}",
        f"  Trajectbegeleider      {found['desk']['url']}",
        *(
            f"      {name:18} {account['username']}  {account['password']}"
            for name, account in accounts.items()
        ),
        f"  Inburgeraar            {newcomer['activation_url']}",
        f"      {newcomer['name']:18} code {newcomer['activation_code']}",
        f"  Contact person         {found['contact']['url']}",
        f"      {'Lieve':18} {found['contact']['email']}; the code lands in {found['mail_dir']}/",
        f"  Verify a bewijs        {found['public']['verify']}",
        "",
    ]
    return "\n".join(lines)
