"""What the QR opens: who opens it decides what it shows (trust.md §1)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanbod.models import Contactpersoon
from bewijzen import cards, participation
from bewijzen.models import Bevestiging, Deelname, Regel, Verzoek
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, User
from tests.bewijzen.cast import (
    TEST,
    Cast,
    at,
    make_contact,
    make_deelname,
    make_sessie,
    make_user,
    make_verzoek,
    row_counts,
    sign,
    today,
)
from tests.bewijzen.screens import GARBAGE, hidden, new_intent, words

YESTERDAY = today() - timedelta(days=1)
UNKNOWN = "A" * 26


@pytest.fixture
def token(cast: Cast) -> str:
    return cards.token(cards.new_card(cast.samira, by=None, now=timezone.now()))


def withdrawn_token(cast: Cast) -> str:
    """The token of a card of Yusuf that was lost."""
    old = cards.token(cards.new_card(cast.yusuf, by=None, now=timezone.now()))
    cards.new_card(cast.yusuf, by=None, now=timezone.now())
    return old


def tokens(cast: Cast, token: str) -> list[str]:
    return [token, withdrawn_token(cast), UNKNOWN, "x", "%00", "..", "9" * 3000, "%F0%9F%92%A5"]


def typed(**changes: str) -> dict[str, str]:
    times = {"day": str(YESTERDAY), "van": "19:00", "tot": "21:00"}
    return {**times, "intent": new_intent(), **changes}


def lines() -> list[tuple]:
    with acting_as(TEST):
        rows = Bevestiging.objects.order_by("regel_id")
        return list(rows.values_list("deelname__title", "minutes", "grade"))


# Strangers


@pytest.mark.parametrize("who", [None, "stranger", "redacteur", "thomas"])
def test_a_stranger_learns_nothing_whatever_the_token(cast, client, token, who):
    if who:
        client.force_login(getattr(cast, who))
        client.get(f"/B/{UNKNOWN}")  # what is read once and kept
    answers = []
    for text in tokens(cast, token):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/B/{text}")
        answers.append((response.status_code, response.content, len(asked)))
    assert set(answers) == {answers[0]}
    assert answers[0][0] == 200
    assert "Gevonden? Geef het af bij de gemeente." in words(response)
    assert "Samira" not in words(response)


def test_the_control_a_page_that_named_the_token_would_be_seen(cast, client, token):
    """The comparison above compares bytes: an address with the token in it would differ."""
    signing_in = [client.get(f"/B/{text}?aanmelden") for text in [token, UNKNOWN]]
    assert signing_in[0]["Location"] != signing_in[1]["Location"]


def test_signing_in_comes_back_to_the_scan(cast, client, token):
    response = client.get(f"/B/{token}?aanmelden")
    assert response["Location"].endswith(f"/login/code/?next=/B/{token}")
    response = client.get(f"/B/{token}?kaart")
    assert response["Location"] == f"/nl/activeer/?next=/B/{token}"


def test_a_stranger_who_posts_changes_nothing(cast, client, token):
    for user in [None, cast.stranger]:
        if user:
            client.force_login(user)
        before = row_counts()
        response = client.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
        assert "Dit is een bewijs van Veertig" in words(response)
        assert row_counts() == before


def test_the_token_goes_to_no_other_page_and_into_no_cache(cast, client, token):
    for user in [None, cast.lieve, cast.samira.inburgeraar.user]:
        if user:
            client.force_login(user)
        response = client.get(f"/B/{token}")
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]


def test_lower_case_opens_the_same(cast, client, token):
    client.force_login(cast.lieve)
    assert "Samira was er" in words(client.get(f"/b/{token.lower()}"))


# Whose it is


def test_the_person_goes_to_the_own_page(cast, client, token):
    client.force_login(cast.samira.inburgeraar.user)
    assert client.get(f"/B/{token}")["Location"] == "/nl/mijn/"


def test_the_person_goes_to_the_own_page_also_as_a_contact_person(cast, client, token):
    samira = cast.samira.inburgeraar.user
    make_contact(samira, cast.lange_tafel, cast.herent)
    client.force_login(samira)
    response = client.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert response["Location"] == "/nl/mijn/"
    assert lines() == []


def test_the_trajectbegeleider_goes_to_the_dossier(cast, client, token):
    client.force_login(cast.nele)
    assert client.get(f"/B/{token}")["Location"] == f"/begeleiding/{cast.samira.pk}/"


# The contact person


@pytest.fixture
def lieve(cast: Cast, client: Client) -> Client:
    client.force_login(cast.lieve)
    return client


def test_a_contact_person_sees_a_first_name_and_the_activity(cast, lieve, token):
    page = words(lieve.get(f"/B/{token}"))
    assert "Samira was er" in page
    assert "Al-Masri" not in page
    assert "Fietsles" in page
    assert "Praattafel" in page
    assert "Bomen planten" not in page


def test_looking_signs_nothing(cast, lieve, token):
    before = row_counts()
    lieve.get(f"/B/{token}")
    assert row_counts() == before


def test_the_meeting_of_today_is_filled_in(cast, lieve, token):
    make_sessie(cast.praattafel, at("00:00", days_ago=0), hours=1)
    page = lieve.get(f"/B/{token}").content.decode()
    assert 'value="00:00"' in page
    assert 'value="01:00"' in page
    assert f'value="{today()}"' in page


def test_without_a_meeting_today_there_is_a_day_and_the_usual_length(cast, lieve, token):
    response = lieve.get(f"/B/{token}", {"wat": f"p-{cast.fietsles.pk}"})
    page = response.content.decode()
    assert 'name="hours" value="1"' in page
    assert 'name="van" class="short" id' in page


def test_one_button_signs_with_the_grade_of_a_scan(cast, lieve, token):
    sent = typed(wat=f"p-{cast.praattafel.pk}")
    response = lieve.post(f"/B/{token}", sent, follow=True)
    assert "2 uur bevestigd voor Samira" in words(response)
    assert "kaart gescand" in words(response)
    assert lines() == [("Praattafel", 120, "gescand")]


def test_the_page_itself_carries_all_that_one_button_needs(cast, lieve, token):
    page = lieve.get(f"/B/{token}")
    sent = typed(wat=hidden(page, "wat"), intent=hidden(page, "intent"))
    assert lieve.post(f"/B/{token}", sent).status_code == 302


def test_sending_it_twice_is_harmless(cast, lieve, token):
    sent = typed(wat=f"p-{cast.praattafel.pk}")
    places = {lieve.post(f"/B/{token}", sent)["Location"] for _ in range(2)}
    assert (len(places), len(lines())) == (1, 1)


def test_the_note_of_that_day_is_answered_along_with_it(cast, lieve, token):
    make_verzoek(cast.samira_praat)
    lieve.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    with acting_as(TEST):
        assert Verzoek.objects.get().state == "getekend"


def test_who_is_not_on_the_list_walks_in_and_the_trajectbegeleider_is_told(cast, lieve):
    token = cards.token(cards.new_card(cast.yusuf, by=None, now=timezone.now()))
    page = words(lieve.get(f"/B/{token}", {"wat": f"p-{cast.praattafel.pk}"}))
    assert "Deze persoon staat nog niet op jullie lijst." in page
    sent = typed(wat=f"p-{cast.praattafel.pk}")
    places = {lieve.post(f"/B/{token}", sent)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert lines() == [("Praattafel", 120, "gescand")]
    with acting_as(TEST):
        assert Deelname.objects.get(traject=cast.yusuf).state == "deelnemer"
        assert Bericht.objects.get().receiver == cast.nele


def test_a_full_activity_never_blocks_hours_already_lived(cast, lieve):
    cast.praattafel.capacity = 1
    cast.praattafel.save()
    token = cards.token(cards.new_card(cast.yusuf, by=None, now=timezone.now()))
    lieve.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert len(lines()) == 1


def test_a_scan_that_is_refused_adds_nobody_to_the_list(cast, lieve):
    token = cards.token(cards.new_card(cast.yusuf, by=None, now=timezone.now()))
    sign(make_deelname(cast.yusuf, cast.groen), cast.peter, van=at("20:00"), tot=at("22:00"))
    before = row_counts()
    response = lieve.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert response.status_code == 422
    assert "Op dit moment staan al uren voor deze persoon." in words(response)
    assert row_counts() == before


def test_who_asked_or_was_refused_takes_part_by_being_scanned(cast, lieve, token):
    with acting_as(TEST):
        Deelname.objects.filter(pk=cast.samira_praat.pk).update(state="geweigerd")
    lieve.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    with acting_as(TEST):
        assert Deelname.objects.get(pk=cast.samira_praat.pk).state == "deelnemer"
    assert len(lines()) == 1


def test_an_activity_of_another_organisation_can_not_be_chosen(cast, lieve, token):
    for wat in [f"p-{cast.groen.pk}", f"p-{cast.leuvense_tafel.pk}", f"d-{cast.samira_praat.pk}"]:
        response = lieve.post(f"/B/{token}", typed(wat=wat))
        assert response.status_code == 422
    assert lines() == []


def test_a_contact_person_of_another_organisation_signs_only_for_the_own_activity(
    cast, client, token
):
    client.force_login(cast.peter)
    page = words(client.get(f"/B/{token}"))
    assert "Bomen planten" in page
    assert "Praattafel" not in page
    response = client.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert response.status_code == 422
    client.post(f"/B/{token}", typed(wat=f"p-{cast.groen.pk}"))
    assert lines() == [("Bomen planten", 120, "gescand")]


def test_a_contact_person_of_an_organisation_without_activities_reads_what_to_do(
    cast, client, token
):
    cast.groen.unpublish()
    client.force_login(cast.peter)
    assert "geen uur gaat verloren" in words(client.get(f"/B/{token}"))
    assert client.post(f"/B/{token}", typed()).status_code == 200


def test_a_contact_person_whose_time_is_over_is_a_stranger(cast, client, token):
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_to=YESTERDAY)
    client.force_login(cast.lieve)
    response = client.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert "Dit is een bewijs van Veertig" in words(response)
    assert lines() == []


# Cards that do not work, times that can not be


def test_unknown_withdrawn_and_malformed_cards_get_one_sentence(cast, lieve, token):
    bodies = set()
    for text in tokens(cast, token)[1:]:
        response = lieve.get(f"/B/{text}")
        assert response.status_code == 404
        assert "Deze kaart werkt niet" in words(response)
        bodies.add(response.content)
    assert len(bodies) == 1


def test_a_withdrawn_card_signs_nothing(cast, lieve):
    response = lieve.post(f"/B/{withdrawn_token(cast)}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert response.status_code == 404
    assert lines() == []


def test_the_digits_do_not_open_the_address_where_nobody_counts_tries(cast, lieve, token):
    digits = cards.typed_code(cards.living_card(cast.samira))
    for text in [digits, f"{digits}%20", f"%20{digits:^25}", f"{digits[:5]}-{digits[5:]}"]:
        assert lieve.get(f"/B/{text}").status_code == 404


def refused(lieve: Client, cast: Cast, token: str, **changes: str) -> str:
    before = row_counts()
    response = lieve.post(f"/B/{token}", typed(**{"wat": f"p-{cast.praattafel.pk}", **changes}))
    assert response.status_code == 422
    assert row_counts() == before
    return words(response)


def test_a_date_next_year_is_answered_by_a_sentence(cast, lieve, token):
    day = str(today() + timedelta(days=366))
    assert "Deze tijd moet nog komen." in refused(lieve, cast, token, day=day)


def test_twenty_five_hours_on_a_day_are_answered_by_a_sentence(cast, lieve, token):
    page = refused(lieve, cast, token, van="", tot="", hours="25", sure="on")
    assert "Er zijn maar 24 uren in een dag." in page


def test_overlapping_hours_are_answered_by_a_sentence(cast, lieve, token):
    sign(cast.samira_fiets, cast.joris, van=at("20:00"), tot=at("22:00"))
    assert "Op dit moment staan al uren" in refused(lieve, cast, token)


def test_the_same_intent_with_other_hours_is_refused(cast, lieve, token):
    sent = typed(wat=f"p-{cast.praattafel.pk}")
    lieve.post(f"/B/{token}", sent)
    response = lieve.post(f"/B/{token}", {**sent, "tot": "20:00"})
    assert response.status_code == 409
    assert len(lines()) == 1


def test_what_was_judged_not_to_fit_is_offered_last_and_refused_with_a_sentence(cast, lieve, token):
    participation.judge(
        cast.samira_fiets,
        "past_niet",
        by=cast.nele,
        now=timezone.now(),
        reason="Alleen",
        until=today() - timedelta(days=5),
    )
    assert hidden(lieve.get(f"/B/{token}"), "wat") == f"p-{cast.praattafel.pk}"
    page = refused(lieve, cast, token, wat=f"p-{cast.fietsles.pk}")
    assert "niet meer past voor deze persoon" in page


def test_whatever_is_sent_is_answered(cast, lieve, token):
    for field in ["wat", "intent", "day", "van", "tot", "hours", "minutes", "sure"]:
        for garbage in ["", *GARBAGE]:
            sent = typed(**{"wat": f"p-{cast.praattafel.pk}", field: garbage})
            assert lieve.post(f"/B/{token}", sent).status_code in {302, 422}
    for garbage in GARBAGE:
        assert lieve.get(f"/B/{token}", {"wat": garbage}).status_code == 200


def test_another_method_changes_nothing(cast, lieve, token):
    before = row_counts()
    for method in ["put", "patch", "delete"]:
        assert getattr(lieve, method)(f"/B/{token}").status_code == 405
    assert lieve.head(f"/B/{token}").status_code == 200
    assert row_counts() == before


def test_the_page_is_in_the_language_of_who_signs(cast, client, token):
    User.objects.filter(pk=cast.lieve.pk).update(language="ar")
    client.force_login(cast.lieve)
    response = client.get(f"/B/{token}", headers={"accept-language": "nl"})
    assert 'lang="ar" dir="rtl"' in response.content.decode()
    response = client.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    assert response["Location"].startswith("/ar/tekenen/ontvangst/")


def test_a_private_person_without_organisation_signs_what_names_them(cast, client, token):
    neighbour = make_contact(make_user("Buur Vrouw"), None, cast.herent)
    with acting_as(TEST):
        own = Deelname.objects.create(
            traject=cast.samira,
            title="Koffie met de buren",
            gemeente=cast.herent,
            contact=Contactpersoon.objects.get(user=neighbour),
            state="deelnemer",
            created_at=timezone.now() - timedelta(days=30),
        )
    client.force_login(neighbour)
    assert hidden(client.get(f"/B/{token}"), "wat") == f"d-{own.pk}"
    client.post(f"/B/{token}", typed(wat=f"d-{own.pk}"))
    assert lines() == [("Koffie met de buren", 120, "gescand")]


def test_every_line_names_who_signed(cast, lieve, token):
    lieve.post(f"/B/{token}", typed(wat=f"p-{cast.praattafel.pk}"))
    with acting_as(TEST):
        assert Regel.objects.get().signer == cast.lieve
