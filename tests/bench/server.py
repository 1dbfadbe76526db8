"""The server that is measured, and what its processor time is.

Processor time is what all server and database processes used together (user and system), read
from the kernel in nanoseconds: neighbours on the machine disturb it far less than the clock.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """Veertig and F0 on the embedded database in `folder`."""

    def __init__(self, folder: Path, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.postmaster = int((folder / "postgres/postmaster.pid").read_text().split()[0])
        self.log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "tests.bench.wsgi"),
                *("--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4"),
                *("--worker-class", "gthread", "--keep-alive", "120"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": database,
                "VAR_DIR": str(folder),
                "BASE_URL": self.url,
                "PORT": str(self.port),
            },
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()
        self.connection = http.client.HTTPConnection("localhost", self.port)

    def _wait(self) -> None:
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("localhost", self.port), 1):
                return
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start: {self.log.name}")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.log.close()

    def get(
        self, path: str, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body) of one request on a connection that stays open."""
        return self.send("GET", path, headers=headers)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()

    def processor_seconds(self) -> float:
        """Used until now by the server, the database and all their children."""
        mothers = [self.process.pid, self.postmaster]
        pids = [*mothers, *(child for mother in mothers for child in _children(mother))]
        return sum(_nanoseconds(pid) for pid in pids) / 1e9

    def memory(self) -> int:
        """Bytes that belong to the workers alone."""
        return sum(_own_bytes(pid) for pid in _children(self.process.pid))


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(word) for word in text.split()]


def _nanoseconds(pid: int) -> int:
    total = 0
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
    return total


def _own_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) * 1024
    return 0


def interleaved(
    server: Server,
    one: Callable[[], object],
    floor: Callable[[], object],
    *,
    times: int,
    floor_times: int,
    rounds: int = 7,
) -> tuple[float, float]:
    """Processor seconds of one call of each, the medians of rounds A B A B."""
    for call in (one, floor):
        for _ in range(max(5, times // 4)):
            call()
    ones, floors = [], []
    for _ in range(rounds):
        ones.append(_each(server, one, times))
        floors.append(_each(server, floor, floor_times))
    return median(ones), median(floors)


def _each(server: Server, call: Callable[[], object], times: int) -> float:
    before = server.processor_seconds()
    for _ in range(times):
        call()
    return (server.processor_seconds() - before) / times
