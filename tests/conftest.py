"""The ground under every test: PostgreSQL, a template to start from, and a real server.

The grootboek refuses TRUNCATE, so tests that commit cannot be cleaned by flushing tables. They
get a fresh copy of the migrated database instead (`committed_db`).
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.signals import setting_changed
from django.test.utils import setup_databases, teardown_databases
from django_tasks import task_backends
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


def _admin(statement: sql.Composable) -> None:
    """Run one statement outside the test database."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _copy(source: str, target: str) -> None:
    connections.close_all()
    _admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
    _admin(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(target), sql.Identifier(source)
        )
    )


def pytest_configure() -> None:
    # In this process only; the server of the browser tests runs with the real ones.
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.TASKS["default"]["BACKEND"] = "django_tasks.backends.dummy.DummyBackend"
    # Setting up the apps may have made the real ones already.
    for name in ["CACHES", "STORAGES"]:
        setting_changed.send(settings, setting=name, value=getattr(settings, name), enter=True)
    with suppress(AttributeError):
        del task_backends["default"]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    from django.core.cache import cache

    from gemeenten.places import forget

    yield
    cache.clear()
    forget()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,  # a database of its own for each worker
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:
    """The test database, always. pytest-django's own leaves it out when no test of the run asks
    for `db`; then `committed_db` would put its copies over the real one."""
    verbosity = request.config.option.verbose
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=verbosity, interactive=False)
    yield
    with django_db_blocker.unblock():
        # Whoever still holds a connection (a browser, a thread) would keep it from going.
        connections.close_all()
        _admin(
            sql.SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
            ).format(sql.Literal(connection.settings_dict["NAME"]))
        )
        teardown_databases(made, verbosity=verbosity)


@pytest.fixture(scope="session")
def template_db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of the migrated, empty test database that is never written to."""
    name = f"{connection.settings_dict['NAME']}_template"
    with django_db_blocker.unblock():
        _copy(connection.settings_dict["NAME"], name)
    yield name
    with django_db_blocker.unblock():
        connections.close_all()
        _admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def committed_db(template_db: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A real database in which commits are commits; a fresh copy afterwards."""
    with django_db_blocker.unblock():
        yield
        _copy(template_db, connection.settings_dict["NAME"])


class Server:
    """Veertig served by gunicorn, as in production, on the test's own database."""

    def __init__(self, folder: Path, port: int) -> None:
        self.url = f"http://localhost:{port}"
        self.mail = folder / "mail"
        self.environment = {
            **os.environ,
            "DATABASE_URL": _url(),
            "VAR_DIR": str(folder),
            "BASE_URL": self.url,
            "PORT": str(port),
        }
        self.log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "marketplace.wsgi"),
                *("--bind", f"127.0.0.1:{port}", "--threads", "4", "--worker-class", "gthread"),
            ],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/gezond/", timeout=2)
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start; see {self.log.name}")

    def manage(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


def _url() -> str:
    from psycopg.conninfo import make_conninfo

    parts = connection.settings_dict
    return make_conninfo(
        dbname=parts["NAME"],
        **{
            key: parts[name]
            for key, name in [
                ("user", "USER"),
                ("password", "PASSWORD"),
                ("host", "HOST"),
                ("port", "PORT"),
            ]
            if parts[name]
        },
    )


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def static_files(template_db: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collected once for all servers of the run."""
    folder = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": _url()},
        check=True,
    )
    return folder / "static"


@pytest.fixture
def server(committed_db: None, tmp_path: Path, static_files: Path) -> Iterator[Server]:
    (tmp_path / "mail").mkdir()
    (tmp_path / "static").symlink_to(static_files)
    running = Server(tmp_path, _free_port())
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(template_db: str) -> dict:
    """The system's Chromium, without its calls home.

    The template is made first: once Playwright's event loop runs, Django no longer sees the
    connection that it opened before, and PostgreSQL copies no database that is in use.
    """
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }
