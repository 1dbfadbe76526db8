"""What people who are signed in cost the server, and what the proof costs."""

import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from bewijzen import chain
from bewijzen.models import Deelname, Regel, Traject
from gemeenten.acting import System, acting_as
from gemeenten.models import User
from marketplace.demo import size
from tests.bench.pages import page
from tests.bench.server import Server
from tests.bench.table import Line, against
from tests.sessions import session_of

CSRF = "a" * 32
PEOPLE = 30
TRAJECTS = 2000
CLIENTS = 8
BLOCKS_EACH = 40


def _cookie(user: User) -> dict[str, str]:
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(user)}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
    }


def _getting(server: Server, path: str, user: User) -> Callable[[], None]:
    headers = _cookie(user)

    def call() -> None:
        status, _headers, _body = server.get(path, headers)
        assert status == 200, f"{status}: {path}"

    return call


@contextmanager
def _system() -> Iterator[None]:
    with acting_as(System("bench")):
        yield


def _contact() -> Contactpersoon:
    return Contactpersoon.objects.get(user__email="lieve.vanderstok@delangetafel.example")


def _participants() -> list[Deelname]:
    """Thirty people in the activity of the demo's contact person."""
    contact = _contact()
    activity = ActiviteitPage.objects.get(slug="praattafel")
    ActiviteitContact.objects.get_or_create(page=activity, contactpersoon=contact)
    taken = Deelname.objects.filter(page=activity).values("traject")
    new = Traject.objects.exclude(pk__in=taken)
    for traject in new.order_by("pk")[: max(0, PEOPLE - taken.count())]:
        Deelname.objects.create(
            traject=traject,
            page=activity,
            title=activity.title,
            gemeente=contact.gemeente,
            organisatie=contact.organisatie,
            contact=contact,
            state=Deelname.State.DEELNEMER,
            created_at=timezone.now(),
        )
    return list(Deelname.objects.filter(page=activity, state=Deelname.State.DEELNEMER))


def own_pages(server: Server) -> list[Line]:
    with _system():
        deelname = _participants()[0]
        person = deelname.traject.inburgeraar.user
        contact = _contact().user
    return [
        page(server, "inburgeraar's own page", _getting(server, "/nl/mijn/", person), 30),
        page(
            server,
            f"contact person's today, {PEOPLE} people",
            _getting(server, "/nl/tekenen/", contact),
            30,
        ),
        page(
            server,
            "final bewijs as PDF",
            _getting(server, "/nl/mijn/bewijs.pdf", person),
            60,
            times=15,
        ),
    ]


class Signing:
    """Blocks of a quarter of an hour, each on a day and for a person that had none yet."""

    def __init__(self) -> None:
        with _system():
            self.deelnames = [found.pk for found in _participants()]
            self.headers = _cookie(_contact().user)
        self.numbers = count()
        self.lock = threading.Lock()

    def body(self) -> tuple[str, str]:
        """(path, form) of the next block."""
        with self.lock:
            number = next(self.numbers)
        deelname = self.deelnames[number % len(self.deelnames)]
        day = date.today() - timedelta(days=1 + number // len(self.deelnames) % 80)
        form = {
            "intent": str(uuid4()),
            "day": day.isoformat(),
            "hours": "0",
            "minutes": "15",
            "sure": "on",
        }
        return f"/nl/tekenen/deelname/{deelname}/", urlencode(form)

    def sign(self, connection: HTTPConnection) -> None:
        path, form = self.body()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, form, {**self.headers, **kind})
        answer = connection.getresponse()
        text = answer.read().decode()
        said = re.findall(r'class="error[^>]*>([^<]*)', text)
        assert answer.status == 302, f"{answer.status}: {said}"


def signing(server: Server) -> list[Line]:
    signing = Signing()
    one = page(server, "signing one block", lambda: signing.sign(server.connection), 25)
    alone: list[float] = []
    together: list[float] = []
    _client(server, signing, alone, BLOCKS_EACH * 2)
    threads = [
        threading.Thread(target=_client, args=(server, signing, together, BLOCKS_EACH))
        for _ in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p50, p99 = median(together), quantiles(together, n=100)[98]
    name = f"signing, {CLIENTS} at a time: p99"
    return [one, against(name, p99, p50, 3, unit="ms", floor_name="ms p50")]


def _client(server: Server, signing: Signing, took: list[float], times: int) -> None:
    connection = HTTPConnection("localhost", server.port)
    for _ in range(times):
        start = time.perf_counter()
        signing.sign(connection)
        took.append((time.perf_counter() - start) * 1000)


def caseload(server: Server) -> list[Line]:
    with _system():
        size.open_trajects(TRAJECTS)
        user = User.objects.get(email="nadia.zandpad@inburgering.example")
        Traject.objects.update(trajectbegeleider=user)
    call = _getting(server, "/begeleiding/", user)
    return [page(server, f"caseload, 50 of {TRAJECTS}", call, 60, times=15)]


def ledger(server: Server) -> list[Line]:
    """The whole grootboek checked, against one plain SHA-256 loop over as many bytes."""
    with _system():
        lines = Regel.objects.count()
        start = time.process_time()
        faults = list(chain.check())
        took = time.process_time() - start
    assert not faults
    #: Bytes of one line as they are hashed, about.
    line = b"x" * 640
    start = time.process_time()
    for _ in range(lines):
        hashlib.sha256(line).digest()
    plain = time.process_time() - start
    share = plain / took * 100
    return [
        Line(
            f"grootboek of {lines} lines checked, of a SHA-256 loop",
            share,
            "%",
            1.5,
            "% bar",
            share / 1.5,
            1.0,
            share >= 1.5,
        )
    ]


PARTS: dict[str, Callable[[Server], list[Line]]] = {
    "own": own_pages,
    "signing": signing,
    "ledger": ledger,
    "caseload": caseload,
}
