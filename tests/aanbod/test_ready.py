"""The page of an activity is ready before anybody asks, and always says what holds now."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from aanbod import dates, indexing, ready
from aanbod.details import READY_DATES, SHOWN_DATES
from aanbod.models import ActiviteitContact, ActiviteitPage, KlarePagina, Sessie
from aanbod.translations import Texts, translate
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_page, weekly

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1)],
        street="Bloemenlaan 4",
        capacity=4,
        bring="Een tas & <b>een pen</b>",
    )


@pytest.fixture(autouse=True)
def _fresh(settings):
    settings.PUBLIC_PAGE_SECONDS = 0


def get(client, language="nl", path="herent/praattafel", **query):
    response = client.get(f"/{language}/{path}/", query)
    assert response.status_code == 200
    return response.content.decode()


def by_wagtail(page, language, path=None):
    """What Wagtail's own view makes of the same address."""
    page = ActiviteitPage.objects.get(pk=page.pk)
    request = RequestFactory().get(path or f"/{language}/herent/{page.slug}/")
    with translation.override(language):
        return page.serve(request).render().content.decode()


def same(html):
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_equals_what_wagtail_gives(client, cast, page, language):
    cast.in_herent.colour = "#a0342c"
    cast.in_herent.save()
    assert same(get(client, language)) == same(by_wagtail(page, language))


def test_a_query_with_anything_in_it_is_text(client, page):
    path = '/nl/herent/praattafel/?a="><script>x</script>&b=%22'
    html = client.get(path).content.decode()
    assert same(html) == same(by_wagtail(page, "nl", path))
    assert "<script>x" not in html


def test_one_statement_is_enough(client, page, django_assert_num_queries):
    get(client)
    with django_assert_num_queries(1):
        get(client)


def test_control_without_a_ready_page_it_takes_many(client, page, django_assert_max_num_queries):
    ready.remove(page.pk)
    with django_assert_max_num_queries(60) as queries:
        assert "Praattafel" in get(client)
    assert len(queries) > 10


def test_the_statement_is_about_one_activity_whatever_there_is(client, cast, page):
    make_page(cast.in_leuven, cast.lange_tafel, "Praattafel")
    assert "Bloemenlaan" in get(client)
    assert "Bloemenlaan" not in get(client, path="leuven/praattafel")


def test_its_accent_is_allowed_by_the_policy(client, cast, page):
    cast.in_herent.colour = "#a0342c"
    cast.in_herent.save()
    response = client.get("/nl/herent/praattafel/")
    from marketplace.styles import accent, hash_of

    assert accent("#a0342c") in response.content.decode()
    assert hash_of(accent("#a0342c")) in response["Content-Security-Policy"]


# -- Changes are there at once ----------------------------------------------------------------


def test_what_is_published_anew_is_read_at_once(client, page):
    page.summary = "Kom zingen."
    page.save_revision().publish()
    assert "Kom zingen." in get(client)


def test_an_unpublished_page_is_gone_at_once(client, page):
    page.unpublish()
    assert client.get("/nl/herent/praattafel/").status_code == 404
    assert not KlarePagina.objects.exists()


def test_control_a_row_that_was_left_of_a_page_that_is_not_live_shows_nothing(client, page):
    ActiviteitPage.objects.filter(pk=page.pk).update(live=False)
    assert KlarePagina.objects.exists()
    assert client.get("/nl/herent/praattafel/").status_code == 404


def test_a_deleted_page_is_gone_at_once(client, page):
    page.delete()
    assert client.get("/nl/herent/praattafel/").status_code == 404


def test_a_cancelled_date_is_named_at_once_and_asked_for_no_longer(client, page):
    first, second = Sessie.objects.filter(page=page)[:2]
    assert f"{timezone.localtime(first.van):%-d}" in ready.message(page, now=timezone.now())
    dates.cancel(first.pk, "De zaal is dicht", now=timezone.now())
    html = get(client)
    assert "De zaal is dicht" in html
    asked = re.search(r'<blockquote[^>]*id="bericht">(.*?)</blockquote>', html)[1]
    assert f" {timezone.localtime(second.van):%-d} " in asked


def test_a_pause_is_named_at_once(client, page):
    today = timezone.localdate()
    page.paused_from, page.paused_until = today, today + timedelta(5)
    page.save_revision().publish()
    assert "Pauze" in get(client)


def test_a_translation_is_read_at_once(client, page):
    texts = Texts("Talking table", "Come.", "We talk.", "A bag")
    translate(page, "en", texts, by=None, now=timezone.now())
    assert "Talking table" in get(client, "en")


def test_places_are_those_of_this_moment(client, page):
    assert "Nog 4 plaatsen" in get(client)
    indexing.set_places_taken(page.pk, 3)
    assert "Nog 1 plaats\n" in get(client)
    indexing.set_places_taken(page.pk, 4)
    assert "Volzet" in get(client)


def test_the_gemeente_above_it_is_that_of_this_moment(client, cast, page):
    cast.in_herent.title = "Groot Herent"
    cast.in_herent.save()
    assert '<a href="/nl/herent/">Groot Herent</a>' in get(client)


def test_a_gemeente_that_moves_takes_its_pages_along(client, cast, page):
    cast.in_herent.slug = "nieuw-herent"
    cast.in_herent.save_revision().publish()
    assert client.get("/nl/herent/praattafel/").status_code in (301, 404)
    assert '<a href="/nl/nieuw-herent/">' in get(client, path="nieuw-herent/praattafel")


