"""`manage.py check --deploy` with the settings of a production server and made-up secrets."""

import base64
import os
import secrets
import subprocess
import sys


def main() -> None:
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DEMO"},
        "SECRET_KEY": secrets.token_urlsafe(60),
        "KAART_SLEUTELS": f"k1:{key}",
        "BEWIJS_SLEUTELS": f"k1:{key}",
        "ALLOWED_HOSTS": "veertig.example",
        "BASE_URL": "https://veertig.example",
    }
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(words, env=environment, check=False).returncode)  # noqa: S603


if __name__ == "__main__":
    main()
