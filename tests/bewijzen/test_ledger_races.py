"""Two at once, on a real database where commits are commits. Each promise comes with its control:
the same race with the protection off, and what goes wrong then."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import transaction

from aanbod.models import PlacesTaken
from bewijzen import cards, ledger, participation, sign_off, wachtlijst
from bewijzen.chain import check
from bewijzen.ledger import Block
from bewijzen.models import Bevestiging, Deelname, Hoofd, Kaart, Verzoek
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, Cast, make_cast, make_deelname, make_verzoek
from tests.bewijzen.grootboek import (
    DAY,
    NOW,
    at_once,
    codes,
    confirm,
    evening,
    fresh,
    lines,
    projection,
    sql,
    total,
    withdraw,
    written,
)


@pytest.fixture
def cast(committed_db: None) -> Cast:
    return make_cast()


def is_whole(traject) -> bool:
    """No faults, and line after line without a gap."""
    numbers = [regel.number for regel in lines(traject)]
    return list(check()) == [] and numbers == list(range(1, len(numbers) + 1))


def all_read_first(monkeypatch: pytest.MonkeyPatch, parties: int) -> None:
    """Turn the row lock off: everyone reads the head of the chain before anyone writes."""
    barrier = threading.Barrier(parties)

    def unlocked(deelname: object) -> Deelname:
        found = Deelname._base_manager.select_related(
            "traject__inburgeraar__user", "gemeente", "organisatie"
        ).get(pk=deelname)
        last = Hoofd._base_manager.filter(traject=found.traject).order_by("-number").first()
        barrier.wait(10)
        monkeypatch.setattr(Hoofd.objects, "filter", lambda **_: _Only(last))
        return found

    monkeypatch.setattr(ledger, "_locked", unlocked)


class _Only:
    """A queryset that answers with what was read before."""

    def __init__(self, row: object) -> None:
        self.row = row

    def order_by(self, *_: str) -> "_Only":
        return self

    def first(self) -> object:
        return self.row


# -- The same intent ---------------------------------------------------------------------------


def test_the_same_intent_from_eight_threads_is_one_line(cast):
    intent, block = uuid4(), Block(DAY, 30)
    job = partial(confirm, cast.samira_praat, cast.lieve, block, intent=intent)
    receipts = written(at_once(*[job] * 8))
    assert len(receipts) == 8
    assert len(set(receipts)) == 1
    assert (len(lines(cast.samira)), total(cast.samira)) == (1, 30)
    assert is_whole(cast.samira)

    sql("ALTER TABLE bewijzen_regel DROP CONSTRAINT bewijzen_regel_intent_key")
    at_once(*[partial(confirm, cast.samira_praat, cast.lieve, block, intent=uuid4())] * 8)
    control = uuid4()
    at_once(*[partial(confirm, cast.samira_praat, cast.lieve, block, intent=control)] * 8)
    assert [regel.intent for regel in lines(cast.samira)].count(control) == 8


def test_the_same_intent_for_two_people_is_written_for_one(cast):
    intent = uuid4()
    yusuf = make_deelname(cast.yusuf, cast.praattafel)
    results = at_once(
        partial(confirm, cast.samira_praat, cast.lieve, intent=intent),
        partial(confirm, yusuf, cast.lieve, intent=intent),
    )
    assert (len(written(results)), codes(results)) == (1, {"intent_conflict"})
    assert total(cast.samira) + total(cast.yusuf) == 120
    assert list(check()) == []


# -- Overlap, and 24 hours ---------------------------------------------------------------------


def test_overlapping_blocks_from_two_phones_are_written_once(cast):
    two_phones = [
        partial(confirm, cast.samira_praat, cast.lieve, evening("19:00", "21:00")),
        partial(confirm, cast.samira_fiets, cast.joris, evening("20:00", "22:00")),
    ]
    results = at_once(*two_phones)
    assert (len(written(results)), codes(results)) == (1, {"overlap"})
    assert total(cast.samira) == 120
    assert is_whole(cast.samira)

    withdraw(written(results)[0], cast.lieve)
    sql("ALTER TABLE bewijzen_bevestiging DROP CONSTRAINT no_two_blocks_at_once")
    assert len(written(at_once(*two_phones))) == 2
    assert total(cast.samira) == 240


def test_a_day_of_24_hours_is_filled_by_one_of_two(cast):
    day = DAY - timedelta(days=1)
    two = [
        partial(confirm, cast.samira_praat, cast.lieve, Block(day, 800)),
        partial(confirm, cast.samira_fiets, cast.joris, Block(day, 700)),
    ]
    results = at_once(*two)
    assert (len(written(results)), codes(results)) == (1, {"too_much_for_a_day"})
    assert is_whole(cast.samira)

    withdraw(written(results)[0], cast.lieve)
    sql("ALTER TABLE bewijzen_dagtotaal DROP CONSTRAINT never_more_than_24_hours_a_day")
    assert len(written(at_once(*two))) == 2
    assert total(cast.samira) == 1500


# -- The numbering -----------------------------------------------------------------------------


def quarters(cast: Cast, number: int) -> list[Callable]:
    start = evening("10:00", "10:15").van
    return [
        partial(
            confirm,
            cast.samira_praat,
            cast.lieve,
            Block.between(
                start + timedelta(minutes=15 * place), start + timedelta(minutes=15 * place + 15)
            ),
        )
        for place in range(number)
    ]


def test_many_confirmations_of_one_traject_are_one_chain(cast):
    results = at_once(*quarters(cast, 16))
    assert {receipt.number for receipt in written(results)} == set(range(1, 17))
    assert total(cast.samira) == 16 * 15
    assert is_whole(cast.samira)


def test_the_control_without_the_row_lock_confirmations_are_lost(cast, monkeypatch):
    all_read_first(monkeypatch, 6)
    results = at_once(*quarters(cast, 6))
    assert (len(written(results)), codes(results)) == (1, {"busy"})


def test_the_control_without_lock_and_numbering_the_total_is_wrong(cast, monkeypatch):
    sql("DROP INDEX regel_number_once_per_traject")
    sql("DROP INDEX hoofd_once_per_regel")
    all_read_first(monkeypatch, 6)
    assert len(written(at_once(*quarters(cast, 6)))) == 6
    monkeypatch.undo()
    assert total(cast.samira) < 6 * 15
    assert list(check())


# -- Withdrawing against confirming ------------------------------------------------------------


@pytest.mark.parametrize("other", [("19:00", "21:00"), ("20:00", "22:00")])
def test_withdrawing_against_confirming_ends_whole(cast, other):
    """Either the withdrawal came first and the new block stands, or the new block was refused."""
    for days in range(1, 9):
        day = DAY - timedelta(days=days)
        old = confirm(cast.samira_praat, cast.lieve, evening(day=day))
        before = total(cast.samira)
        results = at_once(
            partial(withdraw, old, cast.nele),
            partial(confirm, cast.samira_fiets, cast.joris, evening(*other, day)),
        )
        assert codes(results) <= {"overlap"}
        gained = 120 * (len(written(results)) - 1)
        assert total(cast.samira) == before - 120 + gained
    assert is_whole(cast.samira)


def test_the_control_without_the_lock_withdrawing_beside_confirming_spoils_the_total(
    cast, monkeypatch
):
    old = confirm(cast.samira_praat, cast.lieve)
    sql("DROP INDEX regel_number_once_per_traject")
    sql("DROP INDEX hoofd_once_per_regel")
    all_read_first(monkeypatch, 2)
    results = at_once(
        partial(withdraw, old, cast.nele),
        partial(confirm, cast.samira_fiets, cast.joris, evening("08:00", "10:00")),
    )
    monkeypatch.undo()
    assert len(written(results)) == 2
    assert total(cast.samira) != 120
    assert list(check())


def test_a_line_withdrawn_by_two_at_once_is_withdrawn_once(cast):
    old = confirm(cast.samira_praat, cast.lieve)
    results = at_once(*[partial(withdraw, old, who) for who in (cast.lieve, cast.joris, cast.nele)])
    assert (len(written(results)), codes(results)) == (1, {"already_withdrawn"})
    assert projection(cast.samira) == ([], [{"day": DAY, "minutes": 0}], 0)
    assert is_whole(cast.samira)


def test_a_storm_of_everything_ends_whole(cast):
    blocks = [evening(f"{hour:02}:00", f"{hour + 2:02}:00") for hour in range(8, 20)]
    results = at_once(
        *[partial(confirm, cast.samira_praat, cast.lieve, block) for block in blocks],
    )
    kept = written(results)
    results = at_once(
        *[partial(withdraw, receipt, cast.nele) for receipt in kept],
        *[partial(withdraw, receipt, cast.joris) for receipt in kept],
        *[partial(confirm, cast.samira_fiets, cast.joris, block) for block in blocks[::2]],
    )
    assert codes(results) <= {"already_withdrawn", "overlap"}
    assert total(cast.samira) == 120 * Bevestiging._base_manager.count()
    assert is_whole(cast.samira)


# -- The judgement against confirming ----------------------------------------------------------


def test_a_judgement_waits_for_a_line_that_is_being_written(cast, monkeypatch):
    """So that what was being signed is lived before it, or refused; never counted after it."""
    under_way = threading.Event()
    append = ledger._append

    def slow(*args: object, **rest: object) -> object:
        under_way.set()
        threading.Event().wait(0.3)
        return append(*args, **rest)

    monkeypatch.setattr(ledger, "_append", slow)

    def judge() -> None:
        under_way.wait(10)
        participation.judge(
            cast.samira_praat,
            "past_niet",
            by=cast.nele,
            now=NOW,
            reason="Te stil.",
            until=DAY - timedelta(days=9),
        )

    results = at_once(partial(confirm, cast.samira_praat, cast.lieve), judge)
    assert len(written(results)) == 1
    assert fresh(cast.samira_praat).judged_until == DAY


def test_the_control_with_only_the_traject_locked_a_line_is_counted_after_its_day(
    cast, monkeypatch
):
    judged, read = threading.Event(), threading.Event()

    def only_the_traject(deelname: object) -> Deelname:
        found = (
            Deelname._base_manager.select_related("traject__inburgeraar__user", "gemeente")
            .select_for_update(of=("traject",), no_key=True)
            .get(pk=deelname)
        )
        read.set()
        judged.wait(10)
        return found

    monkeypatch.setattr(ledger, "_locked", only_the_traject)

    def judge() -> None:
        read.wait(10)
        participation.judge(
            cast.samira_praat,
            "past_niet",
            by=cast.nele,
            now=NOW,
            reason="Te stil.",
            until=DAY - timedelta(days=9),
        )
        judged.set()

    at_once(partial(confirm, cast.samira_praat, cast.lieve), judge)
    assert fresh(cast.samira_praat).judged_until < lines(cast.samira)[0].day


# -- Checking while people sign ----------------------------------------------------------------


def test_checking_beside_confirmations_raises_no_false_alarm(cast, monkeypatch):
    confirm(cast.samira_praat, cast.lieve)
    checking = threading.current_thread()
    heads = Hoofd.objects.filter

    def somebody_signs_first(*args: object, **conditions: object) -> object:
        if conditions and threading.current_thread() is checking:
            at_once(partial(confirm, cast.samira_fiets, cast.joris, Block(DAY, 15)))
        return heads(*args, **conditions)

    monkeypatch.setattr(Hoofd.objects, "filter", somebody_signs_first)
    assert list(check()) == []
    assert len(lines(cast.samira)) == 2

    with transaction.atomic():  # the control: here each query sees its own moment
        assert [fault.what for fault in check()] == ["the line of this head is gone"]


# -- Places and cards --------------------------------------------------------------------------


def _two_ask(cast: Cast) -> list[Callable]:
    cast.praattafel.capacity = 2  # Samira has one
    cast.praattafel.save(update_fields=["capacity"])
    asked = [
        participation.ask_to_join(traject, cast.praattafel, now=NOW)
        for traject in (cast.yusuf, cast.ahmad_n)
    ]
    return [partial(participation.welcome, deelname, by=cast.lieve, now=NOW) for deelname in asked]


def test_the_last_place_goes_to_one_of_two(cast):
    assert codes(at_once(*_two_ask(cast))) == {"full"}
    assert wachtlijst.taken(cast.praattafel.pk) == 2
    assert PlacesTaken.objects.get(page=cast.praattafel.pk).number == 2


def test_the_control_without_the_lock_on_the_page_both_get_it(cast, monkeypatch):
    welcomes = _two_ask(cast)
    barrier, counted = threading.Barrier(2), threading.local()
    taken = wachtlijst.taken

    def both_count_first(page: int) -> int:
        number = taken(page)
        if not hasattr(counted, "once"):
            counted.once = True
            barrier.wait(10)
        return number

    monkeypatch.setattr(
        wachtlijst, "locked_page", lambda page: type(cast.praattafel).objects.get(pk=page)
    )
    monkeypatch.setattr(wachtlijst, "taken", both_count_first)
    assert codes(at_once(*welcomes)) == set()
    assert taken(cast.praattafel.pk) == 3


def test_two_taps_at_once_make_one_card(cast):
    job = partial(cards.card_of, cast.samira, by=cast.nele, now=NOW)
    assert len({kaart.pk for kaart in at_once(*[job] * 4)}) == 1
    assert Kaart._base_manager.count() == 1


def test_two_new_cards_at_once_leave_one_alive(cast):
    job = partial(cards.new_card, cast.samira, by=cast.nele, now=NOW)
    made = at_once(*[job] * 4)
    assert {kaart.generation for kaart in made} == {1, 2, 3, 4}
    assert Kaart._base_manager.get(withdrawn_at__isnull=True).generation == 4


# -- A note against a list ---------------------------------------------------------------------


def test_a_note_and_the_list_signed_at_once_are_one_line_and_no_deadlock(cast):
    for days in range(1, 6):
        day = DAY - timedelta(days=days)
        note = make_verzoek(cast.samira_praat)
        with acting_as(TEST):
            block = evening(day=day)
            Verzoek.objects.filter(pk=note.pk).update(day=day, van=block.van, tot=block.tot)
        results = at_once(
            partial(sign_off.sign_note, note.pk, signer=cast.lieve, intent=uuid4(), now=NOW),
            partial(
                sign_off.sign,
                cast.samira_praat.pk,
                block,
                signer=cast.joris,
                intent=uuid4(),
                now=NOW,
            ),
        )
        assert len(written(results)) == 1
        assert codes(results) <= {"overlap", "wrong_state"}
        assert fresh(note).state == Verzoek.State.GETEKEND
    assert is_whole(cast.samira)
