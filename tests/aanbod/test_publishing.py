"""Publishing without the points of the criteria is refused, in every way Wagtail can publish.

Each way has its control: the same with the points goes through.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import PageLogEntry, Revision

from aanbod.models import ActiviteitPage, Zoekregel
from aanbod.models.pages import PUBLISH_REFUSED
from gemeenten.acting import acting_as
from gemeenten.models import Rol
from tests.aanbod.cast import ENOUGH, TEST, make_page
from tests.aanbod.forms import add_url, edit_url, form, kenmerk_pks

TOO_FEW = ("groep", "voertaal")
NEW_PEOPLE = "nieuwe mensen kennen"


@pytest.fixture
def katrijn(client, cast):
    """A browser in which the redacteur of Herent is signed in."""
    client.force_login(cast.katrijn)
    return client


@pytest.fixture
def bart(client, cast):
    """A browser in which the moderator of Herent is signed in."""
    client.force_login(cast.bart)
    return client


def draft(cast, kenmerken=TOO_FEW, title="Praattafel", **fields):
    return make_page(
        cast.in_herent, cast.lange_tafel, title, kenmerken=kenmerken, publish=False, **fields
    )


def live(cast, title="Praattafel"):
    return make_page(cast.in_herent, cast.lange_tafel, title)


def is_live(page):
    return ActiviteitPage.objects.get(pk=page.pk).live


def latest(page):
    """The activity as an editor sees it, published or not."""
    return ActiviteitPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def error_of(response, field):
    return " ".join(response.context["form"].errors.get(field, []))


# -- The form --------------------------------------------------------------------------------


def test_the_form_publishes_an_activity_with_its_points(katrijn, cast):
    page = draft(cast)
    response = katrijn.post(edit_url(page), form(cast) | {"action-publish": "1"})
    assert response.status_code == 302
    assert is_live(page)


def test_the_form_refuses_without_them_by_the_field_and_keeps_what_was_typed(katrijn, cast):
    page = draft(cast)
    typed = form(cast, kenmerken=TOO_FEW, summary="Iets heel anders") | {"action-publish": "1"}
    response = katrijn.post(edit_url(page), typed)
    assert response.status_code == 200
    assert NEW_PEOPLE in error_of(response, "kenmerken")
    assert "contacten die blijven" in error_of(response, "kenmerken")
    assert "Iets heel anders" in response.content.decode()
    assert not is_live(page)


def test_a_draft_is_saved_without_any_point(katrijn, cast):
    page = draft(cast)
    response = katrijn.post(edit_url(page), form(cast, kenmerken=(), summary="Nog niet af"))
    assert response.status_code == 302
    assert not is_live(page)
    assert latest(page).summary == "Nog niet af"


def test_a_draft_of_a_live_activity_may_lose_its_points_and_what_is_live_stays(katrijn, cast):
    page = live(cast)
    katrijn.post(edit_url(page), form(cast, kenmerken=()))
    fresh = ActiviteitPage.objects.get(pk=page.pk)
    assert fresh.live
    assert fresh.kenmerken.count() == len(ENOUGH)
    assert latest(page).kenmerken.count() == 0


def test_create_and_publish_goes_through_with_the_points(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast) | {"action-publish": "1"})
    assert response.status_code == 302
    assert ActiviteitPage.objects.get(slug="praattafel").live


def test_create_and_publish_is_refused_without_them(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast, kenmerken=TOO_FEW) | {"action-publish": "1"})
    assert NEW_PEOPLE in error_of(response, "kenmerken")
    assert not ActiviteitPage.objects.exists()


def test_creating_a_draft_asks_for_no_point(katrijn, cast):
    response = katrijn.post(add_url(cast), form(cast, kenmerken=()))
    assert response.status_code == 302
    assert not ActiviteitPage.objects.get(slug="praattafel").live


# -- A moderator overrules -------------------------------------------------------------------


def test_a_moderator_publishes_with_a_reason(bart, cast):
    page = draft(cast)
    reason = {"overrule_reason": "Proefproject van een maand", "action-publish": "1"}
    response = bart.post(edit_url(page), form(cast, kenmerken=TOO_FEW) | reason)
    assert response.status_code == 302
    fresh = ActiviteitPage.objects.get(pk=page.pk)
    assert fresh.live
    assert (fresh.overruled_by, fresh.overrule_reason) == (cast.bart, "Proefproject van een maand")


def test_a_moderator_needs_a_reason(bart, cast):
    page = draft(cast)
    sent = form(cast, kenmerken=TOO_FEW, overrule_reason=" ") | {"action-publish": "1"}
    assert NEW_PEOPLE in error_of(bart.post(edit_url(page), sent), "kenmerken")
    assert not is_live(page)


def test_a_redacteur_does_not_see_the_field(katrijn, cast):
    assert "overrule_reason" not in katrijn.get(edit_url(draft(cast))).content.decode()


def test_a_moderator_sees_the_field(bart, cast):
    assert "overrule_reason" in bart.get(edit_url(draft(cast))).content.decode()


def test_a_redacteur_who_fills_it_in_all_the_same_is_refused(katrijn, cast):
    page = draft(cast)
    reason = {"overrule_reason": "Ik vind het goed", "action-publish": "1"}
    response = katrijn.post(edit_url(page), form(cast, kenmerken=TOO_FEW) | reason)
    assert "Alleen een moderator" in error_of(response, "__all__")
    assert not is_live(page)


def test_a_redacteur_cannot_slip_it_into_a_draft(katrijn, cast):
    page = draft(cast)
    katrijn.post(edit_url(page), form(cast, kenmerken=TOO_FEW) | {"overrule_reason": "Ik"})
    assert latest(page).overrule_reason == ""


def test_a_redacteur_publishes_a_small_change_to_what_a_moderator_let_through(katrijn, cast):
    page = draft(cast, overrule_reason="Proef", overruled_by=cast.bart)
    page.save_revision().publish()
    sent = form(cast, kenmerken=TOO_FEW, summary="Komma vergeten") | {"action-publish": "1"}
    assert katrijn.post(edit_url(page), sent).status_code == 302
    assert ActiviteitPage.objects.get(pk=page.pk).summary == "Komma vergeten"


def test_but_one_more_point_less_needs_the_moderator_again(katrijn, cast):
    page = draft(cast, overrule_reason="Proef", overruled_by=cast.bart)
    page.save_revision().publish()
    sent = form(cast, kenmerken=("groep",)) | {"action-publish": "1"}
    assert "Nederlands oefenen" in error_of(katrijn.post(edit_url(page), sent), "kenmerken")
    assert ActiviteitPage.objects.get(pk=page.pk).kenmerken.count() == len(TOO_FEW)


# -- Scheduled -------------------------------------------------------------------------------


def tomorrow():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")


def test_scheduling_goes_through_with_the_points(katrijn, cast):
    page = draft(cast)
    sent = form(cast, go_live_at=tomorrow()) | {"action-publish": "1"}
    assert katrijn.post(edit_url(page), sent).status_code == 302
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1
    assert not is_live(page)


def test_scheduling_is_refused_without_them(katrijn, cast):
    page = draft(cast)
    sent = form(cast, kenmerken=TOO_FEW, go_live_at=tomorrow()) | {"action-publish": "1"}
    assert NEW_PEOPLE in error_of(katrijn.post(edit_url(page), sent), "kenmerken")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_scheduling_in_code_is_refused_as_well(cast):
    page = draft(cast, go_live_at=timezone.now() + timedelta(days=1))
    with pytest.raises(ValidationError, match=NEW_PEOPLE):
        page.get_latest_revision().publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def schedule(page):
    """Scheduled for tomorrow, and then tomorrow comes."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    revision = page.save_revision()
    revision.publish()
    past = timezone.now() - timedelta(minutes=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=past, content=revision.content
    )


