"""The traject: reached is enough hours and checked; what a correction takes back."""

from datetime import timedelta

import pytest

from bewijzen import ledger, trajects
from bewijzen.ledger import Block
from bewijzen.models import Stap, Traject
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, Rol
from tests.bewijzen.cast import TEST, make_contact, make_deelname, make_traject, make_verzoek, today
from tests.bewijzen.grootboek import DAY, NOW, confirm, fresh, refused, sql, total, withdraw


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def forty(cast):
    """Samira has forty hours in five lines of eight."""
    return [
        confirm(cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=days), 480))
        for days in range(1, 6)
    ]


def put_in(state, traject):
    sql("UPDATE bewijzen_traject SET state = %s WHERE id = %s", state, traject.pk)


def told(user):
    with acting_as(TEST):
        rows = Bericht.objects.filter(receiver=user).order_by("pk")
        return [key.partition("/")[0] for key in rows.values_list("key", flat=True)]


# -- Where somebody stands -------------------------------------------------------------------


def test_hours_say_what_counts_what_waits_and_what_is_missing(cast):
    confirm(cast.samira_praat, cast.lieve)
    make_verzoek(cast.samira_praat, minutes=90)
    with acting_as(TEST):
        hours = trajects.hours(fresh(cast.samira))
    assert (hours.counted, hours.waiting, hours.target) == (120, 90, 2400)
    assert (hours.missing, hours.reached) == (2280, False)


def test_a_note_is_never_counted(cast):
    make_verzoek(cast.samira_praat, minutes=1440)
    assert total(cast.samira) == 0


def test_more_than_enough_is_not_less_than_nothing_missing(cast, forty):
    confirm(cast.samira_praat, cast.lieve)
    with acting_as(TEST):
        hours = trajects.hours(fresh(cast.samira))
    assert (hours.missing, hours.reached) == (0, True)


# -- Checked ---------------------------------------------------------------------------------


def test_reached_is_enough_hours_and_checked_by_the_trajectbegeleider(cast, forty):
    assert fresh(cast.samira).state == Traject.State.LOPEND
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    assert fresh(cast.samira).state == Traject.State.BEREIKT
    assert told(cast.samira.inburgeraar.user) == ["bereikt"]
    stap = Stap._base_manager.get(traject=cast.samira, what="traject")
    assert (stap.before, stap.after, stap.actor, stap.at) == ("lopend", "bereikt", cast.nele, NOW)


def test_the_coordinator_may_check_for_the_team(cast, forty):
    assert trajects.check_reached(cast.samira, by=cast.coordinator, now=NOW).state == "bereikt"


def test_one_minute_too_few_is_not_reached(cast, forty):
    withdraw(forty[0], cast.lieve)
    confirm(cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=1), 479))
    with refused("not_reached"):
        trajects.check_reached(cast.samira, by=cast.nele, now=NOW)


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
def test_nobody_else_checks(cast, forty, who):
    with refused("not_allowed"):
        trajects.check_reached(cast.samira, by=getattr(cast, who), now=NOW)


def test_nobody_checks_their_own(cast):
    own = make_traject(cast, "Nele Wolfsmelk", user=cast.nele, by=cast.nele)
    sql("UPDATE bewijzen_traject SET total_minutes = 2400 WHERE id = %s", own.pk)
    with refused("not_allowed"):
        trajects.check_reached(own, by=cast.nele, now=NOW)


def test_a_former_colleague_checks_nothing(cast, forty):
    Rol.everyone.filter(user=cast.nele).update(valid_to=today() - timedelta(days=1))
    with refused("not_allowed"):
        trajects.check_reached(cast.samira, by=cast.nele, now=NOW)


@pytest.mark.parametrize("state", ["gepauzeerd", "bereikt", "geregistreerd", "stopgezet"])
def test_only_a_running_traject_is_checked(cast, forty, state):
    put_in(state, cast.samira)
    with refused("wrong_state"):
        trajects.check_reached(cast.samira, by=cast.nele, now=NOW)


# -- A correction ----------------------------------------------------------------------------


def test_falling_below_the_target_takes_reached_back_with_a_message(cast, forty):
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    withdraw(forty[0], cast.lieve, "Ze was er niet.")
    assert fresh(cast.samira).state == Traject.State.LOPEND
    assert told(cast.samira.inburgeraar.user) == ["bereikt", "ingetrokken"]
    assert told(cast.nele) == ["gezakt"]
    stap = Stap._base_manager.filter(traject=cast.samira, what="traject").last()
    assert (stap.before, stap.after, stap.reason) == ("bereikt", "lopend", "Ze was er niet.")


