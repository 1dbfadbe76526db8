"""Checking the grootboek: every chain, signature, word and total, in one pass over the log.

Trajecten are read in batches, each from one moment of the database, so that checking can run
beside confirmations; a batch is a handful of queries, however many lines there are.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, Func, OuterRef

from bewijzen import canonical, signing
from bewijzen.models import Bevestiging, Dagtotaal, Hoofd, Regel, RegelTekst, Traject
from gemeenten.acting import System, acting_as
from gemeenten.models import User

BATCH = 300
NOWHERE = UUID(int=0)

LINE = [
    *("pk", "traject_id", "number", "kind", "withdraws_id", "deelname_id", "minutes", "grade"),
    *("signer_id", "entered_by_id", "intent", "text_hash", "prev_hash", "hash"),
]
TIMES = ["van", "tot", "claimed_at", "received_at"]
WORDS = [
    *("regel_id", "salt", "title", "gemeente", "organisatie", "inburgeraar", "signer"),
    *("signer_role", "reason", "sheet_hash"),
]
HEAD = ["traject_id", "number", "hash", "kid", "signature"]

#: What differs between the log and what is kept beside it. The log is the judge: it was read and
#: its hashes hold before this is asked.
DIFFERENCES = """
WITH valid AS (
    SELECT * FROM bewijzen_regel AS line
    WHERE traject_id = ANY(%(batch)s) AND kind = 'bevestiging'
      AND NOT EXISTS (
          SELECT FROM bewijzen_regel WHERE withdraws_id = line.id AND traject_id = line.traject_id
      )
), kept AS (
    SELECT * FROM bewijzen_bevestiging WHERE traject_id = ANY(%(batch)s)
), days AS (
    SELECT traject_id, day, sum(minutes) AS minutes, max(number) AS number
    FROM valid GROUP BY traject_id, day
), kept_days AS (
    SELECT * FROM bewijzen_dagtotaal WHERE traject_id = ANY(%(batch)s) AND minutes <> 0
), totals AS (
    SELECT traject_id, sum(minutes) AS minutes, max(number) AS number FROM days GROUP BY traject_id
)
SELECT coalesce(valid.traject_id, kept.traject_id), 1, coalesce(number, 0), 'the projection of it'
FROM valid FULL JOIN kept ON kept.regel_id = valid.id
WHERE (valid.traject_id, valid.deelname_id, valid.day, valid.minutes, valid.grade,
       valid.signer_id, valid.received_at,
       CASE WHEN valid.van < valid.tot THEN tstzrange(valid.van, valid.tot) END)
    IS DISTINCT FROM
      (kept.traject_id, kept.deelname_id, kept.day, kept.minutes, kept.grade,
       kept.signer_id, kept.received_at, kept.block)
UNION ALL
SELECT traject_id, 2, coalesce(number, 0), 'the total of its day'
FROM days FULL JOIN kept_days USING (traject_id, day)
WHERE days.minutes IS DISTINCT FROM kept_days.minutes
UNION ALL
SELECT id, 3, coalesce(number, 0), 'the total of the traject'
FROM bewijzen_traject LEFT JOIN totals ON traject_id = id
WHERE id = ANY(%(batch)s) AND total_minutes <> coalesce(minutes, 0)
"""

Row = Any  # a named tuple of the columns above


@dataclass(frozen=True)
class Fault:
    """The first thing wrong in one traject's chain, and where."""

    traject: UUID
    number: int
    what: str

    def __str__(self) -> str:
        return f"traject {self.traject}, regel {self.number}: {self.what}"


@dataclass
class Log:
    """The log of one batch of trajecten, as it was read."""

    lines: dict[UUID, list[Row]]
    heads: dict[UUID, dict[int, Row]]
    words: dict[int, Row] = field(default_factory=dict)
    usernames: dict[int, str] = field(default_factory=dict)
    differences: dict[UUID, Fault] = field(default_factory=dict)


def check(trajecten: Iterable[UUID] | None = None) -> Iterator[Fault]:
    """The faults of the whole grootboek, or of some trajecten; nothing when all is well."""
    for batch in _batches(trajecten):
        log = _read(batch)
        for traject in batch:
            fault = _check_chain(traject, log) or log.differences.get(traject)
            if fault is not None:
                yield fault
    if trajecten is None:
        yield from _strays()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Several queries about one moment; inside somebody's transaction, about what that sees."""
    nested = connection.in_atomic_block
    with acting_as(System("grootboek")), transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _batches(trajecten: Iterable[UUID] | None) -> Iterator[list[UUID]]:
    rows = Traject._base_manager.order_by("pk")
    if trajecten is not None:
        rows = rows.filter(pk__in=list(trajecten))
    batch = list(rows.values_list("pk", flat=True)[:BATCH])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1]).values_list("pk", flat=True)[:BATCH])


