"""Who sees what (model.md), as a table: each role against each model of this app."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from aanbod.models import Contactpersoon
from bewijzen import cards, permissions
from bewijzen.models import (
    Aanmelding,
    Bevestiging,
    Dagtotaal,
    Deelname,
    EersteKeer,
    Favoriet,
    Hoofd,
    Inburgeraar,
    Kaart,
    Regel,
    RegelTekst,
    Stap,
    Toeleider,
    Traject,
    Verzoek,
    Voorstel,
    VoorstelDag,
    Wensen,
    Zoekvraag,
)
from gemeenten.acting import ActingPersonMissing, ScopedManager, System, acting_as
from gemeenten.models import Rol
from tests.bewijzen.cast import (
    make_begeleider,
    make_contact,
    make_deelname,
    make_rol,
    make_traject,
    make_user,
    make_verzoek,
    today,
)
from tests.bewijzen.grootboek import NOW, confirm

#: From a row to its traject.
OF_THE_TRAJECT = {
    Inburgeraar: "trajecten",
    Traject: "pk",
    Stap: "traject",
    Kaart: "traject",
    Dagtotaal: "traject",
    Hoofd: "traject",
    Wensen: "traject",
    Voorstel: "traject",
    VoorstelDag: "voorstel__traject",
}
OF_THE_ACTIVITY = {
    Deelname: "traject",
    Verzoek: "deelname__traject",
    Regel: "traject",
    RegelTekst: "regel__traject",
    Bevestiging: "traject",
}
MODELS = {**OF_THE_TRAJECT, **OF_THE_ACTIVITY}
#: Seen by others as well: test_zoekvraag_permissions.py. By nobody but the person: below.
ELSEWHERE = {Zoekvraag, Toeleider, EersteKeer, Aanmelding, Favoriet}

#: Of whom somebody sees the traject, and of whom the hours at an activity.
SEES = {
    "samira": ({"samira"}, {"samira"}),
    "lieve": (set(), {"samira"}),
    "joris": (set(), {"samira"}),
    "peter": (set(), {"ahmad_n"}),
    "saar": (set(), {"yordanka"}),
    "nele": ({"samira", "ahmad_n"}, {"samira", "ahmad_n"}),
    "thomas": ({"yordanka"}, {"yordanka"}),
    "coordinator": ({"samira", "ahmad_n"}, {"samira", "ahmad_n"}),
    "redacteur": (set(), set()),
    "moderator": (set(), set()),
    "gemeentebeheerder": (set(), set()),
    "beheerder": (set(), set()),
    "stranger": (set(), set()),
    "former_contact": (set(), set()),
    "former_begeleider": (set(), set()),
    "deactivated_begeleider": (set(), set()),
    "begeleider_of_another_agency": (set(), set()),
    "both": ({"both"}, {"both", "samira"}),
}


@pytest.fixture
def cast(shared_cast):
    """Three people with a line, a note, a card and a step each, in three organisations."""
    who = shared_cast
    ahmad = make_deelname(who.ahmad_n, who.groen)
    yordanka = make_deelname(who.yordanka, who.leuvense_tafel)
    for deelname, signer in [
        (who.samira_praat, who.lieve),
        (ahmad, who.peter),
        (yordanka, who.saar),
    ]:
        _rows(deelname, signer)
    return who


def _rows(deelname, signer):
    confirm(deelname, signer)
    make_verzoek(deelname, days_ago=9)
    cards.new_card(deelname.traject, by=None, now=NOW)
    with acting_as(System("test")):
        Stap.objects.create(traject=deelname.traject, deelname=deelname, what="test", at=NOW)
        Wensen.objects.create(traject=deelname.traject, plaats="Herent", straal=5, saved_at=NOW)
        texts = dict.fromkeys(["what", "with_whom", "moment", "place"], "koffie")
        voorstel = Voorstel.objects.create(traject=deelname.traject, sent_at=NOW, **texts)
        VoorstelDag.objects.create(voorstel=voorstel, day=NOW.date(), minutes=60, noted_at=NOW)


def person(cast, name):
    made = {
        "samira": lambda: cast.samira.inburgeraar.user,
        "moderator": lambda: _with_rol("moderator", gemeente=cast.herent),
        "gemeentebeheerder": lambda: _with_rol("gemeentebeheerder", gemeente=cast.herent),
        "beheerder": lambda: _with_rol("beheerder"),
        "former_contact": lambda: _former_contact(cast),
        "former_begeleider": lambda: _former_begeleider(cast),
        "deactivated_begeleider": lambda: _deactivated(cast),
        "begeleider_of_another_agency": lambda: _moved(cast),
        "both": lambda: _both(cast),
    }
    return made[name]() if name in made else getattr(cast, name)


def _with_rol(kind, **field_of_work):
    user = make_user(f"Iemand {kind}")
    make_rol(user, kind, **field_of_work)
    return user


def _former_contact(cast):
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_to=today() - timedelta(days=1))
    return cast.lieve


def _former_begeleider(cast):
    Rol.everyone.filter(user=cast.nele).update(valid_to=today() - timedelta(days=1))
    return cast.nele


def _deactivated(cast):
    cast.nele.is_active = False
    cast.nele.save()
    return cast.nele


def _moved(cast):
    """Nele works for another agency now; the dossiers stayed."""
    agency = type(cast.agentschap).objects.create(name="Ander agentschap", slug="ander")
    Rol.everyone.filter(user=cast.nele).update(agentschap=agency, team=None)
    return cast.nele


def _both(cast):
    """A contact person of the same organisatie who gathers hours at another one."""
    user = make_contact("Rania Haddad", cast.lange_tafel, cast.herent)
    cast.both = make_traject(cast, "Rania Haddad", user=user)
    _rows(make_deelname(cast.both, cast.groen), cast.peter)
    return user


def seen(cast, model):
    """Names of the cast whose rows of `model` the acting person sees."""
    names = ["samira", "ahmad_n", "ahmad_s", "yusuf", "yordanka", "both"]
    found = set(model.objects.values_list(MODELS[model], flat=True))
    return {name for name in names if getattr(getattr(cast, name, None), "pk", None) in found}


@pytest.mark.parametrize("who", SEES)
def test_each_role_sees_exactly_this(cast, who):
    user = person(cast, who)
    trajects, hours = SEES[who]
    with acting_as(user):
        for model in OF_THE_TRAJECT:
            # Who has no hours yet has a traject and a person all the same.
            assert seen(cast, model) & _with_hours(cast) == trajects, model
        for model in OF_THE_ACTIVITY:
            assert seen(cast, model) == hours, model


def _with_hours(cast):
    return {"samira", "ahmad_n", "yordanka", "both"}


@pytest.mark.parametrize("who", [who for who, (trajects, _) in SEES.items() if not trajects])
def test_who_sees_no_traject_sees_none_at_all(cast, who):
    with acting_as(person(cast, who)):
        for model in OF_THE_TRAJECT:
            assert not model.objects.exists(), model


def test_a_caseload_is_all_that_somebody_follows_with_hours_or_without(cast):
    with acting_as(cast.nele):
        assert seen(cast, Traject) == {"samira", "ahmad_n", "ahmad_s", "yusuf"}
    with acting_as(cast.thomas):
        assert seen(cast, Inburgeraar) == {"yordanka"}


@pytest.mark.parametrize("model", MODELS)
def test_a_visitor_sees_nothing(cast, model):
    with acting_as(AnonymousUser()):
        assert list(model.objects.all()) == []


@pytest.mark.parametrize("model", MODELS)
def test_when_nobody_acts_the_rows_raise(cast, model):
    with pytest.raises(ActingPersonMissing):
        model.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_a_job_of_ours_sees_everything(cast, model):
    with acting_as(System("test")):
        assert seen(cast, model) & _with_hours(cast) == {"samira", "ahmad_n", "yordanka"}


@pytest.mark.parametrize("model", MODELS)
def test_the_control_without_the_rule_a_stranger_sees_the_rows(cast, model, monkeypatch):
    with acting_as(cast.stranger):
        assert not model.objects.exists()
    monkeypatch.setattr(permissions, "visible", lambda rows, user: rows)
    with acting_as(cast.stranger):
        assert {"samira", "ahmad_n", "yordanka"} <= seen(cast, model)


def test_every_model_of_this_app_is_in_the_table_and_shows_nothing_by_itself():
    models = set(apps.get_app_config("bewijzen").get_models())
    assert models == MODELS.keys() | ELSEWHERE
    assert all(isinstance(model._default_manager, ScopedManager) for model in models)


def test_phones_and_favourites_are_seen_by_the_person_alone(cast):
    user, now = cast.samira.inburgeraar.user, timezone.now()
    with acting_as(System("test")):
        Aanmelding.objects.create(user=user, phone_hash="x", made_at=now, seen_at=now)
        Favoriet.objects.create(user=user, page=cast.groen, kept_at=now)
    for model in (Aanmelding, Favoriet):
        with acting_as(user):
            assert model.objects.count() == 1
        for other in (cast.nele, cast.lieve, cast.redacteur, cast.stranger):
            with acting_as(other):
                assert not model.objects.exists()


# -- By relation, and in detail --------------------------------------------------------------


def test_what_hangs_on_a_row_is_asked_again(cast):
    with acting_as(cast.stranger):
        assert list(cast.samira.regels.all()) == []
        assert list(cast.samira.deelnames.all()) == []
        assert list(cast.samira_praat.bevestigingen.all()) == []


def test_rows_seen_in_two_ways_are_seen_once(cast):
    make_contact(cast.nele, cast.lange_tafel, cast.herent)
    cast.nele = type(cast.nele).objects.get(pk=cast.nele.pk)
    with acting_as(cast.nele):
        assert Regel.objects.filter(traject=cast.samira).count() == 1
        assert Deelname.objects.filter(pk=cast.samira_praat.pk).count() == 1


def test_somebody_with_two_trajecten_stands_there_once(cast):
    Traject._base_manager.create(
        inburgeraar=cast.samira.inburgeraar,
        agentschap=cast.agentschap,
        gemeente=cast.herent,
        trajectbegeleider=cast.nele,
        started_on=today(),
        opened_at=NOW,
    )
    with acting_as(cast.nele):
        assert Inburgeraar.objects.get(pk=cast.samira.inburgeraar_id)
    with acting_as(cast.samira.inburgeraar.user):
        assert Inburgeraar.objects.count() == 1
        assert Traject.objects.count() == 2


def test_a_coordinator_sees_what_a_colleague_who_left_still_follows(cast):
    """Or nobody would see those dossiers, and nobody could hand them over."""
    _former_begeleider(cast)
    with acting_as(cast.coordinator):
        assert seen(cast, Regel) == {"samira", "ahmad_n"}


def test_a_coordinator_no_longer_sees_a_colleague_who_changed_teams(cast):
    _former_begeleider(cast)
    make_rol(cast.nele, "trajectbegeleider", agentschap=cast.agentschap, team=cast.team_leuven)
    with acting_as(cast.coordinator):
        assert not Traject.objects.exists()


def test_a_coordinator_sees_a_colleague_of_two_teams(cast):
    make_rol(cast.nele, "trajectbegeleider", agentschap=cast.agentschap, team=cast.team_leuven)
    with acting_as(cast.coordinator):
        assert seen(cast, Regel) == {"samira", "ahmad_n"}


def test_a_coordinator_of_another_agency_sees_nothing(cast):
    agency = type(cast.agentschap).objects.create(name="Ander agentschap", slug="ander")
    other = make_user("Coördinator Elders")
    make_rol(other, "coordinator", agentschap=agency)
    with acting_as(other):
        assert not Traject.objects.exists()


def test_a_new_colleague_sees_what_was_handed_over(cast):
    els = make_begeleider(cast, "Els Overname", cast.team_herent)
    Traject._base_manager.filter(pk=cast.samira.pk).update(trajectbegeleider=els)
    with acting_as(els):
        assert seen(cast, Regel) == {"samira"}
    with acting_as(cast.nele):
        assert seen(cast, Regel) == {"ahmad_n"}


def test_who_is_named_for_one_person_sees_that_person_only(cast):
    neighbour = make_contact("Rita Buurvrouw", None, cast.herent)
    named = Contactpersoon.everyone.get(user=neighbour)
    deelname = make_deelname(cast.yusuf, cast.fietsles, contact=named)
    confirm(deelname, neighbour)
    with acting_as(neighbour):
        assert seen(cast, Regel) == {"yusuf"}
        assert list(Deelname.objects.all()) == [deelname]


# -- What somebody may do --------------------------------------------------------------------


def may(cast, name):
    user = person(cast, name)
    return tuple(
        rule(user, cast.samira_praat)
        for rule in (permissions.can_sign, permissions.can_withdraw, permissions.can_enter)
    )


@pytest.mark.parametrize(
    ("who", "signs", "withdraws", "enters"),
    [
        ("lieve", True, True, True),
        ("joris", True, True, True),
        ("both", True, True, True),
        ("nele", False, True, True),
        ("coordinator", False, True, True),
        ("peter", False, False, False),
        ("saar", False, False, False),
        ("thomas", False, False, False),
        ("samira", False, False, False),
        ("redacteur", False, False, False),
        ("beheerder", False, False, False),
        ("stranger", False, False, False),
        ("former_contact", False, False, False),
        ("former_begeleider", False, False, False),
        ("deactivated_begeleider", False, False, False),
        ("begeleider_of_another_agency", False, False, False),
    ],
)
def test_who_signs_withdraws_and_enters(cast, who, signs, withdraws, enters):
    assert may(cast, who) == (signs, withdraws, enters)


def test_nobody_follows_or_signs_for_themselves(cast):
    make_contact(cast.nele, cast.lange_tafel, cast.herent)
    own = make_traject(cast, "Nele Wolfsmelk", user=cast.nele, by=cast.nele)
    deelname = make_deelname(own, cast.praattafel)
    assert not permissions.follows(cast.nele, own)
    assert not permissions.can_sign(cast.nele, deelname)
    with acting_as(cast.nele):
        assert deelname not in permissions.signable(cast.nele)
