"""`make bench`: every measurement of speed.md, each beside its floor in the same run.

`python -m tests.bench [part …]`; parts are the modules' functions below. Writes `bench.json`
beside the database, in VAR_DIR (var/ when absent), and exits with 1 when a bar is not reached.
"""

import os
import sys
from pathlib import Path

VAR = Path(os.environ.get("VAR_DIR", "var")).resolve()
FOLDER = VAR / "bench"
os.environ.update(DEMO="1", DEBUG="0", VAR_DIR=str(FOLDER))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
# Playwright runs an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def main(chosen: list[str]) -> int:
    import django

    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o755)
    django.setup()
    from tests.bench import parts, table

    lines = parts.run(FOLDER, chosen)
    table.print_table(lines)
    table.write(lines, VAR / "bench.json")
    return 0 if all(line.ok for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
