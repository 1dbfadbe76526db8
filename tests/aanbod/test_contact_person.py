"""One contact person: changed, ended, back again, a deputy, and whether our mail arrives."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import contacts, delivery
from aanbod.contacts import ContactRefused, NewContact
from aanbod.models import ActiviteitContact, Contactpersoon
from gemeenten import outbox
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, User
from tests.aanbod.cast import TEST, make_contact, make_page

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
YESTERDAY = TODAY - timedelta(days=1)


def new(name="Nora Distelveld", email="nora@post.example", **fields):
    return NewContact(
        **{"name": name, "email": email, "language": "nl", "valid_from": TODAY, **fields}
    )


def mails(user):
    with acting_as(TEST):
        return list(Bericht.objects.filter(receiver=user).order_by("pk"))


def fresh(contact):
    return Contactpersoon.everyone.select_related("user", "gemeente", "organisatie").get(
        pk=contact.pk
    )


# -- The first mail --------------------------------------------------------------------------


def test_a_new_contact_person_reads_in_their_language_what_is_asked(cast):
    contact = contacts.add(cast.herent, cast.lange_tafel, new(language="fr"), now=NOW)
    [mail] = mails(contact.user)
    assert mail.language == "fr"
    assert "/fr/tekenen/" in mail.text
    assert "De Lange Tafel" in mail.text
    assert "Nora" not in mail.subject


def test_somebody_who_is_there_already_is_told_nothing_again(cast):
    for _ in range(2):
        contact = contacts.add(cast.herent, cast.lange_tafel, new(), now=NOW)
    assert len(mails(contact.user)) == 1


def test_without_an_address_nothing_is_sent(cast):
    contact = contacts.add(
        cast.herent, cast.lange_tafel, new(email="", mobile="+32470000000"), now=NOW
    )
    assert contact.user.mobile == "+32470000000"
    assert mails(contact.user) == []


def test_a_known_number_is_linked_as_it_is(cast):
    first = contacts.add(
        cast.leuven, cast.lange_tafel, new(email="", mobile="+32470000000"), now=NOW
    )
    again = contacts.add(
        cast.herent, cast.lange_tafel, new("N.", email="", mobile="+32470000000"), now=NOW
    )
    assert again.user == first.user
    assert User.objects.get(pk=first.user.pk).name == "Nora Distelveld"


# -- Changing --------------------------------------------------------------------------------


def test_another_address_is_not_public_because_the_one_before_was(cast):
    Contactpersoon.everyone.filter(pk=cast.lieve.pk).update(is_public=True)
    contacts.change(fresh(cast.lieve), new("Lieve", cast.lieve.user.email), now=NOW)
    assert fresh(cast.lieve).is_public
    contacts.change(fresh(cast.lieve), new("Lieve", "", mobile="+32470000000"), now=NOW)
    assert not fresh(cast.lieve).is_public


def test_another_address_is_another_account_and_the_old_one_stays_as_it_was(cast):
    before = cast.lieve.user
    contacts.change(cast.lieve, new("Lieve"), now=NOW)
    contact = fresh(cast.lieve)
    assert contact.user != before
    assert contact.user.email == "nora@post.example"
    assert User.objects.get(pk=before.pk).email == "lieve.vanderstok@post.example"


def test_the_same_address_keeps_the_account(cast):
    contacts.change(cast.lieve, new("L.", "Lieve.Vanderstok@post.example", language="en"), now=NOW)
    contact = fresh(cast.lieve)
    assert (contact.user, contact.name, contact.language) == (cast.lieve.user, "L.", "en")
    assert mails(contact.user) == []


def test_who_had_none_gets_a_first_address_on_their_own_account(cast):
    before = cast.joris.user
    contacts.change(fresh(cast.joris), new("Joris"), now=NOW)
    contact = fresh(cast.joris)
    assert (contact.user, contact.user.email) == (before, "nora@post.example")


def test_not_on_an_account_that_another_gemeente_knows(cast):
    """Or an editor could put their own address on somebody's account, and come in."""
    Contactpersoon.everyone.create(user=cast.joris.user, gemeente=cast.leuven, name="Joris")
    before = cast.joris.user
    contacts.change(fresh(cast.joris), new("Joris"), now=NOW)
    assert fresh(cast.joris).user != before
    assert User.objects.get(pk=before.pk).email is None


def test_the_address_of_a_colleague_is_refused(cast):
    with pytest.raises(ContactRefused, match="andere contactpersoon"):
        contacts.change(fresh(cast.joris), new("Joris", cast.lieve.user.email), now=NOW)
    assert fresh(cast.joris).user == cast.joris.user


# -- Ending ----------------------------------------------------------------------------------


