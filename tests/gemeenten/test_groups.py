"""What a role is worth in the CMS: from its first day to its last, and not a request longer."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from gemeenten.groups import sync_groups
from gemeenten.models import Rol, User
from tests.gemeenten.conftest import give

pytestmark = pytest.mark.django_db


def groups(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


def days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize("kind", Rol.GEMEENTE_KINDS)
def test_a_role_gives_the_group_of_its_municipality(pages, herent, stranger, kind):
    give(stranger, kind, herent)

    assert groups(stranger) == {f"{kind} 24038"}


def test_a_deleted_role_takes_the_group_away(pages, redacteur):
    Rol.everyone.get(user=redacteur).delete()

    assert groups(redacteur) == set()


def test_a_role_that_moves_to_another_municipality_moves_the_group(pages, redacteur, leuven):
    rol = Rol.everyone.get(user=redacteur)
    rol.gemeente = leuven
    rol.save()

    assert groups(redacteur) == {"redacteur 24062"}


def test_roles_in_two_municipalities_give_two_groups(pages, redacteur, leuven):
    give(redacteur, Rol.Kind.MODERATOR, leuven)

    assert groups(redacteur) == {"redacteur 24038", "moderator 24062"}


def test_a_role_at_an_agency_gives_no_group(pages, trajectbegeleider):
    assert groups(trajectbegeleider) == set()


def test_a_group_given_by_hand_is_taken_away(pages, redacteur):
    redacteur.groups.add(Group.objects.get(name="redacteur 24062"))

    assert sync_groups(redacteur)
    assert groups(redacteur) == {"redacteur 24038"}


def test_a_beheerder_is_superuser_as_long_as_the_role_holds(stranger):
    rol = give(stranger, Rol.Kind.BEHEERDER)
    assert User.objects.get(pk=stranger.pk).is_superuser

    rol.delete()
    assert not User.objects.get(pk=stranger.pk).is_superuser


def test_nobody_is_superuser_without_the_role(stranger):
    User.objects.update(is_superuser=True)
    stranger.refresh_from_db()

    assert sync_groups(stranger)
    assert not User.objects.get(pk=stranger.pk).is_superuser


def test_deleting_a_user_with_a_role_works(pages, redacteur):
    redacteur.delete()

    assert not Rol.everyone.exists()


def test_every_day_roles_begin_and_end(pages, herent, redacteur, stranger):
    Rol.everyone.filter(user=redacteur).update(valid_to=days(-1))
    give(stranger, Rol.Kind.MODERATOR, herent, valid_from=days(1))
    Rol.everyone.filter(user=stranger).update(valid_from=days(0))
    out = StringIO()

    call_command("rollen", stdout=out)

    assert out.getvalue() == "2 changed\n"
    assert groups(redacteur) == set()
    assert groups(stranger) == {"moderator 24038"}


def test_a_second_run_on_that_day_changes_nothing(pages, redacteur, beheerder):
    out = StringIO()

    call_command("rollen", stdout=out)

    assert out.getvalue() == "0 changed\n"


def test_a_role_gives_nothing_before_its_first_day(pages, herent, stranger):
    give(stranger, Rol.Kind.REDACTEUR, herent, valid_from=days(1))

    assert groups(stranger) == set()


class TestAtTheDoorOfTheCms:
    def test_an_editor_comes_in(self, pages, redacteur, client):
        client.force_login(redacteur)

        assert client.get("/cms/").status_code == 200

    def test_a_role_that_ended_opens_nothing_although_no_daily_command_ran(
        self, pages, redacteur, client
    ):
        client.force_login(redacteur)
        Rol.everyone.update(valid_to=days(-1))

        assert client.get("/cms/").status_code == 403
        assert client.get(f"/cms/pages/{pages['herent'].pk}/edit/").status_code == 403
        assert groups(redacteur) == set()

    def test_of_two_roles_the_one_that_ended_opens_nothing(self, pages, redacteur, leuven, client):
        give(redacteur, Rol.Kind.REDACTEUR, leuven)
        client.force_login(redacteur)
        Rol.everyone.filter(gemeente=leuven).update(valid_to=days(-1))

        assert client.get(f"/cms/pages/{pages['herent'].pk}/edit/").status_code == 200
        answer = client.get(f"/cms/pages/{pages['leuven'].pk}/edit/", follow=True)
        assert answer.status_code == 404

    def test_a_beheerder_whose_role_ended_is_no_superuser_any_more(self, pages, beheerder, client):
        client.force_login(beheerder)
        assert client.get("/cms/sites/").status_code == 200
        Rol.everyone.update(valid_to=days(-1))

        assert client.get("/cms/sites/").status_code == 403
        assert not User.objects.get(pk=beheerder.pk).is_superuser

    def test_a_role_that_begins_today_works_at_once(self, pages, herent, stranger, client):
        give(stranger, Rol.Kind.REDACTEUR, herent, valid_from=days(1))
        Rol.everyone.update(valid_from=days(0))
        client.force_login(stranger)

        assert client.get("/cms/").status_code == 200

    def test_someone_without_a_role_gets_a_sentence_and_no_loop(self, pages, stranger, client):
        client.force_login(stranger)

        assert client.get("/cms/").status_code == 403

    def test_an_editor_of_a_municipality_that_is_not_active_yet_gets_it_too(
        self, redacteur, client
    ):
        client.force_login(redacteur)

        assert client.get("/cms/").status_code == 403
