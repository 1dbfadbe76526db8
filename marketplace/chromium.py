"""The browser of the tests: the system's Chromium, installed when it may be."""

import os
import shutil
import subprocess
import sys


def main() -> None:
    if os.environ.get("CHROMIUM") or shutil.which("chromium"):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing chromium for the browser tests…", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update"], check=False, **quiet)  # noqa: S607
        subprocess.run(
            ["apt-get", "install", "-y", "chromium"],  # noqa: S607
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            **quiet,
        )
    if not shutil.which("chromium"):
        sys.exit(
            "The browser tests need Chromium: install your system's package `chromium`, or set "
            "CHROMIUM=/path/to/it."
        )


if __name__ == "__main__":
    main()
