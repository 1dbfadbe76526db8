"""Words for the tests of the grootboek: a fixed now, confirming, refusals, and all at once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from bewijzen import ledger
from bewijzen.ledger import BRUSSELS, Block, Receipt
from bewijzen.models import Bevestiging, Dagtotaal, Deelname, Regel, Traject
from bewijzen.refusals import Refusal
from gemeenten.acting import acting_as
from gemeenten.models import User
from tests.bewijzen.cast import TEST

#: A Friday evening; rules get it, nothing asks the clock.
NOW = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)


def brussels(text: str, *, fold: int = 0) -> datetime:
    """`brussels("2026-10-25 02:30", fold=1)`: a clock on the wall, the second time it shows."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold)


def evening(start: str = "19:00", end: str = "21:00", day: date = DAY) -> Block:
    return Block.between(brussels(f"{day} {start}"), brussels(f"{day} {end}"))


def confirm(
    deelname: Deelname,
    signer: User,
    block: Block | None = None,
    *,
    intent: UUID | None = None,
    now: datetime = NOW,
    **rest: object,
) -> Receipt:
    return ledger.confirm(
        deelname.pk,
        block or evening(),
        signer=signer,
        grade=rest.pop("grade", "getekend"),
        intent=intent or uuid4(),
        now=now,
        **rest,
    )


def withdraw(receipt: Receipt, by: User, reason: str = "Verkeerde dag.", **rest: object) -> Receipt:
    intent = rest.pop("intent", None) or uuid4()
    return ledger.withdraw(receipt.regel, by=by, reason=reason, intent=intent, now=NOW, **rest)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
    assert caught.value.sentence


def fresh(row: object) -> object:
    """The row as the database has it now."""
    return type(row)._base_manager.get(pk=row.pk)


def total(traject: Traject) -> int:
    return fresh(traject).total_minutes


def lines(traject: Traject) -> list[Regel]:
    return list(Regel._base_manager.filter(traject=traject).order_by("number"))


def projection(traject: Traject) -> tuple:
    """All that the ledger keeps beside the log of one traject."""
    with acting_as(TEST):
        return (
            list(Bevestiging.objects.filter(traject=traject).order_by("pk").values()),
            list(
                Dagtotaal.objects.filter(traject=traject).order_by("day").values("day", "minutes")
            ),
            total(traject),
        )


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@contextmanager
def tampering() -> Iterator[None]:
    """Write as somebody with the database in hand: no trigger and no foreign key stands in the
    way."""
    sql("SET session_replication_role = replica")
    yield
    sql("SET session_replication_role = origin")


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each job gave, or the refusal or database error it met, all started together in
    threads with a connection of their own."""
    results: list[object] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(10)
            results[place] = job()
        except (Refusal, DatabaseError) as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def written(results: list[object]) -> list[Receipt]:
    return [result for result in results if isinstance(result, Receipt)]


def codes(results: list[object]) -> set[str]:
    """Codes of refusals, names of database errors."""
    return {
        result.code if isinstance(result, Refusal) else type(result).__name__
        for result in results
        if isinstance(result, Exception)
    }
