"""A first time together (R9): who asks, who plans, both say yes to the same plan, and what each
change of state refuses."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest

from bewijzen import eerste_keer, toeleiders, zoekvragen
from bewijzen.eerste_keer import STEPS
from bewijzen.models import EersteKeer, Toeleider
from bewijzen.toeleiders import NewToeleider
from bewijzen.zoekvragen import Reply, Wishes
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, User
from tests.bewijzen.cast import TEST, at, make_activiteit, make_cast, make_rol, make_user, today
from tests.bewijzen.grootboek import NOW, at_once, codes, fresh, refused

#: Views and the pool ask the clock, so the plans lie around today.
SOON = at("18:45", days_ago=-3)


def make_toeleider(cast, name="Rosa Vlinderbloem", *, gemeente=None, email="", by=None):
    email = email or f"{name.split(' ')[0].lower()}@post.example"
    new = NewToeleider(name, email, ("nl", "ar"), today() - timedelta(days=9))
    gemeente = gemeente or cast.herent
    if by is None:
        by = make_user(f"Collega {name}")
        make_rol(by, "redacteur", gemeente=gemeente)
    return toeleiders.add(gemeente, new, by=by)


def ask(cast, *, by=None, page=None, traject=None):
    traject = traject or cast.samira
    by = by or traject.inburgeraar.user
    return eerste_keer.ask(traject, page or cast.praattafel, by=by, now=cast.now)


def plan(cast, keer, toeleider, *, at=SOON, place="Aan de ingang", by=None):
    eerste_keer.plan(keer.pk, toeleider, at, place, by=by or cast.redacteur, now=cast.now)


def yes(cast, keer, by, number=1):
    return eerste_keer.agree(keer.pk, number, by=by, now=cast.now)


@pytest.fixture
def rosa(cast):
    return make_toeleider(cast)


def agreed(cast, rosa, **asked):
    keer = ask(cast, **asked)
    plan(cast, keer, rosa)
    yes(cast, keer, keer.traject.inburgeraar.user)
    yes(cast, keer, rosa.user)
    return keer


def told(user):
    with acting_as(TEST):
        return [bericht.subject for bericht in Bericht.objects.filter(receiver=user).order_by("pk")]


# -- The pool --------------------------------------------------------------------------------


def test_a_toeleider_with_a_known_address_is_linked_as_it_is(cast):
    rosa = make_toeleider(cast, "Een Andere Naam", email="LIEVE.vanderstok@post.example")
    assert rosa.user == cast.lieve
    assert fresh(cast.lieve).name == "Lieve Vanderstok"


def test_without_address_and_number_there_is_an_account_for_a_card(cast):
    new = NewToeleider("Rosa", "", ("ar",), today())
    rosa = toeleiders.add(cast.herent, new, by=cast.redacteur)
    assert (rosa.user.email, rosa.user.mobile, rosa.user.language) == (None, None, "ar")


def test_a_known_mobile_number_is_linked_too(cast):
    new = NewToeleider("Rosa", "", ("nl",), today(), mobile="+32470000001")
    first = toeleiders.add(cast.herent, new, by=cast.redacteur)
    again = toeleiders.add(cast.herent, new, by=cast.redacteur)
    assert first.pk == again.pk
    assert User.objects.filter(mobile="+32470000001").count() == 1


@pytest.mark.parametrize("who", ["nele", "lieve", "stranger"])
def test_only_colleagues_of_the_gemeente_keep_the_pool(cast, rosa, who):
    other = getattr(cast, who)
    with refused("not_allowed"):
        make_toeleider(cast, by=other)
    with refused("not_allowed"):
        toeleiders.end(rosa, by=other, today=today())


def test_who_was_ended_is_asked_no_more(cast, rosa):
    toeleiders.end(rosa, by=cast.redacteur, today=today())
    with refused("not_in_the_pool"):
        plan(cast, ask(cast), rosa)


# -- Asking ----------------------------------------------------------------------------------


def test_the_person_asks_and_the_gemeente_of_the_activity_hears_of_it(cast):
    keer = ask(cast)
    assert (keer.state, keer.gemeente, keer.first_name) == ("gevraagd", cast.herent, "Samira")
    assert told(cast.redacteur) == ["Iemand vraagt of er iemand meegaat"]


def test_who_follows_the_traject_asks_too_and_nobody_else(cast):
    assert ask(cast, by=cast.nele).asked_by == cast.nele
    for other in (cast.thomas, cast.redacteur, cast.lieve, cast.stranger):
        with refused("not_allowed"):
            ask(cast, by=other)


def test_one_open_request_for_an_activity(cast):
    ask(cast)
    ask(cast, page=cast.fietsles)
    with refused("asked_to_come_along"):
        ask(cast)


def test_not_for_what_is_not_published(cast):
    draft = make_activiteit(cast.herent, cast.lange_tafel, "Concept", live=False)
    with refused("not_published"):
        ask(cast, page=draft)


def answered(cast, *, traject=True):
    wishes, pages = Wishes(("sport",)), frozenset([cast.praattafel.pk])
    if traject:
        user = cast.samira.inburgeraar.user
        vraag = zoekvragen.ask(cast.samira, cast.herent, wishes, None, by=user, now=NOW)
    else:
        vraag = zoekvragen.note_at_desk(
            cast.herent, wishes, None, language="nl", by=cast.redacteur, now=NOW
        )
    zoekvragen.answer(vraag.pk, Reply("activiteiten", "", pages), by=cast.redacteur, now=NOW)
    return vraag


def offer(cast, vraag, page=None, by=None):
    by = by or cast.redacteur
    return eerste_keer.offer(vraag.pk, page or cast.praattafel, by=by, now=cast.now)


def test_the_gemeente_offers_it_and_knows_the_name_only_after_a_yes(cast, rosa):
    keer = offer(cast, answered(cast))
    assert keer.first_name == ""
    plan(cast, keer, rosa)
    assert yes(cast, keer, cast.samira.inburgeraar.user).first_name == "Samira"


def test_the_gemeente_offers_nothing_beside_its_answer_and_not_for_the_desk(cast):
    vraag = answered(cast)
    with refused("not_published"):
        offer(cast, vraag, cast.groen)
    with refused("not_allowed"):
        offer(cast, vraag, by=cast.nele)
    with refused("no_traject_behind"):
        offer(cast, answered(cast, traject=False))


# -- A plan, and two who say yes -------------------------------------------------------------


def test_both_say_yes_and_then_it_is_agreed(cast, rosa):
    keer = ask(cast)
    plan(cast, keer, rosa)
    assert yes(cast, keer, cast.samira.inburgeraar.user).state == "toegewezen"
    assert yes(cast, keer, rosa.user).state == "bevestigd"
    for user in (cast.samira.inburgeraar.user, rosa.user):
        assert told(user) == ["Iemand gaat mee: kan je dan?", "Jullie afspraak staat vast"]


def test_who_follows_the_traject_says_yes_for_the_person(cast, rosa):
    keer = ask(cast)
    plan(cast, keer, rosa)
    assert yes(cast, keer, cast.nele).person_agreed


@pytest.mark.parametrize("who", ["redacteur", "lieve", "thomas", "stranger"])
def test_nobody_else_says_yes(cast, rosa, who):
    keer = ask(cast)
    plan(cast, keer, rosa)
    with refused("not_allowed"):
        yes(cast, keer, getattr(cast, who))


def test_a_yes_twice_is_one_yes(cast, rosa):
    keer = ask(cast)
    plan(cast, keer, rosa)
    yes(cast, keer, rosa.user)
    assert yes(cast, keer, rosa.user).state == "toegewezen"


def test_a_yes_to_an_earlier_plan_is_no_yes_to_this_one(cast, rosa):
    keer = agreed(cast, rosa)
    plan(cast, keer, rosa, place="Aan het station")
    assert fresh(keer).state == "toegewezen"
    with refused("plan_changed"):
        yes(cast, keer, rosa.user, number=1)
    assert not fresh(keer).toeleider_agreed


def test_who_is_replaced_hears_that_it_does_not_go_on_and_sees_nothing_more(cast, rosa):
    keer = agreed(cast, rosa)
    plan(cast, keer, make_toeleider(cast, "Wout Berkenblad"))
    assert told(rosa.user)[-1] == "Een afspraak gaat niet door"
    with acting_as(rosa.user):
        assert not EersteKeer.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"at": at("10:00")}, "in_the_past"),
        ({"place": "  "}, "no_place"),
        ({"place": "x" * 201}, "too_long"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast, rosa, changed, code):
    keer = ask(cast)
    with refused(code):
        plan(cast, keer, rosa, **changed)


def test_only_who_is_in_the_pool_of_that_gemeente_on_that_day_can_be_sent(cast, rosa):
    keer = ask(cast)
    elsewhere = make_toeleider(cast, "Wout Berkenblad", gemeente=cast.leuven)
    Toeleider.everyone.filter(pk=rosa.pk).update(valid_to=today())
    for toeleider in (elsewhere, rosa):
        with refused("not_in_the_pool"):
            plan(cast, keer, toeleider)


def test_nobody_comes_along_with_oneself(cast):
    user = cast.samira.inburgeraar.user
    with acting_as(TEST):
        self = Toeleider.objects.create(
            user=user, gemeente=cast.herent, name="Samira", valid_from=today()
        )
    with refused("not_in_the_pool"):
        plan(cast, ask(cast), self)


@pytest.mark.parametrize("who", ["nele", "lieve", "stranger", "samira"])
def test_only_the_gemeente_plans(cast, rosa, who):
    keer = ask(cast)
    by = cast.samira.inburgeraar.user if who == "samira" else getattr(cast, who)
    with refused("not_allowed"):
        plan(cast, keer, rosa, by=by)


def test_a_toeleider_who_cannot_hands_it_back_with_a_reason(cast, rosa):
    keer = agreed(cast, rosa)
    eerste_keer.hand_back(keer.pk, "Ik ben ziek.", by=rosa.user, now=cast.now)
    now = fresh(keer)
    assert (now.state, now.toeleider_id, now.reason) == ("gevraagd", None, "Ik ben ziek.")
    assert told(cast.redacteur)[-1] == "Een toeleider kan niet meegaan"
    assert told(cast.samira.inburgeraar.user)[-1] == "Je afspraak verandert"


def test_a_second_toeleider_may_also_hand_it_back_and_everybody_hears_again(cast, rosa):
    keer = agreed(cast, rosa)
    eerste_keer.hand_back(keer.pk, "Ziek.", by=rosa.user, now=cast.now)
    plan(cast, keer, rosa)
    eerste_keer.hand_back(keer.pk, "Weer ziek.", by=rosa.user, now=cast.now)
    assert told(cast.redacteur).count("Een toeleider kan niet meegaan") == 2


def test_it_is_done_once_it_was_time(cast, rosa):
    keer = agreed(cast, rosa)
    with refused("not_yet"):
        eerste_keer.done(keer.pk, by=rosa.user, now=cast.now)
    eerste_keer.done(keer.pk, by=rosa.user, now=SOON)
    assert fresh(keer).state == "gedaan"


@pytest.mark.parametrize("who", ["person", "nele", "redacteur"])
def test_who_cancels_says_why_and_the_others_hear_of_it(cast, rosa, who):
    keer = agreed(cast, rosa)
    by = cast.samira.inburgeraar.user if who == "person" else getattr(cast, who)
    with refused("needs_reason"):
        eerste_keer.cancel(keer.pk, " ", by=by, now=cast.now)
    eerste_keer.cancel(keer.pk, "De trein rijdt niet.", by=by, now=cast.now)
    assert (fresh(keer).state, fresh(keer).reason) == ("afgezegd", "De trein rijdt niet.")
    assert told(rosa.user)[-1] == "Een afspraak gaat niet door"


# -- The states ------------------------------------------------------------------------------

DOES = {
    "plan": lambda cast, keer, rosa: plan(cast, keer, rosa),
    "agree": lambda cast, keer, rosa: yes(cast, keer, cast.nele, fresh(keer).plan),
    "hand_back": lambda cast, keer, rosa: eerste_keer.hand_back(
        keer.pk, "Ziek.", by=rosa.user, now=cast.now
    ),
    "done": lambda cast, keer, rosa: eerste_keer.done(keer.pk, by=cast.redacteur, now=SOON),
    "cancel": lambda cast, keer, rosa: eerste_keer.cancel(
        keer.pk, "Nee.", by=cast.nele, now=cast.now
    ),
}


def in_state(cast, rosa, state):
    keer = ask(cast)
    planned = {"toeleider": rosa, "at": SOON, "place": "Hier", "plan": 1}
    both = {"person_agreed": True, "toeleider_agreed": True}
    filled = {
        "gevraagd": {},
        "toegewezen": planned,
        "bevestigd": planned | both,
        "gedaan": planned | both,
        "afgezegd": planned,
    }[state]
    EersteKeer._base_manager.filter(pk=keer.pk).update(state=state, **filled)
    return keer


@pytest.mark.parametrize("state", EersteKeer.State.values)
@pytest.mark.parametrize("what", DOES)
def test_every_step_of_the_table_is_done_and_every_other_is_refused(cast, rosa, state, what):
    keer = in_state(cast, rosa, state)
    after = STEPS.get((state, what))
    if after is None:
        code = "not_allowed" if (what, state) == ("hand_back", "gevraagd") else "wrong_state"
        with refused(code):
            DOES[what](cast, keer, rosa)
    else:
        DOES[what](cast, keer, rosa)
    assert fresh(keer).state == (after or state)


# -- The day before --------------------------------------------------------------------------


def test_both_are_reminded_once_the_day_before(cast, rosa):
    agreed(cast, rosa)
    day = SOON.date()
    before = [eerste_keer.remind(today=day - timedelta(days=n), now=cast.now) for n in (2, 1, 1, 0)]
    assert before == [0, 1, 0, 0]
    for user in (cast.samira.inburgeraar.user, rosa.user):
        assert told(user)[-1] == "Morgen gaan jullie samen"


def test_a_plan_without_two_yesses_is_not_recalled(cast, rosa):
    keer = ask(cast)
    plan(cast, keer, rosa)
    assert eerste_keer.remind(today=SOON.date() - timedelta(days=1), now=cast.now) == 0


def test_tomorrow_is_a_day_in_brussels(cast, rosa):
    late = SOON.replace(hour=23, minute=30)
    keer = agreed(cast, rosa)
    EersteKeer._base_manager.filter(pk=keer.pk).update(at=late)
    day: date = late.date()
    assert eerste_keer.remind(today=day - timedelta(days=1), now=cast.now) == 1


# -- Two at once -----------------------------------------------------------------------------


def test_both_say_yes_at_once_and_it_is_agreed(committed_db, monkeypatch):
    cast = make_cast()
    rosa = make_toeleider(cast)

    def both(keer):
        plan(cast, keer, rosa)
        at_once(
            partial(yes, cast, keer, cast.samira.inburgeraar.user),
            partial(yes, cast, keer, rosa.user),
        )
        return fresh(keer).state

    assert both(ask(cast)) == "bevestigd"

    # The control: both read the plan before either wrote a yes, and one yes is lost.
    other = ask(cast, page=cast.fietsles)
    plan(cast, other, rosa)
    barrier = threading.Barrier(2)

    def read(pk):
        found = EersteKeer._base_manager.get(pk=pk)
        barrier.wait(10)
        return found

    monkeypatch.setattr(eerste_keer, "_locked", read)
    at_once(
        partial(yes, cast, other, cast.samira.inburgeraar.user),
        partial(yes, cast, other, rosa.user),
    )
    assert fresh(other).state == "toegewezen"


def test_of_two_taps_one_request_is_made(committed_db):
    cast = make_cast()
    assert codes(at_once(*[partial(ask, cast)] * 4)) == {"asked_to_come_along"}
    assert EersteKeer._base_manager.count() == 1
