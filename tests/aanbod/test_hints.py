"""What would help a reader is said when an activity is published, with the name of the field. It
never stops anything."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import hints
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon
from gemeenten import moderation
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_page
from tests.aanbod.forms import add_url, edit_url, form

TODAY = timezone.localdate()
WHOLE = {"place_name": "Buurthuis", "contact_public": "Dienst Samenleven"}


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def said(cast, *, chosen=True, **fields):
    page = make_page(cast.in_herent, cast.lange_tafel, publish=False, **WHOLE | fields)
    if chosen:
        with acting_as(TEST):
            ActiviteitContact.objects.create(page=page, contactpersoon=cast.lieve)
    return hints.hints(page, cast.herent, today=TODAY)


def test_nothing_is_said_when_all_is_there(cast):
    assert said(cast) == []
    assert said(cast, cost="2.50", cost_note="Koffie inbegrepen") == []


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"place_name": ""}, "Naam van de plaats"),
        ({"contact_public": ""}, "Contact voor iedereen"),
        ({"cost": "2.50"}, "Uitleg bij de prijs"),
    ],
)
def test_a_field_that_is_empty_is_named(cast, fields, names):
    [sentence] = said(cast, **fields)
    assert f"“{names}”" in sentence


def test_a_street_is_a_place_too(cast):
    assert said(cast, place_name="", street="Bloemenlaan 3") == []


def test_an_organisatie_without_anybody_who_signs_there_is_named(cast):
    with acting_as(TEST):
        Contactpersoon.objects.filter(organisatie=cast.lange_tafel, gemeente=cast.herent).delete()
    [sentence] = said(cast, chosen=False)
    assert "De Lange Tafel" in sentence
    assert "“Contactpersonen”" in sentence


def test_without_a_chosen_contact_person_there_is_a_link_to_choose_one(cast):
    [sentence] = said(cast, chosen=False)
    page = ActiviteitPage.objects.get()
    assert f'href="{reverse("contacten:activiteit", args=[page.pk])}"' in sentence


def test_the_link_is_a_link_after_publishing(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    sent = form(cast) | {"action-publish": "1"}
    html = katrijn.post(edit_url(page), sent, follow=True).content.decode()
    address = reverse("contacten:activiteit", args=[page.pk])
    assert (
        f'<li>Wie krijgt de vragen van deelnemers en tekent als eerste? <a href="{address}"' in html
    )


@pytest.mark.parametrize("new", [True, False])
def test_publishing_goes_through_and_says_it(katrijn, cast, new):
    url = add_url(cast) if new else edit_url(make_page(cast.in_herent, cast.lange_tafel))
    sent = form(cast, place_name="", street="") | {"action-publish": "1"}
    html = katrijn.post(url, sent, follow=True).content.decode()
    assert "Nog beter wordt het met" in html
    assert "Naam van de plaats" in html
    assert ActiviteitPage.objects.get(slug="praattafel").live


def test_saving_a_draft_says_nothing(katrijn, cast):
    html = katrijn.post(add_url(cast), form(cast, place_name=""), follow=True).content.decode()
    assert "Nog beter wordt het met" not in html


def test_handing_over_says_it_too(katrijn, cast):
    moderation.set_moderated(cast.herent, True, by=None)
    sent = form(cast, place_name="", street="") | {"action-nalezen": "1"}
    assert "Nog beter" in katrijn.post(add_url(cast), sent, follow=True).content.decode()
