"""Random work on the grootboek against a plain model of the rules: not one wrong total.

Two trajecten, four deelnames and seven people do what they like, allowed or not. After every step
the ledger must have said what the model says, and hold the totals that the model holds.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bewijzen import ledger, participation, trajects
from bewijzen.chain import check
from bewijzen.ledger import BRUSSELS, Block
from bewijzen.refusals import Refusal
from tests.bewijzen.cast import Cast, make_deelname
from tests.bewijzen.grootboek import fresh, projection, sql

#: The night in which the hour comes twice, and the days around it.
DAYS = [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)]
NOW = datetime(2026, 10, 26, 21, 0, tzinfo=UTC)
#: Lower than forty hours, so that reaching it and falling below it happen often.
TARGET = 600

PEOPLE = ["lieve", "joris", "peter", "saar", "nele", "thomas", "stranger"]
DEELNAMES = {
    "samira_praat": ("samira", {"lieve", "joris"}),
    "samira_groen": ("samira", {"peter"}),
    "yordanka_tafel": ("yordanka", {"saar"}),
    "yordanka_praat": ("yordanka", {"lieve", "joris"}),
}
FOLLOWS = {"samira": {"nele"}, "yordanka": {"thomas"}}


@dataclass
class Line:
    """One confirmation, as the model knows it."""

    deelname: str
    day: date
    minutes: int
    van: datetime | None
    tot: datetime | None
    regel: int
    valid: bool = True

    @property
    def traject(self) -> str:
        return DEELNAMES[self.deelname][0]


@dataclass
class Model:
    """The rules in plain Python: no database, no shortcuts."""

    lines: list[Line] = field(default_factory=list)
    until: dict[str, date] = field(default_factory=dict)
    state: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FOLLOWS, "lopend"))
    written: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FOLLOWS, 0))

    def valid(self, traject: str) -> list[Line]:
        return [line for line in self.lines if line.valid and line.traject == traject]

    def total(self, traject: str) -> int:
        return sum(line.minutes for line in self.valid(traject))

    def day_total(self, traject: str, day: date) -> int:
        return sum(line.minutes for line in self.valid(traject) if line.day == day)

    def refuses(self, deelname: str, block: Block, signer: str) -> set[str]:
        """Every reason to say no; which one is said first is not the model's business."""
        traject, signers = DEELNAMES[deelname]
        reasons = set()
        if block.minutes < 1:
            reasons.add("no_minutes")
        if block.tot and block.tot > NOW + timedelta(minutes=5):
            reasons.add("future")
        midnight = datetime(2026, 10, 26, tzinfo=BRUSSELS).astimezone(UTC)
        so_far = (NOW - midnight) // timedelta(minutes=1) + 5
        if not block.van and block.day == DAYS[-1] and block.minutes > so_far:
            reasons.add("more_than_today")
        if block.van and (block.tot - block.van) < timedelta(minutes=block.minutes):
            reasons.add("longer_than_block")
        if signer not in signers:
            reasons.add("not_signer")
        if deelname in self.until and block.day > self.until[deelname]:
            reasons.add("does_not_fit")
        if self.day_total(traject, block.day) + block.minutes > 1440:
            reasons.add("too_much_for_a_day")
        if block.van and any(
            line.van and line.van < block.tot and block.van < line.tot
            for line in self.valid(traject)
        ):
            reasons.add("overlap")
        return reasons


HAPPENED: Counter[str] = Counter()


def mostly(somebody: str, right: set[str]) -> str:
    """Often who may, sometimes who may not: else most steps would end at the door."""
    return somebody if somebody in {"peter", "stranger"} else min(right)


def said(job: Callable[[], object]) -> tuple[object, str]:
    """What the ledger answered: a receipt, or the code of its refusal."""
    try:
        answer, code = job(), ""
    except Refusal as refusal:
        answer, code = None, refusal.code
    HAPPENED[code] += 1
    return answer, code


