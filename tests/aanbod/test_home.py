"""The start of the CMS: one button to the form, and what waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanbod import nalezen
from gemeenten import moderation
from gemeenten.acting import acting_as
from gemeenten.models import Rol
from tests.aanbod.cast import TEST, make_page, make_staff, make_user


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def start(client):
    return client.get("/cms/").content.decode()


def test_the_button_leads_to_the_form_without_choosing_a_parent(katrijn, cast):
    assert 'href="/cms/nieuw/"' in start(katrijn)
    answer = katrijn.get("/cms/nieuw/", follow=True)
    assert answer.status_code == 200
    assert "Naam van de activiteit" in answer.content.decode()


def test_who_edits_two_municipalities_chooses_one(katrijn, cast):
    with acting_as(TEST):
        Rol.objects.create(user=cast.katrijn, kind="redacteur", gemeente=cast.leuven)
    html = katrijn.get("/cms/nieuw/").content.decode()
    assert "Herent" in html
    assert "Leuven" in html


def test_a_new_gemeente_has_nothing_that_waits(katrijn, cast):
    assert "Er wacht niets" in start(katrijn)


def test_what_waits_is_counted_with_a_way_to_it(katrijn, cast):
    moderation.set_moderated(cast.herent, True, by=None)
    page = make_page(cast.in_herent, cast.lange_tafel, publish=False)
    nalezen.hand_over(page, cast.katrijn, now=timezone.now())
    html = start(katrijn)
    assert "<strong>1</strong> activiteit wacht op jullie" in html
    assert "/cms/wachtrij/" in html


def test_drafts_and_changes_that_are_not_online_are_named(katrijn, cast):
    make_page(cast.in_herent, cast.lange_tafel, "Fietsles", publish=False)
    changed = make_page(cast.in_herent, cast.lange_tafel, "Koor")
    changed.save_revision()
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    html = start(katrijn).split("Nog niet online")[1]
    assert "Fietsles</a>" in html
    assert "Koor</a>" in html
    assert "Praattafel</a>" not in html.split("</section>")[0]


def test_nothing_of_another_municipality_is_named_or_counted(katrijn, cast):
    make_page(cast.in_leuven, cast.lange_tafel, "Geheim in Leuven", publish=False)
    html = start(katrijn)
    assert "Geheim in Leuven" not in html
    assert "Er wacht niets" in html


def test_translations_that_are_missing_are_counted(katrijn, cast):
    make_page(cast.in_herent, cast.lange_tafel)
    assert "vertalingen ontbreken of lopen achter" in start(katrijn)


def test_a_beheerder_keeps_the_home_page_of_wagtail(client, cast):
    user = make_user("Bea Beheerder")
    with acting_as(TEST):
        Rol.objects.create(user=user, kind="beheerder")
    client.force_login(user)
    answer = client.get("/cms/")
    assert answer.status_code == 200
    assert "Nieuwe activiteit" not in answer.content.decode()
    assert client.get("/cms/nieuw/").status_code == 404


def test_a_vertaler_still_lands_on_translations(client, cast):
    client.force_login(make_staff("Yusra Lindeblad", "vertaler", cast.herent))
    assert client.get("/cms/").headers["Location"] == "/cms/vertalingen/"


def queries(client):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        start(client)
    return len(captured)


def test_the_start_asks_as_much_for_one_draft_as_for_five(katrijn, cast):
    make_page(cast.in_herent, cast.lange_tafel, "A", publish=False)
    start(katrijn)
    few = queries(katrijn)
    for title in "BCDE":
        make_page(cast.in_herent, cast.lange_tafel, title, publish=False)
    assert queries(katrijn) == few
