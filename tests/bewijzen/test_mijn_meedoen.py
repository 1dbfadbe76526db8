"""Asking to join an activity."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from bewijzen import participation
from bewijzen.models import Deelname
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, Cast, make_deelname, row_counts
from tests.bewijzen.screens import words


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def url(pk: object) -> str:
    return f"/nl/meedoen/{pk}/"


def state(cast: Cast) -> str | None:
    with acting_as(TEST):
        rows = Deelname.objects.filter(traject=cast.samira, page=cast.groen)
        return rows.values_list("state", flat=True).first()


def test_the_page_says_what_you_ask_for(cast, samira):
    page = words(samira.get(url(cast.groen.pk)))
    assert "Wil je meedoen? Bomen planten" in page
    assert "Ja, ik wil meedoen" in page


def test_looking_asks_nothing(cast, samira):
    before = row_counts()
    samira.get(url(cast.groen.pk))
    assert row_counts() == before


def test_the_button_asks_and_tells_the_contact_persons(cast, samira):
    response = samira.post(url(cast.groen.pk), follow=True)
    assert state(cast) == "gevraagd"
    assert "Je vraag is verstuurd." in words(response)
    with acting_as(TEST):
        assert Bericht.objects.get().receiver == cast.peter


def test_asking_twice_shows_that_you_are_on_the_list(cast, samira):
    samira.post(url(cast.groen.pk))
    response = samira.post(url(cast.groen.pk))
    assert response.status_code == 422
    assert "Je staat al op de lijst" in words(response)


def test_somebody_who_was_refused_may_ask_again(cast, samira):
    asked = make_deelname(cast.samira, cast.groen, "gevraagd")
    participation.decline(asked, by=cast.peter, reason="Vol", now=timezone.now())
    assert "Ja, ik wil meedoen" in words(samira.get(url(cast.groen.pk)))
    samira.post(url(cast.groen.pk))
    assert state(cast) == "gevraagd"


def test_a_visitor_reads_how_it_goes_and_that_going_is_enough(cast, client):
    page = words(client.get(url(cast.groen.pk)))
    assert "Heb je een kaart met 12 cijfers?" in page
    assert "Je mag ook gewoon gaan." in page


def test_a_visitor_asks_nothing(cast, client):
    before = row_counts()
    assert client.post(url(cast.groen.pk)).status_code == 200
    assert row_counts() == before


def test_a_contact_person_reads_that_it_is_for_others(cast, client):
    client.force_login(cast.peter)
    before = row_counts()
    assert "Meedoen is voor wie uren verzamelt" in words(client.post(url(cast.groen.pk)))
    assert row_counts() == before


def test_an_activity_that_is_not_published_is_not_there(cast, samira):
    cast.groen.unpublish()
    assert samira.post(url(cast.groen.pk)).status_code == 404


@pytest.mark.parametrize("pk", [0, 10**40])
def test_an_activity_that_does_not_exist_is_not_there(cast, samira, pk):
    assert samira.get(url(pk)).status_code == 404


def test_the_link_on_a_public_page_is_the_same_for_everyone(cast):
    link = render_to_string("bewijzen/join.html", {"page": cast.groen})
    assert f'href="{url(cast.groen.pk)}"' in link
    assert "csrf" not in link


def test_another_method_is_answered_by_a_page(cast, samira):
    assert samira.put(url(cast.groen.pk)).status_code == 405
