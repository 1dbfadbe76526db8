"""Withdrawing a line: who may, why, what it does to the totals, and that it can be done again."""

from datetime import timedelta
from uuid import UUID

import pytest

from aanbod.models import Contactpersoon
from bewijzen import ledger
from bewijzen.chain import check
from bewijzen.ledger import Block
from bewijzen.models import RegelTekst
from bewijzen.refusals import MAX_REASON
from gemeenten.models import Rol
from tests.bewijzen.cast import make_contact, make_deelname, make_traject, today
from tests.bewijzen.grootboek import (
    DAY,
    confirm,
    evening,
    lines,
    projection,
    refused,
    sql,
    total,
    withdraw,
)

INTENT = UUID("00000000-0000-4000-8000-000000000002")


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def signed(cast):
    return confirm(cast.samira_praat, cast.lieve)


def test_a_withdrawal_is_a_new_line_that_names_the_line_who_and_why(cast, signed):
    receipt = withdraw(signed, cast.nele, "Samira was ziek.")
    old, new = lines(cast.samira)
    assert (new.number, new.kind, new.withdraws, new.signer) == (2, "intrekking", old, cast.nele)
    assert (new.day, new.minutes, new.van, new.tot) == (old.day, old.minutes, old.van, old.tot)
    assert new.prev_hash == old.hash
    assert receipt.kind == "intrekking"
    tekst = RegelTekst._base_manager.get(regel=new)
    assert (tekst.reason, tekst.signer, tekst.signer_role) == (
        "Samira was ziek.",
        "Nele Wolfsmelk",
        "trajectbegeleider",
    )


def test_withdrawn_hours_count_no_more(cast, signed):
    withdraw(signed, cast.lieve)
    assert projection(cast.samira) == ([], [{"day": DAY, "minutes": 0}], 0)
    assert list(check()) == []


def test_only_the_withdrawn_line_stops_counting(cast, signed):
    confirm(cast.samira_fiets, cast.lieve, Block(DAY, 45))
    withdraw(signed, cast.lieve)
    assert total(cast.samira) == 45


def test_a_withdrawn_block_can_be_confirmed_again(cast, signed):
    withdraw(signed, cast.lieve)
    assert confirm(cast.samira_praat, cast.joris).number == 3
    assert total(cast.samira) == 120


def test_what_was_confirmed_again_can_be_withdrawn_again(cast, signed):
    withdraw(signed, cast.lieve)
    withdraw(confirm(cast.samira_praat, cast.lieve), cast.lieve)
    assert total(cast.samira) == 0
    assert len(lines(cast.samira)) == 4


# -- Why -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_withdrawn(cast, signed, reason):
    with refused("needs_reason"):
        withdraw(signed, cast.lieve, reason)
    assert total(cast.samira) == 120


def test_a_reason_too_long_to_keep_is_refused(cast, signed):
    with refused("too_long"):
        withdraw(signed, cast.lieve, "x" * (MAX_REASON + 1))
    assert withdraw(signed, cast.lieve, "x" * MAX_REASON).number == 2


# -- Who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lieve", "joris", "nele", "coordinator"])
def test_who_may_sign_and_who_follows_the_traject_may_withdraw(cast, signed, who):
    assert withdraw(signed, getattr(cast, who)).number == 2


@pytest.mark.parametrize("who", ["peter", "saar", "thomas", "redacteur", "stranger"])
def test_everyone_else_is_refused(cast, signed, who):
    with refused("not_signer"):
        withdraw(signed, getattr(cast, who))
    assert total(cast.samira) == 120


def test_the_inburgeraar_withdraws_nothing(cast, signed):
    with refused("not_signer"):
        withdraw(signed, cast.samira.inburgeraar.user)


def test_nobody_withdraws_from_their_own_bewijs_in_a_second_role(cast):
    make_contact(cast.nele, cast.lange_tafel, cast.herent)
    own = make_traject(cast, "Nele Wolfsmelk", user=cast.nele, by=cast.nele)
    receipt = confirm(make_deelname(own, cast.praattafel), cast.lieve)
    with refused("not_signer"):
        withdraw(receipt, cast.nele)


def test_a_former_contact_person_withdraws_nothing(cast, signed):
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_to=today() - timedelta(days=1))
    with refused("not_signer"):
        withdraw(signed, cast.lieve)


def test_a_former_trajectbegeleider_withdraws_nothing(cast, signed):
    Rol.everyone.filter(user=cast.nele).update(valid_to=today() - timedelta(days=1))
    with refused("not_signer"):
        withdraw(signed, cast.nele)


