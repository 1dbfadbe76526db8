"""A referral question (R10): who asks, who answers, the term, and what each change of state
refuses."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from aanbod import search
from bewijzen import demand, zoekvragen
from bewijzen.models import Zoekvraag
from bewijzen.workdays import workdays_after
from bewijzen.zoekvragen import STEPS, Agreed, Reply, Wishes
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, Deelgemeente
from tests.bewijzen.cast import BRUSSELS, TEST, make_activiteit, make_cast, make_rol, make_user
from tests.bewijzen.grootboek import NOW, at_once, codes, fresh, refused

TALK = Wishes(soorten=("conversatie",), moments=("avond",), note="Liefst dicht bij het station.")
ANSWER_WORDS = "We vonden een tafel voor je."


def ask(cast, *, by=None, wishes=TALK, agreed=None, gemeente=None, traject=None, now=NOW):
    traject = traject or cast.samira
    by = by or traject.inburgeraar.user
    return zoekvragen.ask(traject, gemeente or cast.herent, wishes, agreed, by=by, now=now)


def at_desk(cast, **changed):
    fields = {"language": "tr", "by": cast.redacteur, "now": NOW, **changed}
    return zoekvragen.note_at_desk(cast.herent, TALK, None, **fields)


def activities(cast, *pages):
    pages = pages or (cast.praattafel,)
    return Reply("activiteiten", ANSWER_WORDS, frozenset(page.pk for page in pages))


def answer(cast, vraag, reply=None, *, by=None):
    zoekvragen.answer(vraag.pk, reply or activities(cast), by=by or cast.redacteur, now=NOW)


def told(user):
    with acting_as(TEST):
        return [bericht.subject for bericht in Bericht.objects.filter(receiver=user).order_by("pk")]


# -- Asking ----------------------------------------------------------------------------------


def test_an_inburgeraar_asks_and_a_colleague_of_the_gemeente_hears_of_it(cast):
    vraag = ask(cast)
    assert (vraag.channel, vraag.state, vraag.language) == ("zelf", "gesteld", "nl")
    assert told(cast.redacteur) == ["Er is een nieuwe zoekvraag"]


def test_where_there_is_a_gemeentebeheerder_only_that_one_hears(cast):
    manager = make_user("Bram Vossenhof")
    make_rol(manager, "gemeentebeheerder", gemeente=cast.herent)
    ask(cast)
    assert told(manager) == ["Er is een nieuwe zoekvraag"]
    assert told(cast.redacteur) == []


def test_who_follows_the_traject_asks_and_the_person_hears_of_it(cast):
    vraag = ask(cast, by=cast.nele)
    assert vraag.channel == "begeleider"
    assert told(cast.samira.inburgeraar.user) == ["Er is een vraag gesteld voor jou"]


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
def test_nobody_else_asks_for_a_traject(cast, who):
    with refused("not_allowed"):
        ask(cast, by=getattr(cast, who))


def test_a_gemeente_that_is_not_active_is_not_asked(cast):
    cast.leuven.active = False
    with refused("gemeente_away"):
        ask(cast, gemeente=cast.leuven)


def test_one_open_question_for_a_gemeente_and_another_one_elsewhere(cast):
    ask(cast)
    ask(cast, gemeente=cast.leuven)
    with refused("asked_already"):
        ask(cast)


def test_after_an_answer_one_may_ask_again(cast):
    answer(cast, ask(cast))
    assert ask(cast).state == "gesteld"


def test_without_a_yes_no_name_is_kept_and_the_database_holds_that(cast):
    vraag = ask(cast)
    assert (vraag.agreed, vraag.name, vraag.callback) == (False, "", "")
    rows = Zoekvraag._base_manager.filter(pk=vraag.pk)
    with pytest.raises(IntegrityError, match="only_what_was_agreed"), transaction.atomic():
        rows.update(name="Samira Al-Masri")


def test_with_a_yes_the_gemeente_may_call_back(cast):
    vraag = ask(cast, agreed=Agreed("Samira Al-Masri", "0470 00 00 00"))
    assert (vraag.name, vraag.callback) == ("Samira Al-Masri", "0470 00 00 00")


def test_a_deelgemeente_of_another_gemeente_is_left_out(cast):
    elsewhere = Deelgemeente.objects.create(gemeente=cast.leuven, name="Heverlee", lat=50, lon=4)
    assert ask(cast, wishes=Wishes(deelgemeente=elsewhere)).deelgemeente is None


def test_a_colleague_notes_what_was_asked_at_the_desk(cast):
    vraag = at_desk(cast)
    assert (vraag.channel, vraag.traject, vraag.language) == ("loket", None, "tr")
    assert told(cast.redacteur) == []


@pytest.mark.parametrize("who", ["nele", "lieve", "stranger"])
def test_nobody_else_notes_at_the_desk(cast, who):
    with refused("not_allowed"):
        at_desk(cast, by=getattr(cast, who))


# -- Answering -------------------------------------------------------------------------------


def test_the_answer_stands_with_the_question_and_the_person_hears_of_it(cast):
    vraag = ask(cast)
    answer(cast, vraag)
    with acting_as(cast.samira.inburgeraar.user):
        mine = zoekvragen.of_traject(cast.samira)[0]
        assert (mine.state, mine.answer_text) == ("beantwoord", ANSWER_WORDS)
        assert list(mine.activiteiten.all()) == [cast.praattafel]
    assert told(cast.samira.inburgeraar.user) == ["Je hebt een antwoord van de gemeente"]


def test_the_trajectbegeleider_who_asked_hears_of_the_answer_too(cast):
    answer(cast, ask(cast, by=cast.nele))
    assert told(cast.nele) == ["De gemeente antwoordde op een zoekvraag"]


def test_messages_are_in_the_language_of_who_gets_them_and_say_nothing_personal(cast):
    answer(cast, ask(cast, traject=cast.ahmad_s, agreed=Agreed("Ahmad Suleiman", "0470")))
    with acting_as(TEST):
        for bericht in Bericht.objects.all():
            assert "Ahmad" not in bericht.subject + bericht.text
        assert Bericht.objects.get(receiver=cast.ahmad_s.inburgeraar.user).language == "ar"


def test_a_call_is_noted_with_when_and_what_was_said(cast):
    vraag = at_desk(cast)
    called = NOW - timedelta(hours=1)
    answer(cast, vraag, Reply("gesprek", "Hij komt dinsdag mee eten.", called_at=called))
    assert (fresh(vraag).called_at, fresh(vraag).answer) == (called, "gesprek")


def test_nothing_here_with_a_reason_is_an_answer_too(cast):
    vraag = ask(cast)
    answer(cast, vraag, Reply("niets", "Er is geen zwemclub met opvang."))
    assert fresh(vraag).answer == "niets"


def test_taking_back_and_asking_anew_all_day_is_refused(cast, settings):
    by = cast.samira.inburgeraar.user
    for _ in range(settings.ASKS_A_DAY):
        zoekvragen.withdraw(ask(cast).pk, by=by, now=NOW)
    with refused("asked_enough"):
        ask(cast)
    assert ask(cast, by=cast.nele).asked_by == cast.nele


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply("activiteiten"), "no_activity"),
        (Reply("activiteiten", "", frozenset(range(1, 12))), "no_activity"),
        (Reply("activiteiten", "", frozenset([10**9])), "not_published"),
        (Reply("niets", "  "), "needs_reason"),
        (Reply("gesprek", "", called_at=NOW), "needs_reason"),
        (Reply("gesprek", "Hij komt."), "needs_call"),
        (Reply("gesprek", "Hij komt.", called_at=NOW + timedelta(hours=1)), "future"),
        (Reply("gesprek", "Hij komt.", called_at=datetime(1, 1, 1, tzinfo=BRUSSELS)), "long_ago"),
        (Reply("niets", "x" * 601), "answer_too_long"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(cast, reply, code):
    vraag = ask(cast)
    with refused(code):
        answer(cast, vraag, reply)
    assert fresh(vraag).state == "gesteld"


def test_a_draft_is_no_answer(cast):
    draft = make_activiteit(cast.herent, cast.lange_tafel, "Concept", live=False)
    with refused("not_published"):
        answer(cast, ask(cast), activities(cast, draft))


@pytest.mark.parametrize("who", ["nele", "lieve", "stranger", "rik"])
def test_only_colleagues_of_that_gemeente_answer(cast, who):
    vraag = ask(cast)
    other = make_user("Rik Elders")
    make_rol(other, "redacteur", gemeente=cast.leuven)
    by = other if who == "rik" else getattr(cast, who)
    for job in [
        partial(answer, cast, vraag, by=by),
        partial(zoekvragen.take, vraag.pk, by=by, now=NOW),
    ]:
        with refused("not_allowed"):
            job()


# -- The states ------------------------------------------------------------------------------

STATES = Zoekvraag.State.values
DOES = {
    "take": lambda cast, pk: zoekvragen.take(pk, by=cast.redacteur, now=NOW),
    "answer": lambda cast, pk: zoekvragen.answer(pk, activities(cast), by=cast.redacteur, now=NOW),
    "close": lambda cast, pk: zoekvragen.close(pk, by=cast.redacteur, now=NOW),
    "withdraw": lambda cast, pk: zoekvragen.withdraw(pk, by=cast.samira.inburgeraar.user, now=NOW),
}


def in_state(cast, state):
    vraag = ask(cast)
    filled = {"answer": "niets", "answered_at": NOW} if state in {"beantwoord", "gesloten"} else {}
    Zoekvraag._base_manager.filter(pk=vraag.pk).update(state=state, **filled)
    return vraag


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("what", DOES)
def test_every_step_of_the_table_is_done_and_every_other_is_refused(cast, state, what):
    vraag = in_state(cast, state)
    after = STEPS.get((state, what))
    if after is None:
        with refused("wrong_state"):
            DOES[what](cast, vraag.pk)
    else:
        DOES[what](cast, vraag.pk)
    assert fresh(vraag).state == (after or state)


def test_who_asked_may_close_and_a_stranger_may_not(cast):
    vraag = in_state(cast, "beantwoord")
    with refused("not_allowed"):
        zoekvragen.close(vraag.pk, by=cast.stranger, now=NOW)
    zoekvragen.close(vraag.pk, by=cast.samira.inburgeraar.user, now=NOW)
    assert fresh(vraag).state == "gesloten"


@pytest.mark.parametrize("who", ["thomas", "redacteur", "lieve", "stranger"])
def test_nobody_else_withdraws(cast, who):
    vraag = ask(cast)
    with refused("not_allowed"):
        zoekvragen.withdraw(vraag.pk, by=getattr(cast, who), now=NOW)


def test_who_took_it_up_hears_that_it_is_withdrawn(cast):
    vraag = ask(cast)
    zoekvragen.take(vraag.pk, by=cast.redacteur, now=NOW)
    zoekvragen.withdraw(vraag.pk, by=cast.nele, now=NOW)
    assert told(cast.redacteur)[-1] == "Een zoekvraag is ingetrokken"


# -- The term --------------------------------------------------------------------------------


def test_working_days_skip_weekends_and_public_holidays():
    assert workdays_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert workdays_after(date(2026, 11, 10), 1) == date(2026, 11, 12)  # 11 November
    assert workdays_after(date(2026, 12, 24), 2) == date(2026, 12, 29)


def test_a_question_has_a_term_of_ten_working_days(cast, settings):
    assert ask(cast).answer_by == workdays_after(date(2026, 11, 20), 10) == date(2026, 12, 4)
    settings.ZOEKVRAAG_TERM_WORKDAYS = 5
    assert ask(cast, traject=cast.yusuf).answer_by == date(2026, 11, 27)


def test_the_gemeente_is_reminded_once_before_the_term_ends(cast):
    ask(cast)
    assert zoekvragen.remind(today=date(2026, 12, 1), now=NOW) == 0
    assert zoekvragen.remind(today=date(2026, 12, 2), now=NOW) == 1
    assert zoekvragen.remind(today=date(2026, 12, 3), now=NOW) == 0
    assert told(cast.redacteur).count("Een zoekvraag wacht op antwoord") == 1


def test_what_is_answered_needs_no_reminder(cast):
    answer(cast, ask(cast))
    assert zoekvragen.remind(today=date(2026, 12, 20), now=NOW) == 0


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 12, 1), "nog 3 dagen"),
        (date(2026, 12, 3), "nog 1 dag"),
        (date(2026, 12, 4), "vandaag is de laatste dag"),
        (date(2026, 12, 5), "1 dag te laat"),
        (date(2026, 12, 8), "4 dagen te laat"),
    ],
)
def test_the_term_in_words(today, words):
    assert zoekvragen.term_words(Zoekvraag(answer_by=date(2026, 12, 4)), today) == words


# -- What fits, and what is missing ----------------------------------------------------------


def test_the_search_begins_with_the_wishes(cast):
    vraag = ask(cast, wishes=Wishes(("sport",), ("avond",), children=True, taalniveau="a1"))
    query = zoekvragen.query_of(vraag)
    assert (query.gemeente, query.soort, query.moment) == (("herent",), ("sport",), ("avond",))
    assert (query.kinderopvang, query.taalniveau) == (("opvang", "mee"), ("a1",))


def test_so_many_kilometres_from_the_deelgemeente_go_over_the_border(cast):
    winksele = Deelgemeente.objects.create(
        gemeente=cast.herent, name="Winksele", lat=50.9007, lon=4.6404
    )
    vraag = ask(cast, wishes=Wishes(deelgemeente=winksele, km=5))
    found = search.results(zoekvragen.query_of(vraag), language="nl")
    assert (found.place.name, found.query.straal, found.query.gemeente) == ("Winksele", 5, ())


def test_demand_counts_wishes_and_no_persons(cast):
    ask(cast)
    ask(cast, traject=cast.yusuf, wishes=Wishes(("sport", "conversatie"), children=True))
    answer(
        cast,
        ask(cast, traject=cast.ahmad_n, wishes=Wishes(("sport",), taalniveau="a1")),
        Reply("niets", "Geen sport."),
    )
    ask(cast, traject=cast.yordanka, gemeente=cast.leuven)
    day = date(2026, 11, 20)
    found = demand.demand([cast.herent.pk], day, day, today=date(2027, 1, 1))
    assert (found.total, found.unanswered, found.overdue, found.unmet) == (3, 2, 2, 1)
    assert found.soorten == {"conversatie": 2, "sport": 2}
    assert (found.children, found.levels, found.unmet_soorten) == (1, {"a1": 1}, {"sport": 1})
    earlier = day - timedelta(days=1)
    assert demand.demand([cast.herent.pk], earlier, earlier, today=day).total == 0


def test_counting_asks_one_question_however_much_there_is(cast, django_assert_num_queries):
    for traject in (cast.samira, cast.yusuf, cast.ahmad_n):
        ask(cast, traject=traject)
    with django_assert_num_queries(1):
        demand.demand([cast.herent.pk], NOW.date(), NOW.date(), today=NOW.date())


# -- Two at once -----------------------------------------------------------------------------


def unlocked(monkeypatch):
    """The control: nobody waits for the other, so both read the question as it was."""
    import threading

    barrier = threading.Barrier(2)

    def read(pk):
        found = Zoekvraag._base_manager.get(pk=pk)
        barrier.wait(10)
        return found

    monkeypatch.setattr(zoekvragen, "_locked", read)


def test_of_two_colleagues_at_once_one_answers(committed_db, monkeypatch):
    cast = make_cast()
    two = [Reply("niets", "Nee."), Reply("gesprek", "Ja.", called_at=NOW)]
    vraag = ask(cast)
    results = at_once(*[partial(answer, cast, vraag, reply) for reply in two])
    assert codes(results) == {"wrong_state"}
    assert results.count(None) == 1

    unlocked(monkeypatch)
    other = ask(cast)
    assert at_once(*[partial(answer, cast, other, reply) for reply in two]) == [None, None]


def test_of_an_answer_and_a_withdrawal_at_once_one_holds(committed_db, monkeypatch):
    cast = make_cast()

    def both(vraag):
        return at_once(
            partial(answer, cast, vraag),
            partial(zoekvragen.withdraw, vraag.pk, by=cast.samira.inburgeraar.user, now=NOW),
        )

    vraag = ask(cast)
    assert codes(both(vraag)) == {"wrong_state"}

    unlocked(monkeypatch)
    other = ask(cast)
    assert both(other) == [None, None]


def test_a_double_tap_asks_once(committed_db):
    cast = make_cast()
    results = at_once(*[partial(ask, cast)] * 4)
    assert codes(results) == {"asked_already"}
    assert Zoekvraag._base_manager.count() == 1
    # The control: without the constraint there are as many as taps.
    from tests.bewijzen.grootboek import sql

    sql("DROP INDEX zoekvraag_one_open_per_traject")
    assert codes(at_once(*[partial(ask, cast)] * 4)) == set()
    assert Zoekvraag._base_manager.count() == 5
