"""Personal rows are read on behalf of somebody, or not at all."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from gemeenten.acting import ActingPersonMissing, System, acting_as, acting_person
from gemeenten.models import Bericht, Rol, Toegangscode, User
from tests.gemeenten.conftest import give, make_user

pytestmark = pytest.mark.django_db
SCOPED = [Rol, Bericht, Toegangscode]


@pytest.fixture
def gemeentebeheerder(herent):
    user = make_user("Gert Gemeentebeheerder")
    give(user, Rol.Kind.GEMEENTEBEHEERDER, herent)
    return user


@pytest.mark.parametrize("model", SCOPED)
def test_nothing_is_read_when_nobody_acts(model):
    with pytest.raises(ActingPersonMissing, match="acting_as"):
        model.objects.all()


@pytest.mark.parametrize("model", SCOPED)
def test_nothing_is_counted_or_written_either_when_nobody_acts(model):
    with pytest.raises(ActingPersonMissing):
        model.objects.count()
    with pytest.raises(ActingPersonMissing):
        model.objects.filter(pk=1).delete()


def test_a_visitor_sees_nothing(redacteur):
    with acting_as(AnonymousUser()):
        assert not Rol.objects.exists()


def test_everyone_sees_their_own_role(redacteur, redacteur_leuven):
    with acting_as(redacteur):
        assert [rol.user for rol in Rol.objects.all()] == [redacteur]


def test_a_gemeentebeheerder_sees_the_roles_of_the_own_gemeente_only(
    gemeentebeheerder, redacteur, redacteur_leuven
):
    with acting_as(gemeentebeheerder):
        assert {rol.user for rol in Rol.objects.all()} == {gemeentebeheerder, redacteur}


def test_a_former_colleague_sees_nothing_of_the_gemeente_any_more(gemeentebeheerder, redacteur):
    yesterday = timezone.localdate() - timedelta(days=1)
    Rol.everyone.filter(user=gemeentebeheerder).update(valid_to=yesterday)

    with acting_as(User.objects.get(pk=gemeentebeheerder.pk)):
        assert redacteur not in {rol.user for rol in Rol.objects.all()}


def test_a_role_that_begins_tomorrow_shows_nothing_yet(herent, redacteur):
    starter = make_user("Stef")
    tomorrow = timezone.localdate() + timedelta(days=1)
    give(starter, Rol.Kind.GEMEENTEBEHEERDER, herent, valid_from=tomorrow)

    with acting_as(starter):
        assert redacteur not in {rol.user for rol in Rol.objects.all()}


def test_a_beheerder_sees_all_roles(beheerder, redacteur, redacteur_leuven):
    with acting_as(beheerder):
        assert Rol.objects.count() == 3


def test_a_role_counts_from_its_first_to_its_last_day(herent, stranger):
    give(
        stranger,
        Rol.Kind.REDACTEUR,
        herent,
        valid_from=date(2026, 3, 1),
        valid_to=date(2026, 3, 31),
    )
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]

    assert [Rol.everyone.valid(day).exists() for day in days] == [False, True, True, False]


def test_messages_are_for_their_receiver_and_sender(stranger, redacteur, beheerder):
    bericht = Bericht._base_manager.create(
        receiver=stranger,
        sender=redacteur,
        channel=Bericht.Channel.APP,
        language="nl",
        subject="s",
        text="t",
        key="k",
        created_at=timezone.now(),
    )

    for user, seen in [(stranger, [bericht]), (redacteur, [bericht]), (beheerder, [])]:
        with acting_as(user):
            assert list(Bericht.objects.all()) == seen


def test_a_job_of_ours_acts_by_its_own_name(redacteur):
    with acting_as(System("post")):
        assert Rol.objects.count() == 1
        assert acting_person().name == "post"


def test_after_the_block_nobody_acts(stranger):
    with pytest.raises(ZeroDivisionError), acting_as(stranger):
        raise ZeroDivisionError

    with pytest.raises(ActingPersonMissing):
        acting_person()


def test_control_without_the_scoped_manager_a_visitor_would_see_everything(redacteur):
    """The rows are there: what hides them above is the manager, not an empty table."""
    with acting_as(AnonymousUser()):
        assert Rol.everyone.exists()
        assert Rol._base_manager.exists()
