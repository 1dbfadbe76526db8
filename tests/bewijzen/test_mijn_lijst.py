"""My list: activities with a heart."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import favorites
from bewijzen.mijn.lijst import COOKIE
from bewijzen.models import Favoriet
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, make_activiteit
from tests.bewijzen.screens import GARBAGE, words

URL = "/nl/mijn/lijst/"


def heart(client: Client, page: object, **form: str) -> None:
    assert client.post(f"{URL}{page.pk}/", form).status_code == 302


@pytest.fixture
def samira(cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def test_the_page_of_an_activity_has_a_heart_that_is_a_link(cast, client):
    page = client.get(cast.praattafel.url).content.decode()
    assert f'href="{URL}{cast.praattafel.pk}/"' in page


def test_a_heart_is_kept_with_the_account_once(cast, samira):
    heart(samira, cast.groen)
    heart(samira, cast.groen)
    assert "Bomen planten" in words(samira.get(URL))
    with acting_as(TEST):
        assert Favoriet.objects.count() == 1
    heart(samira, cast.groen, weg="1")
    assert "Bomen planten" not in words(samira.get(URL))


def test_a_visitor_keeps_it_on_the_phone_and_nothing_here(cast, client):
    heart(client, cast.groen)
    page = words(client.get(URL))
    assert "Bomen planten" in page
    assert "alleen op deze telefoon" in page
    with acting_as(TEST):
        assert not Favoriet.objects.exists()
    heart(client, cast.groen, weg="1")
    assert "Je lijst is nog leeg" in words(client.get(URL))


def test_looking_at_the_heart_keeps_nothing(cast, client):
    assert "Bewaar je dit voor later?" in words(client.get(f"{URL}{cast.groen.pk}/"))
    assert COOKIE not in client.cookies


def test_the_list_of_somebody_else_is_not_shown(cast, samira):
    with acting_as(TEST):
        favorites.keep(cast.yusuf.inburgeraar.user, cast.groen, now=timezone.now())
    assert "Bomen planten" not in words(samira.get(URL))


def test_what_went_offline_says_so_and_can_go(cast, samira):
    heart(samira, cast.groen)
    cast.groen.unpublish()
    assert "staat nu niet online" in words(samira.get(URL))
    heart(samira, cast.groen, weg="1")


def test_a_list_ends_somewhere(cast, samira, monkeypatch):
    monkeypatch.setattr(favorites, "AT_MOST", 2)
    for page in [cast.praattafel, cast.fietsles, cast.groen]:
        heart(samira, page)
    with acting_as(TEST):
        kept = favorites.of_user(cast.samira.inburgeraar.user)
    assert kept == [cast.groen.pk, cast.fietsles.pk]


@pytest.mark.parametrize("garbage", [*GARBAGE, "1.2.3", "999999999999999999"])
def test_whatever_is_in_the_cookie_is_answered(cast, client, garbage):
    client.cookies[COOKIE] = garbage.encode("ascii", "ignore").decode("ascii")
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize("key", ["0", "99999999", "9" * 18])
def test_an_activity_that_is_not_there_is_a_404(cast, client, key):
    assert client.get(f"{URL}{key}/").status_code == 404
    assert client.post(f"{URL}{key}/").status_code == 404


def test_a_longer_list_asks_no_more_of_the_database(cast, samira):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            samira.get(URL)
        return len(asked)

    heart(samira, cast.groen)
    queries()
    few = queries()
    for name in ["een", "twee"]:
        heart(samira, make_activiteit(cast.herent, cast.groendienst, name))
    queries()
    assert queries() == few