@pytest.fixture
def page(cast):
    made = make_page(cast.in_herent, cast.lange_tafel)
    with acting_as(TEST):
        contacts.attach(made, {cast.lieve.pk}, today=TODAY)
    return made


def attached(page):
    with acting_as(TEST):
        rows = ActiviteitContact.objects.filter(page=page)
        return dict(rows.values_list("contactpersoon", "deputy"))


def test_an_activity_where_nobody_else_is_named_is_told(cast, page, acting):
    leaving = contacts.leaving(cast.lieve, today=TODAY)
    assert (leaving.unsigned, leaving.unnamed) == ([], [page])


def test_activities_that_nobody_could_sign_are_told(cast, page, acting):
    contacts.end(cast.joris, today=TODAY)
    leaving = contacts.leaving(cast.lieve, today=TODAY)
    assert (leaving.unsigned, leaving.unnamed) == ([page], [])


def test_somebody_of_another_gemeente_does_not_count_as_left(cast, page, acting):
    contacts.end(cast.joris, today=TODAY)
    assert cast.saar not in contacts.replacements(cast.lieve, today=TODAY)
    assert contacts.leaving(cast.lieve, today=TODAY).unsigned == [page]


def test_a_replacement_stands_where_the_other_stood(cast, page, acting):
    contacts.end(cast.lieve, today=TODAY, replacement=cast.joris.pk)
    assert attached(page) == {cast.joris.pk: 0}


@pytest.mark.parametrize("name", ["peter", "saar"])
def test_no_replacement_of_another_organisatie_or_gemeente(cast, page, acting, name):
    with pytest.raises(ContactRefused):
        contacts.end(cast.lieve, today=TODAY, replacement=getattr(cast, name).pk)
    assert Contactpersoon.everyone.valid(TODAY).filter(pk=cast.lieve.pk).exists()


def test_somebody_comes_back_from_today(cast):
    contacts.end(cast.lieve, today=TODAY)
    contacts.reopen(fresh(cast.lieve), now=NOW)
    contact = fresh(cast.lieve)
    assert (contact.valid_from, contact.valid_to) == (TODAY, None)


# -- Deputies --------------------------------------------------------------------------------


def test_a_deputy_comes_after_the_first(cast, page, acting):
    contacts.attach(page, {cast.lieve.pk, cast.joris.pk}, [cast.joris.pk], today=TODAY)
    assert attached(page) == {cast.lieve.pk: 0, cast.joris.pk: 1}


def test_who_stands_already_keeps_their_place_when_nothing_is_said_of_it(cast, page, acting):
    contacts.attach(page, {cast.lieve.pk, cast.joris.pk}, [cast.joris.pk], today=TODAY)
    contacts.attach(page, {cast.lieve.pk, cast.joris.pk}, today=TODAY)
    assert attached(page) == {cast.lieve.pk: 0, cast.joris.pk: 1}


def test_deputies_alone_are_refused(cast, page, acting):
    with pytest.raises(ContactRefused, match="als eerste"):
        contacts.attach(page, {cast.joris.pk}, [cast.joris.pk], today=TODAY)


# -- Does our mail arrive? -------------------------------------------------------------------


def mail_to(contact, gemeente, state="mislukt", at=NOW, number=1):
    with acting_as(TEST):
        return Bericht.objects.create(
            receiver=contact.user,
            channel="mail",
            language="nl",
            subject="Post",
            text="kanarie",
            state=state,
            attempts=5,
            key=f"{contact.pk}/{gemeente and gemeente.pk}/{number}",
            created_at=at,
            contact_gemeente=gemeente,
        )


def state_for(user, contact):
    return delivery.of([contact], user)[contact.pk].state


def test_the_last_mail_of_the_own_gemeente_counts(cast):
    mail_to(cast.lieve, cast.herent, "verstuurd", NOW - timedelta(days=2), 1)
    mail_to(cast.lieve, cast.herent, "mislukt", NOW, 2)
    assert state_for(cast.katrijn, cast.lieve) == "mislukt"


@pytest.mark.parametrize("elsewhere", ["leuven", None])
def test_what_others_sent_to_the_same_person_is_not_known_here(cast, elsewhere):
    mail_to(cast.lieve, elsewhere and getattr(cast, elsewhere))
    assert state_for(cast.katrijn, cast.lieve) == ""


def test_an_editor_of_another_gemeente_knows_nothing_of_ours(cast):
    mail_to(cast.lieve, cast.herent)
    assert state_for(cast.rik, cast.lieve) == ""


