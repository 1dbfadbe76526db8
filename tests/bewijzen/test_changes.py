"""What changes in the offer is told to who takes part and to the contact persons, each in their own
language: a date that is off, moved or back; an activity that pauses or goes offline."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone, translation

from aanbod import dates
from bewijzen.models import Deelname
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, make_deelname
from tests.bewijzen.grootboek import fresh

OFF = "Een datum gaat niet door"
MOVED = "Een datum is veranderd"


@pytest.fixture
def cast(shared_cast):
    """Ahmad takes part as well; Yusuf only asked."""
    make_deelname(shared_cast.ahmad_s, shared_cast.praattafel)
    make_deelname(shared_cast.yusuf, shared_cast.praattafel, "gevraagd")
    return shared_cast


def berichten(user):
    with acting_as(TEST):
        return list(Bericht.objects.filter(receiver=user).order_by("pk"))


def subjects(user):
    return [bericht.subject for bericht in berichten(user)]


def about(user):
    """Of each message what it is about; the words are in the language of the receiver."""
    return [bericht.key.partition("/")[0] for bericht in berichten(user)]


def person(traject):
    return traject.inburgeraar.user


def cancel(cast):
    return dates.cancel(cast.next_week.pk, "De zaal is dicht.", now=timezone.now())


def move(cast):
    day = cast.next_week.van.date() + timedelta(days=2)
    now = timezone.now()
    return dates.move(cast.next_week.pk, day, time(10), time(12), "De zaal is dicht.", now=now)


def test_a_date_that_is_off_is_told_to_who_takes_part_and_to_the_contact_person(cast):
    cancel(cast)
    assert subjects(person(cast.samira)) == [OFF]
    assert subjects(cast.lieve) == [OFF]
    (bericht,) = berichten(person(cast.samira))
    assert "De zaal is dicht" in bericht.text
    assert "19.00" in bericht.text


def test_each_hears_it_in_their_own_language(cast):
    with translation.override("nl"):
        cancel(cast)
    (bericht,) = berichten(person(cast.ahmad_s))
    assert bericht.language == "ar"
    assert "november" not in bericht.text
    assert "december" not in bericht.text


def test_nobody_else_hears_it(cast):
    cancel(cast)
    for user in [person(cast.yusuf), person(cast.ahmad_n), cast.peter, cast.saar, cast.joris]:
        assert subjects(user) == []


def test_a_date_that_moved_says_the_old_and_the_new_moment(cast):
    move(cast)
    (bericht,) = berichten(person(cast.samira))
    assert bericht.subject == MOVED
    assert "19.00" in bericht.text
    assert "10.00" in bericht.text


def test_a_date_that_is_back_is_told(cast):
    cancel(cast)
    dates.restore(cast.next_week.pk, now=timezone.now() + timedelta(seconds=2))
    assert subjects(person(cast.samira)) == [OFF, MOVED]


def test_the_first_meeting_moves_along_and_goes_when_it_is_off(cast):
    Deelname._base_manager.filter(pk=cast.samira_praat.pk).update(
        first_sessie=cast.next_week, first_at=cast.next_week.van
    )
    moved = move(cast)
    assert fresh(cast.samira_praat).first_at == moved.van
    cancel(cast)
    assert fresh(cast.samira_praat).first_at is None


def test_a_refused_change_is_told_to_nobody(cast):
    with pytest.raises(dates.DateRefused):
        dates.cancel(cast.next_week.pk, " ", now=timezone.now())
    assert subjects(person(cast.samira)) == []


def pause(cast, first, last):
    cast.praattafel.paused_from, cast.praattafel.paused_until = first, last
    cast.praattafel.save()


def test_a_pause_is_told_once_to_everyone_who_takes_part_or_waits(cast):
    today = timezone.localdate()
    for _ in range(2):
        pause(cast, today + timedelta(days=7), today + timedelta(days=21))
    for user in [person(cast.samira), person(cast.yusuf), cast.lieve]:
        assert about(user) == ["pauze"]


def test_another_pause_is_told_anew(cast):
    today = timezone.localdate()
    pause(cast, today, today + timedelta(days=2))
    pause(cast, today, today + timedelta(days=9))
    assert len(subjects(person(cast.samira))) == 2


def test_a_pause_that_is_over_is_not_told(cast):
    pause(cast, date(2026, 1, 1), date(2026, 1, 9))
    assert subjects(person(cast.samira)) == []


def test_what_goes_offline_is_told(cast):
    cast.praattafel.unpublish()
    for user in [person(cast.samira), person(cast.yusuf), cast.lieve]:
        assert about(user) == ["offline"]


def test_where_nobody_takes_part_nobody_is_told(cast):
    cast.groen.unpublish()
    assert subjects(cast.peter) == []


@pytest.mark.parametrize("state", ["gestopt", "geweigerd"])
def test_who_left_hears_nothing_more(cast, state):
    Deelname._base_manager.filter(pk=cast.samira_praat.pk).update(state=state)
    cancel(cast)
    cast.praattafel.unpublish()
    assert subjects(person(cast.samira)) == []
