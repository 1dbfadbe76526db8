"""Taking part: asking, being let in, walking in, stopping, the judgement of R6, and notes."""

from datetime import timedelta

import pytest
from django.utils import translation

from aanbod.models import ActiviteitContact, Contactpersoon, PlacesTaken
from bewijzen import participation
from bewijzen.ledger import Block
from bewijzen.models import Deelname, Stap, Verzoek
from bewijzen.refusals import MAX_REASON
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import (
    TEST,
    make_contact,
    make_deelname,
    make_traject,
    make_verzoek,
    today,
)
from tests.bewijzen.grootboek import DAY, NOW, confirm, evening, fresh, refused

State = Deelname.State


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def asked(cast):
    """Yusuf asked for a place at the praattafel."""
    return participation.ask_to_join(cast.yusuf, cast.praattafel, now=NOW)


def messages(user):
    with acting_as(TEST):
        return list(Bericht.objects.filter(receiver=user).order_by("pk"))


def steps(deelname):
    rows = Stap._base_manager.filter(deelname=deelname).order_by("pk")
    return list(rows.values_list("before", "after"))


def places_taken(page):
    return PlacesTaken.objects.get(page=page.pk).number


def fill(page, number):
    page.capacity = number
    page.save(update_fields=["capacity"])


# -- Asking ----------------------------------------------------------------------------------


def test_asking_waits_for_the_contact_person_and_tells_who_is_named(cast, asked):
    assert asked.state == State.GEVRAAGD
    assert (asked.title, asked.gemeente, asked.organisatie) == (
        "Praattafel",
        cast.herent,
        cast.lange_tafel,
    )
    assert len(messages(cast.lieve)) == 1
    assert messages(cast.joris) == []
    assert steps(asked) == [("", "gevraagd")]


def test_where_nobody_is_named_everyone_of_the_organisatie_there_is_told(cast):
    participation.ask_to_join(cast.yusuf, cast.fietsles, now=NOW)
    assert [len(messages(who)) for who in (cast.lieve, cast.joris)] == [1, 1]
    assert [messages(who) for who in (cast.peter, cast.saar)] == [[], []]


@pytest.mark.parametrize("state", ["gevraagd", "wachtlijst", "deelnemer"])
def test_who_is_there_already_does_not_ask_again(cast, state):
    make_deelname(cast.yusuf, cast.praattafel, state)
    with refused("already_there"):
        participation.ask_to_join(cast.yusuf, cast.praattafel, now=NOW)
    assert messages(cast.lieve) == []


@pytest.mark.parametrize("state", ["geweigerd", "gestopt"])
def test_who_stopped_or_was_refused_may_ask_again_in_the_same_deelname(cast, state):
    before = make_deelname(cast.yusuf, cast.praattafel, state)
    again = participation.ask_to_join(cast.yusuf, cast.praattafel, now=NOW)
    assert (again.pk, again.state) == (before.pk, State.GEVRAAGD)
    assert steps(again) == [(state, "gevraagd")]


def test_asking_again_tells_the_contact_person_again(cast, asked):
    participation.stop(asked, by=cast.yusuf.inburgeraar.user, now=NOW)
    participation.ask_to_join(cast.yusuf, cast.praattafel, now=NOW)
    assert [message.subject for message in messages(cast.lieve)] == [
        "Iemand wil meedoen",
        "Iemand stopt met een activiteit van jou",
        "Iemand wil meedoen",
    ]


# -- Being let in ----------------------------------------------------------------------------


def test_the_contact_person_lets_somebody_in_and_the_person_hears_it(cast, asked):
    participation.welcome(asked, by=cast.lieve, now=NOW)
    assert fresh(asked).state == State.DEELNEMER
    assert len(messages(cast.yusuf.inburgeraar.user)) == 1
    assert steps(asked)[-1] == ("gevraagd", "deelnemer")


def test_the_offer_learns_how_many_places_are_taken(cast, asked):
    participation.welcome(asked, by=cast.lieve, now=NOW)
    assert places_taken(cast.praattafel) == 2
    participation.stop(asked, by=cast.yusuf.inburgeraar.user, now=NOW)
    assert places_taken(cast.praattafel) == 1


