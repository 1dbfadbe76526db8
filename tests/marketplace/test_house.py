"""The order of the house: imports go one way, and one module writes the ledger."""

import re
from pathlib import Path

from importlinter import cli

ROOT = Path(__file__).resolve().parents[2]
LEDGER_MODELS = "Regel|RegelTekst|Bevestiging|Dagtotaal|Hoofd"
WRITES = re.compile(
    rf"\b({LEDGER_MODELS})\.objects[^\n]*\.(create|update|delete|bulk_create|get_or_create)\("
    rf"|\b({LEDGER_MODELS})\([a-z_]+="
)


def sources(*apps: str) -> list[Path]:
    return [
        path
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and "models" not in path.parts
    ]


def test_imports_go_one_way_between_the_apps() -> None:
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_a_wrong_import_is_seen(tmp_path: Path, monkeypatch) -> None:
    for app in ("aaa", "bbb"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "__init__.py").touch()
    (tmp_path / "aaa" / "low.py").write_text("import bbb\n")
    config = tmp_path / "linter.toml"
    config.write_text(
        '[tool.importlinter]\nroot_packages = ["aaa", "bbb"]\n'
        '[[tool.importlinter.contracts]]\nname = "one way"\ntype = "layers"\n'
        'layers = ["bbb", "aaa"]\n'
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert cli.lint_imports(config_filename=str(config), no_cache=True) == 1


def test_only_the_ledger_writes_ledger_rows() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in sources("marketplace", "gemeenten", "aanbod", "bewijzen")
        if WRITES.search(path.read_text())
    }
    assert writers == {"bewijzen/ledger.py"}


def test_time_is_never_patched_in_tests() -> None:
    patched = [
        path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"freeze_time|freezegun|time_machine", path.read_text())
        and path.name != Path(__file__).name
    ]
    assert patched == []
