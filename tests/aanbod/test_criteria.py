"""What an activity has to be for the forty hours (R2, R3; seed 004)."""

import pytest
from django.core.management import call_command

from aanbod.criteria import missing_points, refusals
from aanbod.models import Criterium, Kenmerk
from gemeenten.acting import acting_as
from gemeenten.models import Rol, User
from tests.aanbod.cast import ENOUGH, TEST, make_page

C1 = {"groep", "nieuwe-mensen", "duurzame-contacten"}
C2 = {"voertaal", "wederzijds", "nederlandstaligen"}


def test_three_points_of_c1_and_one_of_c2_are_enough():
    """The control: every refusal below differs from this in one thing."""
    assert missing_points(C1 | {"voertaal"}) == []


@pytest.mark.parametrize("way", ["duo", "groep"])
def test_a_pair_or_a_group_is_one_point(way):
    assert missing_points(C1 - {"groep"} | {way, "voertaal"}) == []


@pytest.mark.parametrize("point", sorted(C2))
def test_one_point_of_c2_is_enough_whichever_it_is(point):
    assert missing_points(C1 | {point}) == []


@pytest.mark.parametrize("point", sorted(C1))
def test_every_point_of_c1_is_needed(point):
    [missing] = missing_points(C1 - {point} | C2)
    assert missing.criterium == Criterium.C1
    assert point in missing.slugs


def test_no_dutch_at_all_is_not_enough():
    [missing] = missing_points(C1)
    assert missing.criterium == Criterium.C2


def test_an_activity_with_nothing_is_told_four_things():
    assert len(missing_points(set())) == 4


def test_kenmerken_that_we_do_not_know_help_nobody():
    assert len(missing_points({"gezellig"})) == 4


def test_each_sentence_says_what_to_do_and_names_no_code():
    for point in missing_points(set()):
        assert "?" in point.sentence
        assert "Duid" in point.sentence
        assert "C1" not in point.sentence
        assert "C2" not in point.sentence


def test_the_command_loads_the_points_of_model_md(db):
    call_command("laad_kenmerken", verbosity=0)
    found = set(Kenmerk.objects.values_list("slug", "criterium"))
    assert found == {(slug, "c1") for slug in C1 | {"duo"}} | {(slug, "c2") for slug in C2}
    assert set(Kenmerk.objects.filter(punt="duo-of-groep").values_list("slug", flat=True)) == {
        "duo",
        "groep",
    }
    assert not Kenmerk.objects.exclude(question__endswith="?").exists()


def test_loading_twice_mends_and_adds_nothing(db):
    call_command("laad_kenmerken", verbosity=0)
    Kenmerk.objects.filter(slug="duo").update(name="Stuk")
    pks = set(Kenmerk.objects.values_list("pk", flat=True))
    call_command("laad_kenmerken", verbosity=0)
    assert set(Kenmerk.objects.values_list("pk", flat=True)) == pks
    assert Kenmerk.objects.get(slug="duo").name == "Met twee"


def draft(cast, *, kenmerken=("groep",), **fields):
    return make_page(cast.in_herent, cast.lange_tafel, kenmerken=kenmerken, publish=False, **fields)


def test_a_page_with_its_points_has_no_refusals(cast):
    assert refusals(draft(cast, kenmerken=ENOUGH)) == []


def test_a_page_without_them_has_a_sentence_for_each(cast):
    assert len(refusals(draft(cast))) == 3


def test_a_moderator_with_a_reason_overrules(cast):
    page = draft(cast, overrule_reason="Proefproject", overruled_by=cast.bart)
    assert refusals(page) == []


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_overruling_needs_a_reason(cast, reason):
    page = draft(cast, overrule_reason=reason, overruled_by=cast.bart)
    assert len(refusals(page)) == 3


@pytest.mark.parametrize("name", ["katrijn", "stranger", "rik"])
def test_nobody_but_a_moderator_overrules(cast, name):
    page = draft(cast, overrule_reason="Proefproject", overruled_by=getattr(cast, name))
    assert len(refusals(page)) == 3


def test_a_moderator_of_another_gemeente_does_not_overrule(cast):
    page = draft(cast, overrule_reason="Proefproject", overruled_by=cast.bart)
    assert len(refusals(page, cast.leuven)) == 3


def test_an_overruling_ends_with_the_role(cast):
    page = draft(cast, overrule_reason="Proefproject", overruled_by=cast.bart)
    with acting_as(TEST):
        Rol.objects.filter(user=cast.bart).delete()
    page.overruled_by = User.objects.get(pk=cast.bart.pk)
    assert len(refusals(page)) == 3


def test_a_reason_without_a_person_overrules_nothing(cast):
    assert len(refusals(draft(cast, overrule_reason="Proefproject"))) == 3