class Grootboek(RuleBasedStateMachine):
    cast: Cast  # set by the test
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.receipts: list[tuple[UUID, dict, object]] = []
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        sql("UPDATE bewijzen_traject SET target_minutes = %s", TARGET)
        self.deelnames = {
            "samira_praat": self.cast.samira_praat,
            "samira_groen": make_deelname(self.cast.samira, self.cast.groen),
            "yordanka_tafel": make_deelname(self.cast.yordanka, self.cast.leuvense_tafel),
            "yordanka_praat": make_deelname(self.cast.yordanka, self.cast.praattafel),
        }

    def teardown(self) -> None:
        try:
            self.the_grootboek_is_whole()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def the_grootboek_is_whole(self) -> None:
        assert list(check()) == []
        for name in FOLLOWS:
            traject = getattr(self.cast, name)
            before = projection(traject)
            ledger.rebuild(traject)
            assert projection(traject) == before

    def confirm(self, deelname: str, block: Block, signer: str, intent: UUID) -> object:
        return ledger.confirm(
            self.deelnames[deelname].pk,
            block,
            signer=getattr(self.cast, signer),
            grade="getekend",
            intent=intent,
            now=NOW,
        )

    def try_to_confirm(self, deelname: str, block: Block, signer: str) -> None:
        reasons = self.model.refuses(deelname, block, signer)
        intent = uuid4()
        receipt, code = said(lambda: self.confirm(deelname, block, signer, intent))
        assert code in (reasons or {""})
        if code:
            return
        line = Line(deelname, block.day, block.minutes, block.van, block.tot, receipt.regel)
        self.model.lines.append(line)
        self.model.written[line.traject] += 1
        assert receipt.number == self.model.written[line.traject]
        given = {"deelname": deelname, "block": block, "signer": signer}
        self.receipts.append((intent, given, receipt))

    @rule(
        deelname=st.sampled_from(list(DEELNAMES)),
        somebody=st.sampled_from(PEOPLE),
        hour=st.integers(20, 36),
        length=st.integers(1, 300),
    )
    def sign_a_block(self, deelname: str, somebody: str, hour: int, length: int) -> None:
        signer = mostly(somebody, DEELNAMES[deelname][1])
        van = datetime(2026, 10, 23, 22, tzinfo=UTC) + timedelta(hours=hour)
        if van < NOW:
            block = Block.between(van, van + timedelta(minutes=length))
            self.try_to_confirm(deelname, block, signer)

    @rule(
        deelname=st.sampled_from(list(DEELNAMES)),
        somebody=st.sampled_from(PEOPLE),
        day=st.sampled_from(DAYS),
        minutes=st.integers(0, 900),
    )
    def sign_a_day(self, deelname: str, somebody: str, day: date, minutes: int) -> None:
        signer = mostly(somebody, DEELNAMES[deelname][1])
        self.try_to_confirm(deelname, Block(day, minutes), signer)

    @rule(data=st.data())
    def tap_again(self, data: st.DataObject) -> None:
        if self.receipts:
            intent, given, receipt = data.draw(st.sampled_from(self.receipts))
            assert self.confirm(**given, intent=intent) == receipt

    @rule(data=st.data(), minutes=st.integers(1, 60))
    def tap_again_with_other_content(self, data: st.DataObject, minutes: int) -> None:
        if self.receipts:
            intent, given, _ = data.draw(st.sampled_from(self.receipts))
            other = Block(given["block"].day, given["block"].minutes + minutes)
            changed = {**given, "block": other}
            _, code = said(lambda: self.confirm(**changed, intent=intent))
            assert code == "intent_conflict"

    @rule(data=st.data(), somebody=st.sampled_from(PEOPLE))
    def withdraw(self, data: st.DataObject, somebody: str) -> None:
        if not self.model.lines:
            return
        line = data.draw(st.sampled_from(self.model.lines))
        who = mostly(somebody, FOLLOWS[line.traject])
        may = who in DEELNAMES[line.deelname][1] | FOLLOWS[line.traject]
        expected = "" if may and line.valid else "already_withdrawn" if may else "not_signer"
        receipt, code = said(
            lambda: ledger.withdraw(
                line.regel, by=getattr(self.cast, who), reason="Fout.", intent=uuid4(), now=NOW
            )
        )
        assert code == expected
        if code:
            return
        line.valid = False
        self.model.written[line.traject] += 1
        assert receipt.number == self.model.written[line.traject]
        if self.model.state[line.traject] == "bereikt" and self.model.total(line.traject) < TARGET:
            self.model.state[line.traject] = "lopend"

    @rule(
        deelname=st.sampled_from(list(DEELNAMES)),
        somebody=st.sampled_from(PEOPLE),
        until=st.sampled_from([None, date(2026, 10, 1), *DAYS]),
    )
    def judge(self, deelname: str, somebody: str, until: date | None) -> None:
        traject = DEELNAMES[deelname][0]
        who = mostly(somebody, FOLLOWS[traject])
        verdict = {"reason": "Te stil.", "until": until} if until else {}
        _, code = said(
            lambda: participation.judge(
                self.deelnames[deelname],
                "past_niet" if until else "past",
                by=getattr(self.cast, who),
                now=NOW,
                **verdict,
            )
        )
        assert code == ("" if who in FOLLOWS[traject] else "not_allowed")
        if code:
            return
        self.model.until.pop(deelname, None)
        if until:
            lived = [line.day for line in self.model.valid(traject) if line.deelname == deelname]
            self.model.until[deelname] = max([until, *lived])
            # What comes after the judged day is the point of judging, and rare by chance.
            self.try_to_confirm(deelname, Block(DAYS[-1], 15), min(DEELNAMES[deelname][1]))

    @rule(traject=st.sampled_from(list(FOLLOWS)), somebody=st.sampled_from(PEOPLE))
    def check_reached(self, traject: str, somebody: str) -> None:
        who = mostly(somebody, FOLLOWS[traject])
        enough = self.model.total(traject) >= TARGET
        may = who in FOLLOWS[traject] and enough and self.model.state[traject] == "lopend"
        _, code = said(
            lambda: trajects.check_reached(
                getattr(self.cast, traject), by=getattr(self.cast, who), now=NOW
            )
        )
        assert (not code) == may
        if may:
            self.model.state[traject] = "bereikt"

    @invariant()
    def the_ledger_holds_what_the_model_holds(self) -> None:
        type(self).steps += 1
        for name in FOLLOWS:
            traject = getattr(self.cast, name)
            rows, days, total = projection(traject)
            assert total == self.model.total(name)
            assert fresh(traject).state == self.model.state[name]
            assert {row["regel_id"] for row in rows} == {
                line.regel for line in self.model.valid(name)
            }
            for day in days:
                assert day["minutes"] == self.model.day_total(name, day["day"])


