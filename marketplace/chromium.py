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
        for words in (["update"], ["install", "-y", "chromium"]):
            subprocess.run(  # noqa: S603
                ["apt-get", *words],  # noqa: S607
                check=False,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    if not shutil.which("chromium"):
        sys.exit(
            "The browser tests need Chromium: install your system's package `chromium`, or set "
            "CHROMIUM=/path/to/it."
        )


if __name__ == "__main__":
    main()