def test_a_picture_that_is_changed_or_taken_away_is_never_a_broken_one(client, cast, page):
    image = get_image_model().objects.create(title="Tafel", file=get_test_image_file())
    page.picture = image
    page.save_revision().publish()
    assert "<img" in get(client)
    image.delete()
    assert "<img" not in get(client)


def test_somebody_with_a_session_sees_the_same(client, cast, page):
    as_visitor = get(client)
    client.force_login(cast.katrijn)
    assert get(client) == as_visitor


def test_a_preview_shows_the_draft_and_the_page_does_not(client, cast, page):
    page.summary = "Nog niet."
    revision = page.save_revision()
    assert "Nog niet." not in get(client)
    shown = ready.fresh(revision.as_object(), now=timezone.now())
    assert "Nog niet." in shown.main


# -- Time passes --------------------------------------------------------------------------------


def found(page, now):
    with translation.override("nl"):
        return ready.find("herent", page.slug, now=now)


def test_a_date_that_is_over_is_shown_no_longer(page):
    first, second = Sessie.objects.filter(page=page)[:2]
    shown = found(page, first.tot + timedelta(minutes=1)).main
    assert _rows(shown) == _rows(found(page, second.van).main)
    assert _rows(shown) != _rows(found(page, timezone.now()).main)
    assert len(_rows(shown)) == 4


def _rows(html):
    return re.findall(r"(\w\w \d+ \w+), \d\d\.\d\d", html)


def test_when_the_kept_dates_run_out_the_page_is_made_anew(page):
    fourth = Sessie.objects.filter(page=page)[READY_DATES - SHOWN_DATES]
    assert found(page, fourth.tot - timedelta(minutes=1))
    assert found(page, fourth.tot) is None


def test_after_the_pause_the_page_is_made_anew(page):
    today = timezone.localdate()
    page.paused_from, page.paused_until = today, today + timedelta(2)
    page.save_revision().publish()
    assert found(page, timezone.now() + timedelta(2))
    assert found(page, timezone.now() + timedelta(4)) is None


def test_control_what_is_no_longer_right_is_answered_by_wagtail(client, page):
    KlarePagina.objects.update(body="OUD", valid_until=timezone.now() - timedelta(1))
    assert "OUD" not in get(client)
    KlarePagina.objects.update(valid_until=None)
    assert "OUD" in get(client)


def test_every_night_they_are_written_again(client, page):
    KlarePagina.objects.update(body="OUD")
    call_command("sessies", verbosity=0)
    assert "OUD" not in get(client)


# -- Who can be asked ---------------------------------------------------------------------------


@pytest.fixture
def lieve(cast, page):
    cast.lieve.user.mobile = "+32470000000"
    cast.lieve.user.save()
    with acting_as(TEST):
        ActiviteitContact.objects.create(page=page, contactpersoon=cast.lieve)
    return cast.lieve


def make_public(contact, is_public=True):
    contact.is_public = is_public
    contact.save()


def test_a_contact_person_who_said_nothing_is_not_on_the_page(client, lieve):
    html = get(client)
    assert "Lieve" not in html
    assert "470" not in html


def test_who_said_yes_can_be_called_and_written_to_at_once(client, lieve):
    make_public(lieve)
    html = get(client)
    assert "Lieve Vanderstok" in html
    assert 'href="tel:+32470000000"' in html
    assert 'href="sms:+32470000000?body=Dag' in html
    assert same(html) == same(by_wagtail(ActiviteitPage.objects.get(), "nl"))


def test_who_said_no_again_is_gone_at_once(client, lieve):
    make_public(lieve)
    get(client)
    make_public(lieve, False)
    assert "470" not in get(client)


def test_whose_time_is_over_is_gone_at_once(client, lieve):
    make_public(lieve)
    lieve.valid_to = timezone.localdate() - timedelta(1)
    lieve.save()
    assert "470" not in get(client)


def test_a_public_contact_person_of_something_else_is_not_on_this_page(client, cast, lieve):
    make_public(cast.peter)
    make_public(cast.saar)
    html = get(client)
    assert "Peter" not in html
    assert "Saar" not in html


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("Mail naar balie@herent.example.", 'href="mailto:balie@herent.example"'),
        ("Bel 016 00 00 00 of kom langs", 'href="tel:016000000"'),
        ("+32 470/00.00.00", 'href="tel:+32470000000"'),
    ],
)
def test_what_is_public_of_the_activity_itself_can_be_tapped(client, page, said, link):
    page.contact_public = said
    page.save_revision().publish()
    assert link in get(client)


@pytest.mark.parametrize("said", ["3020 Herent", "<b>x</b>@", "tot 31.12.2026", "@@@"])
def test_what_is_no_number_and_no_address_is_text(page, said):
    from django.utils.html import escape

    from aanbod.templatetags.aanbod import reach_links

    assert reach_links(said) == escape(said)


# -- Odd addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["herent/niets", "herent/" + "a" * 250, "cms2/x", "herent/-"])
def test_an_address_nobody_knows_is_a_404(client, page, path):
    assert client.get(f"/nl/{path}/").status_code == 404


def test_other_methods_are_wagtails_to_answer(client, page):
    assert client.post("/nl/herent/praattafel/").status_code in (200, 405)
    assert client.head("/nl/herent/praattafel/").status_code == 200
