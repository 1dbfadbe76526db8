"""Who sees a zoekvraag, a toeleider and a first time together."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from aanbod.models import Invaller
from bewijzen import permissions
from bewijzen.models import EersteKeer, Toeleider, Traject, Zoekvraag
from gemeenten.acting import ActingPersonMissing, acting_as
from tests.bewijzen.cast import TEST, make_rol, make_user, today
from tests.bewijzen.test_eerste_keer import ask as ask_along
from tests.bewijzen.test_eerste_keer import make_toeleider, plan
from tests.bewijzen.test_zoekvragen import ask

MODELS = [Zoekvraag, Toeleider, EersteKeer]
#: How many rows of each somebody sees: two questions, two toeleiders, two first times, of Samira
#: in Herent and of Yordanka in Leuven.
SEES = {
    "samira": (1, 0, 1),
    "nele": (1, 0, 1),
    "coordinator": (1, 0, 1),
    "thomas": (1, 0, 1),
    "redacteur": (1, 1, 1),
    "redacteur_leuven": (1, 1, 1),
    "rosa": (0, 1, 1),
    "wout": (0, 1, 1),
    "former_toeleider": (0, 1, 0),
    "lieve": (0, 0, 0),
    "vertaler": (0, 0, 0),
    "beheerder": (0, 0, 0),
    "stranger": (0, 0, 0),
}


@pytest.fixture
def cast(cast):
    cast.redacteur_leuven = _with_rol("redacteur", gemeente=cast.leuven)
    cast.vertaler = _with_rol("vertaler", gemeente=cast.herent)
    cast.beheerder = _with_rol("beheerder")
    rosa, wout = make_toeleider(cast), make_toeleider(cast, "Wout Berk", gemeente=cast.leuven)
    cast.rosa, cast.wout = rosa.user, wout.user
    ask(cast)
    ask(cast, traject=cast.yordanka, gemeente=cast.leuven)
    plan(cast, ask_along(cast), rosa)
    leuven = ask_along(cast, traject=cast.yordanka, page=cast.leuvense_tafel)
    plan(cast, leuven, wout, by=cast.redacteur_leuven)
    return cast


def _with_rol(kind, **field_of_work):
    user = make_user(f"Iemand {kind} {len(field_of_work)}{field_of_work.get('gemeente', '')}")
    make_rol(user, kind, **field_of_work)
    return user


def person(cast, name):
    if name == "samira":
        return cast.samira.inburgeraar.user
    if name == "former_toeleider":
        yesterday = today() - timedelta(days=1)
        Toeleider.everyone.filter(user=cast.rosa).update(valid_to=yesterday)
        return cast.rosa
    return getattr(cast, name)


@pytest.mark.parametrize("who", SEES)
def test_each_role_sees_exactly_this(cast, who):
    with acting_as(person(cast, who)):
        assert tuple(model.objects.count() for model in MODELS) == SEES[who]


@pytest.mark.parametrize("who", ["rosa", "redacteur"])
def test_who_sees_the_row_sees_no_traject(cast, who):
    with acting_as(person(cast, who)):
        assert not Traject.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_a_visitor_sees_nothing_and_without_an_actor_it_raises(cast, model):
    with acting_as(AnonymousUser()):
        assert not model.objects.exists()
    with pytest.raises(ActingPersonMissing):
        model.objects.exists()


@pytest.mark.parametrize("model", MODELS)
def test_the_control_without_the_rule_a_stranger_sees_the_rows(cast, model, monkeypatch):
    monkeypatch.setattr(permissions, "visible", lambda rows, user: rows)
    with acting_as(cast.stranger):
        assert model.objects.count() == 2


@pytest.mark.parametrize("state", ["gevraagd", "gedaan", "afgezegd"])
def test_a_toeleider_sees_an_appointment_only_as_long_as_it_is_to_come(cast, state):
    both = {"person_agreed": True, "toeleider_agreed": True}
    EersteKeer._base_manager.update(state=state, **both)
    with acting_as(cast.rosa):
        assert not EersteKeer.objects.exists()


def test_a_card_is_printed_only_for_who_has_nothing_else_that_it_would_open(cast):
    with acting_as(TEST):
        rosa = Toeleider.objects.get(user=cast.rosa)
    assert not permissions.can_hand_out_toeleider_code(cast.redacteur, rosa)  # has an address
    cast.rosa.email = None
    cast.rosa.save()
    rosa.refresh_from_db(from_queryset=Toeleider.everyone.all())
    assert permissions.can_hand_out_toeleider_code(cast.redacteur, rosa)
    assert not permissions.can_hand_out_toeleider_code(cast.redacteur_leuven, rosa)
    with acting_as(TEST):
        stands_in = Invaller.objects.create(
            user=cast.rosa,
            gemeente=cast.leuven,
            organisatie=cast.lange_tafel,
            name="Rosa",
            language="nl",
            day=today(),
            sign_until=today(),
            named_at=cast.now,
        )
    assert not permissions.can_hand_out_toeleider_code(cast.redacteur, rosa)
    Invaller.everyone.filter(pk=stands_in.pk).delete()
    make_rol(cast.rosa, "trajectbegeleider", agentschap=cast.agentschap, team=cast.team_herent)
    assert not permissions.can_hand_out_toeleider_code(cast.redacteur, rosa)
