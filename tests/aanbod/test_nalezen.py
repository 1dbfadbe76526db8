"""Handing a draft over: what waits, who decides, and that the decision is about the version that
was read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from aanbod import nalezen, wachtrij
from aanbod.models import ActiviteitPage, Nalezing
from gemeenten import moderation
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.aanbod.cast import make_page, make_staff, weekly
from tests.aanbod.forms import add_url, edit_url, form

HAND_OVER = {"action-nalezen": "Laat nalezen"}
NOW = timezone.now()


@pytest.fixture
def herent(cast):
    """With moderation on."""
    moderation.set_moderated(cast.herent, True, by=None)
    return cast.herent


@pytest.fixture
def katrijn(client, cast, herent):
    client.force_login(cast.katrijn)
    return client


@pytest.fixture
def bart(client, cast, herent):
    client.force_login(cast.bart)
    return client


def draft(cast, title="Praattafel", **fields):
    return make_page(cast.in_herent, cast.lange_tafel, title, publish=False, **fields)


def handed(cast, page=None, **fields):
    return nalezen.hand_over(page or draft(cast, **fields), cast.katrijn, now=NOW)


def fresh(page):
    return ActiviteitPage.objects.get(pk=page.pk)


def change(page, summary):
    page = fresh(page).get_latest_revision_as_object()
    page.summary = summary
    page.save_revision()


def state(row):
    return Nalezing._base_manager.get(pk=row.pk).state


def told(user):
    return list(Bericht._base_manager.filter(receiver=user).values_list("subject", flat=True))


# -- From the form ---------------------------------------------------------------------------


def test_the_form_of_a_redacteur_offers_it_in_place_of_publishing(katrijn, cast):
    for url in (add_url(cast), edit_url(draft(cast))):
        html = katrijn.get(url).content.decode()
        assert 'name="action-nalezen"' in html
        assert 'name="action-publish"' not in html


def test_the_form_of_a_moderator_publishes_as_ever(bart, cast):
    html = bart.get(add_url(cast)).content.decode()
    assert 'name="action-nalezen"' not in html
    assert 'name="action-publish"' in html


def test_without_moderation_nobody_is_asked_to_hand_over(client, cast):
    client.force_login(cast.katrijn)
    html = client.get(add_url(cast)).content.decode()
    assert 'name="action-nalezen"' not in html
    assert 'name="action-publish"' in html


def test_the_button_hands_over_what_stands_in_the_form(katrijn, cast):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast, summary="Nieuw") | HAND_OVER)
    row = nalezen.waiting(page)
    assert row.revision.as_object().summary == "Nieuw"
    assert row.handed_by == cast.katrijn
    assert not fresh(page).live


def test_a_new_activity_is_handed_over_in_one_go(katrijn, cast):
    katrijn.post(add_url(cast), form(cast) | HAND_OVER)
    assert nalezen.waiting(ActiviteitPage.objects.get(slug="praattafel"))


def test_what_could_not_be_published_is_refused_by_the_field(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast, kenmerken=(), summary="") | HAND_OVER)
    errors = response.context["form"].errors
    assert {"kenmerken", "summary"} <= errors.keys()
    assert not Nalezing._base_manager.exists()


def test_a_draft_is_saved_without_handing_over(katrijn, cast):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast, kenmerken=()))
    assert nalezen.waiting(page) is None


# -- What waits ------------------------------------------------------------------------------


def test_what_is_typed_afterwards_waits_for_nobody_until_it_is_handed_over_too(cast, herent):
    page = draft(cast)
    row = handed(cast, page)
    change(page, "Later bedacht")
    nalezen.publish(row.revision_id, cast.bart, now=NOW)
    assert fresh(page).summary == "Praattafel: kom erbij."
    assert fresh(page).has_unpublished_changes
    assert fresh(page).get_latest_revision_as_object().summary == "Later bedacht"


def test_the_newest_that_was_handed_over_takes_the_place_of_the_first(cast, herent):
    page = draft(cast)
    first = handed(cast, page)
    change(page, "Beter")
    second = handed(cast, page)
    assert second.pk == first.pk
    assert Nalezing._base_manager.count() == 1
    nalezen.publish(second.revision_id, cast.bart, now=NOW)
    assert fresh(page).summary == "Beter"


def test_what_is_autosaved_does_not_write_over_what_was_handed_over(katrijn, cast):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast, summary="Doorgegeven"))
    mine = fresh(page).latest_revision_id
    row = handed(cast, page)
    sent = form(cast, summary="Stiekem") | {"overwrite_revision_id": mine}
    katrijn.post(edit_url(page), sent)
    row.revision.refresh_from_db()
    assert row.revision.content["summary"] == "Doorgegeven"


def test_the_queue_shows_what_changes_since_the_live_version(cast, herent, acting):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly()])
    change(page, "Anders")
    handed(cast, page)
    [item] = wachtrij.items(cast.herent)
    assert [(c.label, c.before, c.after) for c in item.changes] == [
        ("In één zin", "Praattafel: kom erbij.", "Anders")
    ]
    assert (item.state, item.title) == ("wijziging", "Praattafel")
    assert wachtrij.items(cast.leuven) == []
    assert wachtrij.count([cast.herent.pk]) == 1
    assert wachtrij.count([cast.leuven.pk]) == 0


def test_a_new_activity_is_shown_whole(cast, herent, acting):
    handed(cast, draft(cast, deelgemeente=cast.winksele, themas=("koffie",)))
    [item] = wachtrij.items(cast.herent)
    shown = {change.label: change.after for change in item.changes}
    assert item.state == "nieuw"
    assert shown["Organisatie"] == "De Lange Tafel"
    assert shown["Deelgemeente"] == "Winksele"
    assert shown["Thema's"] == "koffie"


def test_the_queue_asks_as_much_of_the_database_for_one_as_for_five(
    cast, herent, django_assert_num_queries
):
    handed(cast, draft(cast))
    with connection.execute_wrapper(lambda e, *a: (seen.append(1), e(*a))[1]):
        seen = []
        nalezen.SOURCE.items(cast.herent)
    for title in "BCDE":
        handed(cast, draft(cast, title))
    with django_assert_num_queries(len(seen)):
        assert len(nalezen.SOURCE.items(cast.herent)) == 5


# -- The decision ----------------------------------------------------------------------------


def test_a_moderator_publishes_with_one_click_and_the_redacteur_hears(bart, cast):
    row = handed(cast)
    url = reverse("nalezen:activiteit", args=[row.page_id])
    bart.post(url, {"action": "online", "revision": row.revision_id})
    assert fresh(row.page).live
    assert state(row) == "online"
    assert told(cast.katrijn) == ["Je activiteit is nagelezen"]


def test_a_moderator_sends_back_with_words(bart, cast):
    row = handed(cast)
    url = reverse("nalezen:activiteit", args=[row.page_id])
    bart.post(url, {"action": "terug", "revision": row.revision_id, "words": "Welke dag?"})
    assert not fresh(row.page).live
    assert state(row) == "terug"
    [message] = Bericht._base_manager.filter(receiver=cast.katrijn)
    assert "Welke dag?" in message.text
    assert "Praattafel" not in message.subject


def test_without_words_nothing_is_sent_back(bart, cast):
    row = handed(cast)
    url = reverse("nalezen:activiteit", args=[row.page_id])
    answer = bart.post(url, {"action": "terug", "revision": row.revision_id, "words": " "})
    assert nalezen.NO_WORDS in answer.content.decode()
    assert state(row) == "wacht"


@pytest.mark.parametrize("revision", ["", "x", "9" * 30, "-1", "999999"])
@pytest.mark.parametrize("action", ["online", "terug", "weg"])
def test_what_makes_no_sense_is_refused_with_a_sentence(bart, cast, revision, action):
    row = handed(cast)
    url = reverse("nalezen:activiteit", args=[row.page_id])
    answer = bart.post(url, {"action": action, "revision": revision, "words": "x"})
    assert answer.status_code == 200
    assert state(row) == "wacht"


def test_a_redacteur_reads_along_and_decides_nothing(katrijn, cast):
    row = handed(cast)
    url = reverse("nalezen:activiteit", args=[row.page_id])
    html = katrijn.get(url).content.decode()
    assert "Kom erbij" not in html
    assert 'value="online"' not in html
    katrijn.post(url, {"action": "online", "revision": row.revision_id})
    assert state(row) == "wacht"
    assert not fresh(row.page).live


def test_a_moderator_of_another_gemeente_finds_nothing(client, cast, herent):
    row = handed(cast)
    client.force_login(make_staff("Mo Leuven", "moderator", cast.leuven))
    url = reverse("nalezen:activiteit", args=[row.page_id])
    assert client.get(url).status_code == 404
    sent = {"action": "online", "revision": row.revision_id}
    assert client.post(url, sent).status_code == 404
    assert state(row) == "wacht"


def test_nor_by_naming_the_version_from_an_own_activity(client, cast, herent):
    row = handed(cast)
    own = make_page(cast.in_leuven, cast.lange_tafel)
    client.force_login(make_staff("Mo Leuven", "moderator", cast.leuven))
    url = reverse("nalezen:activiteit", args=[own.pk])
    client.post(url, {"action": "online", "revision": row.revision_id})
    assert state(row) == "wacht"


def test_the_rows_are_seen_by_editors_of_that_gemeente_only(cast, herent):
    handed(cast)
    for user, seen in [(cast.katrijn, 1), (cast.bart, 1), (cast.rik, 0), (cast.stranger, 0)]:
        with acting_as(user):
            assert Nalezing.objects.count() == seen


def test_an_older_version_than_the_newest_handed_over_is_not_published(cast, herent):
    page = draft(cast)
    seen = handed(cast, page).revision_id
    change(page, "Nog eens")
    handed(cast, page)
    with pytest.raises(nalezen.Refused, match="opnieuw doorgegeven"):
        nalezen.publish(seen, cast.bart, now=NOW)
    assert not fresh(page).live


def test_a_second_decision_is_refused(cast, herent):
    row = handed(cast)
    nalezen.send_back(row.revision_id, "Welke dag?", cast.bart, now=NOW)
    with pytest.raises(nalezen.Refused):
        nalezen.publish(row.revision_id, cast.bart, now=NOW)
    assert not fresh(row.page).live


def test_a_version_with_a_day_to_go_online_is_scheduled(cast, herent):
    row = handed(cast, draft(cast, go_live_at=timezone.now() + timedelta(days=2)))
    page = nalezen.publish(row.revision_id, cast.bart, now=NOW)
    assert not page.live
    assert "vanzelf online" in nalezen.published_sentence(page)
    assert Revision.objects.get(pk=row.revision_id).approved_go_live_at


def test_publishing_from_the_form_closes_what_waited(bart, cast):
    row = handed(cast)
    bart.post(edit_url(row.page), form(cast) | {"action-publish": "1"})
    assert state(row) == "online"


def test_the_moderators_hear_once_that_something_waits_and_nobody_in_leuven(cast, herent):
    page = draft(cast)
    handed(cast, page)
    handed(cast, page)
    assert told(cast.bart) == ["Er wacht een activiteit om na te lezen"]
    assert told(cast.rik) == []
    assert told(cast.katrijn) == []
