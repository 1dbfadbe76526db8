"""Zoekvragen and deelnames are demand too, counted without the persons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aanbod.cijfers.quarters import quarter_of
from bewijzen.cijfers import asked, report
from bewijzen.models import Deelname, Zoekvraag
from gemeenten.acting import System, acting_as
from tests.bewijzen.cast import today


@pytest.fixture(autouse=True)
def acting():
    with acting_as(System("test")):
        yield


def ask(cast, traject, **wishes):
    return Zoekvraag.objects.create(
        gemeente=cast.herent,
        channel="zelf",
        traject=traject,
        asked_at=timezone.now(),
        answer_by=today(),
        **wishes,
    )


def questions(gemeente):
    return asked.of([gemeente.pk], today() - timedelta(400), today())


def test_a_zoekvraag_with_several_wishes_is_one_question(cast):
    ask(cast, cast.samira, soorten=["sport"], moments=["avond", "weekend"], children=True)

    found = [vraag for vraag in questions(cast.herent) if vraag.bron == asked.ZOEKVRAAG]

    assert found == [asked.Vraag(cast.herent.pk, "zoekvraag", "sport", "meer", kinderopvang="meer")]


def test_a_deelname_is_a_question_for_what_the_activity_is(cast):
    found = questions(cast.herent)

    assert {vraag.bron for vraag in found} == {asked.DEELNAME}
    assert sum(found.values()) == Deelname.objects.filter(gemeente=cast.herent).count()


def test_how_many_wait_is_counted_by_activity(cast):
    Deelname.objects.filter(pk=cast.samira_praat.pk).update(state="wachtlijst")

    assert asked.waiting([cast.herent.pk]) == {cast.praattafel.pk: 1}
    assert asked.waiting([cast.leuven.pk]) == {}


def test_zoekvragen_that_their_editors_read_give_no_deelname_away(cast):
    """Five zoekvragen are known one by one; the one deelname beside them stays hidden."""
    for traject in (cast.samira, cast.yusuf, cast.ahmad_n, cast.ahmad_s, cast.yordanka):
        ask(cast, traject, soorten=[cast.praattafel.soort])
    Deelname.objects.filter(pk=cast.samira_praat.pk).update(created_at=timezone.now())

    found = report.of([cast.herent], quarter_of(today()), today=today())
    row = next(r for r in found.tables["soort"].rows if r.value == cast.praattafel.soort)

    assert row.demand.hidden
    assert next(r for r in found.tables["bron"].rows if r.value == "deelname").demand.hidden