def test_a_full_activity_lets_nobody_in(cast, asked):
    fill(cast.praattafel, 1)
    with refused("full"):
        participation.welcome(asked, by=cast.lieve, now=NOW)
    assert fresh(asked).state == State.GEVRAAGD


def test_the_last_place_is_given(cast, asked):
    fill(cast.praattafel, 2)
    participation.welcome(asked, by=cast.lieve, now=NOW)
    assert fresh(asked).state == State.DEELNEMER


@pytest.mark.parametrize("who", ["peter", "saar", "nele", "stranger"])
@pytest.mark.parametrize("decide", ["welcome", "decline"])
def test_only_who_may_sign_decides(cast, asked, who, decide):
    reason = {"reason": "Vol."} if decide == "decline" else {}
    with refused("not_signer"):
        getattr(participation, decide)(asked, by=getattr(cast, who), now=NOW, **reason)


def test_nobody_lets_themselves_in(cast):
    own = make_traject(cast, "Lieve Vanderstok", user=cast.lieve)
    deelname = participation.ask_to_join(own, cast.praattafel, now=NOW)
    with refused("own_bewijs"):
        participation.welcome(deelname, by=cast.lieve, now=NOW)


@pytest.mark.parametrize("state", ["deelnemer", "geweigerd", "gestopt"])
def test_what_was_decided_is_not_decided_again(cast, state):
    deelname = make_deelname(cast.yusuf, cast.praattafel, state)
    with refused("wrong_state"):
        participation.welcome(deelname, by=cast.lieve, now=NOW)


def test_a_no_has_a_reason_that_the_person_can_read(cast, asked):
    participation.decline(asked, by=cast.lieve, reason=" De groep is te groot. ", now=NOW)
    assert fresh(asked).state == State.GEWEIGERD
    stap = Stap._base_manager.filter(deelname=asked).last()
    assert (stap.reason, stap.actor) == ("De groep is te groot.", cast.lieve)
    assert len(messages(cast.yusuf.inburgeraar.user)) == 1


@pytest.mark.parametrize(("reason", "code"), [(" ", "needs_reason"), ("x" * 301, "too_long")])
def test_a_no_without_a_reason_we_can_keep_is_refused(cast, asked, reason, code):
    assert MAX_REASON == 300
    with refused(code):
        participation.decline(asked, by=cast.lieve, reason=reason, now=NOW)
    assert fresh(asked).state == State.GEVRAAGD


# -- Walking in ------------------------------------------------------------------------------


def test_who_is_scanned_and_not_on_the_list_is_on_it_and_the_trajectbegeleider_is_told(cast):
    deelname = participation.walk_in(cast.yusuf, cast.praattafel, by=cast.lieve, now=NOW)
    assert deelname.state == State.DEELNEMER
    assert steps(deelname) == [("", "deelnemer")]
    (bericht,) = messages(cast.nele)
    assert cast.yusuf.inburgeraar.reference in bericht.text
    assert "Yusuf" not in bericht.subject + bericht.text
    assert confirm(deelname, cast.lieve).number == 1


def test_the_message_comes_in_the_language_of_who_reads_it(cast):
    with translation.override("ar"):
        participation.walk_in(cast.yusuf, cast.praattafel, by=cast.lieve, now=NOW)
    (bericht,) = messages(cast.nele)
    assert bericht.text.startswith("Een contactpersoon heeft iemand")


def test_a_full_activity_never_blocks_hours_already_lived(cast):
    fill(cast.praattafel, 1)
    deelname = participation.walk_in(cast.yusuf, cast.praattafel, by=cast.lieve, now=NOW)
    assert deelname.state == State.DEELNEMER
    assert places_taken(cast.praattafel) == 2


@pytest.mark.parametrize("state", ["gevraagd", "wachtlijst", "geweigerd", "gestopt"])
def test_walking_in_takes_part_whatever_the_list_said(cast, state):
    before = make_deelname(cast.yusuf, cast.praattafel, state)
    after = participation.walk_in(cast.yusuf, cast.praattafel, by=cast.lieve, now=NOW)
    assert (after.pk, after.state) == (before.pk, State.DEELNEMER)
    assert steps(after) == [(state, "deelnemer")]


def test_walking_in_twice_changes_nothing_and_tells_nobody_twice(cast):
    for _ in range(2):
        deelname = participation.walk_in(cast.yusuf, cast.praattafel, by=cast.lieve, now=NOW)
    assert len(steps(deelname)) == 1
    assert len(messages(cast.nele)) == 1


