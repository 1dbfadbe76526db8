"""Confirming one block of time: what is written, who may, and the same intent twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanbod.models import Contactpersoon
from bewijzen import ledger, participation
from bewijzen.ledger import Block
from bewijzen.models import Bevestiging, Hoofd, Regel, RegelTekst
from gemeenten.acting import acting_as
from gemeenten.models import Rol
from tests.bewijzen.cast import (
    TEST,
    make_begeleider,
    make_contact,
    make_deelname,
    make_traject,
    make_user,
    today,
)
from tests.bewijzen.grootboek import (
    DAY,
    NOW,
    brussels,
    confirm,
    evening,
    lines,
    projection,
    refused,
    sql,
    total,
    withdraw,
)


@pytest.fixture
def cast(shared_cast):
    return shared_cast


# -- What is written -------------------------------------------------------------------------


def test_a_confirmation_is_a_line_with_its_words_its_head_and_its_place_in_the_totals(cast):
    receipt = confirm(cast.samira_praat, cast.lieve)
    (regel,) = lines(cast.samira)
    assert (regel.number, regel.kind, regel.minutes, regel.day) == (1, "bevestiging", 120, DAY)
    assert (regel.signer, regel.entered_by, regel.grade) == (cast.lieve, None, "getekend")
    assert receipt.hash == regel.hash
    assert receipt.regel == regel.pk
    tekst = RegelTekst._base_manager.get(regel=regel)
    assert (tekst.title, tekst.gemeente, tekst.organisatie) == (
        "Praattafel",
        "Herent",
        "De Lange Tafel",
    )
    assert (tekst.inburgeraar, tekst.signer) == ("Samira Al-Masri", "Lieve Vanderstok")
    assert (tekst.signer_role, tekst.reason) == ("contactpersoon", "")
    assert Hoofd._base_manager.get(traject=cast.samira).hash == regel.hash
    assert Bevestiging._base_manager.get(regel=regel).block.lower == evening().van
    assert projection(cast.samira)[1:] == ([{"day": DAY, "minutes": 120}], 120)


def test_each_line_names_the_hash_of_the_one_before_it(cast):
    first = confirm(cast.samira_praat, cast.lieve)
    second = confirm(cast.samira_fiets, cast.joris, evening("16:00", "17:00"))
    assert [regel.number for regel in lines(cast.samira)] == [1, 2]
    assert lines(cast.samira)[1].prev_hash == first.hash
    assert second.number == 2
    assert total(cast.samira) == 180


def test_two_trajecten_have_chains_of_their_own(cast):
    confirm(cast.samira_praat, cast.lieve)
    receipt = confirm(make_deelname(cast.yusuf, cast.praattafel), cast.lieve)
    assert receipt.number == 1


def test_the_same_words_never_have_the_same_hash(cast):
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 30))
    confirm(cast.samira_praat, cast.lieve, Block(DAY, 30))
    first, second = lines(cast.samira)
    assert first.text_hash != second.text_hash


def test_what_is_kept_is_in_utc_and_to_the_second(cast):
    now = NOW.replace(microsecond=123456)
    receipt = confirm(cast.samira_praat, cast.lieve, evening(), now=now, claimed_at=now)
    (regel,) = lines(cast.samira)
    assert regel.received_at == regel.claimed_at == receipt.received_at == NOW


def test_the_claimed_time_is_kept_beside_the_received_time(cast):
    confirm(cast.samira_praat, cast.lieve, claimed_at=NOW - timedelta(days=1))
    (regel,) = lines(cast.samira)
    assert (regel.claimed_at, regel.received_at) == (NOW - timedelta(days=1), NOW)


def test_a_line_from_paper_says_who_entered_it(cast):
    confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=cast.nele)
    assert lines(cast.samira)[0].entered_by == cast.nele


def test_a_confirmation_asks_the_database_at_most_ten_things(cast):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        confirm(cast.samira_praat, cast.lieve)
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 10, "\n".join(asked)
    assert sum(query.startswith("SELECT") for query in asked) == 3


# -- Who may ---------------------------------------------------------------------------------


def test_any_contact_person_of_the_organisatie_in_that_gemeente_signs(cast):
    assert confirm(cast.samira_praat, cast.joris).number == 1


def test_the_person_named_in_the_deelname_signs_without_an_organisatie(cast):
    neighbour = make_contact("Rita Buurvrouw", None, cast.herent)
    named = Contactpersoon.everyone.get(user=neighbour)
    own = make_deelname(cast.yusuf, cast.fietsles, contact=named)
    own.organisatie = None
    own.save()
    assert confirm(own, neighbour).number == 1


def test_a_contact_person_of_another_organisatie_is_refused(cast):
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.peter)


def test_a_contact_person_of_another_gemeente_is_refused(cast):
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.saar)


def test_a_private_person_named_elsewhere_is_refused(cast):
    neighbour = make_contact("Rita Buurvrouw", None, cast.herent)
    with refused("not_signer"):
        confirm(cast.samira_praat, neighbour)


def test_a_contact_person_whose_time_ended_yesterday_is_refused(cast):
    _ends(cast.lieve, today() - timedelta(days=1))
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.lieve)


def test_a_contact_person_on_their_last_day_still_signs(cast):
    _ends(cast.lieve, today())
    assert confirm(cast.samira_praat, cast.lieve).number == 1


def test_a_contact_person_who_begins_tomorrow_is_refused(cast):
    begins = today() + timedelta(days=1)
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_from=begins)
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.lieve)


def test_a_deactivated_contact_person_is_refused(cast):
    cast.lieve.is_active = False
    cast.lieve.save()
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.lieve)


@pytest.mark.parametrize("who", ["stranger", "nele", "coordinator", "redacteur"])
def test_whoever_is_no_contact_person_is_refused(cast, who):
    with refused("not_signer"):
        confirm(cast.samira_praat, getattr(cast, who))


def test_nobody_signs_their_own_bewijs_as_a_contact_person(cast):
    own = make_traject(cast, "Lieve Vanderstok", user=cast.lieve)
    with refused("own_bewijs"):
        confirm(make_deelname(own, cast.praattafel), cast.lieve)


def test_nobody_signs_their_own_bewijs_as_a_trajectbegeleider_and_contact_person(cast):
    make_contact(cast.nele, cast.lange_tafel, cast.herent)
    own = make_traject(cast, "Nele Wolfsmelk", user=cast.nele, by=cast.nele)
    with refused("own_bewijs"):
        confirm(make_deelname(own, cast.praattafel), cast.nele)


def test_nobody_enters_their_own_paper(cast):
    samira = cast.samira.inburgeraar.user
    with refused("own_bewijs"):
        confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=samira)


@pytest.mark.parametrize("who", ["joris", "nele", "coordinator"])
def test_a_colleague_or_who_follows_the_traject_enters_paper(cast, who):
    entered_by = getattr(cast, who)
    assert confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=entered_by)


@pytest.mark.parametrize("who", ["stranger", "peter", "thomas"])
def test_nobody_else_enters_paper(cast, who):
    with refused("not_allowed"):
        confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=getattr(cast, who))


def test_an_unknown_deelname_is_refused_like_one_of_somebody_else(cast):
    with refused("not_signer"):
        ledger.confirm(
            uuid4(), evening(), signer=cast.lieve, grade="getekend", intent=uuid4(), now=NOW
        )


@pytest.mark.parametrize("state", ["gevraagd", "wachtlijst", "geweigerd", "gestopt"])
def test_hours_that_were_lived_count_whatever_the_list_says(cast, state):
    deelname = make_deelname(cast.yusuf, cast.praattafel, state)
    assert confirm(deelname, cast.lieve).minutes == 120


@pytest.mark.parametrize("state", ["gepauzeerd", "bereikt", "geregistreerd", "stopgezet"])
def test_hours_that_were_lived_count_whatever_became_of_the_traject(cast, state):
    sql("UPDATE bewijzen_traject SET state = %s WHERE id = %s", state, cast.samira.pk)
    assert confirm(cast.samira_praat, cast.lieve).minutes == 120


def test_a_refusal_writes_nothing(cast):
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.peter)
    assert lines(cast.samira) == []
    assert projection(cast.samira) == ([], [], 0)


# -- The judgement of R6 ---------------------------------------------------------------------


@pytest.fixture
def judged(cast):
    """Samira's praattafel fits no more after the day before DAY."""
    until = DAY - timedelta(days=1)
    participation.judge(
        cast.samira_praat, "past_niet", by=cast.nele, now=NOW, reason="Te stil.", until=until
    )
    return cast.samira_praat


