"""Outside the demo, Veertig does not start on a missing, short or example secret."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "k1:" + base64.b64encode(b"0" * 32).decode()
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "SECRET_KEY": "a-long-secret-that-nobody-can-guess-0123456789-abcdefghij",
    "KAART_SLEUTELS": KEY,
    "BEWIJS_SLEUTELS": KEY,
    "BASE_URL": "https://veertig.example",
    "ALLOWED_HOSTS": "veertig.example",
    "DATABASE_URL": "postgresql:///none",
}


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """Read the settings with production's environment and `changes` (None takes one away)."""
    environment = {**PRODUCTION, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import marketplace.settings as s; print(s.DEBUG, s.DEMO)"],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_on_whole_settings_without_debug() -> None:
    assert start().stdout.split() == ["False", "False"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "KAART_SLEUTELS", "BEWIJS_SLEUTELS"])
def test_it_refuses_to_start_without_a_secret(name: str) -> None:
    run = start(**{name: None})
    assert run.returncode != 0
    assert f"{name} is not set" in run.stderr


@pytest.mark.parametrize("value", ["short", "changeme-changeme-changeme-changeme-changeme"])
def test_it_refuses_to_start_on_an_example_secret(value: str) -> None:
    assert "too short or an example" in start(SECRET_KEY=value).stderr


def test_it_refuses_a_key_of_the_wrong_length() -> None:
    short = "k1:" + base64.b64encode(b"0" * 31).decode()
    assert "exactly 32 bytes" in start(KAART_SLEUTELS=short).stderr


def test_it_refuses_to_start_without_the_address_that_qr_codes_point_to() -> None:
    assert "BASE_URL is not set" in start(BASE_URL=None).stderr


def test_the_demo_refuses_a_host_from_outside() -> None:
    run = start(DEMO="1", ALLOWED_HOSTS="localhost,veertig.example")
    assert "serves this computer only" in run.stderr


def test_the_demo_makes_its_secrets_once_and_keeps_them(tmp_path: Path) -> None:
    demo = dict.fromkeys(["SECRET_KEY", "KAART_SLEUTELS", "BEWIJS_SLEUTELS", "ALLOWED_HOSTS"])
    kept = []
    for _ in range(2):
        assert start(DEMO="1", VAR_DIR=str(tmp_path), **demo).returncode == 0
        kept.append((tmp_path / "demo-secrets.json").read_text())
    assert kept[0] == kept[1]