@pytest.mark.parametrize("who", ["peter", "saar", "nele", "stranger"])
def test_nobody_adds_people_to_another_organisations_activity(cast, who):
    with refused("not_signer"):
        participation.walk_in(cast.yusuf, cast.praattafel, by=getattr(cast, who), now=NOW)
    assert not Deelname._base_manager.filter(traject=cast.yusuf).exists()


def test_nobody_walks_in_by_their_own_hand(cast):
    own = make_traject(cast, "Lieve Vanderstok", user=cast.lieve)
    with refused("own_bewijs"):
        participation.walk_in(own, cast.praattafel, by=cast.lieve, now=NOW)


def test_a_scan_makes_a_participant_of_who_asked(cast, asked):
    participation.scanned(asked, by=cast.joris, now=NOW)
    assert fresh(asked).state == State.DEELNEMER
    participation.scanned(asked, by=cast.joris, now=NOW)
    assert len(steps(asked)) == 2


def test_a_scan_by_somebody_else_makes_no_participant(cast, asked):
    with refused("not_signer"):
        participation.scanned(asked, by=cast.peter, now=NOW)
    assert fresh(asked).state == State.GEVRAAGD


# -- Stopping --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["lieve", "joris", "nele", "coordinator"])
def test_either_side_stops(cast, who):
    participation.stop(cast.samira_praat, by=getattr(cast, who), now=NOW)
    assert fresh(cast.samira_praat).state == State.GESTOPT


def test_the_inburgeraar_stops(cast):
    participation.stop(cast.samira_praat, by=cast.samira.inburgeraar.user, now=NOW)
    assert steps(cast.samira_praat) == [("deelnemer", "gestopt")]


@pytest.mark.parametrize("who", ["peter", "saar", "thomas", "stranger"])
def test_nobody_else_stops_it(cast, who):
    with refused("not_allowed"):
        participation.stop(cast.samira_praat, by=getattr(cast, who), now=NOW)


@pytest.mark.parametrize("state", ["geweigerd", "gestopt"])
def test_what_is_over_does_not_stop(cast, state):
    deelname = make_deelname(cast.yusuf, cast.praattafel, state)
    with refused("wrong_state"):
        participation.stop(deelname, by=cast.lieve, now=NOW)


def test_hours_already_lived_can_still_be_signed_after_it_stopped(cast):
    participation.stop(cast.samira_praat, by=cast.lieve, now=NOW)
    assert confirm(cast.samira_praat, cast.lieve).number == 1


# -- The judgement of R6 ---------------------------------------------------------------------


def judge(cast, verdict, by=None, **rest):
    participation.judge(cast.samira_praat, verdict, by=by or cast.nele, now=NOW, **rest)
    return fresh(cast.samira_praat)


def test_it_fits_in_one_tap(cast):
    deelname = judge(cast, "past")
    assert (deelname.judgement, deelname.judged_until) == ("past", None)
    assert messages(cast.samira.inburgeraar.user) == []
    assert steps(deelname) == [("nog_niet", "past")]


def test_it_fits_not_has_a_reason_and_a_day_and_the_person_hears_it(cast):
    deelname = judge(cast, "past_niet", reason=" Te stil. ", until=DAY)
    assert (deelname.judgement, deelname.judgement_reason, deelname.judged_until) == (
        "past_niet",
        "Te stil.",
        DAY,
    )
    (bericht,) = messages(cast.samira.inburgeraar.user)
    assert "Te stil" not in bericht.subject + bericht.text


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": " ", "until": DAY}, "needs_reason"),
        ({"reason": "x" * 301, "until": DAY}, "too_long"),
        ({"reason": "Te stil."}, "needs_day"),
    ],
)
def test_it_fits_not_without_reason_or_day_is_refused(cast, given, code):
    with refused(code):
        judge(cast, "past_niet", **given)


def test_nothing_lived_up_to_that_day_is_lost(cast):
    """A day before what was signed already moves to the last day that was signed."""
    confirm(cast.samira_praat, cast.lieve, evening(day=DAY))
    deelname = judge(cast, "past_niet", reason="Te stil.", until=DAY - timedelta(days=30))
    assert deelname.judged_until == DAY
    assert confirm(cast.samira_praat, cast.lieve, Block(DAY, 30)).number == 2


