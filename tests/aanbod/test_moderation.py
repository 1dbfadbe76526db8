"""With moderation on, nothing of a redacteur's goes online without a moderator, by any way that
Wagtail has. Each way has its control: with moderation off it goes through."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Revision

from aanbod import nalezen
from aanbod.models import ActiviteitPage
from gemeenten import moderation
from gemeenten.acting import acting_as
from gemeenten.activation import activate
from gemeenten.models import Gemeente, Rol, User
from gemeenten.permissions import can_publish_offer
from tests.aanbod.cast import TEST, make_page, make_staff
from tests.aanbod.forms import add_url, edit_url, form

PUBLISH = {"action-publish": "1"}


@pytest.fixture(params=[True, False], ids=["moderated", "control"])
def moderated(request, cast):
    """Is moderation on in Herent? Every test runs with both."""
    moderation.set_moderated(cast.herent, request.param, by=None)
    return request.param


@pytest.fixture
def katrijn(client, cast, moderated):
    """A browser in which the redacteur of Herent is signed in."""
    client.force_login(cast.katrijn)
    return client


def draft(cast, title="Praattafel", **fields):
    return make_page(cast.in_herent, cast.lange_tafel, title, publish=False, **fields)


def live(cast, title="Praattafel"):
    return make_page(cast.in_herent, cast.lange_tafel, title)


def fresh(page):
    return ActiviteitPage.objects.get(pk=page.pk)


# -- Every way to publish --------------------------------------------------------------------


def test_the_form_of_a_draft(katrijn, cast, moderated):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast, summary="Nieuw") | PUBLISH)
    assert fresh(page).live != moderated
    assert fresh(page).get_latest_revision_as_object().summary == "Nieuw"


def test_the_form_of_a_live_activity(katrijn, cast, moderated):
    page = live(cast)
    katrijn.post(edit_url(page), form(cast, summary="Nieuw") | PUBLISH)
    assert (fresh(page).summary == "Nieuw") != moderated
    assert fresh(page).live


def test_a_new_activity(katrijn, cast, moderated):
    katrijn.post(add_url(cast), form(cast) | PUBLISH)
    assert ActiviteitPage.objects.get(slug="praattafel").live != moderated


def test_a_day_to_go_online(katrijn, cast, moderated):
    page = draft(cast)
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    katrijn.post(edit_url(page), form(cast, go_live_at=tomorrow) | PUBLISH)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists() != moderated
    Revision.objects.update(approved_go_live_at=None)
    call_command("publish_scheduled", verbosity=0)
    assert not fresh(page).live


def test_an_old_version(katrijn, cast, moderated):
    page = live(cast)
    old = page.save_revision()
    page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    katrijn.post(url, form(cast, summary="Van vroeger") | PUBLISH)
    assert (fresh(page).summary == "Van vroeger") != moderated


def bulk(client, action, *pages, **sent):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?next=/cms/&{chosen}", sent)


def test_many_at_once(katrijn, cast, moderated):
    page, other = draft(cast), draft(cast, "Fietsles")
    bulk(katrijn, "publish", page, other)
    assert {fresh(page).live, fresh(other).live} == {not moderated}


def test_a_whole_branch(katrijn, cast, moderated):
    page = draft(cast)
    bulk(katrijn, "publish", cast.in_herent, include_descendants="on")
    assert fresh(page).live != moderated


def test_a_copy_that_is_published_at_once(katrijn, cast, moderated):
    copied = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": cast.in_herent.pk}
    url = reverse("wagtailadmin_pages:copy", args=[live(cast).pk])
    katrijn.post(url, copied | {"publish_copies": "on"})
    assert ActiviteitPage.objects.filter(slug="kopie", live=True).exists() != moderated


def test_the_text_of_the_landing_page(katrijn, cast, moderated):
    sent = {"title": "Herent", "intro": "Welkom.", "colour": "", "contact": ""}
    comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    url = reverse("wagtailadmin_pages:edit", args=[cast.in_herent.pk])
    katrijn.post(url, sent | comments | PUBLISH)
    cast.in_herent.refresh_from_db()
    assert (cast.in_herent.intro == "Welkom.") != moderated


def test_the_wachtrij_offers_one_click_only_to_who_may_publish(katrijn, cast, moderated):
    nalezen.hand_over(draft(cast), cast.katrijn, now=timezone.now())
    shown = katrijn.get(f"/cms/wachtrij/{cast.herent.nis}/").content.decode()
    assert "Praattafel" in shown
    assert ("Keur goed" in shown) != moderated
    assert ("Een moderator van Herent zet ze online." in shown) == moderated


# -- Every way to take offline ---------------------------------------------------------------


def test_taking_offline(katrijn, cast, moderated):
    page = live(cast)
    katrijn.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert fresh(page).live == moderated


def test_taking_many_offline(katrijn, cast, moderated):
    page = live(cast)
    bulk(katrijn, "unpublish", page)
    assert fresh(page).live == moderated


@pytest.mark.parametrize("many", [False, True])
def test_deleting_what_is_online(katrijn, cast, moderated, many):
    page = live(cast)
    if many:
        bulk(katrijn, "delete", page)
    else:
        katrijn.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Page.objects.filter(pk=page.pk).exists() == moderated


def test_cancelling_what_is_scheduled(katrijn, cast, moderated):
    page = draft(cast, go_live_at=timezone.now() + timedelta(days=1))
    revision = page.get_latest_revision()
    revision.publish()
    args = [page.pk, revision.pk]
    katrijn.post(reverse("wagtailadmin_pages:revisions_unschedule", args=args))
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists() == moderated


def test_moving_it_under_another_municipality(katrijn, cast, moderated):
    """Somebody who edits Herent and, without moderation, Leuven."""
    page = make_page(cast.in_leuven, cast.lange_tafel)
    both = make_staff("Twee Gemeenten", "redacteur", cast.leuven)
    with acting_as(TEST):
        Rol.objects.create(user=both, kind="redacteur", gemeente=cast.herent)
    katrijn.force_login(User.objects.get(pk=both.pk))
    katrijn.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, cast.in_herent.pk]), {})
    moved = fresh(page).path.startswith(Page.objects.get(pk=cast.in_herent.pk).path)
    assert moved != moderated


# -- Who still may ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["moderator", "gemeentebeheerder"])
def test_a_moderator_and_the_gemeentebeheerder_publish_as_before(client, cast, kind):
    moderation.set_moderated(cast.herent, True, by=None)
    client.force_login(make_staff("Lezer", kind, cast.herent))
    page = draft(cast)
    client.post(edit_url(page), form(cast) | PUBLISH)
    assert fresh(page).live


def test_who_is_both_redacteur_and_moderator_publishes(client, cast):
    moderation.set_moderated(cast.herent, True, by=None)
    with acting_as(TEST):
        Rol.objects.create(user=cast.katrijn, kind="moderator", gemeente=cast.herent)
    client.force_login(User.objects.get(pk=cast.katrijn.pk))
    page = draft(cast)
    client.post(edit_url(page), form(cast) | PUBLISH)
    assert fresh(page).live


def test_moderation_in_herent_changes_nothing_in_leuven(client, cast):
    moderation.set_moderated(cast.herent, True, by=None)
    client.force_login(cast.rik)
    page = make_page(cast.in_leuven, cast.lange_tafel, publish=False)
    sent = form(cast, postcode="3000", deelgemeente="") | PUBLISH
    client.post(edit_url(page), sent)
    assert fresh(page).live


def test_what_was_scheduled_before_it_was_switched_on_goes_online(cast):
    page = draft(cast, go_live_at=timezone.now() + timedelta(days=1))
    revision = page.get_latest_revision()
    revision.publish(user=cast.katrijn)
    moderation.set_moderated(cast.herent, True, by=None)
    past = timezone.now() - timedelta(minutes=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=past, content=revision.content
    )
    call_command("publish_scheduled", verbosity=0)
    assert fresh(page).live


# -- The switch ------------------------------------------------------------------------------


def rights(cast, kind):
    found = GroupPagePermission.objects.filter(group__name=f"{kind} 24038")
    return set(found.values_list("permission__codename", flat=True))


def test_a_gemeente_starts_without(cast):
    assert not cast.herent.moderated
    assert rights(cast, "redacteur") == {"add_page", "change_page", "publish_page"}


def test_the_switch_takes_the_right_to_publish_and_gives_it_back(cast):
    assert moderation.set_moderated(cast.herent, True, by=None)
    assert rights(cast, "redacteur") == {"add_page", "change_page"}
    assert rights(cast, "moderator") == {"add_page", "change_page", "publish_page"}
    assert moderation.set_moderated(cast.herent, False, by=None)
    assert rights(cast, "redacteur") == {"add_page", "change_page", "publish_page"}


def test_the_same_again_changes_nothing(cast):
    assert moderation.set_moderated(cast.herent, True, by=None)
    assert not moderation.set_moderated(cast.herent, True, by=None)


def test_activating_again_leaves_it_on(cast):
    moderation.set_moderated(cast.herent, True, by=None)
    activate(Gemeente.objects.get(pk=cast.herent.pk))
    assert rights(cast, "redacteur") == {"add_page", "change_page"}


def test_the_rule_of_our_own_screens_says_the_same(cast, moderated):
    assert can_publish_offer(cast.katrijn, cast.herent) != moderated
    assert can_publish_offer(cast.bart, cast.herent)
    assert not can_publish_offer(cast.rik, cast.herent)


def test_a_refused_publication_leaves_no_trace_of_one(katrijn, cast, moderated):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast) | PUBLISH)
    logged = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exists()
    assert logged != moderated
