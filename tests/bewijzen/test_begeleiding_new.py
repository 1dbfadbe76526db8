"""Opening a dossier: who, since when, and what is refused with a sentence."""

import re
from datetime import timedelta

import pytest

from bewijzen import cards
from bewijzen.dossier import is_national_number
from bewijzen.models import Traject
from gemeenten.acting import acting_as
from gemeenten.models import Agentschap
from tests.bewijzen.cast import TEST, make_rol, row_counts, today

pytestmark = pytest.mark.django_db

ADDRESS = "/begeleiding/nieuw/"


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.nele)
    return client


@pytest.fixture
def typed(cast):
    return {
        "name": "Hana Okafor",
        "reference": "H-2026-0300",
        "language": "ar",
        "gemeente": cast.herent.pk,
        "started_on": str(today() - timedelta(days=10)),
        "email": "",
    }


def refused(desk, typed, sentence, **changed):
    """The form comes back with `sentence`, what was typed stays, and nothing is saved."""
    before = row_counts()
    response = desk.post(ADDRESS, {**typed, **changed})
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert 'value="Hana Okafor"' in html or "name" in changed
    assert row_counts() == before
    return html


def test_a_dossier_opens_in_ones_own_caseload_and_leads_to_the_activation_sheet(desk, cast, typed):
    response = desk.post(ADDRESS, typed)
    with acting_as(TEST):
        traject = Traject.objects.get(inburgeraar__reference="H-2026-0300")
        assert traject.trajectbegeleider == cast.nele
        assert traject.agentschap == cast.agentschap
        assert traject.inburgeraar.user.language == "ar"
        assert traject.inburgeraar.user.email is None
    assert response.url == f"/begeleiding/{traject.pk}/activering/"
    assert cards.living_card(traject).generation == 1


def test_a_reference_that_is_taken_is_a_sentence(desk, cast, typed):
    reference = cast.yordanka.inburgeraar.reference
    html = refused(desk, typed, "al in gebruik bij je agentschap", reference=reference)
    assert "Yordanka" not in html


def test_an_address_that_is_taken_is_a_sentence_that_says_nothing_of_whose(desk, cast, typed):
    html = refused(
        desk, typed, "Dit adres kunnen we niet gebruiken", email="Saar.Vogelmuur@post.example"
    )
    assert "Saar Vogelmuur" not in html


def test_a_start_in_the_future_is_a_sentence(desk, typed):
    tomorrow = str(today() + timedelta(days=1))
    refused(desk, typed, "Deze dag moet nog komen", started_on=tomorrow)


def test_a_start_today_is_fine(desk, typed):
    assert desk.post(ADDRESS, {**typed, "started_on": str(today())}).status_code == 302


@pytest.mark.parametrize(("day", "status"), [("2022-12-31", 422), ("2023-01-01", 302)])
def test_the_rules_hold_since_2023(desk, typed, day, status):
    response = desk.post(ADDRESS, {**typed, "started_on": day})
    assert response.status_code == status
    assert (status == 302) or "1 januari 2023" in response.content.decode()


def test_a_date_as_people_type_it_is_understood(desk, typed):
    assert desk.post(ADDRESS, {**typed, "started_on": "5/1/2026"}).status_code == 302


# 85.07.30-033.28 is the example number of the federal government's own documentation.
@pytest.mark.parametrize("number", ["85.07.30-033.28", "85073003328", "dossier 85073003328"])
def test_a_national_number_is_never_kept(desk, typed, number):
    html = refused(desk, typed, "rijksregisternummer. Dat bewaren we nooit", reference=number)
    assert is_national_number(number)
    assert "Er is nog niets bewaard" in html


@pytest.mark.parametrize("number", ["85073003329", "H-2026-0117", "", "1" * 11, "٠" * 10])
def test_other_numbers_are_not_national_numbers(number):
    assert not is_national_number(number)


@pytest.mark.parametrize("field", ["name", "reference", "language", "gemeente", "started_on"])
def test_each_field_that_is_needed_says_so_when_it_is_empty(desk, typed, field):
    html = refused(desk, typed, '<p class="error">', **{field: "  "})
    assert html.count('<p class="error">') == 1


@pytest.mark.parametrize(
    "field", ["name", "reference", "language", "gemeente", "started_on", "email"]
)
@pytest.mark.parametrize(
    "garbage", ["\x00", "x" * 5000, "-1", "9" * 40, "²", "<script>", "%s", "[]"]
)
def test_garbage_in_every_field_is_answered_by_a_page(desk, typed, field, garbage):
    response = desk.post(ADDRESS, {**typed, field: garbage})
    assert response.status_code in {302, 422}
    assert "<script>" not in response.content.decode()


def test_all_languages_of_the_public_can_be_chosen(desk):
    html = desk.get(ADDRESS).content.decode()
    languages = set(re.findall(r'<option value="([a-z]{2})"', html))
    assert len(languages) == 14
    assert {"nl", "ar", "fa", "ps", "ti"} <= languages


def test_municipalities_stand_by_province(desk):
    html = desk.get(ADDRESS).content.decode()
    assert '<optgroup label="Vlaams-Brabant">' in html


def test_a_coordinator_without_a_caseload_reads_why_not(client, cast, typed):
    client.force_login(cast.coordinator)
    before = row_counts()
    for response in [client.get(ADDRESS), client.post(ADDRESS, typed)]:
        assert response.status_code == 403
        assert "vraag het aan een collega" in response.content.decode()
    assert row_counts() == before


def test_who_works_for_two_agencies_says_for_which(desk, cast, typed):
    other = Agentschap.objects.create(name="Stad Voorbeeld", slug="stad")
    make_rol(cast.nele, "trajectbegeleider", agentschap=other)
    assert desk.post(ADDRESS, typed).status_code == 422
    assert desk.post(ADDRESS, {**typed, "agentschap": other.pk}).status_code == 302
    with acting_as(TEST):
        assert Traject.objects.get(inburgeraar__reference="H-2026-0300").agentschap == other


def test_a_dossier_cannot_be_opened_for_another_agency(desk, cast, typed):
    other = Agentschap.objects.create(name="Stad Voorbeeld", slug="stad")
    desk.post(ADDRESS, {**typed, "agentschap": other.pk})
    with acting_as(TEST):
        traject = Traject.objects.get(inburgeraar__reference="H-2026-0300")
        assert traject.agentschap == cast.agentschap
