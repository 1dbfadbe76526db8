"""Did a static file change since it was collected?"""

import hashlib
from importlib.metadata import version

from django.conf import settings


def static_stamp() -> str:
    """A hash over our own static files and the versions of the packages that bring theirs."""
    found = hashlib.sha256()
    for package in ("wagtail", "django", "whitenoise"):
        found.update(f"{package} {version(package)}".encode())
    for path in sorted((settings.BASE_DIR / "marketplace" / "static").rglob("*")):
        if path.is_file():
            found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()
