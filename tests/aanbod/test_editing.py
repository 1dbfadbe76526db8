"""The editor's form: what it offers, what it refuses, and the sentence that says so."""

import io

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Collection

from aanbod.models import ActiviteitPage, Kenmerk, Organisatie
from tests.aanbod.cast import make_page
from tests.aanbod.forms import add_url, edit_url, form, reeks_form

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def post(client, cast, *, publish=True, **changes):
    return client.post(add_url(cast), form(cast, **changes) | (PUBLISH if publish else {}))


def error_of(response, field):
    return " ".join(response.context["form"].errors.get(field, []))


def reeks_errors(response):
    return [dict(errors) for errors in response.context["form"].formsets["reeksen"].errors]


def the_page():
    return ActiviteitPage.objects.get()


# -- Where else to go ------------------------------------------------------------------------


@pytest.mark.parametrize("live", [True, False])
def test_the_other_screens_of_an_activity_are_links_at_the_top(katrijn, cast, live):
    page = make_page(cast.in_herent, cast.lange_tafel, publish=live)
    html = katrijn.get(edit_url(page)).content.decode()
    links = html.partition("Meer over deze activiteit")[2].partition("Naam van de activiteit")[0]
    for name in ("Contactpersonen", "Data", "Klopt ze nog?", "Kopiëren"):
        assert f">{name}</a>" in links
    assert (">Affiche</a>" in links) == live
    assert f'href="{reverse("contacten:activiteit", args=[page.pk])}"' in links


def test_a_new_activity_has_no_other_screens_yet(katrijn, cast):
    html = katrijn.get(add_url(cast)).content.decode()
    assert "Meer over deze activiteit" not in html


# -- What is kept ----------------------------------------------------------------------------


def test_everything_that_was_typed_is_kept(katrijn, cast):
    response = post(
        katrijn,
        cast,
        timing="momenten",
        minutes_per_time="",
        moments=["avond", "weekend"],
        reeksen=[reeks_form(), reeks_form(frequency="eenmalig", start="10:00", end="12:00")],
        cost="7.50",
        capacity="12",
        wheelchair="on",
    )
    assert response.status_code == 302
    page = the_page()
    assert page.live
    assert page.organisatie == cast.lange_tafel
    assert page.deelgemeente == cast.winksele
    assert page.moments == ["avond", "weekend"]
    assert [reeks.frequency for reeks in page.reeksen.all()] == ["wekelijks", "eenmalig"]
    assert {tag.name for tag in page.themas.all()} == {"taal", "koffie"}
    assert (page.cost, page.capacity, page.wheelchair) == (7.5, 12, True)


def test_saving_twice_keeps_the_same_kenmerken(katrijn, cast):
    post(katrijn, cast)
    before = set(the_page().kenmerken.values_list("slug", flat=True))
    katrijn.post(edit_url(the_page()), form(cast) | PUBLISH)
    assert set(the_page().kenmerken.values_list("slug", flat=True)) == before


def test_no_new_kenmerk_can_be_typed(katrijn, cast):
    page = form(cast) | PUBLISH
    page["kenmerken"] = [*page["kenmerken"], "gezellig"]
    assert error_of(katrijn.post(add_url(cast), page), "kenmerken")
    assert Kenmerk.objects.count() == 7


def test_a_new_theme_can_be_typed(katrijn, cast):
    post(katrijn, cast, themas="breien")
    assert [tag.slug for tag in the_page().themas.all()] == ["breien"]


def test_a_draft_needs_little(katrijn, cast):
    bare = form(cast, kenmerken=(), summary="", description="", soort="", postcode="")
    assert katrijn.post(add_url(cast), bare).status_code == 302


# -- What is refused -------------------------------------------------------------------------


def moment(katrijn, cast, publish=True, **changes):
    return post(
        katrijn,
        cast,
        publish=publish,
        timing="momenten",
        minutes_per_time="",
        reeksen=[reeks_form(**changes)],
    )


def test_a_whole_moment_is_accepted(katrijn, cast):
    """The control of the four below."""
    assert moment(katrijn, cast, last_day="2027-01-12").status_code == 302


def test_begin_and_end_at_the_same_hour(katrijn, cast):
    [errors] = reeks_errors(moment(katrijn, cast, end="19:30"))
    assert errors == {"end": ["Het begin en het einde zijn gelijk. Vul in hoe laat het eindigt."]}


def test_a_last_day_before_the_first(katrijn, cast):
    [errors] = reeks_errors(moment(katrijn, cast, last_day="2027-01-11"))
    assert errors == {"last_day": ["De laatste dag ligt voor de eerste dag. Kies een latere dag."]}


def test_in_and_out_of_school_holidays_at_once(katrijn, cast):
    [errors] = reeks_errors(
        moment(katrijn, cast, skip_school_holidays="on", only_school_holidays="on")
    )
    assert list(errors) == ["only_school_holidays"]
    assert len(errors["only_school_holidays"]) == 1


def test_a_draft_cannot_hold_a_moment_that_ends_before_it_begins_either(katrijn, cast):
    assert reeks_errors(moment(katrijn, cast, publish=False, last_day="2027-01-11"))