def test_only_what_failed_here_is_sent_again(cast):
    here = mail_to(cast.lieve, cast.herent)
    there = mail_to(cast.lieve, cast.leuven)
    assert outbox.send_again(cast.lieve.user, cast.herent) == 1
    assert outbox.send_again(cast.lieve.user, cast.herent) == 0
    states = {row.pk: row.state for row in mails(cast.lieve.user)}
    assert states == {here.pk: "wacht", there.pk: "mislukt"}


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
    return {
        "name": "Lieve V.",
        "email": "lieve.vanderstok@post.example",
        "mobile": "",
        "language": "en",
        "valid_from": TODAY.isoformat(),
        "valid_to": "",
        **changes,
    }


def test_the_form_changes_name_language_and_dates(katrijn, cast):
    last = TODAY + timedelta(days=30)
    katrijn.post(url("persoon", cast.lieve.pk), typed(valid_to=last.isoformat()))
    contact = fresh(cast.lieve)
    assert (contact.name, contact.language, contact.valid_to) == ("Lieve V.", "en", last)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "verplicht"),
        ({"mobile": "0470 00 00 00"}, "één manier"),
        ({"email": "", "mobile": "9"}, "gsm-nummer"),
        ({"email": "peter.haagbeuk"}, "geldig"),
        ({"valid_to": "2020-01-01"}, "voor de eerste"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(katrijn, cast, changes, words):
    assert words in html(katrijn.post(url("persoon", cast.lieve.pk), typed(**changes)))
    assert fresh(cast.lieve).name == "Lieve Vanderstok"


def test_a_taken_address_is_said_by_the_form(katrijn, cast):
    page = html(katrijn.post(url("persoon", cast.joris.pk), typed(name="Joris")))
    assert "andere contactpersoon" in page
    assert "Joris Eikenaar" in page


def test_a_mobile_number_is_shown_in_groups_and_the_card_is_offered(katrijn, cast):
    katrijn.post(url("persoon", cast.joris.pk), typed(email="", mobile="0470/00.00.00"))
    page = html(katrijn.get(url("persoon", cast.joris.pk)))
    assert "+32 470 00 00 00" in page
    assert "kan nog niet" in page
    assert url("kaart", cast.joris.pk) in page


def test_ending_asks_first_and_names_what_is_left(katrijn, cast, page):
    asked = html(katrijn.get(url("einde", cast.lieve.pk)))
    assert page.title in asked
    assert "Joris Eikenaar" in asked
    katrijn.post(url("einde", cast.lieve.pk), {"replacement": cast.joris.pk})
    assert attached(page) == {cast.joris.pk: 0}
    assert not Contactpersoon.everyone.valid(TODAY).filter(pk=cast.lieve.pk).exists()


@pytest.mark.parametrize("value", ["999999", "x", "-1"])
def test_a_replacement_that_is_nobodys_ends_nobody(katrijn, cast, page, value):
    html(katrijn.post(url("einde", cast.lieve.pk), {"replacement": value}))
    assert Contactpersoon.everyone.valid(TODAY).filter(pk=cast.lieve.pk).exists()


def test_reopening_from_the_screen(katrijn, cast):
    contacts.end(cast.lieve, today=TODAY)
    assert url("heropen", cast.lieve.pk) in html(katrijn.get(url("persoon", cast.lieve.pk)))
    katrijn.post(url("heropen", cast.lieve.pk))
    assert Contactpersoon.everyone.valid(TODAY).filter(pk=cast.lieve.pk).exists()


def test_a_mail_that_failed_is_shown_and_sent_again(katrijn, cast):
    mail_to(cast.lieve, cast.herent)
    assert "niet aangekomen" in html(katrijn.get(url("gemeente", "24038")))
    page = html(katrijn.get(url("persoon", cast.lieve.pk)))
    assert "5 keer geprobeerd" in page
    assert "kanarie" not in page
    katrijn.post(url("opnieuw", cast.lieve.pk))
    assert [row.state for row in mails(cast.lieve.user)] == ["wacht"]


def test_the_choice_of_deputies_is_kept_by_the_screen(katrijn, cast, page):
    data = {"contact": [cast.lieve.pk, cast.joris.pk], f"plaats-{cast.joris.pk}": "1"}
    katrijn.post(url("activiteit", page.pk), data)
    assert attached(page) == {cast.lieve.pk: 0, cast.joris.pk: 1}
    assert "plaatsvervanger 1" in html(katrijn.get(url("activiteit", page.pk)))


def test_somebody_of_an_own_proposal_is_no_contact_person_of_the_gemeente(katrijn, cast):
    with acting_as(TEST):
        private = make_contact("Buur Vrouw", None, cast.herent)
    assert katrijn.get(url("persoon", private.pk)).status_code == 404


def test_no_public_page_shows_a_number(client, cast, page):
    User.objects.filter(pk=cast.lieve.user.pk).update(mobile="+32470000000")
    public = client.get(page.url).content.decode()
    assert "470" not in public
