"""Who signs for which activity: named, ended and attached by the editors of the gemeente."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import contacts
from aanbod.contacts import ContactRefused, NewContact
from aanbod.models import ActiviteitContact, Contactpersoon, Organisatie
from aanbod.permissions import can_hand_out_code
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import Rol, User
from tests.aanbod.cast import TEST, make_contact, make_page, make_staff

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def new(name="Nora Distelveld", email="nora@post.example", **fields):
    return NewContact(
        **{"name": name, "email": email, "language": "nl", "valid_from": TODAY, **fields}
    )


def everyone(**filters):
    return Contactpersoon.everyone.filter(**filters)


# -- Naming ----------------------------------------------------------------------------------


def test_a_new_address_opens_an_account(cast):
    contact = contacts.add(cast.herent, cast.lange_tafel, new(language="fr"), now=NOW)
    assert contact.user.email == "nora@post.example"
    assert (contact.user.name, contact.user.language) == ("Nora Distelveld", "fr")
    assert not contact.user.has_usable_password()


def test_somebody_without_e_mail_gets_an_account_of_their_own_each_time(cast):
    first = contacts.add(cast.herent, cast.lange_tafel, new(email=""), now=NOW)
    second = contacts.add(cast.herent, cast.lange_tafel, new(email=""), now=NOW)
    assert first.user != second.user
    assert first.user.email is None


@pytest.mark.parametrize("typed", ["saar.vogelmuur@post.example", " SAAR.Vogelmuur@Post.example "])
def test_a_known_address_is_linked_as_it_is(cast, typed):
    contact = contacts.add(
        cast.herent, cast.groendienst, new("Sara V.", typed.strip(), language="en"), now=NOW
    )
    assert contact.user == cast.saar.user
    user = User.objects.get(pk=contact.user.pk)
    assert (user.name, user.language) == ("Saar Vogelmuur", "nl")
    assert str(contact) == "Sara V."


def test_naming_twice_is_the_same_contact_person(cast):
    contacts.add(cast.herent, cast.lange_tafel, new(), now=NOW)
    contacts.add(cast.herent, cast.lange_tafel, new(name="Nora D."), now=NOW)
    [row] = everyone(user__email="nora@post.example")
    assert row.name == "Nora D."


def test_who_was_ended_comes_back(cast):
    contacts.end(cast.lieve, today=TODAY)
    contacts.add(cast.herent, cast.lange_tafel, new("Lieve", cast.lieve.user.email), now=NOW)
    assert everyone(user=cast.lieve.user).valid(TODAY).exists()


def test_ending_works_at_once_and_only_here(cast):
    saar_here = contacts.add(
        cast.herent, cast.groendienst, new("Saar", cast.saar.user.email), now=NOW
    )
    contacts.end(saar_here, today=TODAY)
    valid = everyone(user=cast.saar.user).valid(TODAY)
    assert [row.gemeente for row in valid] == [cast.leuven]


def test_somebody_named_today_can_be_ended_today(cast):
    contact = contacts.add(cast.herent, cast.lange_tafel, new(), now=NOW)
    contacts.end(contact, today=TODAY)
    assert not everyone(pk=contact.pk).valid(TODAY).exists()
    assert contact.valid_from <= contact.valid_to


def test_an_organisatie_of_that_name_is_used_again_as_it_is(cast):
    Organisatie.objects.filter(pk=cast.lange_tafel.pk).update(website="https://tafel.example")
    again = contacts.named_organisatie("de  lange tafel", "https://anders.example")
    assert again == cast.lange_tafel
    assert again.website == "https://tafel.example"


# -- Attaching -------------------------------------------------------------------------------


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel)


def attached(page):
    with acting_as(TEST):
        rows = ActiviteitContact.objects.filter(page=page)
        return set(rows.values_list("contactpersoon", flat=True))


def test_exactly_who_was_chosen_stands_for_the_activity(cast, page, acting):
    contacts.attach(page, {cast.lieve.pk, cast.joris.pk}, today=TODAY)
    assert attached(page) == {cast.lieve.pk, cast.joris.pk}
    contacts.attach(page, {cast.joris.pk}, today=TODAY)
    assert attached(page) == {cast.joris.pk}
    contacts.attach(page, set(), today=TODAY)
    assert attached(page) == set()


def test_the_candidates_are_the_organisaties_own_in_this_gemeente(cast, page, acting):
    assert {row.pk for row in contacts.candidates(page, today=TODAY)} == {
        cast.lieve.pk,
        cast.joris.pk,
    }


@pytest.mark.parametrize("name", ["peter", "saar"])
def test_nobody_of_another_organisatie_or_gemeente(cast, page, acting, name):
    with pytest.raises(ContactRefused):
        contacts.attach(page, {cast.lieve.pk, getattr(cast, name).pk}, today=TODAY)
    assert attached(page) == set()


def test_nobody_who_was_ended(cast, page, acting):
    contacts.end(cast.lieve, today=TODAY)
    with pytest.raises(ContactRefused):
        contacts.attach(page, {cast.lieve.pk}, today=TODAY)


# -- Codes on paper --------------------------------------------------------------------------


def test_an_editor_hands_out_a_code_to_who_has_no_e_mail(cast):
    assert can_hand_out_code(cast.katrijn, cast.joris)


def test_not_to_who_has_e_mail(cast):
    assert not can_hand_out_code(cast.katrijn, cast.lieve)


@pytest.mark.parametrize("name", ["rik", "stranger"])
def test_not_by_somebody_else(cast, name):
    assert not can_hand_out_code(getattr(cast, name), cast.joris)


def test_not_to_an_account_with_a_staff_role(cast):
    with acting_as(TEST):
        Rol.objects.create(user=cast.joris.user, kind="redacteur", gemeente=cast.leuven)
    assert not can_hand_out_code(cast.katrijn, cast.joris)


def test_not_to_an_account_that_another_gemeente_knows(cast):
    with acting_as(TEST):
        Contactpersoon.objects.create(user=cast.joris.user, gemeente=cast.leuven, name="Joris")
    assert not can_hand_out_code(cast.katrijn, cast.joris)


def test_not_to_an_account_that_was_closed(cast):
    User.objects.filter(pk=cast.joris.user.pk).update(is_active=False)
    fresh = everyone(pk=cast.joris.pk).get()
    assert not can_hand_out_code(cast.katrijn, fresh)


# -- The screens -----------------------------------------------------------------------------


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


@pytest.fixture
def rik(client, cast):
    """A browser in which the redacteur of Leuven is signed in."""
    client.force_login(cast.rik)
    return client


def url(name, *args):
    return reverse(f"contacten:{name}", args=args)


def html(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def typed(**changes):
    return {
        "organisatie": Organisatie.objects.get(name="De Lange Tafel").pk,
        "name": "Nora Distelveld",
        "email": "nora@post.example",
        "language": "nl",
        "valid_from": TODAY.isoformat(),
        "valid_to": "",
        **changes,
    }


def test_the_menu_leads_an_editor_to_their_own_gemeente(katrijn, cast):
    assert url("index") in html(katrijn.get(reverse("wagtailadmin_home")))
    assert katrijn.get(url("index")).url == url("organisaties", "24038")


def test_an_editor_of_two_gemeenten_chooses(client, cast):
    user = make_staff("Twee Petten", "redacteur", cast.herent)
    with acting_as(TEST):
        Rol.objects.create(user=user, kind="redacteur", gemeente=cast.leuven)
    client.force_login(User.objects.get(pk=user.pk))
    page = html(client.get(url("index")))
    assert url("organisaties", "24038") in page
    assert url("organisaties", "24062") in page


def test_the_list_shows_the_own_gemeente_by_organisatie(katrijn, cast):
    page = html(katrijn.get(url("gemeente", "24038")))
    for words in ["De Lange Tafel", "Lieve Vanderstok", "Groendienst Herent", "Peter Haagbeuk"]:
        assert words in page
    assert "Saar Vogelmuur" not in page


def test_who_was_ended_stands_apart(katrijn, cast):
    contacts.end(cast.lieve, today=TODAY)
    assert "Niet geldig vandaag" in html(katrijn.get(url("gemeente", "24038")))


def test_queries_of_the_list_do_not_grow(katrijn, cast, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(40) as queries:
            katrijn.get(url("gemeente", "24038"))
        return len(queries)

    count()
    few = count()
    with acting_as(TEST):
        for number in range(20):
            make_contact(f"Persoon {number}", cast.lange_tafel, cast.herent)
    assert count() == few


def test_adding_somebody_to_an_organisatie_that_is_active_here(katrijn, cast):
    katrijn.post(url("nieuw", "24038"), typed(organisatie=cast.groendienst.pk))
    assert everyone(user__email="nora@post.example").get().organisatie == cast.groendienst


def test_a_known_address_reveals_nothing(katrijn, cast):
    """The answer and the list are the same as for an address that nobody has."""
    katrijn.post(url("nieuw", "24038"), typed(name="Sara", email=cast.saar.user.email))
    page = html(katrijn.get(url("gemeente", "24038")))
    assert "Sara" in page
    assert "Vogelmuur" not in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"organisatie": ""}, "organisatie", "verplicht"),
        ({"mobile": "016 21 00 00"}, "mobile", "gsm-nummer"),
        ({"mobile": "0470 00 00 00"}, "mobile", "één manier"),
        ({"name": ""}, "name", "verplicht"),
        ({"email": "nora"}, "email", "geldig"),
        ({"valid_to": "2020-01-01"}, "valid_to", "voor de eerste"),
        ({"valid_from": "gisteren"}, "valid_from", "geldige datum"),
        ({"language": "xx"}, "language", "geldige keuze"),
        ({"name": "x\x00y"}, "name", "Null"),
        ({"organisatie": "9" * 40}, "organisatie", "geldige keuze"),
    ],
)
def test_what_cannot_be_is_said_by_the_field_and_nothing_is_lost(
    katrijn, cast, changes, field, words
):
    response = katrijn.post(url("nieuw", "24038"), typed(**changes))
    assert response.status_code == 200
    assert words in " ".join(response.context["form"].errors[field])
    assert not User.objects.filter(email="nora@post.example").exists()


def test_an_organisatie_that_is_not_active_here_cannot_be_chosen(katrijn, cast):
    elders = Organisatie.objects.create(name="Elders vzw")
    response = katrijn.post(url("nieuw", "24038"), typed(organisatie=elders.pk))
    assert response.context["form"].errors["organisatie"]


def test_ending_from_the_list(katrijn, cast):
    katrijn.post(url("einde", cast.lieve.pk))
    assert not everyone(pk=cast.lieve.pk).valid(TODAY).exists()


def test_the_card_shows_a_code_that_opens_the_account_once(katrijn, cast):
    response = katrijn.post(url("kaart", cast.joris.pk))
    page = html(response)
    assert "Joris Eikenaar" in page
    assert "no-store" in response["Cache-Control"]
    code = response.context["code"]
    assert code in page
    assert codes.redeem(code, now=timezone.now()) == cast.joris.user


def test_no_card_for_who_has_e_mail(katrijn, cast):
    response = katrijn.post(url("kaart", cast.lieve.pk), follow=True)
    assert "geen kaart afdrukken" in html(response)


def test_the_activity_shows_its_candidates_and_keeps_the_choice(katrijn, cast, page):
    assert "Lieve Vanderstok" in html(katrijn.get(url("activiteit", page.pk)))
    katrijn.post(url("activiteit", page.pk), {"contact": [cast.lieve.pk]})
    assert attached(page) == {cast.lieve.pk}


@pytest.mark.parametrize("value", ["999999", "-1", "x", "9" * 40, "١", ""])
def test_a_choice_that_is_nobodys_is_refused_by_a_sentence(katrijn, cast, page, value):
    response = katrijn.post(url("activiteit", page.pk), {"contact": [cast.lieve.pk, value]})
    assert "Kijk de lijst na" in html(response)
    assert attached(page) == set()


def test_the_edit_page_leads_to_its_contact_persons(katrijn, cast, page):
    edit = katrijn.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert url("activiteit", page.pk) in html(edit)


# -- Others ----------------------------------------------------------------------------------


def requests(cast, page):
    """Every address with a method that works for an editor of Herent."""
    return [
        ("get", url("gemeente", "24038"), {}),
        ("get", url("nieuw", "24038"), {}),
        ("post", url("nieuw", "24038"), typed()),
        ("get", url("activiteit", page.pk), {}),
        ("post", url("activiteit", page.pk), {"contact": [cast.lieve.pk]}),
        ("get", url("persoon", cast.joris.pk), {}),
        ("post", url("persoon", cast.joris.pk), typed(name="Joris E.", email="")),
        ("get", url("einde", cast.lieve.pk), {}),
        ("post", url("einde", cast.lieve.pk), {}),
        ("post", url("heropen", cast.peter.pk), {}),
        ("post", url("opnieuw", cast.lieve.pk), {}),
        ("post", url("kaart", cast.joris.pk), {}),
    ]


def test_an_editor_of_the_gemeente_reaches_everything(katrijn, cast, page):
    """The control of the three below."""
    for method, address, data in requests(cast, page):
        assert getattr(katrijn, method)(address, data).status_code in {200, 302}


def test_an_editor_of_another_gemeente_gets_404_and_changes_nothing(rik, cast, page):
    for method, address, data in requests(cast, page):
        assert getattr(rik, method)(address, data).status_code == 404, address
    assert everyone(pk=cast.lieve.pk).valid(TODAY).exists()
    assert not User.objects.filter(email="nora@post.example").exists()
    assert attached(page) == set()


def test_an_account_without_a_role_does_not_come_in(client, cast, page):
    client.force_login(cast.stranger)
    for method, address, data in requests(cast, page):
        assert getattr(client, method)(address, data).status_code in {302, 403, 404}, address
    assert everyone(pk=cast.lieve.pk).valid(TODAY).exists()


def test_a_visitor_is_sent_to_sign_in(client, cast, page):
    for method, address, data in requests(cast, page):
        assert getattr(client, method)(address, data).status_code in {302, 403, 404}, address
    assert everyone(pk=cast.lieve.pk).valid(TODAY).exists()


@pytest.mark.parametrize("name", ["kaart", "heropen", "opnieuw"])
def test_opening_a_link_prints_and_sends_nothing(katrijn, cast, name):
    assert katrijn.get(url(name, cast.joris.pk)).status_code == 405


def test_opening_a_link_ends_nobody(katrijn, cast):
    katrijn.get(url("einde", cast.joris.pk))
    assert everyone(pk=cast.joris.pk).valid(TODAY).exists()


def test_somebody_whose_role_ended_yesterday_sees_nothing(client, cast):
    with acting_as(TEST):
        Rol.objects.filter(user=cast.katrijn).update(valid_to=TODAY - timedelta(days=1))
    client.force_login(User.objects.get(pk=cast.katrijn.pk))
    assert client.get(url("gemeente", "24038")).status_code in {302, 403, 404}