def test_random_work_leaves_no_wrong_total(shared_cast: Cast) -> None:
    Grootboek.cast, Grootboek.steps = shared_cast, 0
    run_state_machine_as_test(
        Grootboek,
        settings=settings(
            max_examples=48,
            stateful_step_count=40,
            derandomize=True,
            database=None,
            deadline=None,
        ),
    )
    assert Grootboek.steps >= 300
    # Not one kind of step was left out by chance.
    assert HAPPENED.keys() >= {
        *("", "overlap", "too_much_for_a_day", "not_signer", "does_not_fit"),
        *("already_withdrawn", "intent_conflict", "not_allowed", "not_reached"),
    }


def test_the_control_a_ledger_that_forgets_withdrawals_is_caught(shared_cast: Cast, monkeypatch):
    """The machine finds a wrong total when there is one."""
    forget = ledger._add_minutes
    monkeypatch.setattr(
        ledger,
        "_add_minutes",
        lambda traject, day, minutes: forget(traject, day, max(minutes, 0)),
    )
    Grootboek.cast = shared_cast
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Grootboek,
            settings=settings(
                max_examples=20,
                stateful_step_count=20,
                phases=[Phase.generate],
                derandomize=True,
                database=None,
                deadline=None,
                report_multiple_bugs=False,
            ),
        )
