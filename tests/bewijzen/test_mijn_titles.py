"""The titles of activities on somebody's own pages: in their language, with the Dutch beside it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from aanbod.models import Vertaling
from aanbod.translations import titles
from bewijzen import favorites
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, Cast, make_verzoek, sign

TITLE = "Conversation table"
BOTH = (
    f'<bdi lang="en" dir="ltr">{TITLE}</bdi> '
    '<span class="soft small"><bdi lang="nl">Praattafel</bdi></span>'
)


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    Vertaling.objects.create(
        page=cast.praattafel,
        language="en",
        title=TITLE,
        summary="Talk.",
        description="Talk.",
        state="mens",
        source_hash="0" * 64,
        at=timezone.now(),
    )
    return client


def addresses(cast: Cast, language: str) -> dict[str, str]:
    return {
        "mijn": f"/{language}/mijn/",
        "deelname": f"/{language}/mijn/deelname/{cast.samira_praat.pk}/",
        "meedoen": f"/{language}/meedoen/{cast.praattafel.pk}/",
        "lijst": f"/{language}/mijn/lijst/",
        "hart": f"/{language}/mijn/lijst/{cast.praattafel.pk}/",
    }


@pytest.mark.parametrize("screen", ["mijn", "deelname", "meedoen", "lijst", "hart"])
def test_a_title_is_read_in_the_own_language_and_known_by_its_dutch(cast, samira, screen):
    with acting_as(TEST):
        favorites.keep(cast.samira.inburgeraar.user, cast.praattafel, now=timezone.now())
    answer = samira.get(addresses(cast, "en")[screen])
    assert BOTH in answer.content.decode(), answer
    assert TITLE not in samira.get(addresses(cast, "nl")[screen]).content.decode()


def test_signed_hours_and_notes_have_it_too(cast, samira):
    sign(cast.samira_praat, cast.lieve, minutes=60)
    make_verzoek(cast.samira_praat, minutes=60)
    page = samira.get("/en/mijn/").content.decode()
    assert page.count(BOTH) == len(re.findall(r'<bdi lang="nl">Praattafel</bdi>', page)) >= 3


def test_without_a_translation_the_dutch_stands_alone(cast, samira):
    page = samira.get("/fr/mijn/").content.decode()
    assert '<bdi lang="nl">Praattafel</bdi>' in page
    assert TITLE not in page


def test_all_titles_are_asked_at_once_and_none_for_dutch(cast, samira, django_assert_num_queries):
    pages = [cast.praattafel.pk, cast.groen.pk]
    with django_assert_num_queries(1):
        assert {pk: str(text) for pk, text in titles(pages, "en").items()} == {pages[0]: TITLE}
    with django_assert_num_queries(0):
        assert titles(pages, "nl") == {}