def test_the_clock_publishes_what_has_its_points(cast):
    page = draft(cast, kenmerken=ENOUGH)
    schedule(page)
    call_command("publish_scheduled", verbosity=0)
    assert is_live(page)
    assert Zoekregel.objects.filter(page=page).exists()


@pytest.fixture
def lost_its_point(cast):
    """Overruled by a moderator who is none any more when the clock strikes."""
    page = draft(cast, overrule_reason="Proef", overruled_by=cast.bart)
    schedule(page)
    with acting_as(TEST):
        Rol.objects.filter(user=cast.bart).delete()
    return page


def test_the_clock_does_not_publish_what_lost_its_point_and_it_stays_scheduled(lost_its_point):
    call_command("publish_scheduled", verbosity=0)
    assert not is_live(lost_its_point)
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 1


def test_the_refusal_stands_once_in_the_history_of_the_page(lost_its_point):
    call_command("publish_scheduled", verbosity=0)
    call_command("publish_scheduled", verbosity=0)
    [entry] = PageLogEntry.objects.filter(action=PUBLISH_REFUSED)
    assert NEW_PEOPLE in " ".join(entry.data["reasons"])


def test_it_does_not_hold_up_what_comes_after_it(cast, lost_its_point):
    other = draft(cast, kenmerken=ENOUGH, title="Fietsles")
    schedule(other)
    call_command("publish_scheduled", verbosity=0)
    assert is_live(other)


# -- Revisions -------------------------------------------------------------------------------


def revert_url(page, revision):
    return reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])


def test_an_old_version_with_its_points_can_be_published_again(katrijn, cast):
    page = live(cast)
    old = page.save_revision()
    page.save_revision()
    sent = form(cast, summary="Van vroeger") | {"action-publish": "1"}
    assert katrijn.post(revert_url(page, old), sent).status_code == 302
    assert ActiviteitPage.objects.get(pk=page.pk).summary == "Van vroeger"


def test_an_old_version_without_them_is_refused(katrijn, cast):
    page = draft(cast)
    old = page.get_latest_revision()
    sent = form(cast, kenmerken=TOO_FEW) | {"action-publish": "1"}
    response = katrijn.post(revert_url(page, old), sent)
    assert NEW_PEOPLE in error_of(response, "kenmerken")
    assert not is_live(page)


