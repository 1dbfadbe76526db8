"""The gemeentebeheerder says who works for the gemeente, and until when."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from gemeenten import mensen
from gemeenten.mensen import MensRefused
from gemeenten.models import Bericht, Rol, User
from gemeenten.permissions import can_edit_offer
from tests.gemeenten.conftest import give, make_user

pytestmark = pytest.mark.django_db

URL = "/cms/mensen/24038/"
NEW = {"name": "Jo  Beukenlaan", "email": "jo.beukenlaan@herent.example", "kind": "redacteur"}


@pytest.fixture
def baas(pages, herent) -> User:
    """Runs Herent."""
    user = make_user("Bram Vossenhof", "bram@herent.example")
    give(user, Rol.Kind.GEMEENTEBEHEERDER, herent)
    return user


@pytest.fixture
def runs_it(baas, client):
    """A browser in which the gemeentebeheerder of Herent is signed in."""
    client.force_login(baas)
    return client


def kinds_of(email):
    valid = Rol.everyone.filter(user__email=email).valid()
    return sorted(valid.values_list("kind", flat=True))


def read(answer):
    return answer.content.decode()


def test_the_gemeentebeheerder_sees_who_has_which_role_in_the_own_gemeente_only(
    runs_it, redacteur, redacteur_leuven
):
    assert runs_it.get(reverse("mensen:index")).headers["Location"] == URL
    assert URL in read(runs_it.get("/cms/gemeente/24038/"))
    text = read(runs_it.get(URL))
    assert "Rik Redacteur" in text
    assert "Bram Vossenhof" in text
    assert "Lotte Redacteur" not in text


def test_a_new_colleague_gets_a_role_and_a_mail_without_anything_personal_in_its_subject(
    runs_it, herent, baas
):
    runs_it.post(URL, NEW)

    jo = User.objects.get(email=NEW["email"])
    assert jo.name == "Jo Beukenlaan"
    assert not jo.has_usable_password()
    assert can_edit_offer(jo, herent)
    bericht = Bericht._base_manager.get(receiver=jo)
    assert bericht.subject == "Je werkt mee in Veertig"
    assert reverse("account_reset_password") in bericht.text
    entry = ModelLogEntry.objects.get(action=mensen.GIVEN)
    assert entry.user == baas
    assert entry.data == {"kind": "redacteur", "user": jo.username}


def test_the_colleague_chooses_a_password_on_the_page_of_the_mail(runs_it, client):
    runs_it.post(URL, NEW)
    client.logout()
    mail.outbox.clear()

    client.post("/nl/aanmelden/password/reset/", {"email": NEW["email"]})

    [sent] = [one for one in mail.outbox if one.to == [NEW["email"]]]
    link = re.search(r"https?://[^/]+(/\S+)", sent.body)
    assert link
    assert client.get(link[1], follow=True).status_code == 200


def test_somebody_who_works_elsewhere_keeps_that_account(runs_it, redacteur_leuven):
    runs_it.post(URL, {**NEW, "email": "LOTTE@leuven.example", "kind": "vertaler"})
    assert kinds_of("lotte@leuven.example") == ["redacteur", "vertaler"]
    assert User.objects.get(pk=redacteur_leuven.pk).name == "Lotte Redacteur"


def test_an_address_of_somebody_who_is_no_staff_is_refused_and_nobody_is_named(runs_it):
    make_user("Samira Vogelzang", "samira@post.example")
    answer = runs_it.post(URL, {**NEW, "email": "samira@post.example"})
    assert answer.status_code == 422
    assert "Dit e-mailadres kan niet" in read(answer)
    assert "Vogelzang" not in read(answer)
    assert kinds_of("samira@post.example") == []


def test_the_same_role_twice_is_refused(runs_it):
    runs_it.post(URL, NEW)
    answer = runs_it.post(URL, NEW)
    assert "heeft deze rol al" in read(answer)
    assert kinds_of(NEW["email"]) == ["redacteur"]


@pytest.mark.parametrize("kind", ["gemeentebeheerder", "beheerder", "trajectbegeleider", "x"])
def test_no_other_role_is_given_here(runs_it, baas, herent, kind):
    assert runs_it.post(URL, {**NEW, "kind": kind}).status_code == 422
    assert kinds_of(NEW["email"]) == []
    if kind != "x":
        with pytest.raises(MensRefused):
            mensen.add(herent, Rol.Kind(kind), "Jo", NEW["email"], by=baas, now=timezone.now())


@pytest.mark.parametrize("field", ["name", "email", "kind"])
def test_what_is_missing_is_said(runs_it, field):
    assert runs_it.post(URL, {**NEW, field: ""}).status_code == 422
    assert kinds_of(NEW["email"]) == []


def test_an_ended_role_is_worth_nothing_from_now_on(runs_it, redacteur, herent, baas):
    rol = Rol.everyone.get(user=redacteur)
    runs_it.post(reverse("mensen:einde", args=[rol.pk]))

    rol.refresh_from_db()
    assert rol.valid_to == timezone.localdate() - timedelta(days=1)
    assert not can_edit_offer(User.objects.get(pk=redacteur.pk), herent)
    assert not User.objects.get(pk=redacteur.pk).groups.exists()
    assert (
        "Rik Redacteur" not in read(runs_it.get(URL)).partition("<main")[2].partition("<table")[2]
    )
    entry = ModelLogEntry.objects.get(action=mensen.ENDED)
    assert (entry.user, entry.data["user"]) == (baas, redacteur.username)


def test_a_role_of_today_ends_too_and_may_come_back(runs_it):
    runs_it.post(URL, NEW)
    rol = Rol.everyone.get(user__email=NEW["email"])
    runs_it.post(reverse("mensen:einde", args=[rol.pk]))
    assert kinds_of(NEW["email"]) == []
    runs_it.post(URL, NEW)
    assert kinds_of(NEW["email"]) == ["redacteur"]


def test_who_runs_the_gemeente_is_not_ended_here(runs_it, baas):
    rol = Rol.everyone.get(user=baas)
    answer = runs_it.post(reverse("mensen:einde", args=[rol.pk]), follow=True)
    assert "Vraag het aan de beheerder" in read(answer)
    assert kinds_of(baas.email) == ["gemeentebeheerder"]


def test_a_role_in_another_gemeente_is_not_there(runs_it, redacteur_leuven):
    rol = Rol.everyone.get(user=redacteur_leuven)
    assert runs_it.post(reverse("mensen:einde", args=[rol.pk])).status_code == 404
    assert runs_it.get("/cms/mensen/24062/").status_code == 404
    assert runs_it.post("/cms/mensen/24062/", NEW).status_code == 404
    assert kinds_of(redacteur_leuven.email) == ["redacteur"]


def test_control_who_runs_that_gemeente_too_sees_and_ends_it(
    runs_it, baas, leuven, redacteur_leuven
):
    give(baas, Rol.Kind.GEMEENTEBEHEERDER, leuven)
    assert "Lotte Redacteur" in read(runs_it.get("/cms/mensen/24062/"))
    assert "/cms/mensen/24062/" in read(runs_it.get(reverse("mensen:index")))
    runs_it.post(reverse("mensen:einde", args=[Rol.everyone.get(user=redacteur_leuven).pk]))
    assert kinds_of(redacteur_leuven.email) == []


@pytest.mark.parametrize("kind", [Rol.Kind.REDACTEUR, Rol.Kind.MODERATOR])
def test_a_redacteur_and_a_moderator_find_no_such_screen(pages, herent, client, kind):
    user = make_user("Els Lindeboom", "els@herent.example")
    rol = give(user, kind, herent)
    client.force_login(user)
    assert client.get(URL).status_code == 404
    assert client.post(URL, NEW).status_code == 404
    assert client.get(reverse("mensen:index")).status_code == 404
    assert client.post(reverse("mensen:einde", args=[rol.pk])).status_code == 404
    assert kinds_of(NEW["email"]) == []


def test_reading_ends_nothing(runs_it, redacteur):
    rol = Rol.everyone.get(user=redacteur)
    assert runs_it.get(reverse("mensen:einde", args=[rol.pk])).status_code == 405


def test_queries_are_constant_in_people(runs_it, herent):
    runs_it.get(URL)
    with CaptureQueriesContext(connection) as few:
        runs_it.get(URL)
    for number in range(20):
        give(make_user(f"Nummer {number}"), Rol.Kind.REDACTEUR, herent)
    with CaptureQueriesContext(connection) as many:
        runs_it.get(URL)
    assert len(many) == len(few)