def _read(batch: list[UUID]) -> Log:
    log = Log({traject: [] for traject in batch}, {traject: {} for traject in batch})
    with _one_moment():
        texts = {f"{name}_text": _as_hashed(name) for name in TIMES}
        texts["day_text"] = _day_text()
        lines = Regel.objects.filter(traject__in=batch).annotate(**texts).order_by("number", "pk")
        for line in lines.values_list(*LINE, *texts, named=True):
            log.lines[line.traject_id].append(line)
        for head in Hoofd.objects.filter(traject__in=batch).values_list(*HEAD, named=True):
            log.heads[head.traject_id][head.number] = head
        words = RegelTekst.objects.filter(regel__traject__in=batch)
        log.words = {row.regel_id: row for row in words.values_list(*WORDS, named=True)}
        log.usernames = _usernames(log)
        log.differences = _differences(batch)
    return log


def _as_hashed(moment: str) -> Func:
    """A moment as `canonical.utc` writes it, made by the database: reading a time is most of the
    work otherwise. What is not whole seconds shows, and then its hash differs."""
    return Func(
        F(moment),
        template=(
            "replace(to_char(%(expressions)s AT TIME ZONE 'UTC', "
            """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""
        ),
        output_field=CharField(),
    )


def _day_text() -> Func:
    return Func(
        F("day"), template="to_char(%(expressions)s, 'YYYY-MM-DD')", output_field=CharField()
    )


def _usernames(log: Log) -> dict[int, str]:
    lines = [line for own in log.lines.values() for line in own]
    users = {line.signer_id for line in lines} | {line.entered_by_id for line in lines}
    return dict(User.objects.filter(pk__in=users - {None}).values_list("pk", "username"))


def _differences(batch: list[UUID]) -> dict[UUID, Fault]:
    """The first difference of each traject; a row beside the log without a line has number 0."""
    found: dict[UUID, Fault] = {}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES, {"batch": batch})
        rows = sorted(cursor.fetchall(), key=lambda row: (row[1], row[2] == 0, row[2]))
        for traject, _, number, what in rows:
            found.setdefault(traject, Fault(traject, number, f"{what} differs from the log"))
    return found


def _check_chain(traject: UUID, log: Log) -> Fault | None:
    lines, heads = log.lines[traject], log.heads[traject]
    prev_hash = canonical.first_prev_hash(traject)
    numbers: dict[int, int] = {}
    for number, line in enumerate(lines, start=1):
        what = (
            _wrong_place(line, number, prev_hash)
            or _wrong_line(line, numbers, log.usernames)
            or _wrong_words(line, log.words.get(line.pk))
            or _wrong_head(line, heads.get(number))
        )
        if what:
            return Fault(traject, number, what)
        numbers[line.pk] = number
        prev_hash = line.hash
    if len(heads) > len(lines):
        return Fault(traject, max(heads), "the line of this head is gone")
    return None


def _wrong_place(line: Row, number: int, prev_hash: str) -> str:
    if line.number != number:
        return "a line before this one is missing"
    if line.prev_hash != prev_hash:
        return "the hash of the line before does not agree"
    return ""


def _wrong_line(line: Row, numbers: dict[int, int], usernames: dict[int, str]) -> str:
    """`numbers` are those of the earlier lines, by key: only these can be withdrawn."""
    if line.withdraws_id and line.withdraws_id not in numbers:
        return "the line that this one withdraws is not in the chain"
    if line.entered_by_id and line.entered_by_id not in usernames:
        return "nobody is who entered this line"
    fields = canonical.line_fields(
        line,
        withdraws=numbers.get(line.withdraws_id),
        signer=usernames.get(line.signer_id),
        entered_by=usernames.get(line.entered_by_id),
        day=line.day_text,
        times=(line.van_text, line.tot_text, line.claimed_at_text, line.received_at_text),
    )
    return "" if canonical.line_hash(fields) == line.hash else "the line was changed"


def _wrong_words(line: Row, words: Row | None) -> str:
    """Words may be gone (erased); those that are there must be the ones signed."""
    if words is None:
        return ""
    try:
        same = canonical.words_hash(words) == line.text_hash
    except ValueError:
        same = False
    return "" if same else "the words beside the line were changed"


def _wrong_head(line: Row, head: Row | None) -> str:
    if head is None or head.hash != line.hash:
        return "the signed head is missing or names another line"
    message = canonical.head_message(line.traject_id, line.number, line.hash)
    if not signing.made_here(head.kid, message, head.signature):
        return "the signature is not ours"
    return ""


def _strays() -> list[Fault]:
    """Rows whose traject is gone, and words whose line is gone: no batch reads them."""
    traject = Exists(Traject._base_manager.filter(pk=OuterRef("traject_id")))
    line = Exists(Regel._base_manager.filter(pk=OuterRef("regel_id")))
    with _one_moment():
        return [
            Fault(row.traject_id, getattr(row, "number", 0), "the traject is gone")
            for model in (Regel, Hoofd, Bevestiging, Dagtotaal)
            for row in model.objects.filter(~traject)
        ] + [
            Fault(NOWHERE, 0, f"the line of the words {words.pk} is gone")
            for words in RegelTekst.objects.filter(~line)
        ]