# -- Many at once ----------------------------------------------------------------------------


def bulk_url(*pages):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return f"{url}?next=/cms/&{'&'.join(f'id={page.pk}' for page in pages)}"


def test_bulk_publishing_goes_through_with_the_points(katrijn, cast):
    page, other = draft(cast, ENOUGH), draft(cast, ENOUGH, "Fietsles")
    katrijn.post(bulk_url(page, other))
    assert is_live(page)
    assert is_live(other)


def test_bulk_publishing_publishes_nothing_when_one_lacks_a_point(katrijn, cast):
    page, other = draft(cast), draft(cast, ENOUGH, "Fietsles")
    response = katrijn.post(bulk_url(page, other), follow=True)
    assert not is_live(page)
    assert not is_live(other)
    assert "“Praattafel” is niet gepubliceerd." in response.content.decode()


def test_publishing_a_whole_branch_is_refused_for_one_draft_in_it(katrijn, cast):
    page = draft(cast)
    response = katrijn.post(bulk_url(cast.in_herent), {"include_descendants": "on"}, follow=True)
    assert not is_live(page)
    assert "“Praattafel” is niet gepubliceerd." in response.content.decode()


def test_publishing_a_whole_branch_goes_through_with_the_points(katrijn, cast):
    page = draft(cast, ENOUGH)
    katrijn.post(bulk_url(cast.in_herent), {"include_descendants": "on"})
    assert is_live(page)


# -- Copies ----------------------------------------------------------------------------------


def copy(client, page, parent, **fields):
    return client.post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": str(parent.pk),
            **fields,
        },
    )


def test_a_copy_can_be_published_at_once(katrijn, cast):
    copy(katrijn, live(cast), cast.in_herent, publish_copies="on")
    found = ActiviteitPage.objects.get(slug="kopie")
    assert found.live
    assert Zoekregel.objects.filter(page=found).exists()


def test_a_copy_gets_an_address_of_its_own_when_nobody_typed_one(katrijn, cast):
    page = live(cast)
    for _ in range(2):
        copy(katrijn, page, cast.in_herent, new_title=page.title, new_slug="")
    slugs = cast.in_herent.get_children().filter(title=page.title).values_list("slug", flat=True)
    assert len(set(slugs)) == 3


def overruled(cast):
    page = draft(cast, overrule_reason="Proef", overruled_by=cast.bart)
    page.save_revision().publish()
    return ActiviteitPage.objects.get(pk=page.pk)


def test_an_overruling_does_not_go_along_with_a_copy(katrijn, cast):
    response = copy(katrijn, overruled(cast), cast.in_herent, publish_copies="on")
    assert NEW_PEOPLE in error_of(response, "publish_copies")
    assert not ActiviteitPage.objects.filter(slug="kopie").exists()


def test_such_a_copy_can_be_kept_as_a_draft(katrijn, cast):
    copy(katrijn, overruled(cast), cast.in_herent)
    found = ActiviteitPage.objects.get(slug="kopie")
    assert not found.live
    assert found.overrule_reason == ""


def test_copying_in_code_is_refused_as_well(cast):
    page = overruled(cast)
    with pytest.raises(ValidationError, match=NEW_PEOPLE):
        page.copy(update_attrs={"slug": "kopie", "title": "Kopie"}, keep_live=True)


def test_a_copy_cannot_be_an_alias(katrijn, cast):
    copy(katrijn, live(cast), cast.in_herent, alias="on")
    found = ActiviteitPage.objects.get(slug="kopie")
    assert found.alias_of is None
    assert not found.live


# -- Code ------------------------------------------------------------------------------------


def test_code_publishes_a_revision_with_its_points(cast):
    page = draft(cast, ENOUGH)
    page.save_revision().publish()
    assert is_live(page)


def test_code_that_publishes_without_them_is_refused_and_nothing_changes(cast):
    page = draft(cast)
    with pytest.raises(ValidationError, match=NEW_PEOPLE):
        page.save_revision().publish()
    assert not is_live(page)


def test_wagtails_action_below_it_is_refused_as_well(cast):
    page = draft(cast)
    with pytest.raises(ValidationError, match=NEW_PEOPLE):
        PublishPageRevisionAction(page.get_latest_revision()).execute(skip_permission_checks=True)
    assert not is_live(page)


def test_a_page_put_live_by_hand_is_refused_as_well(cast):
    page = draft(cast)
    page.live = True
    with pytest.raises(ValidationError, match=NEW_PEOPLE):
        page.save()


def test_taking_offline_never_asks_for_points(katrijn, cast):
    page = live(cast)
    page.kenmerken.clear()
    page.unpublish()
    assert not is_live(page)


def test_the_form_offers_every_kenmerk_with_its_question(katrijn, cast):
    html = katrijn.get(add_url(cast)).content.decode()
    for pk in kenmerk_pks(["duo", "groep", *ENOUGH]):
        assert f'name="kenmerken" value="{pk}"' in html
    assert "Is Nederlands de taal van de activiteit?" in html
    assert "Participatie op sociaal vlak" in html