def test_a_deactivated_trajectbegeleider_withdraws_nothing(cast, signed):
    cast.nele.is_active = False
    cast.nele.save()
    with refused("not_signer"):
        withdraw(signed, cast.nele)


# -- Twice, and what cannot be withdrawn -----------------------------------------------------


def test_a_line_is_withdrawn_once(cast, signed):
    withdraw(signed, cast.lieve)
    with refused("already_withdrawn"):
        withdraw(signed, cast.nele)
    assert total(cast.samira) == 0


def test_the_database_itself_lets_a_line_be_withdrawn_once(cast, signed):
    """The projection is lost and made by hand: the log still knows."""
    withdraw(signed, cast.lieve)
    sql(
        "INSERT INTO bewijzen_bevestiging (regel_id, traject_id, deelname_id, day, minutes, grade,"
        " signer_id, received_at) SELECT id, traject_id, deelname_id, day, minutes, grade,"
        " signer_id, received_at FROM bewijzen_regel WHERE id = %s",
        signed.regel,
    )
    with refused("already_withdrawn"):
        withdraw(signed, cast.lieve)


def test_a_withdrawal_is_not_withdrawn(cast, signed):
    receipt = withdraw(signed, cast.lieve)
    with refused("wrong_state"):
        withdraw(receipt, cast.lieve)


@pytest.mark.parametrize("number", [0, -1, 10**9, 10**30])
def test_a_line_that_does_not_exist_is_refused(cast, number):
    with refused("wrong_state"):
        ledger.withdraw(number, by=cast.nele, reason="Nee.", intent=INTENT, now=evening().tot)


def test_the_same_intent_gives_the_same_receipt(cast, signed):
    first = withdraw(signed, cast.lieve, intent=INTENT)
    assert withdraw(signed, cast.lieve, intent=INTENT) == first
    assert len(lines(cast.samira)) == 2


def test_the_receipt_stays_the_same_after_the_words_were_erased(cast, signed):
    first = withdraw(signed, cast.lieve, intent=INTENT)
    RegelTekst._base_manager.all().delete()
    assert withdraw(signed, cast.lieve, intent=INTENT) == first


OTHER_CONTENT = {
    "line": lambda cast: {"receipt": confirm(cast.samira_praat, cast.lieve, Block(DAY, 30))},
    "by": lambda cast: {"by": cast.nele},
    "reason": lambda cast: {"reason": "Iets anders."},
}


@pytest.mark.parametrize("field", OTHER_CONTENT)
def test_the_same_intent_with_other_content_is_refused(cast, signed, field):
    same = {"receipt": signed, "by": cast.lieve, "reason": "Verkeerde dag."}
    withdraw(**same, intent=INTENT)
    with refused("intent_conflict"):
        withdraw(**{**same, **OTHER_CONTENT[field](cast)}, intent=INTENT)


def test_the_intent_of_a_confirmation_withdraws_nothing(cast):
    receipt = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    with refused("intent_conflict"):
        withdraw(receipt, cast.lieve, intent=INTENT)
    assert total(cast.samira) == 120


# -- Rebuilding ------------------------------------------------------------------------------


def test_the_projection_is_made_again_exactly_from_the_log(cast, signed):
    confirm(cast.samira_fiets, cast.lieve, Block(DAY, 45))
    withdraw(confirm(cast.samira_praat, cast.joris, evening("16:00", "17:00")), cast.nele)
    withdraw(confirm(cast.samira_praat, cast.joris, Block(DAY - timedelta(days=3), 90)), cast.nele)
    confirm(cast.samira_praat, cast.joris, evening("16:30", "17:30"))
    before = projection(cast.samira)
    ledger.rebuild(cast.samira)
    assert projection(cast.samira) == before


def test_a_spoiled_projection_is_mended_and_others_are_left_alone(cast, signed):
    yusuf = confirm(make_deelname(cast.yusuf, cast.praattafel), cast.lieve)
    before = projection(cast.samira), projection(cast.yusuf)
    sql("UPDATE bewijzen_dagtotaal SET minutes = minutes + 7")
    sql("UPDATE bewijzen_traject SET total_minutes = 5 WHERE total_minutes > 0")
    sql("DELETE FROM bewijzen_bevestiging WHERE regel_id = %s", signed.regel)
    ledger.rebuild(cast.samira)
    assert projection(cast.samira) == before[0]
    assert [fault.traject for fault in check()] == [cast.yusuf.pk]
    ledger.rebuild(cast.yusuf)
    assert projection(cast.yusuf) == before[1]
    assert yusuf.number == 1
    assert list(check()) == []