def test_a_correction_that_leaves_enough_takes_nothing_back(cast, forty):
    extra = confirm(cast.samira_fiets, cast.lieve)
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    withdraw(extra, cast.lieve)
    assert fresh(cast.samira).state == Traject.State.BEREIKT
    assert told(cast.nele) == []


def test_what_was_registered_stays_registered_and_the_trajectbegeleider_is_told(cast, forty):
    put_in("geregistreerd", cast.samira)
    withdraw(forty[0], cast.lieve)
    assert fresh(cast.samira).state == Traject.State.GEREGISTREERD
    assert told(cast.nele) == ["gezakt"]


def test_each_further_correction_of_what_was_registered_is_told(cast, forty):
    put_in("geregistreerd", cast.samira)
    for receipt in forty[:2]:
        withdraw(receipt, cast.nele)
    assert told(cast.nele) == ["gezakt", "gezakt"]


def test_the_inburgeraar_is_told_of_every_withdrawal(cast):
    for _ in range(2):
        withdraw(confirm(cast.samira_praat, cast.lieve), cast.lieve)
    assert told(cast.samira.inburgeraar.user) == ["ingetrokken", "ingetrokken"]


def test_a_total_that_never_reached_the_target_did_not_fall_below_it(cast):
    withdraw(confirm(cast.samira_praat, cast.lieve), cast.lieve)
    assert told(cast.nele) == []
    assert fresh(cast.samira).state == Traject.State.LOPEND


def test_who_withdraws_is_not_told_what_they_did(cast, forty):
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    withdraw(forty[0], cast.nele)
    assert told(cast.nele) == []


def test_after_a_correction_it_can_be_reached_and_checked_again(cast, forty):
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    withdraw(forty[0], cast.lieve)
    confirm(cast.samira_praat, cast.lieve, Block(DAY - timedelta(days=1), 480))
    trajects.check_reached(cast.samira, by=cast.nele, now=NOW)
    assert fresh(cast.samira).state == Traject.State.BEREIKT
    assert told(cast.samira.inburgeraar.user).count("bereikt") == 2


def test_nothing_is_told_of_what_was_refused(cast, forty):
    with refused("not_signer"):
        withdraw(forty[0], cast.peter)
    assert told(cast.samira.inburgeraar.user) == []


def test_subjects_hold_nobodys_name_and_no_reference(cast, forty):
    put_in("geregistreerd", cast.samira)
    withdraw(forty[0], cast.lieve)
    with acting_as(TEST):
        subjects = " ".join(Bericht.objects.values_list("subject", flat=True))
    assert "Samira" not in subjects
    assert cast.samira.inburgeraar.reference not in subjects


# -- Opening ---------------------------------------------------------------------------------


def test_a_dossier_begins_without_hours_in_the_caseload_of_who_opens_it(cast):
    traject = trajects.open_traject(
        name=" Maryam Hosseini ",
        reference=" H-2026-17 ",
        language="fa",
        gemeente=cast.herent,
        agentschap=cast.agentschap,
        started_on=DAY - timedelta(days=40),
        by=cast.nele,
        now=NOW,
    )
    assert (traject.state, traject.total_minutes, traject.target_minutes) == ("lopend", 0, 2400)
    assert traject.trajectbegeleider == cast.nele
    assert (traject.inburgeraar.name, traject.inburgeraar.reference) == (
        "Maryam Hosseini",
        "H-2026-17",
    )
    assert not traject.inburgeraar.user.has_usable_password()
    assert traject.inburgeraar.user.email is None


def test_a_contact_person_who_follows_a_traject_too_withdraws_as_trajectbegeleider(cast):
    make_contact(cast.nele, cast.lange_tafel, cast.herent)
    deelname = make_deelname(cast.yusuf, cast.praattafel)
    receipt = withdraw(confirm(deelname, cast.nele), cast.nele)
    with acting_as(TEST):
        regel = ledger.Regel.objects.get(pk=receipt.regel)
        assert regel.tekst.signer_role == "trajectbegeleider"
        assert regel.withdraws.tekst.signer_role == "contactpersoon"
