"""Secrets: from the environment; in the demo made once and kept in `var/`."""

import base64
import json
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DEMO_SECRETS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "KAART_SLEUTELS": lambda: "demo1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
    "BEWIJS_SLEUTELS": lambda: "demo1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
}


def secret(name: str, *, demo_folder: Path | None) -> str:
    """The secret `name`. Outside the demo a missing, short or example value stops the start."""
    value = os.environ.get(name, "")
    if value:
        if len(value) < 32 or "changeme" in value.lower() or "insecure" in value.lower():
            raise ImproperlyConfigured(
                f"{name} is too short or an example value. Make a real one; see README, Production."
            )
        return value
    if demo_folder is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment, or use DEMO=1 to try things out."
        )
    return _demo_secrets(demo_folder / "demo-secrets.json")[name]


def _demo_secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({name: make() for name, make in DEMO_SECRETS.items()}))
        draft.chmod(0o600)
        try:
            os.link(draft, path)  # the first of two processes wins, the other reads
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text())


def keys(text: str) -> dict[str, bytes]:
    """`kid:base64,kid:base64` as {kid: 32 bytes}; the first is the one in use."""
    found: dict[str, bytes] = {}
    for part in text.split(","):
        kid, _, encoded = part.strip().partition(":")
        key = base64.b64decode(encoded)
        if not kid or len(key) != 32:
            raise ImproperlyConfigured("A key must be written as kid:base64 of exactly 32 bytes.")
        found[kid] = key
    return found
