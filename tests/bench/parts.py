"""The parts of a run, in order: what a thousand activities cost, what a hundred thousand cost,
what growing costs, and what a cheap phone gets."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.bench import finding, pages, phone, plannen, work
from tests.bench.server import Server
from tests.bench.table import Line

SIZE = 1000

#: By name, for running one alone.
PARTS: dict[str, Callable[[Server], list[Line]]] = {
    "results": pages.results,
    "pages": pages.public_pages,
    "memory": pages.memory,
    **work.PARTS,
    "planner": plannen.measure,
    "phone": phone.first_visits,
    "search": finding.measure,
}


def run(folder: Path, chosen: list[str]) -> list[Line]:
    unknown = set(chosen) - PARTS.keys()
    if unknown:
        raise SystemExit(f"No such part: {', '.join(unknown)}. There are: {', '.join(PARTS)}")
    _prepare()
    server = Server(folder, settings.DATABASE_URL)
    try:
        lines = []
        for name, part in PARTS.items():
            if not chosen or name in chosen:
                print(f"… {name}", flush=True)
                lines += part(server)
        return lines
    finally:
        server.stop()


def _prepare() -> None:
    call_command("vertalingen", "--compile")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo", "--size", str(SIZE), verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
