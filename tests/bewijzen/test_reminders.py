"""A word the evening before a meeting, to who asked for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bewijzen import corrections, participation, reminders
from bewijzen.models import Traject
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, User
from tests.bewijzen.cast import TEST, at, make_deelname, make_sessie, today


@pytest.fixture
def meeting(cast):
    """Tomorrow at nine in the evening; Samira wants a word."""
    corrections.set_reminders(cast.samira.inburgeraar.user, True)
    return make_sessie(cast.praattafel, at("21:00", days_ago=-1))


def remind(cast) -> int:
    return reminders.remind_of_tomorrow(today=today(), now=cast.now)


def told() -> list[Bericht]:
    with acting_as(TEST):
        return list(Bericht.objects.filter(key__startswith="morgen/"))


def test_who_wants_it_hears_what_is_on_tomorrow_on_the_own_page(cast, meeting):
    assert remind(cast) == 1
    bericht = told()[0]
    assert bericht.receiver == cast.samira.inburgeraar.user
    assert bericht.channel == Bericht.Channel.APP
    assert "21.00" in bericht.text
    assert "Praattafel" in bericht.text
    assert "Praattafel" not in bericht.subject


def test_with_an_address_it_goes_by_mail(cast, meeting):
    User.objects.filter(pk=cast.samira.inburgeraar.user_id).update(email="samira@post.example")
    remind(cast)
    assert told()[0].channel == Bericht.Channel.MAIL


def test_it_is_said_once(cast, meeting):
    remind(cast)
    assert remind(cast) == 0


def test_a_meeting_that_moved_is_said_again(cast, meeting):
    remind(cast)
    meeting.van -= timedelta(hours=1)
    meeting.save()
    assert remind(cast) == 1


def test_who_did_not_ask_hears_nothing(cast, meeting):
    make_deelname(cast.yusuf, cast.praattafel)
    corrections.set_reminders(cast.samira.inburgeraar.user, False)
    assert remind(cast) == 0


@pytest.mark.parametrize("state", ["stopgezet", "gepauzeerd"])
def test_nor_does_who_has_a_pause_or_stopped(cast, meeting, state):
    with acting_as(TEST):
        Traject.objects.filter(pk=cast.samira.pk).update(state=state)
    assert remind(cast) == 0


def test_nor_is_a_meeting_that_was_called_off_said(cast, meeting):
    meeting.state = "afgelast"
    meeting.save()
    assert remind(cast) == 0


def test_nor_one_that_the_person_left(cast, meeting):
    participation.stop(cast.samira_praat, by=cast.samira.inburgeraar.user, now=timezone.now())
    assert remind(cast) == 0
