"""An import from its upload to its result. The worker does the writing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from aanbod.importing import judging, reading
from aanbod.importing.applying import ImportRefused, apply
from aanbod.importing.judging import CREATED, REFUSED, UPDATED, Existing, Judged
from aanbod.models import Invoer
from aanbod.permissions import can_import
from gemeenten.acting import System, acting_as
from gemeenten.models import Gemeente, User

logger = logging.getLogger(__name__)

KEPT = timedelta(days=30)
#: A worker that says nothing for so long has stopped; nothing of its transaction was kept.
SILENT = timedelta(minutes=15)
State = Invoer.State


def judged_file(content: bytes, gemeente: Gemeente, source: str = "") -> tuple[str, list[Judged]]:
    """(source, judged rows) of a file; the source follows from its kind when absent. Raises
    `rows.BadFile`."""
    kind, rows = reading.read(content)
    source = source.strip() or kind
    return source, judging.judge(rows, Existing(gemeente, source))


def upload(
    content: bytes, gemeente: Gemeente, *, by: User, file_name: str, source: str, now: datetime
) -> Invoer:
    """Keep the preview of a file; nothing is written yet. Raises `rows.BadFile`."""
    source, judged = judged_file(content, gemeente, source)
    name = "".join(sign for sign in file_name if sign.isprintable())
    return Invoer.objects.create(
        gemeente=gemeente,
        by=by,
        file_name=name[-120:],
        source=source,
        rows=[one.as_json() for one in judged],
        made_at=now,
    )


def rows_of(invoer: Invoer) -> list[Judged]:
    return [Judged(**row) for row in invoer.rows]


def may_start(invoer: Invoer) -> bool:
    """Is there something to write, and nothing refused?"""
    outcomes = {row["outcome"] for row in invoer.rows}
    return (
        invoer.state == State.VOORBEELD
        and REFUSED not in outcomes
        and bool(outcomes & {CREATED, UPDATED})
    )


def start(invoer: Invoer, *, by: User) -> bool:
    """Hand an import to the worker, once; False when somebody else did or it may not start.
    Who starts it is who makes the activities."""
    if not may_start(invoer):
        return False
    waiting = Invoer.objects.filter(pk=invoer.pk, state=State.VOORBEELD)
    if not waiting.update(state=State.WACHT, by=by):
        return False
    transaction.on_commit(lambda: run.enqueue(invoer.pk))
    return True


#: A worker of its own takes this one: `manage.py db_worker --queue-name invoer`.
QUEUE = "invoer"


@task(queue_name=QUEUE)
def run(invoer_id: int) -> None:
    """The worker's part. A second run of the same import does nothing."""
    with acting_as(System("invoer")):
        rows = Invoer.objects.filter(pk=invoer_id)
        if rows.filter(state=State.WACHT).update(state=State.BEZIG, seen_at=timezone.now()):
            _run(rows.select_related("gemeente", "by").get())


def _run(invoer: Invoer) -> None:
    if not invoer.by or not can_import(invoer.by, invoer.gemeente):
        _end(invoer, State.MISLUKT, rows_of(invoer))
        return
    try:
        with _reporter(invoer) as report, transaction.atomic():
            ended = apply(
                rows_of(invoer),
                invoer.gemeente,
                invoer.source,
                by=invoer.by,
                progress=report,
            )
            _end(invoer, State.KLAAR, ended)
    except ImportRefused as refusal:
        _end(invoer, State.MISLUKT, refusal.judged)
    except Exception:
        logger.exception("Import %s stopped; nothing of it was kept.", invoer.pk)
        _end(invoer, State.MISLUKT, rows_of(invoer))


def _end(invoer: Invoer, state: str, judged: list[Judged]) -> None:
    rows = [one.as_json() for one in judged]
    Invoer.objects.filter(pk=invoer.pk).update(state=state, rows=rows)


class _Reporter:
    """Says how far it is on a connection of its own: nobody sees what an open transaction
    writes."""

    def __init__(self, invoer: Invoer) -> None:
        self.invoer, self.connection = invoer, connection.copy()

    def __call__(self, done: int) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE aanbod_invoer SET progress = %s, seen_at = %s WHERE id = %s",
                [done, timezone.now(), self.invoer.pk],
            )


@contextmanager
def _reporter(invoer: Invoer) -> Iterator[_Reporter]:
    reporter = _Reporter(invoer)
    try:
        yield reporter
    finally:
        reporter.connection.close()


def is_silent(invoer: Invoer, *, now: datetime) -> bool:
    """Did the worker stop in the middle?"""
    return invoer.state == State.BEZIG and (invoer.seen_at or now) < now - SILENT


def clear(*, now: datetime) -> int:
    """Delete the imports that were made more than thirty days ago; how many."""
    old = Invoer.objects.filter(made_at__lt=now - KEPT)
    number = old.count()
    old.delete()
    return number
