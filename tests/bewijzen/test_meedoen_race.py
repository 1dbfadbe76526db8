"""Two at the same moment: one freed place goes to one, a proposal has one answer. Each with the
control that shows what happens without the lock."""

import threading
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from bewijzen import participation, voorstellen, wachtlijst
from bewijzen.models import Deelname, Voorstel
from bewijzen.voorstellen import Named, Plan
from tests.bewijzen.cast import make_cast, make_deelname
from tests.bewijzen.grootboek import NOW, at_once, codes, fresh

RITA = Named("Rita Zonnedauw", "rita.zonnedauw@post.example")
COFFEE = Plan("Koffie", "Rita", "elke week", "thuis", answers={}, contact=RITA)


@pytest.fixture
def cast(committed_db):
    return make_cast()


# -- Two people and one freed place --------------------------------------------------------------


def waiting(cast):
    """Two take part in an activity with one place; two wait."""
    page = cast.praattafel
    page.capacity = 1
    page.save(update_fields=["capacity"])
    return [
        participation.ask_to_join(traject, page, now=NOW + timedelta(minutes=minute))
        for minute, traject in enumerate([cast.yusuf, cast.ahmad_n])
    ]


def offers():
    return Deelname._base_manager.filter(offered_until__isnull=False).count()


def fill(page):
    def job():
        from django.db import transaction

        with transaction.atomic():
            wachtlijst.offer_free(wachtlijst.locked_page(page.pk), now=NOW)

    return job


def freed(cast):
    """The place is free, and nobody was offered it yet."""
    Deelname._base_manager.filter(pk=cast.samira_praat.pk).update(state="gestopt")
    return [fill(cast.praattafel)] * 2


def test_of_two_in_line_one_gets_the_freed_place(cast):
    waiting(cast)
    at_once(*freed(cast))
    assert offers() == 1


def test_the_control_without_the_lock_on_the_activity_both_get_it(cast, monkeypatch):
    first, _second = waiting(cast)
    jobs = freed(cast)
    barrier, kept, told = threading.Barrier(2), wachtlijst.kept, wachtlijst._offer
    page = type(cast.praattafel)
    turn = iter([first.pk, _second.pk])

    def both_count_first(pk):
        number = kept(pk)
        barrier.wait(10)
        return number

    def to_the_next(deelname, now):
        """Without the lock the second reads the line after the first wrote."""
        told(
            Deelname._base_manager.select_related("traject__inburgeraar__user").get(pk=next(turn)),
            now,
        )

    monkeypatch.setattr(wachtlijst, "locked_page", lambda pk: page.objects.get(pk=pk))
    monkeypatch.setattr(wachtlijst, "kept", both_count_first)
    monkeypatch.setattr(wachtlijst, "_offer", to_the_next)
    at_once(*jobs)
    assert offers() == 2


def test_two_who_stop_at_once_free_two_places_and_lock_nobody_out(cast):
    waiting(cast)
    other = make_deelname(cast.ahmad_s, cast.praattafel)
    cast.praattafel.capacity = 2
    cast.praattafel.save(update_fields=["capacity"])
    jobs = [
        partial(participation.stop, one, by=one.traject.inburgeraar.user, now=NOW)
        for one in (cast.samira_praat, other)
    ]
    assert codes(at_once(*jobs)) == set()
    assert offers() == 2


def test_taking_a_place_while_another_stops_waits_and_does_not_deadlock(cast):
    first, second = waiting(cast)
    participation.stop(cast.samira_praat, by=cast.samira.inburgeraar.user, now=NOW)
    jobs = [
        partial(participation.take_place, first, by=cast.yusuf.inburgeraar.user, now=NOW),
        partial(participation.stop, second, by=cast.ahmad_n.inburgeraar.user, now=NOW),
    ]
    assert codes(at_once(*jobs)) == set()
    assert (fresh(first).state, fresh(second).state) == ("deelnemer", "gestopt")


# -- One answer to a proposal --------------------------------------------------------------------


def propose(cast):
    by = cast.samira.inburgeraar.user
    return voorstellen.propose(cast.samira, COFFEE, intent=uuid4(), by=by, now=NOW)


def accept(cast, voorstel):
    return partial(
        voorstellen.accept,
        voorstel.pk,
        RITA,
        kenmerken=voorstellen.SLUGS,
        by=cast.nele,
        now=NOW,
    )


def withdraw(cast, voorstel):
    return partial(voorstellen.withdraw, voorstel.pk, by=cast.samira.inburgeraar.user, now=NOW)


def made():
    return Deelname._base_manager.filter(page=None).count()


def test_accepting_twice_at_once_makes_one_deelname(cast):
    voorstel = propose(cast)
    assert codes(at_once(*[accept(cast, voorstel)] * 2)) == {"wrong_state"}
    assert made() == 1


def test_accepting_against_withdrawing_has_one_end(cast):
    voorstel = propose(cast)
    assert codes(at_once(accept(cast, voorstel), withdraw(cast, voorstel))) == {"wrong_state"}
    assert made() == (fresh(voorstel).state == Voorstel.State.AANVAARD)


def test_the_control_without_the_lock_a_proposal_is_accepted_twice(cast, monkeypatch):
    voorstel = propose(cast)
    barrier = threading.Barrier(2)

    def unlocked(pk):
        rows = Voorstel._base_manager.select_related(
            "traject__inburgeraar__user", "traject__gemeente", "traject__trajectbegeleider"
        )
        found = rows.get(pk=pk)
        barrier.wait(10)
        return found

    monkeypatch.setattr(voorstellen, "_locked", unlocked)
    at_once(*[accept(cast, voorstel)] * 2)
    assert made() == 2


def test_proposing_twice_at_once_is_one_proposal(cast):
    intent, by = uuid4(), cast.samira.inburgeraar.user
    job = partial(voorstellen.propose, cast.samira, COFFEE, intent=intent, by=by, now=NOW)
    assert codes(at_once(*[job] * 2)) == set()
    assert Voorstel._base_manager.count() == 1