def test_the_last_day_that_fits_still_counts(cast, judged):
    assert confirm(judged, cast.lieve, evening(day=DAY - timedelta(days=1))).minutes == 120


def test_the_day_after_it_is_refused(cast, judged):
    with refused("does_not_fit"):
        confirm(judged, cast.lieve, evening())


def test_an_activity_that_fits_again_counts_again(cast, judged):
    participation.judge(judged, "past", by=cast.nele, now=NOW)
    assert confirm(judged, cast.lieve, evening()).minutes == 120


@pytest.mark.parametrize("verdict", ["nog_niet", "past"])
def test_without_a_no_the_hours_count_at_once(cast, verdict):
    sql("UPDATE bewijzen_deelname SET judgement = %s", verdict)
    assert confirm(cast.samira_praat, cast.lieve).minutes == 120


# -- The same intent -------------------------------------------------------------------------

INTENT = UUID("00000000-0000-4000-8000-000000000001")


def test_the_same_intent_and_content_gives_the_same_receipt(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    again = confirm(cast.samira_praat, cast.lieve, intent=INTENT, now=NOW + timedelta(days=400))
    assert again == first
    assert total(cast.samira) == 120


def test_the_receipt_stays_the_same_after_the_signer_lost_the_right(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    _ends(cast.lieve, today() - timedelta(days=1))
    assert confirm(cast.samira_praat, cast.lieve, intent=INTENT) == first


def test_the_receipt_stays_the_same_after_the_deelname_stopped(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    participation.stop(cast.samira_praat, by=cast.lieve, now=NOW)
    assert confirm(cast.samira_praat, cast.lieve, intent=INTENT) == first


def test_the_receipt_stays_the_same_after_it_fits_no_more(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    sql(
        "UPDATE bewijzen_deelname SET judgement = 'past_niet', judgement_reason = 'Nee.',"
        " judged_until = '2026-01-01'"
    )
    assert confirm(cast.samira_praat, cast.lieve, intent=INTENT) == first


def test_the_receipt_stays_the_same_after_the_line_was_withdrawn(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    withdraw(first, cast.lieve)
    assert confirm(cast.samira_praat, cast.lieve, intent=INTENT) == first
    assert total(cast.samira) == 0


def test_the_receipt_stays_the_same_when_the_server_clock_went_back(cast):
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    again = confirm(cast.samira_praat, cast.lieve, intent=INTENT, now=NOW - timedelta(hours=8))
    assert again == first


def test_parts_of_a_second_make_no_other_content(cast):
    block = evening()
    later = Block(DAY, 120, block.van + timedelta(microseconds=7), block.tot)
    first = confirm(cast.samira_praat, cast.lieve, block, intent=INTENT)
    assert confirm(cast.samira_praat, cast.lieve, later, intent=INTENT) == first


def test_the_hour_that_comes_twice_is_the_same_content_twice(cast):
    # Python calls a Brussels time in the repeated hour unequal to the same moment in UTC.
    block = Block.between(brussels("2026-10-25 01:30"), brussels("2026-10-25 02:30", fold=1))
    first = confirm(cast.samira_praat, cast.lieve, block, intent=INTENT)
    assert confirm(cast.samira_praat, cast.lieve, block, intent=INTENT) == first


OTHER_CONTENT = {
    "day": lambda cast: {"block": evening(day=DAY - timedelta(days=1))},
    "minutes": lambda cast: {"block": Block(DAY, 119, evening().van, evening().tot)},
    "van": lambda cast: {"block": Block(DAY, 120, evening("18:59").van, evening().tot)},
    "tot": lambda cast: {"block": Block(DAY, 120, evening().van, evening(end="21:01").tot)},
    "no clock times": lambda cast: {"block": Block(DAY, 120)},
    "deelname": lambda cast: {"deelname": cast.samira_fiets},
    "traject": lambda cast: {"deelname": make_deelname(cast.yusuf, cast.praattafel)},
    "signer": lambda cast: {"signer": cast.joris},
    "grade": lambda cast: {"grade": "gescand"},
    "entered_by": lambda cast: {"entered_by": cast.nele},
}


@pytest.mark.parametrize("field", OTHER_CONTENT)
def test_the_same_intent_with_other_content_is_refused(cast, field):
    same = {"deelname": cast.samira_praat, "signer": cast.lieve, "block": evening()}
    confirm(**same, intent=INTENT)
    with refused("intent_conflict"):
        confirm(**{**same, **OTHER_CONTENT[field](cast)}, intent=INTENT)
    assert len(Regel._base_manager.all()) == 1


def test_the_intent_of_a_withdrawal_confirms_nothing(cast):
    withdraw(confirm(cast.samira_praat, cast.lieve), cast.lieve, intent=INTENT)
    with refused("intent_conflict"):
        confirm(cast.samira_praat, cast.lieve, intent=INTENT)


def test_an_intent_that_was_refused_may_still_be_written(cast):
    with refused("not_signer"):
        confirm(cast.samira_praat, cast.peter, intent=INTENT)
    assert confirm(cast.samira_praat, cast.lieve, intent=INTENT).number == 1


def test_a_repetition_inside_a_larger_transaction_leaves_it_whole(cast):
    """The test runs in one transaction: a refused statement must not spoil what comes after."""
    first = confirm(cast.samira_praat, cast.lieve, intent=INTENT)
    for _ in range(3):
        assert confirm(cast.samira_praat, cast.lieve, intent=INTENT) == first
    assert confirm(cast.samira_praat, cast.lieve, evening("16:00", "17:00")).number == 2


# -- Rights that a role beside it gives ------------------------------------------------------


def test_a_former_trajectbegeleider_enters_no_paper(cast):
    gone = make_begeleider(cast, "Els Vertrokken", cast.team_herent)
    sql("UPDATE bewijzen_traject SET trajectbegeleider_id = %s", gone.pk)
    Rol.everyone.filter(user=gone).update(valid_to=today() - timedelta(days=1))
    with refused("not_allowed"):
        confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=gone)


def test_a_deactivated_trajectbegeleider_enters_no_paper(cast):
    cast.nele.is_active = False
    cast.nele.save()
    with refused("not_allowed"):
        confirm(cast.samira_praat, cast.lieve, grade="papier", entered_by=cast.nele)


def test_the_acting_person_makes_no_difference(cast):
    with acting_as(cast.stranger):
        assert confirm(cast.samira_praat, cast.lieve).number == 1
    with acting_as(cast.lieve), refused("not_signer"):
        confirm(cast.samira_praat, make_user("Iemand Anders"))
    with acting_as(TEST):
        assert Regel.objects.count() == 1


def _ends(user, day):
    Contactpersoon.everyone.filter(user=user).update(valid_to=day)
