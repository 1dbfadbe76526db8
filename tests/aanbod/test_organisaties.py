"""Organisations kept once: found before they are made, changed by who works with them, and each
gemeente sees its own people only."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import invallers, organisaties
from aanbod.invallers import NewInvaller
from aanbod.models import Contactpersoon, Invaller, Organisatie
from aanbod.organisaties import Facts, OrganisatieRefused
from aanbod.permissions import can_edit_organisatie
from gemeenten import codes
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_contact, make_page

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def in_herent(cast):
    return set(organisaties.in_gemeente(cast.herent).values_list("name", flat=True))


# -- Which are here --------------------------------------------------------------------------


def test_with_people_here(cast):
    assert in_herent(cast) == {"De Lange Tafel", "Groendienst Herent"}


def test_with_activities_here(cast):
    koor = Organisatie.objects.create(name="Koor")
    make_page(cast.in_herent, koor, publish=False)
    assert "Koor" in in_herent(cast)


def test_written_down_here_before_anything_else(cast):
    made = organisaties.make(cast.herent, Facts("Breiclub Herent"), by=cast.katrijn)
    assert made.name in in_herent(cast)
    assert made not in organisaties.in_gemeente(cast.leuven)


# -- Making ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["De Lange Tafel", " de  lange TAFEL "])
def test_a_name_that_exists_is_refused(cast, name):
    with pytest.raises(OrganisatieRefused) as refusal:
        organisaties.make(cast.herent, Facts(name))
    assert (refusal.value.field, refusal.value.known) == ("name", cast.lange_tafel)


def test_a_register_code_that_exists_is_refused(cast):
    organisaties.make(cast.leuven, Facts("Breiclub", register_code="V0001001"))
    with pytest.raises(OrganisatieRefused) as refusal:
        organisaties.make(cast.herent, Facts("Brei Club vzw", register_code="v 0001 001"))
    assert refusal.value.field == "register_code"


@pytest.mark.parametrize("typed", ["V001", "0001001", "V00010011", "BE0123456789", "V000100A"])
def test_a_register_code_has_a_form(typed):
    with pytest.raises(OrganisatieRefused, match="zeven cijfers"):
        organisaties.register_code(typed)


def test_a_name_with_a_mistake_finds_the_one_that_is_there(cast):
    assert cast.lange_tafel in organisaties.alike("Lange Taffel")


def test_a_register_code_finds_it_under_any_name(cast):
    known = organisaties.make(cast.leuven, Facts("Breiclub", register_code="V0001001"))
    assert organisaties.alike("Iets anders", "V0001001") == [known]


# -- Who changes what is public --------------------------------------------------------------


def test_an_editor_where_it_is_active(cast):
    assert can_edit_organisatie(cast.katrijn, cast.lange_tafel, cast.herent)
    assert can_edit_organisatie(cast.rik, cast.lange_tafel, cast.leuven)


def test_not_from_a_gemeente_that_is_not_theirs(cast):
    assert not can_edit_organisatie(cast.katrijn, cast.lange_tafel, cast.leuven)


def test_not_where_it_was_only_written_down_and_others_work_with_it(cast):
    organisaties.adopt(cast.leuven, cast.groendienst)
    assert not can_edit_organisatie(cast.rik, cast.groendienst, cast.leuven)


# -- The screens -----------------------------------------------------------------------------


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def url(name, *args):
    return reverse(f"contacten:{name}", args=args)


def html(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def typed(**changes):
    return {"name": "Breiclub Herent", "website": "", "register_code": "", **changes}


def test_the_menu_and_the_activity_form_lead_there(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel)
    assert "Organisaties" in html(katrijn.get(reverse("wagtailadmin_home")))
    edit = html(katrijn.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert url("organisatie_nieuw", "24038") in edit


def test_the_list_counts_the_people_and_activities_of_here_only(katrijn, cast):
    make_page(cast.in_herent, cast.lange_tafel)
    make_page(cast.in_leuven, cast.lange_tafel)
    page = katrijn.get(url("organisaties", "24038")).context["page"]
    counts = {row.name: (row.people, row.activities) for row in page}
    assert counts == {"De Lange Tafel": (2, 1), "Groendienst Herent": (1, 0)}


@pytest.mark.parametrize("words", ["tafel", "lange taffel", "V0001001"])
def test_searching_finds_by_name_and_number(katrijn, cast, words):
    Organisatie.objects.filter(pk=cast.lange_tafel.pk).update(register_code="V0001001")
    page = html(katrijn.get(url("organisaties", "24038"), {"q": words}))
    assert "De Lange Tafel" in page
    assert "Groendienst" not in page


@pytest.mark.parametrize("words", ["zzzz", "%", "x" * 5000])
def test_searching_for_nonsense_answers(katrijn, words):
    html(katrijn.get(url("organisaties", "24038"), {"q": words, "pagina": words[:20]}))


def test_a_null_byte_in_a_search_is_turned_away_at_the_door(katrijn):
    """PostgreSQL takes none; the door of the CMS answers before any screen looks for it."""
    for asked in ({"q": "tafel\0"}, {"pagina": "\0"}):
        assert katrijn.get(url("organisaties", "24038"), asked).status_code == 404


def test_queries_of_the_list_do_not_grow(katrijn, cast, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(40) as queries:
            katrijn.get(url("organisaties", "24038"))
        return len(queries)

    count()
    few = count()
    for number in range(15):
        organisaties.make(cast.herent, Facts(f"Club {number}"))
    assert count() == few


def test_a_new_one_is_made_in_one_step_when_nothing_looks_alike(katrijn, cast):
    response = katrijn.post(url("organisatie_nieuw", "24038"), typed())
    made = Organisatie.objects.get(name="Breiclub Herent")
    assert response.url == url("organisatie", "24038", made.pk)


def test_look_alikes_are_shown_first_and_nothing_is_made(katrijn, cast):
    page = html(katrijn.post(url("organisatie_nieuw", "24038"), typed(name="De lange taffel")))
    assert "Is het een van deze?" in page
    assert url("organisatie_neem", "24038", cast.lange_tafel.pk) in page
    assert Organisatie.objects.count() == 2


def test_another_one_is_made_when_the_editor_says_so(katrijn, cast):
    katrijn.post(url("organisatie_nieuw", "24038"), typed(name="De lange taffel", is_new="on"))
    assert Organisatie.objects.filter(name="De lange taffel").exists()


def test_one_that_is_known_elsewhere_is_taken_over_with_one_tap(katrijn, cast):
    koor = organisaties.make(cast.leuven, Facts("Koor"))
    katrijn.post(url("organisatie_neem", "24038", koor.pk))
    assert "Koor" in in_herent(cast)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "De Lange Tafel", "is_new": "on"}, "name"),
        ({"name": "x\x00"}, "name"),
        ({"website": "geen adres"}, "website"),
        ({"register_code": "12"}, "register_code"),
    ],
)
def test_what_cannot_be_is_said_by_the_field(katrijn, cast, changes, field):
    response = katrijn.post(url("organisatie_nieuw", "24038"), typed(**changes))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    assert Organisatie.objects.count() == 2


def test_a_shared_one_is_changed_only_after_saying_that_it_holds_elsewhere(katrijn, cast):
    make_page(cast.in_leuven, cast.lange_tafel)
    address = url("organisatie_wijzig", "24038", cast.lange_tafel.pk)
    page = html(katrijn.get(address))
    assert "Deze gegevens zijn gedeeld" in page
    assert "Leuven" in page
    katrijn.post(address, typed(name="De Lange Tafel vzw"))
    assert not Organisatie.objects.filter(name="De Lange Tafel vzw").exists()
    katrijn.post(address, typed(name="De Lange Tafel vzw", holds_elsewhere="on"))
    assert Organisatie.objects.filter(name="De Lange Tafel vzw").exists()


def test_that_another_gemeente_only_has_people_or_drafts_is_not_named(katrijn, cast):
    make_page(cast.in_leuven, cast.lange_tafel, publish=False)
    page = html(katrijn.get(url("organisatie_wijzig", "24038", cast.lange_tafel.pk)))
    assert "een andere gemeente" in page
    assert "Leuven" not in page


def test_each_gemeente_sees_its_own_people_only(katrijn, cast, client):
    with acting_as(TEST):
        make_contact("Kanarie Vogel", cast.lange_tafel, cast.leuven)
    page = html(katrijn.get(url("organisatie", "24038", cast.lange_tafel.pk)))
    assert "Lieve Vanderstok" in page
    assert "Kanarie" not in page
    client.force_login(cast.rik)
    page = html(client.get(url("organisatie", "24062", cast.lange_tafel.pk)))
    assert "Kanarie" in page
    assert "Lieve" not in page


def requests(cast):
    tafel, invaller = cast.lange_tafel.pk, Invaller.everyone.get().pk
    return [
        ("get", url("organisaties", "24038"), {}),
        ("get", url("organisatie_nieuw", "24038"), {}),
        ("post", url("organisatie_nieuw", "24038"), typed()),
        ("get", url("organisatie", "24038", tafel), {}),
        ("get", url("organisatie_wijzig", "24038", tafel), {}),
        ("post", url("organisatie_wijzig", "24038", tafel), typed(holds_elsewhere="on")),
        ("post", url("organisatie_neem", "24038", tafel), {}),
        ("get", url("invaller", "24038", tafel), {}),
        ("post", url("invaller", "24038", tafel), stand_in()),
        ("post", url("invaller_kaart", invaller), {}),
        ("post", url("invaller_einde", invaller), {}),
    ]


def stand_in(**changes):
    return {
        "day": TODAY.isoformat(),
        "page": "",
        "name": "Mira Bosanemoon",
        "email": "",
        "mobile": "",
        "language": "nl",
        **changes,
    }


@pytest.fixture
def invaller(cast):
    new = NewInvaller("Wout Zandweg", TODAY)
    return invallers.name(cast.herent, cast.lange_tafel, new, by=cast.katrijn, now=NOW)


def test_an_editor_of_the_gemeente_reaches_everything(katrijn, cast, invaller):
    """The control of the one below."""
    for method, address, data in requests(cast):
        answer = getattr(katrijn, method)(address, data)
        assert answer.status_code in {200, 302}, address


def test_an_editor_of_another_gemeente_gets_404_and_changes_nothing(client, cast, invaller):
    client.force_login(cast.rik)
    for method, address, data in requests(cast):
        assert getattr(client, method)(address, data).status_code == 404, address
    assert Organisatie.objects.count() == 2
    assert Invaller.everyone.get().ended_at is None


@pytest.mark.parametrize("name", ["organisatie_neem", "invaller_kaart", "invaller_einde"])
def test_opening_a_link_changes_nothing(katrijn, cast, invaller, name):
    args = ["24038", cast.lange_tafel.pk] if name == "organisatie_neem" else [invaller.pk]
    assert katrijn.get(url(name, *args)).status_code == 405


# -- Stand-ins, named by an editor -----------------------------------------------------------


def test_an_editor_names_a_stand_in_and_it_stands_in_the_list(katrijn, cast):
    katrijn.post(url("invaller", "24038", cast.lange_tafel.pk), stand_in())
    page = html(katrijn.get(url("organisatie", "24038", cast.lange_tafel.pk)))
    assert "Mira Bosanemoon" in page
    assert "Katrijn Meersdal" in page


def test_the_card_of_a_stand_in_opens_their_account_once(katrijn, cast, invaller):
    response = katrijn.post(url("invaller_kaart", invaller.pk))
    assert "Wout Zandweg" in html(response)
    assert codes.redeem(response.context["code"], now=timezone.now()) == invaller.user


def test_no_card_for_who_is_known_in_another_gemeente(katrijn, cast, invaller):
    Contactpersoon.everyone.create(user=invaller.user, gemeente=cast.leuven, name="Wout")
    response = katrijn.post(url("invaller_kaart", invaller.pk), follow=True)
    assert "geen kaart afdrukken" in html(response)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": "2020-01-01"}, "te lang geleden"),
        ({"day": ""}, "verplicht"),
        ({"name": ""}, "verplicht"),
        ({"page": "999999"}, "keuze"),
        ({"email": "lieve.vanderstok@post.example"}, "tekent al"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_named(katrijn, cast, changes, words):
    response = katrijn.post(url("invaller", "24038", cast.lange_tafel.pk), stand_in(**changes))
    assert words in html(response)
    assert not Invaller.everyone.exists()
