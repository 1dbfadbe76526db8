"""Everything that `make start` runs after the packages are there."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from marketplace.static_stamp import static_stamp


class Command(BaseCommand):
    help = "Migrates, loads the demo, and runs the server and the worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for the demo: DEMO=1. In production see the README.")
        self._refuse_a_taken_port()
        call_command("vertalingen", "--compile")
        call_command("migrate", verbosity=0)
        self._collect_static()
        call_command("demo")
        processes = [self._server(), self._worker("default"), self._worker("invoer")]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("\nGestopt.")
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(15)

    def _refuse_a_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", settings.PORT))
            except OSError:
                raise CommandError(
                    f"Port {settings.PORT} is taken. Try: make start PORT={settings.PORT + 1}"
                ) from None

    def _collect_static(self) -> None:
        """Only when a file changed: it takes seconds."""
        stamp: Path = settings.VAR_DIR / "static.stamp"
        now = static_stamp()
        if not stamp.exists() or stamp.read_text() != now:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(now)

    def _server(self) -> subprocess.Popen:
        return self._run(
            *("-m", "gunicorn", "marketplace.wsgi", "--bind", f"127.0.0.1:{settings.PORT}"),
            *("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
            *("--log-level", "warning"),
        )

    def _worker(self, queue: str) -> subprocess.Popen:
        return self._run(
            *("manage.py", "db_worker", "--queue-name", queue),
            *("--no-startup-delay", "--no-reload", "-v", "0"),
        )

    def _run(self, *words: str) -> subprocess.Popen:
        environment = {**os.environ, "DATABASE_URL": settings.DATABASE_URL}
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *words], cwd=settings.BASE_DIR, env=environment
        )
