"""The planner with 200 and with 2,000 activities within reach, a year of dates each."""

from django.db import connection

from aanbod.models import ActiviteitPage
from tests.bench.pages import _calls, fresh, page
from tests.bench.server import Server
from tests.bench.table import Line, against

FIRST = 20_000_000
FEW, MANY = 200, 2000
ASK = "/nl/aanbod/plan/?plaats=3020&les=ma-ochtend&les=wo-ochtend&les=do-namiddag&werk=vr-avond"
#: One in so many is by agreement.
AGREEMENT = 10


def measure(server: Server) -> list[Line]:
    """Cost against F0 at MANY, and against its own at FEW."""
    lines = []
    for number in (FEW, MANY):
        load(number)
        try:
            call = _calls(server, fresh([f"{ASK}&n={number}"]))
            lines.append(page(server, f"planner, {number} candidates", call, 250, times=10))
        finally:
            remove()
    few, many = lines
    growth = against(
        "planner, 2,000 against 200", many.value, few.value, 2, unit="ms", floor_name="ms at 200"
    )
    return [many, growth]


def load(number: int) -> None:
    """`number` activities within ten kilometres of Herent and nothing else within reach: each
    weekly on its own weekday and hour, or by agreement."""
    model = ActiviteitPage.objects.live().filter(zoekregel__isnull=False, timing="momenten")
    pages, rows = _columns("aanbod_activiteitpage"), _columns("aanbod_zoekregel")
    of_page = {
        "page_ptr_id": f"{FIRST} + n",
        "timing": f"CASE WHEN n %% {AGREEMENT} = 0 THEN 'afspraak' ELSE 'momenten' END",
        "minutes_per_time": f"CASE WHEN n %% {AGREEMENT} = 0 THEN 60 + n %% 3 * 30 END",
        "hours_total": "CASE WHEN n %% 7 = 0 THEN 10 + n %% 5 * 6 END",
    }
    of_row = {
        "page_id": f"{FIRST} + n",
        "lat": "50.9077 + (n * 37 %% 100 - 50) / 1000.0",
        "lon": "4.6706 + (n * 53 %% 100 - 50) / 1000.0",
        "places_left": "NULL",
        "voor": "''",
    }
    first = "date_trunc('week', now() AT TIME ZONE 'Europe/Brussels')"
    start = (
        f"({first} + interval '1 day' * (n * 3 %% 7) + interval '1 week' * (week + 1)"
        " + interval '30 minutes' * (18 + n * 11 %% 24)) AT TIME ZONE 'Europe/Brussels'"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, columns, values, key in [
            ("aanbod_activiteitpage", pages, of_page, "page_ptr_id"),
            ("aanbod_zoekregel", rows, of_row, "page_id"),
        ]:
            chosen = ", ".join(values.get(name, name) for name in columns)
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} "
                f"FROM {table}, generate_series(1, %s) AS n WHERE {key} = %s",
                [number, model[0].pk],
            )
        cursor.execute(
            "INSERT INTO aanbod_sessie (page_id, van, tot, by_rule, state, reason, moments) "
            f"SELECT {FIRST} + n, {start}, {start} + interval '30 minutes' * (2 + n %% 4), "
            f"{start}, 'gepland', '', '{{}}' "
            f"FROM generate_series(1, %s) AS n, generate_series(0, 51) AS week "
            f"WHERE n %% {AGREEMENT} <> 0",
            [number],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE aanbod_sessie, aanbod_zoekregel, aanbod_activiteitpage")


def remove() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, key in [
            ("aanbod_sessie", "page_id"),
            ("aanbod_zoekregel", "page_id"),
            ("aanbod_activiteitpage", "page_ptr_id"),
        ]:
            cursor.execute(f"DELETE FROM {table} WHERE {key} > %s", [FIRST])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE aanbod_sessie, aanbod_zoekregel, aanbod_activiteitpage")


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]
