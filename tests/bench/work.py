"""What people who are signed in cost the server."""

from collections.abc import Callable

from tests.bench.server import Server
from tests.bench.table import Line

PARTS: dict[str, Callable[[Server], list[Line]]] = {}
