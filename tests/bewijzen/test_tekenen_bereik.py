"""Only a contact person says whether everybody may see how to reach them."""

import pytest
from django.utils import timezone

from aanbod import bereik
from aanbod.models import Contactpersoon
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_cast

URL = "/nl/tekenen/bereik/"


@pytest.fixture
def cast(db):
    return make_cast()


def public():
    rows = Contactpersoon.everyone.filter(is_public=True)
    return list(rows.order_by("name").values_list("name", flat=True))


def test_nobody_is_public_until_they_say_so(cast):
    assert public() == []


def test_a_tick_makes_them_public_and_no_tick_takes_it_back(client, cast):
    client.force_login(cast.lieve.user)
    html = client.get(URL).content.decode()
    assert "lieve.vanderstok@post.example" in html
    assert " checked>" not in html
    client.post(URL, {"open": [cast.lieve.pk]})
    assert public() == ["Lieve Vanderstok"]
    assert " checked>" in client.get(URL).content.decode()
    client.post(URL, {})
    assert public() == []


def test_they_speak_for_nobody_else(client, cast):
    client.force_login(cast.lieve.user)
    assert client.post(URL, {"open": [cast.peter.pk]}).status_code == 422
    with acting_as(TEST):
        bereik.set_public(
            cast.lieve.user, {cast.lieve.pk, cast.peter.pk}, today=timezone.localdate()
        )
    assert public() == ["Lieve Vanderstok"]


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, "\0", ""])
def test_what_is_no_tick_of_theirs_is_said(client, cast, sent):
    client.force_login(cast.lieve.user)
    response = client.post(URL, {"open": [sent]})
    assert response.status_code == 422
    assert "Kijk de vakjes na" in response.content.decode()


def test_who_has_no_number_and_no_address_has_nothing_to_show(client, cast):
    client.force_login(cast.joris.user)
    assert "Er is niets om te tonen." in client.get(URL).content.decode()


def test_a_stranger_goes_to_where_one_signs_in(client, cast):
    assert client.get(URL).status_code == 302
    client.force_login(cast.stranger)
    assert client.post(URL, {"open": [cast.lieve.pk]}).status_code == 302
    assert public() == []


def test_the_first_page_leads_there(client, cast):
    client.force_login(cast.lieve.user)
    assert URL in client.get("/nl/tekenen/").content.decode()