def test_changing_ones_mind_clears_the_day(cast):
    judge(cast, "past_niet", reason="Te stil.", until=DAY)
    assert judge(cast, "past", until=DAY).judged_until is None


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
def test_only_who_follows_the_traject_judges(cast, who):
    with refused("not_allowed"):
        judge(cast, "past", by=getattr(cast, who))


def test_nobody_judges_their_own(cast):
    own = make_traject(cast, "Nele Wolfsmelk", user=cast.nele, by=cast.nele)
    deelname = make_deelname(own, cast.praattafel)
    with refused("not_allowed"):
        participation.judge(deelname, "past", by=cast.nele, now=NOW)


# -- Notes: "I was there" --------------------------------------------------------------------


def note(cast, block=None):
    with acting_as(TEST):
        return participation.note_attendance(cast.samira_praat, block or evening(), now=NOW)


def test_a_note_waits_and_counts_for_nothing(cast):
    verzoek = note(cast)
    assert (verzoek.state, verzoek.minutes, verzoek.day) == (Verzoek.State.OPEN, 120, DAY)
    assert fresh(cast.samira).total_minutes == 0


def test_one_day_is_noted_once(cast):
    note(cast)
    with refused("noted_already"):
        note(cast, Block(DAY, 30))


def test_a_day_that_was_answered_can_be_noted_again(cast):
    note(cast)
    participation.close_notes(cast.samira_praat.pk, DAY, Verzoek.State.GEWEIGERD, reason="Nee.")
    assert note(cast).state == Verzoek.State.OPEN


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (Block(DAY + timedelta(days=1), 60), "future"),
        (Block(DAY, 0), "no_minutes"),
        (Block(DAY, 1441), "too_much_for_a_day"),
        (Block(DAY, 60, van=evening().van), "half_a_block"),
    ],
)
def test_a_note_of_what_cannot_have_been_is_refused(cast, block, code):
    with refused(code):
        note(cast, block)


def test_closing_notes_answers_the_open_one_of_that_day_only(cast):
    open_one, other_day = note(cast), make_verzoek(cast.samira_praat, days_ago=400)
    participation.close_notes(cast.samira_praat.pk, DAY, Verzoek.State.GETEKEND)
    assert fresh(open_one).state == Verzoek.State.GETEKEND
    assert fresh(other_day).state == Verzoek.State.OPEN


# -- Who may sign, by name -------------------------------------------------------------------


def contacts(deelname):
    return [contact.user for contact in participation.contacts_of(deelname)]


def test_who_is_named_on_the_activity_signs(cast):
    assert contacts(cast.samira_praat) == [cast.lieve]


def test_otherwise_everyone_of_the_organisatie_in_that_gemeente(cast):
    assert contacts(cast.samira_fiets) == [cast.joris, cast.lieve]


def test_who_is_named_for_this_person_comes_first(cast):
    named = Contactpersoon.everyone.get(user=cast.joris)
    assert contacts(make_deelname(cast.yusuf, cast.praattafel, contact=named)) == [cast.joris]


def test_somebody_named_whose_time_is_over_leaves_it_to_the_others(cast):
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_to=today() - timedelta(days=1))
    assert contacts(cast.samira_praat) == [cast.joris]


def test_an_own_proposal_without_an_organisatie_has_only_who_is_named(cast):
    deelname = make_deelname(cast.yusuf, cast.fietsles)
    deelname.organisatie = deelname.page = None
    assert contacts(deelname) == []
    neighbour = make_contact("Rita Buurvrouw", None, cast.herent)
    deelname.contact = Contactpersoon.everyone.get(user=neighbour)
    assert contacts(deelname) == [neighbour]


def test_a_page_that_is_gone_leaves_the_deelname_and_its_hours(cast):
    confirm(cast.samira_praat, cast.lieve)
    with acting_as(TEST):
        ActiviteitContact.objects.all().delete()
        cast.praattafel.delete()
    deelname = fresh(cast.samira_praat)
    assert (deelname.page, deelname.title) == (None, "Praattafel")
    assert confirm(deelname, cast.joris, evening("16:00", "17:00")).number == 2
    participation.stop(deelname, by=cast.joris, now=NOW)
