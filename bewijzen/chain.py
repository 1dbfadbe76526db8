"""Checking the grootboek: every chain, signature, word and total, in one pass over the log.

Trajecten are read in batches, each from one moment of the database, so that checking can run
beside confirmations; a batch is a handful of queries, however many lines there are.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, Func, OuterRef
from django.db.models.expressions import Combinable

from bewijzen import canonical, signing
from bewijzen.models import Bevestiging, Dagtotaal, Hoofd, Regel, RegelTekst, Traject
from gemeenten.acting import System, acting_as
from gemeenten.models import User

BATCH = 300
NOWHERE = UUID(int=0)


def _text(column: str, template: str) -> Func:
    return Func(F(column), template=template, output_field=CharField())


def _uuid(column: str) -> Func:
    return _text(column, "%(expressions)s::text")


def _moment(column: str) -> Func:
    # What is not whole seconds keeps its parts, and then its hash differs.
    template = """replace(to_char(%(expressions)s AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z')"""
    return _text(column, template)


#: The columns of a line as they are hashed (`canonical.line`), written so by the database:
#: reading a time or a uuid to write it again is most of the work otherwise.
HASHED: dict[str, Combinable] = {
    "traject": _uuid("traject_id"),
    "n": F("number"),
    "soort": F("kind"),
    "deelname": _uuid("deelname_id"),
    "dag": _text("day", "to_char(%(expressions)s, 'YYYY-MM-DD')"),
    "minuten": F("minutes"),
    "van": _moment("van"),
    "tot": _moment("tot"),
    "graad": F("grade"),
    "intent": _uuid("intent"),
    "geclaimd": _moment("claimed_at"),
    "ontvangen": _moment("received_at"),
    "tekst": F("text_hash"),
    "vorige": F("prev_hash"),
}
POINTERS = ["pk", "withdraws_id", "signer_id", "entered_by_id", "hash"]


class Line(NamedTuple):
    pk: int
    withdraws_id: int | None
    signer_id: int
    entered_by_id: int | None
    hash: str
    #: The canonical fields, as far as they stand in the row itself.
    fields: dict[str, Any]


class Head(NamedTuple):
    hash: str
    kid: str
    signature: str


class Words(NamedTuple):
    salt: str
    title: str
    gemeente: str
    organisatie: str
    inburgeraar: str
    signer: str
    signer_role: str
    reason: str
    sheet_hash: str


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
    """The log of one batch of trajecten as it was read: plain tuples, because there are many.
    Keys are trajecten as text, and lines."""

    lines: dict[str, list[tuple]]
    heads: dict[str, dict[int, tuple]]
    words: dict[int, tuple] = field(default_factory=dict)
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
    keys = [str(traject) for traject in batch]
    log = Log({key: [] for key in keys}, {key: {} for key in keys})
    with _one_moment():
        lines = Regel.objects.filter(traject__in=batch).order_by("number", "pk")
        for line in lines.values_list(HASHED["traject"], *POINTERS, *HASHED.values()):
            log.lines[line[0]].append(line)
        heads = Hoofd.objects.filter(traject__in=batch)
        for key, number, *head in heads.values_list(HASHED["traject"], "number", *Head._fields):
            log.heads[key][number] = tuple(head)
        words = RegelTekst.objects.filter(regel__traject__in=batch)
        log.words = {row[0]: row for row in words.values_list("pk", *Words._fields)}
        log.usernames = _usernames(batch)
        log.differences = _differences(batch)
    return log


def _usernames(batch: list[UUID]) -> dict[int, str]:
    lines = Regel.objects.filter(traject__in=batch).order_by()
    signers, enterers = lines.values("signer"), lines.values("entered_by")
    users = User.objects.filter(pk__in=signers) | User.objects.filter(pk__in=enterers)
    return dict(users.values_list("pk", "username"))


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
    rows, heads = log.lines[str(traject)], log.heads[str(traject)]
    prev_hash = canonical.first_prev_hash(traject)
    numbers: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        line = Line._make([*row[1:6], dict(zip(HASHED, row[6:], strict=True))])
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
    if len(heads) > len(rows):
        return Fault(traject, max(heads), "the line of this head is gone")
    return None


def _wrong_place(line: Line, number: int, prev_hash: str) -> str:
    if line.fields["n"] != number:
        return "a line before this one is missing"
    if line.fields["vorige"] != prev_hash:
        return "the hash of the line before does not agree"
    return ""


def _wrong_line(line: Line, numbers: dict[int, int], usernames: dict[int, str]) -> str:
    """`numbers` are those of the earlier lines, by key: only these can be withdrawn."""
    if line.withdraws_id and line.withdraws_id not in numbers:
        return "the line that this one withdraws is not in the chain"
    if line.entered_by_id and line.entered_by_id not in usernames:
        return "nobody is who entered this line"
    line.fields["v"] = canonical.VERSION
    line.fields["trekt_in"] = numbers.get(line.withdraws_id or 0)
    line.fields["ondertekenaar"] = usernames.get(line.signer_id)
    line.fields["invoerder"] = usernames.get(line.entered_by_id or 0)
    return "" if canonical.line_hash(line.fields) == line.hash else "the line was changed"


def _wrong_words(line: Line, row: tuple | None) -> str:
    """Words may be gone (erased); those that are there must be the ones signed."""
    if row is None:
        return ""
    try:
        same = canonical.words_hash(Words(*row[1:])) == line.fields["tekst"]
    except ValueError:
        same = False
    return "" if same else "the words beside the line were changed"


def _wrong_head(line: Line, row: tuple | None) -> str:
    head = Head(*row) if row else None
    if head is None or head.hash != line.hash:
        return "the signed head is missing or names another line"
    message = canonical.head_message(line.fields["traject"], line.fields["n"], line.hash)
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