def test_fixed_moments_without_any(katrijn, cast):
    response = post(katrijn, cast, timing="momenten", minutes_per_time="")
    assert error_of(response, "timing") == "Voeg een moment toe, of kies “In overleg”."


def test_fixed_moments_that_were_all_taken_away(katrijn, cast):
    response = moment(katrijn, cast, DELETE="on")
    assert error_of(response, "timing") == "Voeg een moment toe, of kies “In overleg”."


def test_fixed_moments_may_come_later_in_a_draft(katrijn, cast):
    assert post(katrijn, cast, publish=False, timing="momenten").status_code == 302


def test_by_agreement_without_minutes(katrijn, cast):
    assert "hoeveel minuten" in error_of(
        post(katrijn, cast, minutes_per_time=""), "minutes_per_time"
    )


def test_a_price_below_nothing(katrijn, cast):
    assert error_of(post(katrijn, cast, cost="-1"), "cost") == (
        "De prijs kan niet onder nul zijn. Is het gratis? Vul 0 in."
    )


def test_a_postcode_of_another_gemeente(katrijn, cast):
    assert error_of(post(katrijn, cast, postcode="3000"), "postcode") == (
        "3000 is geen postcode van Herent. Gebruik 3020, of laat het leeg."
    )


def test_no_postcode_at_all_is_fine(katrijn, cast):
    assert post(katrijn, cast, postcode="").status_code == 302


def test_a_deelgemeente_of_another_gemeente(katrijn, cast):
    kessel_lo = cast.leuven.deelgemeenten.create(name="Kessel-Lo", lat=50.89, lon=4.73)
    assert error_of(post(katrijn, cast, deelgemeente=str(kessel_lo.pk)), "deelgemeente")
    assert "Kessel-Lo" not in katrijn.get(add_url(cast)).content.decode()


def test_an_organisatie_that_is_not_active_here(katrijn, cast):
    elders = Organisatie.objects.create(name="Elders vzw")
    assert error_of(post(katrijn, cast, organisatie=str(elders.pk)), "organisatie")
    assert "Elders vzw" not in katrijn.get(add_url(cast)).content.decode()


def test_an_organisatie_with_an_activity_here_can_be_chosen(katrijn, cast):
    elders = Organisatie.objects.create(name="Elders vzw")
    make_page(cast.in_herent, elders, "Fietsles")
    assert "Elders vzw" in katrijn.get(add_url(cast)).content.decode()


def test_a_slug_that_is_taken(katrijn, cast):
    post(katrijn, cast)
    assert error_of(post(katrijn, cast), "slug")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 300},
        {"summary": "x" * 10_000},
        {"title": "Praat\x00tafel"},
        {"cost": "veel"},
        {"cost": "1e99"},
        {"capacity": "-3"},
        {"capacity": "99999999"},
        {"minutes_per_time": "1.5"},
        {"organisatie": "veel"},
        {"organisatie": "9" * 30},
        {"kenmerken": ()},
        {"moments": ["nooit"]},
        {"timing": "soms"},
        {"soort": "niks"},
        {"go_live_at": "morgen"},
        {"picture": "x"},
        {"reeksen": [reeks_form(start="25:00")]},
        {"reeksen": [reeks_form(first_day="2027-02-30")]},
        {"reeksen": [reeks_form(frequency="soms")]},
    ],
)
def test_nonsense_is_answered_by_a_sentence_and_loses_nothing(katrijn, cast, changes):
    response = post(katrijn, cast, **{"bring": "Een fiets"} | changes)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors or any(formset.errors for formset in form.formsets.values())
    assert "Een fiets" in response.content.decode()
    assert not ActiviteitPage.objects.exists()


# -- Pictures --------------------------------------------------------------------------------


def image(gemeente):
    file = io.BytesIO()
    Picture.new("RGB", (40, 30)).save(file, "PNG")
    collection = Collection.objects.get(name=gemeente.name)
    return Image.objects.create(
        title="Tafel", file=ImageFile(file, "tafel.png"), collection=collection
    )


def test_a_picture_of_the_own_gemeente(katrijn, cast):
    own = image(cast.herent)
    post(katrijn, cast, picture=str(own.pk))
    assert the_page().picture == own


def test_a_picture_of_another_gemeente(katrijn, cast):
    response = post(katrijn, cast, picture=str(image(cast.leuven).pk))
    assert response.status_code == 404
    assert not ActiviteitPage.objects.exists()


# -- Others' pages ---------------------------------------------------------------------------


def test_an_editor_of_another_gemeente_does_not_reach_the_form(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    client.force_login(cast.rik)
    response = client.post(edit_url(page), form(cast, summary="Van mij") | PUBLISH)
    assert response.status_code in {302, 403, 404}
    assert the_page().summary != "Van mij"


def test_the_form_has_no_comments_and_the_address_stands_apart(katrijn, cast):
    html = katrijn.get(add_url(cast)).content.decode()
    assert "comments-TOTAL_FORMS" not in html
    for heading in ["Wat", "Wanneer", "Vaste momenten", "Waar", "Voor wie", "Wie", "Telt het mee?"]:
        assert heading in html
