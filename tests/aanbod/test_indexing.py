"""The search table follows the pages, in the transaction that changes them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from aanbod import indexing, places, search
from aanbod.models import ActiviteitPage, Kenmerk, PlacesTaken, Sessie, Zoekregel
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.forms import edit_url, form


def row(page):
    return Zoekregel.objects.get(page=page)


def has_row(page):
    return Zoekregel.objects.filter(page=page).exists()


# -- When ------------------------------------------------------------------------------------


def test_publishing_writes_a_row(cast):
    assert has_row(make_page(cast.in_herent, cast.lange_tafel))


def test_a_draft_has_none(cast):
    assert not has_row(make_page(cast.in_herent, cast.lange_tafel, publish=False))


def test_a_draft_of_a_live_page_changes_nothing(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    client.force_login(cast.katrijn)
    client.post(edit_url(page), form(cast, title="Anders"))
    assert row(page).title == "Praattafel"


def test_publishing_again_writes_the_same_row_anew(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    client.force_login(cast.katrijn)
    client.post(edit_url(page), form(cast, title="Anders") | {"action-publish": "1"})
    assert Zoekregel.objects.count() == 1
    assert row(page).title == "Anders"
    assert "Anders" in row(page).cards["nl"]


def test_unpublishing_takes_it_away(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    page.unpublish()
    assert not has_row(page)


def test_unpublishing_in_bulk_takes_it_away(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    client.force_login(cast.katrijn)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{url}?id={page.pk}&next=/cms/")
    assert not ActiviteitPage.objects.get(pk=page.pk).live
    assert not has_row(page)


def test_deleting_takes_it_away(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    page.delete()
    assert not Zoekregel.objects.exists()


def test_expiring_takes_it_away(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    ActiviteitPage.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)
    assert not has_row(page)


def test_moving_to_another_gemeente_moves_the_row_and_its_address(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    page.move(cast.in_leuven, "last-child")
    assert row(page).gemeente == cast.leuven
    assert "/nl/leuven/praattafel/" in row(page).cards["nl"]


def test_another_address_of_the_gemeente_stands_in_its_cards(
    cast, django_capture_on_commit_callbacks
):
    page = make_page(cast.in_herent, cast.lange_tafel)
    cast.in_herent.refresh_from_db()
    cast.in_herent.slug = "herent-nieuw"
    with django_capture_on_commit_callbacks(execute=True):
        cast.in_herent.save()
    assert "/nl/herent-nieuw/praattafel/" in row(page).cards["nl"]


def test_another_name_of_the_organisatie_can_be_found(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    cast.lange_tafel.name = "De Ronde Tafel"
    cast.lange_tafel.save()
    assert finds("ronde") == [page.pk]
    assert finds("lange") == []


def finds(word):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT page_id FROM aanbod_zoekregel "
            "WHERE document @@ websearch_to_tsquery('veertig', %s)",
            [word],
        )
        return [pk for (pk,) in cursor.fetchall()]


# -- Together or not at all ------------------------------------------------------------------


class Broken(Exception):
    pass


def test_when_the_row_cannot_be_written_the_page_is_not_published(cast, monkeypatch):
    page = make_page(cast.in_herent, cast.lange_tafel, publish=False)

    def fail(*args, **kwargs):
        raise Broken

    monkeypatch.setattr(indexing, "index", fail)
    with pytest.raises(Broken):
        page.get_latest_revision().publish()
    assert not ActiviteitPage.objects.get(pk=page.pk).live
    assert not has_row(page)


def test_when_publishing_is_refused_the_old_row_stays(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    page.title = "Anders"
    page.kenmerken.clear()
    with pytest.raises(ValidationError):
        page.save_revision().publish()
    assert row(page).title == "Praattafel"


# -- What ------------------------------------------------------------------------------------


def test_a_row_says_what_the_page_says(cast):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        soort="sport",
        taalniveau="a2",
        cost="4.50",
        kinderopvang="mee",
        voor="vrouwen",
        wheelchair=True,
        deelgemeente=cast.winksele,
        themas=("Bewegen buiten",),
    )
    found = row(page)
    assert (found.soort, found.taalniveau, found.cost) == ("sport", 2, page.cost)
    assert (found.kinderopvang, found.voor, found.wheelchair) == ("mee", "vrouwen", True)
    assert found.kenmerken == ["groep", "nieuwe-mensen", "duurzame-contacten", "voertaal"]
    assert found.themas == ["bewegen-buiten"]
    assert found.gemeente == cast.herent
    assert (found.lat, found.lon) == (cast.winksele.lat, cast.winksele.lon)


def test_the_place_is_the_deelgemeente_or_else_the_gemeente(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert (page.lat, page.lon) == (cast.herent.lat, cast.herent.lon)
    page.deelgemeente = cast.winksele
    assert places.coordinates(page, cast.herent) == (cast.winksele.lat, cast.winksele.lon)


def test_fixed_moments_give_moments_days_and_the_next_date(cast):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1), weekly(5, "10:00", "12:00", skip_school_holidays=True)],
    )
    found = row(page)
    assert found.days == ["di", "za"]
    assert {"avond", "ochtend", "weekend"} <= set(found.moments)
    assert found.next_at == Sessie.objects.filter(page=page).first().van


def test_a_cancelled_date_is_not_the_next_one(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly()])
    first, second = Sessie.objects.filter(page=page)[:2]
    first.state = "afgelast"
    first.save()
    indexing.index(page, now=timezone.now())
    assert row(page).next_at == second.van


def test_by_agreement_is_on_any_day_at_the_moments_that_were_ticked(cast):
    found = row(make_page(cast.in_herent, cast.lange_tafel, moments=["avond"]))
    assert found.moments == ["avond"]
    assert found.days == ["ma", "di", "wo", "do", "vr", "za", "zo"]
    assert found.next_at is None


def test_by_agreement_with_nothing_ticked_is_at_any_moment(cast):
    found = row(make_page(cast.in_herent, cast.lange_tafel))
    assert found.moments == ["ochtend", "namiddag", "avond", "weekend", "schoolvakantie"]


def test_what_has_no_date_to_come_is_not_offered(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly()])
    Sessie.objects.filter(page=page).update(state="afgelast")
    indexing.index(page, now=timezone.now())
    assert not has_row(page)


def test_the_nightly_command_moves_on_to_the_next_date_and_drops_what_is_over(cast):
    once = weekly(frequency="eenmalig")
    over = make_page(cast.in_herent, cast.lange_tafel, "Feest", reeksen=[once])
    goes_on = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly()])
    yesterday = timezone.now() - timedelta(days=1)
    for page in (over, goes_on):
        first = Sessie.objects.filter(page=page).first()
        Sessie.objects.filter(pk=first.pk).update(van=yesterday, tot=yesterday + timedelta(hours=2))
    over.reeksen.update(first_day=yesterday.date())
    call_command("sessies", verbosity=0)
    assert not has_row(over)
    assert row(goes_on).next_at > timezone.now()


@pytest.mark.parametrize(
    "word",
    ["praattafel", "Praattafels", "nederlands", "kaarten", "winksele", "lange tafel", "koffie"],
)
def test_words_of_title_kind_summary_themes_place_organisatie_and_text_are_found(cast, word):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        deelgemeente=cast.winksele,
        themas=("koffie",),
        description="We spelen met kaarten.",
    )
    assert finds(word) == [page.pk]


def test_accents_are_forgiven_both_ways(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Café créole")
    assert finds("cafe creole") == finds("càfé") == [page.pk]
    assert row(page).fuzzy.startswith("cafe creole ")


def test_a_typing_error_in_the_kind_is_forgiven(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel", soort="conversatie")
    found = search.results(search.parse(QueryDict("q=nederlans")), language="nl")
    assert [row.page_id for row in found.rows] == [page.pk]


# -- Places ----------------------------------------------------------------------------------


def test_without_a_limit_there_is_no_number_of_places(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    indexing.set_places_taken(page.pk, 5)
    assert row(page).places_left is None


def test_places_are_what_is_left(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, capacity=8)
    assert row(page).places_left == 8
    indexing.set_places_taken(page.pk, 5)
    assert row(page).places_left == 3


def test_more_people_than_places_leaves_none(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, capacity=8)
    indexing.set_places_taken(page.pk, 9)
    assert row(page).places_left == 0


def test_publishing_anew_forgets_nobody(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, capacity=8)
    indexing.set_places_taken(page.pk, 5)
    page.unpublish()
    page = ActiviteitPage.objects.get(pk=page.pk)
    page.capacity = 10
    page.save_revision().publish()
    assert row(page).places_left == 5


def test_an_activity_that_is_gone_is_no_error(cast):
    indexing.set_places_taken(999_999, 3)
    assert not PlacesTaken.objects.exists()


# -- Rebuilding ------------------------------------------------------------------------------


def test_the_command_makes_the_same_rows_from_nothing(cast):
    for number in range(3):
        make_page(cast.in_herent, cast.lange_tafel, f"Nummer {number}", reeksen=[weekly(number)])
    before = list(Zoekregel.objects.order_by("page").values())
    Zoekregel.objects.all().delete()
    call_command("zoekregels", verbosity=0)
    assert list(Zoekregel.objects.order_by("page").values()) == before


def test_the_command_drops_what_should_not_be_there(cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    ActiviteitPage.objects.filter(pk=page.pk).update(live=False)
    call_command("zoekregels", verbosity=0)
    assert not has_row(page)


def test_a_kenmerk_that_is_used_cannot_be_deleted(cast):
    make_page(cast.in_herent, cast.lange_tafel)
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        Kenmerk.objects.get(slug="groep").delete()
