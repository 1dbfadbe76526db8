"""Joining: a full activity, the waiting list, a place that frees up, the first meeting, and who is
told how often."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from aanbod.models import ActiviteitContact, Contactpersoon, PlacesTaken
from bewijzen import participation, wachtlijst
from bewijzen.models import Deelname, Traject
from bewijzen.participation import First
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, make_deelname, make_sessie, make_traject
from tests.bewijzen.grootboek import NOW, fresh, refused

State = Deelname.State
TERM = timedelta(days=settings.PLACE_TERM_DAYS + 1)


@pytest.fixture
def cast(shared_cast):
    """Samira has the one place of the praattafel."""
    shared_cast.praattafel.capacity = 1
    shared_cast.praattafel.save(update_fields=["capacity"])
    return shared_cast


def ask(cast, traject, *, now=NOW, **rest):
    return participation.ask_to_join(traject, cast.praattafel, now=now, **rest)


@pytest.fixture
def line(cast):
    """Yusuf asked first, Ahmad N. second."""
    first = ask(cast, cast.yusuf)
    return first, ask(cast, cast.ahmad_n, now=NOW + timedelta(minutes=1))


def person(traject):
    return traject.inburgeraar.user


def told(user):
    with acting_as(TEST):
        return [bericht.subject for bericht in Bericht.objects.filter(receiver=user).order_by("pk")]


def keys(user):
    """Of each message what it is about; the words are in the language of the receiver."""
    with acting_as(TEST):
        rows = Bericht.objects.filter(receiver=user).order_by("pk")
        return [bericht.key.partition("/")[0] for bericht in rows]


def free_place(cast, *, now=NOW):
    participation.stop(cast.samira_praat, by=person(cast.samira), now=now)


def offered(*deelnames):
    return [fresh(one).offered_until is not None for one in deelnames]


def places(cast):
    return PlacesTaken.objects.get(page=cast.praattafel.pk).number


# -- The waiting list ------------------------------------------------------------------------


def test_in_a_full_activity_one_asks_for_a_place_on_the_waiting_list(cast, line):
    assert [fresh(one).state for one in line] == [State.WACHTLIJST] * 2
    assert wachtlijst.positions(line) == {line[0].pk: 1, line[1].pk: 2}


def test_control_with_a_place_left_nobody_is_put_on_the_list(cast):
    cast.praattafel.capacity = 2
    cast.praattafel.save(update_fields=["capacity"])
    assert ask(cast, cast.yusuf).state == State.GEVRAAGD


def test_without_a_number_of_places_nothing_is_full(cast):
    cast.praattafel.capacity = None
    cast.praattafel.save(update_fields=["capacity"])
    assert ask(cast, cast.yusuf).state == State.GEVRAAGD


def test_places_in_line_are_read_at_once(cast, line):
    with CaptureQueriesContext(
        connection,
    ) as few:
        wachtlijst.positions(line[:1])
    with CaptureQueriesContext(connection) as many:
        wachtlijst.positions(line)
    assert len(few) == len(many) == 1


def test_hours_that_are_lived_are_never_blocked_by_fullness(cast, line):
    participation.scanned(line[1], by=cast.lieve, now=NOW)
    assert fresh(line[1]).state == State.DEELNEMER
    assert wachtlijst.positions(line) == {line[0].pk: 1}


# -- A place that frees up ---------------------------------------------------------------------


def test_a_freed_place_is_offered_to_who_is_first_and_told_at_once(cast, line):
    free_place(cast)
    assert offered(*line) == [True, False]
    assert keys(person(cast.yusuf)) == ["plaats"]
    assert told(person(cast.ahmad_n)) == []


def test_the_term_is_told_in_the_language_of_the_person(cast, line):
    free_place(cast)
    with acting_as(TEST):
        bericht = Bericht.objects.filter(receiver=person(cast.yusuf)).latest("pk")
    assert bericht.language == "tr"
    assert "Praattafel" in bericht.text
    assert "Praattafel" not in bericht.subject


def test_a_place_that_is_kept_is_taken_for_everybody_else(cast, line):
    free_place(cast)
    assert places(cast) == 1
    assert ask(cast, cast.ahmad_s).state == State.WACHTLIJST


def test_saying_yes_takes_the_place_and_the_contact_person_hears_it(cast, line):
    free_place(cast)
    participation.take_place(line[0], by=person(cast.yusuf), now=NOW)
    assert (fresh(line[0]).state, fresh(line[0]).offered_until) == (State.DEELNEMER, None)
    assert told(cast.lieve)[-1] == "Iemand van de wachtlijst doet mee"
    assert places(cast) == 1


def test_who_is_not_offered_a_place_does_not_take_it(cast, line):
    free_place(cast)
    with refused("no_place_kept"):
        participation.take_place(line[1], by=person(cast.ahmad_n), now=NOW)


def test_nobody_takes_the_place_of_another(cast, line):
    free_place(cast)
    with refused("not_allowed"):
        participation.take_place(line[0], by=person(cast.ahmad_n), now=NOW)


def test_who_says_no_leaves_it_to_the_next(cast, line):
    free_place(cast)
    participation.stop(line[0], by=person(cast.yusuf), now=NOW)
    assert offered(*line) == [False, True]


def test_who_lets_the_term_pass_leaves_it_to_the_next_and_may_ask_again(cast, line):
    free_place(cast)
    assert participation.pass_on(now=NOW) == 0
    later = NOW + TERM
    assert participation.pass_on(now=later) == 1
    assert offered(*line) == [False, True]
    assert fresh(line[0]).state == State.GESTOPT
    assert ask(cast, cast.yusuf, now=later).state == State.WACHTLIJST


def test_the_night_passes_a_place_on_once(cast, line):
    free_place(cast)
    later = NOW + TERM
    assert [participation.pass_on(now=later) for _ in range(2)] == [1, 0]


def test_a_refusal_frees_what_was_kept(cast, line):
    free_place(cast)
    participation.decline(line[0], by=cast.lieve, reason="Te jong.", now=NOW)
    assert offered(*line) == [False, True]


def test_more_places_are_offered_when_the_number_is_raised(cast, line):
    cast.praattafel.capacity = 3
    cast.praattafel.save()
    assert offered(*line) == [True, True]
    assert places(cast) == 3


def test_saving_it_once_more_offers_nothing_twice(cast, line):
    cast.praattafel.capacity = 2
    for _ in range(2):
        cast.praattafel.save()
    assert offered(*line) == [True, False]
    assert keys(person(cast.yusuf)) == ["plaats"]


@pytest.mark.parametrize("why", ["offline", "paused"])
def test_while_it_is_away_no_place_is_offered(cast, line, why):
    if why == "offline":
        cast.praattafel.live = False
    else:
        day = NOW.date()
        cast.praattafel.paused_from, cast.praattafel.paused_until = day, day
    cast.praattafel.save()
    free_place(cast)
    assert offered(*line) == [False, False]


def test_who_has_a_stopped_traject_is_passed_over(cast, line):
    Traject._base_manager.filter(pk=cast.yusuf.pk).update(state="stopgezet")
    free_place(cast)
    assert offered(*line) == [False, True]


# -- The contact person answers ----------------------------------------------------------------


def asked(cast):
    return make_deelname(cast.yusuf, cast.praattafel, "gevraagd")


def test_the_contact_person_puts_somebody_on_the_list_and_it_is_told(cast):
    one = asked(cast)
    participation.put_on_waiting_list(one, by=cast.lieve, now=NOW)
    assert fresh(one).state == State.WACHTLIJST
    assert len(told(person(cast.yusuf))) == 1
    with refused("wrong_state"):
        participation.put_on_waiting_list(one, by=cast.lieve, now=NOW)


@pytest.mark.parametrize("who", ["peter", "saar", "nele", "stranger"])
def test_only_who_may_sign_puts_somebody_on_the_list(cast, who):
    with refused("not_signer"):
        participation.put_on_waiting_list(asked(cast), by=getattr(cast, who), now=NOW)


def test_a_place_that_is_kept_is_given_by_the_contact_person_to_that_person(cast, line):
    free_place(cast)
    with refused("full"):
        participation.welcome(line[1], by=cast.lieve, now=NOW)
    participation.welcome(line[0], by=cast.lieve, now=NOW)
    assert fresh(line[0]).state == State.DEELNEMER


def welcome(cast, first, who=None):
    cast.praattafel.capacity = 9
    cast.praattafel.save(update_fields=["capacity"])
    one = asked(cast)
    participation.welcome(one, by=cast.lieve, first=first, now=NOW)
    with acting_as(TEST):
        return fresh(one), Bericht.objects.filter(receiver=person(cast.yusuf)).latest("pk")


def test_a_welcome_says_which_date_and_whom_to_ask_for(cast):
    sessie = make_sessie(cast.praattafel, NOW + timedelta(days=4))
    one, bericht = welcome(cast, First(sessie=sessie, note="Vraag naar Lieve."))
    assert (one.first_sessie, one.first_at) == (sessie, sessie.van)
    assert "Vraag naar Lieve." in bericht.text
    assert "23:30" in bericht.text  # as Turkish writes it


def test_a_welcome_by_agreement_says_day_and_place(cast):
    at = NOW + timedelta(days=3)
    one, bericht = welcome(cast, First(at=at, place="Aan het station"))
    assert (one.first_at, one.first_place) == (at, "Aan het station")
    assert "Aan het station" in bericht.text


def test_a_date_of_another_activity_is_no_first_meeting(cast):
    other = make_sessie(cast.groen, NOW + timedelta(days=4))
    with refused("no_such_date"):
        welcome(cast, First(sessie=other))


def test_a_cancelled_date_is_no_first_meeting(cast):
    off = make_sessie(cast.praattafel, NOW + timedelta(days=4))
    off.state = "afgelast"
    off.save()
    with refused("no_such_date"):
        welcome(cast, First(sessie=off))


def test_a_moment_that_is_over_is_no_first_meeting(cast):
    with refused("meeting_passed"):
        welcome(cast, First(at=NOW - timedelta(minutes=1)))


@pytest.mark.parametrize("first", [First(place="x" * 121), First(note="x" * 161)])
def test_a_first_meeting_has_words_we_can_keep(cast, first):
    with refused("too_long"):
        welcome(cast, first)


# -- Asking too often, or with a traject that stands still ---------------------------------------


@pytest.mark.parametrize(
    ("state", "code"), [("stopgezet", "traject_stopped"), ("gepauzeerd", "traject_paused")]
)
def test_a_traject_that_stands_still_asks_nothing_and_reads_what_to_do(cast, state, code):
    cast.yusuf.state = state
    with refused(code):
        ask(cast, cast.yusuf)
    assert told(cast.lieve) == []


def test_asking_and_stopping_writes_to_the_contact_person_so_often_a_day_and_no_more(cast):
    for _ in range(settings.ASKS_A_DAY):
        one = ask(cast, cast.yusuf)
        participation.stop(one, by=person(cast.yusuf), now=NOW)
    before = len(told(cast.lieve))
    with refused("asked_enough"):
        ask(cast, cast.yusuf)
    assert len(told(cast.lieve)) == before == 2 * settings.ASKS_A_DAY


def test_tomorrow_one_may_ask_again(cast):
    for _ in range(settings.ASKS_A_DAY):
        one = ask(cast, cast.yusuf)
        participation.stop(one, by=person(cast.yusuf), now=NOW)
    assert ask(cast, cast.yusuf, now=NOW + timedelta(days=1)).state == State.WACHTLIJST


def test_only_sentences_that_we_have_go_along(cast):
    one = ask(cast, cast.yusuf, questions=["kind", "onzin", "kind"])
    assert fresh(one).questions == ["kind"]


# -- Stopping is told to the other side ----------------------------------------------------------


def test_who_stops_is_told_to_the_contact_person(cast):
    free_place(cast)
    assert told(cast.lieve) == ["Iemand stopt met een activiteit van jou"]
    assert told(person(cast.samira)) == []


def test_who_is_stopped_hears_it_and_reads_why(cast):
    participation.stop(cast.samira_praat, by=cast.lieve, reason="De groep stopt.", now=NOW)
    assert len(told(person(cast.samira))) == 1
    assert told(cast.lieve) == []


def test_a_reason_that_is_too_long_to_keep_is_refused(cast):
    with refused("too_long"):
        participation.stop(cast.samira_praat, by=cast.lieve, reason="x" * 301, now=NOW)


# -- Deputies ------------------------------------------------------------------------------------


@pytest.fixture
def with_deputy(cast):
    """Lieve is asked first, Joris when she does not answer."""
    joris = Contactpersoon.everyone.get(user=cast.joris)
    with acting_as(TEST):
        ActiviteitContact.objects.create(page=cast.praattafel, contactpersoon=joris, deputy=1)
    cast.praattafel.capacity = 9
    cast.praattafel.save(update_fields=["capacity"])
    return cast


def test_a_deputy_hears_nothing_at_first(with_deputy):
    ask(with_deputy, with_deputy.yusuf)
    assert told(with_deputy.lieve) == ["Iemand wil meedoen"]
    assert told(with_deputy.joris) == []


def test_a_deputy_is_told_when_the_first_did_not_answer_and_only_once(with_deputy):
    ask(with_deputy, with_deputy.yusuf)
    participation.remind(now=NOW + timedelta(days=settings.DEPUTY_AFTER_DAYS - 1))
    assert told(with_deputy.joris) == []
    for days in (0, 0, 5):
        participation.remind(now=NOW + timedelta(days=settings.DEPUTY_AFTER_DAYS + days))
    assert told(with_deputy.joris) == ["Iemand wil meedoen"]
    assert told(with_deputy.lieve) == ["Iemand wil meedoen"]


def test_what_was_answered_reaches_no_deputy(with_deputy):
    one = ask(with_deputy, with_deputy.yusuf)
    participation.welcome(one, by=with_deputy.lieve, now=NOW)
    participation.remind(now=NOW + timedelta(days=9))
    assert told(with_deputy.joris) == []


def test_where_only_a_deputy_is_left_that_one_is_told_at_once(with_deputy):
    Contactpersoon.everyone.filter(user=with_deputy.lieve).update(
        valid_from="2020-01-01", valid_to="2020-01-02"
    )
    ask(with_deputy, with_deputy.yusuf)
    assert told(with_deputy.joris) == ["Iemand wil meedoen"]


def test_a_second_person_in_line_has_a_name_of_their_own(cast, line):
    """Two with a place on the list keep their order when one more asks."""
    third = ask(cast, make_traject(cast, "Olena Koval"), now=NOW + timedelta(minutes=2))
    assert wachtlijst.positions([third]) == {third.pk: 3}


@pytest.mark.parametrize(
    ("language", "written"), [("nl", "10.00"), ("tr", "10:00"), ("ar", "١٠:٠٠")]
)
def test_a_time_in_a_message_is_written_as_its_reader_writes_it(language, written):
    said = wachtlijst.clock_in_words(datetime(2026, 11, 22, 9, tzinfo=UTC))
    with override(language):
        assert str(said) == written
