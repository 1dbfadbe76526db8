"""An own proposal (R5): what each change of state refuses, who judges, and what a yes makes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from aanbod.models import Contactpersoon
from bewijzen import permissions, sign_off, voorstellen
from bewijzen.models import Deelname, Stap, Traject, Verzoek, Voorstel
from bewijzen.voorstellen import STEPS, Named, Plan
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, make_contact, make_deelname, make_traject, make_user
from tests.bewijzen.grootboek import DAY, NOW, confirm, evening, fresh, refused

State = Voorstel.State
YES = dict.fromkeys(voorstellen.SLUGS, "ja")
RITA = Named("Rita Zonnedauw", "rita.zonnedauw@post.example")
COFFEE = Plan(
    what="أشرب القهوة مع جارتي",
    with_whom="ريتا",
    moment="كل ثلاثاء",
    place="عندها",
    dutch="Ik drink elke dinsdag koffie met mijn buurvrouw Rita.",
    answers=YES,
    contact=RITA,
)


@pytest.fixture
def cast(shared_cast):
    return shared_cast


def changed(**fields):
    return Plan(**{**vars(COFFEE), **fields})


def propose(cast, plan=COFFEE, *, traject=None, intent=None, by=None):
    traject = traject or cast.samira
    by = by or traject.inburgeraar.user
    return voorstellen.propose(traject, plan, intent=intent or uuid4(), by=by, now=NOW)


def accept(cast, voorstel, contact=RITA, *, by=None, kenmerken=voorstellen.SLUGS, **rest):
    return voorstellen.accept(
        voorstel.pk, contact, kenmerken=kenmerken, by=by or cast.nele, now=NOW, **rest
    )


def told(user):
    with acting_as(TEST):
        return [bericht.subject for bericht in Bericht.objects.filter(receiver=user).order_by("pk")]


def private_contacts():
    return Contactpersoon.everyone.filter(organisatie=None)


# -- Proposing -------------------------------------------------------------------------------


def test_a_proposal_waits_and_the_trajectbegeleider_hears_of_it(cast):
    voorstel = propose(cast)
    assert (voorstel.state, voorstel.title) == (State.INGEDIEND, COFFEE.dutch)
    assert told(cast.nele) == ["Er is een nieuw voorstel"]
    with acting_as(TEST):
        bericht = Bericht.objects.get(receiver=cast.nele)
    assert "Samira" not in bericht.subject + bericht.text


def test_without_a_line_in_dutch_it_stands_in_the_own_words(cast):
    assert propose(cast, changed(dutch="")).title == COFFEE.what


def test_sending_twice_is_one_proposal(cast):
    intent = uuid4()
    assert propose(cast, intent=intent).pk == propose(cast, intent=intent).pk
    assert told(cast.nele) == ["Er is een nieuw voorstel"]


def test_an_intent_of_somebody_else_is_refused(cast):
    intent = propose(cast).pk
    with refused("intent_conflict"):
        propose(cast, traject=cast.yusuf, intent=intent)


@pytest.mark.parametrize("who", ["nele", "lieve", "stranger"])
def test_nobody_proposes_for_another(cast, who):
    with refused("not_allowed"):
        propose(cast, by=getattr(cast, who))


@pytest.mark.parametrize("name", voorstellen.TEXTS)
def test_each_of_the_four_fields_is_needed(cast, name):
    with refused("incomplete"):
        propose(cast, changed(**{name: "  "}))


@pytest.mark.parametrize("change", [{"what": "x" * 301}, {"dutch": "x" * 201}])
def test_what_is_too_long_is_refused(cast, change):
    with refused("too_long"):
        propose(cast, changed(**change))


def test_a_stopped_traject_proposes_nothing_and_says_what_to_do(cast):
    Traject._base_manager.filter(pk=cast.samira.pk).update(state="stopgezet")
    with refused("traject_stopped"):
        propose(cast)


def test_a_pause_blocks_no_proposal(cast):
    """Hours that are lived in a pause still count."""
    Traject._base_manager.filter(pk=cast.samira.pk).update(state="gepauzeerd")
    assert propose(cast).state == State.INGEDIEND


def test_more_proposals_than_somebody_reads_are_refused(cast):
    for _ in range(voorstellen.MOST_OPEN):
        propose(cast)
    with refused("many_proposals"):
        propose(cast)


def test_taking_back_and_sending_anew_all_day_is_refused(cast):
    for _ in range(voorstellen.MOST_A_DAY):
        voorstellen.withdraw(propose(cast).pk, by=cast.samira.inburgeraar.user, now=NOW)
    with refused("asked_enough"):
        propose(cast)


def test_nobody_names_themselves_by_e_mail(cast):
    user = cast.samira.inburgeraar.user
    user.email = "samira@post.example"
    user.save()
    with refused("own_contact"):
        propose(cast, changed(contact=Named("Iemand", "Samira@Post.example")))


def test_nobody_names_themselves_by_mobile(cast):
    user = cast.samira.inburgeraar.user
    user.mobile = "+32470000000"
    user.save()
    with refused("own_contact"):
        propose(cast, changed(contact=Named("Iemand", mobile="+32470000000")))


# -- The table of states -----------------------------------------------------------------------


def act(cast, voorstel, what):
    own = cast.samira.inburgeraar.user
    {
        "accept": lambda: accept(cast, voorstel),
        "ask_back": lambda: voorstellen.ask_back(voorstel.pk, "Wie?", by=cast.nele, now=NOW),
        "decline": lambda: voorstellen.decline(voorstel.pk, "Familie.", by=cast.nele, now=NOW),
        "withdraw": lambda: voorstellen.withdraw(voorstel.pk, by=own, now=NOW),
        "send_again": lambda: voorstellen.send_again(voorstel.pk, COFFEE, by=own, now=NOW),
    }[what]()


HOW = {
    State.INGEDIEND: [],
    State.TERUGGEVRAAGD: ["ask_back"],
    State.AANVAARD: ["accept"],
    State.AFGEWEZEN: ["decline"],
    State.INGETROKKEN: ["withdraw"],
}
ACTS = ["accept", "ask_back", "decline", "withdraw", "send_again"]


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("state", State.values)
def test_the_states_go_as_the_table_says_and_nothing_else(cast, state, what):
    voorstel = propose(cast)
    for before in HOW[state]:
        act(cast, voorstel, before)
    to = STEPS.get((state, what))
    if to is None:
        with refused("wrong_state"):
            act(cast, voorstel, what)
        assert fresh(voorstel).state == state
    else:
        act(cast, voorstel, what)
        assert fresh(voorstel).state == to
        last = Stap._base_manager.filter(traject=cast.samira, what="voorstel").last()
        assert (last.before, last.after) == (state, to)


def test_the_table_is_that_of_the_model(cast):
    assert {(before, to) for (before, _), to in STEPS.items()} == {
        ("ingediend", "aanvaard"),
        ("ingediend", "teruggevraagd"),
        ("ingediend", "afgewezen"),
        ("ingediend", "ingetrokken"),
        ("teruggevraagd", "ingediend"),
        ("teruggevraagd", "ingetrokken"),
    }


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
@pytest.mark.parametrize("what", ["accept", "ask_back", "decline"])
def test_only_who_follows_the_traject_judges(cast, who, what):
    voorstel, by = propose(cast), getattr(cast, who)
    with refused("not_allowed"):
        if what == "accept":
            accept(cast, voorstel, by=by)
        else:
            getattr(voorstellen, what)(voorstel.pk, "Nee.", by=by, now=NOW)


def test_the_person_does_not_judge_their_own(cast):
    with refused("not_allowed"):
        accept(cast, propose(cast), by=cast.samira.inburgeraar.user)


@pytest.mark.parametrize("what", ["withdraw", "send_again", "note_day"])
def test_only_the_person_withdraws_answers_and_notes(cast, what):
    voorstel = propose(cast)
    given = {"send_again": [COFFEE], "note_day": [DAY, 60]}.get(what, [])
    with refused("not_allowed"):
        getattr(voorstellen, what)(voorstel.pk, *given, by=cast.yusuf.inburgeraar.user, now=NOW)


@pytest.mark.parametrize("what", ["ask_back", "decline"])
@pytest.mark.parametrize(("words", "code"), [(" ", "needs_reason"), ("x" * 301, "too_long")])
def test_a_question_and_a_no_have_words_we_can_keep(cast, what, words, code):
    voorstel = propose(cast)
    with refused(code):
        getattr(voorstellen, what)(voorstel.pk, words, by=cast.nele, now=NOW)
    assert fresh(voorstel).state == State.INGEDIEND


def test_each_turn_is_told_to_the_other_side(cast):
    voorstel, person = propose(cast), cast.samira.inburgeraar.user
    act(cast, voorstel, "ask_back")
    act(cast, voorstel, "send_again")
    act(cast, voorstel, "ask_back")
    assert told(person) == ["Er is een vraag over je voorstel"] * 2
    assert told(cast.nele) == ["Er is een nieuw voorstel"] * 2


def test_the_answer_comes_in_the_language_of_the_person(cast):
    voorstel = propose(cast, traject=cast.ahmad_s)
    voorstellen.decline(voorstel.pk, "Familie.", by=cast.nele, now=NOW)
    with acting_as(TEST):
        bericht = Bericht.objects.get(receiver=cast.ahmad_s.inburgeraar.user)
    assert bericht.language == "ar"
    assert "Familie" not in bericht.subject + bericht.text


def test_a_state_without_its_facts_is_refused_by_the_database(cast):
    voorstel = propose(cast)
    for state in (State.AANVAARD, State.AFGEWEZEN):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voorstel._base_manager.filter(pk=voorstel.pk).update(state=state)


# -- A yes -------------------------------------------------------------------------------------


def test_a_yes_names_the_contact_person_and_makes_the_deelname(cast):
    deelname = accept(cast, propose(cast))
    contact = private_contacts().get()
    assert (contact.name, contact.gemeente, contact.user.email) == (
        RITA.name,
        cast.herent,
        RITA.email,
    )
    assert (deelname.page, deelname.organisatie, deelname.contact) == (None, None, contact)
    assert (deelname.state, deelname.judgement) == ("deelnemer", "past")
    assert told(contact.user) == ["Je bent contactpersoon in Veertig"]
    assert told(cast.samira.inburgeraar.user) == ["Je voorstel is goed"]


def test_the_contact_person_signs_and_nobody_else_does(cast):
    deelname = accept(cast, propose(cast))
    rita = private_contacts().get().user
    with acting_as(rita):
        assert list(permissions.signable(rita)) == [deelname]
    assert confirm(deelname, rita).number == 1
    with refused("not_signer"):
        confirm(deelname, cast.lieve, evening("16:00", "17:00"))


def test_what_was_noted_before_the_yes_can_be_signed_after_it(cast):
    voorstel, own = propose(cast), cast.samira.inburgeraar.user
    voorstellen.note_day(voorstel.pk, DAY - timedelta(days=7), 90, by=own, now=NOW)
    assert fresh(cast.samira).total_minutes == 0
    deelname = accept(cast, voorstel)
    note = Verzoek._base_manager.get(deelname=deelname)
    rita = private_contacts().get().user
    sign_off.sign_note(note.pk, signer=rita, intent=uuid4(), now=NOW)
    assert fresh(cast.samira).total_minutes == 90


def test_a_day_is_noted_once(cast):
    voorstel, own = propose(cast), cast.samira.inburgeraar.user
    voorstellen.note_day(voorstel.pk, DAY, 90, by=own, now=NOW)
    with refused("noted_already"):
        voorstellen.note_day(voorstel.pk, DAY, 60, by=own, now=NOW)


@pytest.mark.parametrize(("days", "minutes", "code"), [(1, 60, "future"), (0, 0, "no_minutes")])
def test_what_cannot_have_been_is_not_noted(cast, days, minutes, code):
    voorstel, own = propose(cast), cast.samira.inburgeraar.user
    with refused(code):
        voorstellen.note_day(voorstel.pk, DAY + timedelta(days=days), minutes, by=own, now=NOW)


@pytest.mark.parametrize("state", [State.AANVAARD, State.AFGEWEZEN, State.INGETROKKEN])
def test_after_the_answer_nothing_more_is_noted_here(cast, state):
    voorstel = propose(cast)
    act(cast, voorstel, HOW[state][0])
    with refused("wrong_state"):
        voorstellen.note_day(voorstel.pk, DAY, 60, by=cast.samira.inburgeraar.user, now=NOW)


def test_below_the_criteria_a_yes_needs_a_reason(cast):
    voorstel = propose(cast)
    with refused("below_the_criteria"):
        accept(cast, voorstel, kenmerken=["groep", "voertaal"])
    accept(cast, voorstel, kenmerken=["groep", "voertaal"], reason="Ze leert er veel.")
    assert fresh(voorstel).kenmerken == ["groep", "voertaal"]
    assert fresh(voorstel).reply == "Ze leert er veel."


def test_a_yes_needs_somebody_who_signs(cast):
    with refused("needs_contact"):
        accept(cast, propose(cast), Named())


def test_a_name_alone_is_enough(cast):
    deelname = accept(cast, propose(cast), Named("Rita Zonnedauw"))
    assert told(deelname.contact.user) == []


def test_the_person_is_not_named_by_the_trajectbegeleider_either(cast):
    user = cast.samira.inburgeraar.user
    user.email = "samira@post.example"
    user.save()
    voorstel = propose(cast)
    with refused("own_contact"):
        accept(cast, voorstel, Named("Samira", "SAMIRA@post.example"))
    assert not private_contacts().exists()


@pytest.mark.parametrize("who", ["nele", "coordinator"])
def test_who_follows_the_traject_does_not_sign_for_it(cast, who):
    voorstel = propose(cast)
    with refused("begeleider_signs"):
        accept(cast, voorstel, Named("Iemand", getattr(cast, who).email))
    assert not private_contacts().exists()
    assert fresh(voorstel).state == State.INGEDIEND


def test_a_closed_account_does_not_sign(cast):
    gone = make_user("Weg Gegaan")
    gone.is_active = False
    gone.save()
    with refused("contact_away"):
        accept(cast, propose(cast), Named("Weg Gegaan", gone.email))


def test_a_neighbour_of_two_is_one_contact_person_and_keeps_the_name(cast):
    accept(cast, propose(cast))
    other = propose(cast, traject=cast.yusuf)
    accept(cast, other, Named("Mevrouw Rita", RITA.email))
    assert private_contacts().get().name == RITA.name
    rita = private_contacts().get().user
    assert told(rita) == ["Je bent contactpersoon in Veertig"]
    with acting_as(TEST):
        assert Deelname.objects.filter(contact__user=rita).count() == 2


def test_a_contact_person_of_an_organisation_can_be_named_too(cast):
    deelname = accept(cast, propose(cast), Named("Peter", cast.peter.email))
    assert deelname.contact.user == cast.peter
    assert confirm(deelname, cast.peter).number == 1


def test_somebody_who_is_a_private_contact_again_is_welcomed_again(cast):
    accept(cast, propose(cast))
    private_contacts().update(valid_from=DAY - timedelta(days=9), valid_to=DAY - timedelta(days=2))
    accept(cast, propose(cast, traject=cast.yusuf))
    assert private_contacts().valid(DAY).exists()


# -- A contact person without e-mail -------------------------------------------------------------


def test_who_has_no_e_mail_gets_a_code_on_paper_that_signs_in(cast):
    deelname = accept(cast, propose(cast), Named("Rita Zonnedauw"))
    code = voorstellen.hand_out_code(deelname, by=cast.nele, now=NOW)
    assert codes.redeem(code, now=NOW) == deelname.contact.user


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
def test_only_who_follows_the_traject_hands_out_that_code(cast, who):
    deelname = accept(cast, propose(cast), Named("Rita Zonnedauw"))
    with refused("not_allowed"):
        voorstellen.hand_out_code(deelname, by=getattr(cast, who), now=NOW)


@pytest.mark.parametrize("why", ["e-mail", "another organisation", "people of a colleague"])
def test_a_code_opens_no_more_than_this(cast, why):
    deelname = accept(cast, propose(cast), Named("Rita Zonnedauw"))
    rita = deelname.contact.user
    if why == "e-mail":
        rita.email = RITA.email
        rita.save()
    elif why == "another organisation":
        make_contact(rita, cast.groendienst, cast.herent)
    else:
        other = make_deelname(cast.yordanka, cast.leuvense_tafel)
        Deelname._base_manager.filter(pk=other.pk).update(contact=deelname.contact)
    with refused("other_work"):
        voorstellen.hand_out_code(fresh(deelname), by=cast.nele, now=NOW)


# -- Reading -----------------------------------------------------------------------------------


def test_the_criteria_are_prefilled_from_the_answers(cast):
    answers = {**YES, "nieuwe-mensen": "nee", "voertaal": "weet_niet"}
    social, dutch = voorstellen.asked(propose(cast, changed(answers=answers)))
    assert (social.is_enough, dutch.is_enough) == (False, True)
    assert ("nieuwe-mensen", "nee") in social.answers
    assert ("voertaal", "weet_niet") in dutch.answers


def test_what_waits_is_of_the_own_caseload_and_the_oldest_first(cast):
    mine = propose(cast)
    propose(cast, traject=cast.yordanka)
    declined = propose(cast, traject=cast.yusuf)
    voorstellen.decline(declined.pk, "Nee.", by=cast.nele, now=NOW)
    with acting_as(cast.nele):
        assert [one.pk for one in voorstellen.waiting(cast.nele)] == [mine.pk]


def test_nobody_else_sees_a_proposal(cast):
    voorstel = propose(cast)
    second = make_traject(cast, "Lieve Vanderstok", user=cast.lieve)
    for user in [cast.lieve, cast.thomas, cast.redacteur, second.inburgeraar.user, cast.stranger]:
        with acting_as(user):
            assert not Voorstel.objects.filter(pk=voorstel.pk).exists()
