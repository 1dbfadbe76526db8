"""One dossier: judging in a tap, checking at forty hours, withdrawing with a reason."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from aanbod.models import ActiviteitKenmerk
from bewijzen import participation, trajects
from bewijzen.models import Deelname, Regel, RegelTekst, Traject
from bewijzen.refusals import Refusal
from gemeenten.acting import acting_as
from tests.bewijzen.cast import (
    TEST,
    make_contact,
    make_deelname,
    make_traject,
    make_user,
    make_verzoek,
    row_counts,
    sign,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.nele)
    return client


def address(name, cast, *args):
    return reverse(f"begeleiding:{name}", args=[cast.samira.pk, *args])


def html(response):
    return response.content.decode()


def page(desk, cast):
    return html(desk.get(address("dossier", cast)))


def fresh(row):
    with acting_as(TEST):
        return type(row).objects.get(pk=row.pk)


def judge(desk, cast, **data):
    return desk.post(address("judge", cast, cast.samira_praat.pk), data)


def reach(cast):
    return [
        sign(cast.samira_praat, cast.lieve, days_ago=days_ago, minutes=480)
        for days_ago in range(1, 6)
    ]


def message(response):
    return [str(message) for message in response.context["messages"]]


# -- What one sees ---------------------------------------------------------------------------


def test_it_shows_what_counts_what_waits_and_what_is_missing(desk, cast):
    sign(cast.samira_praat, cast.lieve, days_ago=3, minutes=150)
    make_verzoek(cast.samira_praat, minutes=60)
    shown = page(desk, cast)
    assert "<dd>2 uur 30</dd>" in shown
    assert "<dt>Wacht</dt><dd>1 uur</dd>" in shown
    assert "<dt>Nog nodig</dt><dd>37 uur 30</dd>" in shown


def test_a_note_says_on_whom_it_waits(desk, cast):
    make_verzoek(cast.samira_praat)
    make_verzoek(cast.samira_fiets)
    shown = page(desk, cast)
    assert "wacht op Lieve Vanderstok, genoteerd" in shown
    assert "wacht op Joris Eikenaar, Lieve Vanderstok, genoteerd" in shown


def test_a_note_that_nobody_can_sign_says_so(desk, cast):
    with acting_as(TEST):
        cast.lieve.contactpersonen.update(valid_to=today() - timedelta(days=1))
        cast.joris.contactpersonen.update(valid_to=today() - timedelta(days=1))
    make_verzoek(cast.samira_fiets)
    assert "niemand kan dit tekenen" in page(desk, cast)


def test_it_gives_the_mail_address_of_who_signs_and_says_when_there_is_none(desk, cast):
    gust = make_contact(make_user("Gust Boomgaard", email=None), cast.lange_tafel, cast.herent)
    shown = page(desk, cast)
    assert "mailto:lieve.vanderstok@post.example" in shown
    assert re.search(rf"<b>{gust.name}</b><span[^>]*>geen e-mail", shown)
    assert "Saar Vogelmuur" not in shown


def test_a_line_shows_day_time_signer_and_grade(desk, cast):
    sign(cast.samira_praat, cast.lieve, van=_at("19:00"), tot=_at("21:00"), grade="samen")
    shown = page(desk, cast)
    assert "19.00 tot 21.00" in shown
    assert "Lieve Vanderstok" in shown
    assert "samen gescand" in shown


def test_it_shows_which_kenmerken_the_activity_has_and_what_is_missing(desk, cast):
    ActiviteitKenmerk.objects.filter(
        content_object=cast.fietsles, tag__slug="duurzame-contacten"
    ).delete()
    shown = page(desk, cast)
    assert shown.count("er ontbreekt een punt") == 1
    assert "In groep · Nieuwe mensen · Contacten die blijven" in shown


def test_words_that_were_erased_leave_the_hours_in_sight(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    with acting_as(TEST):
        RegelTekst.objects.filter(pk=regel.pk).delete()
    assert "Gegevens gewist" in page(desk, cast)


def test_the_number_of_queries_does_not_grow_with_the_dossier(
    desk, cast, django_assert_max_num_queries
):
    sign(cast.samira_praat, cast.lieve, days_ago=20)
    make_verzoek(cast.samira_praat)
    with django_assert_max_num_queries(40) as few:
        page(desk, cast)
    for days_ago in range(2, 12):
        sign(cast.samira_fiets, cast.lieve, days_ago=days_ago)
        make_verzoek(cast.samira_praat, days_ago=days_ago)
    for activity in [cast.groen, cast.leuvense_tafel]:
        make_deelname(cast.samira, activity)
    with django_assert_max_num_queries(len(few)):
        page(desk, cast)


# -- The judgement of R6 ---------------------------------------------------------------------


def test_one_tap_says_that_an_activity_fits(desk, cast):
    response = judge(desk, cast, verdict="past")
    assert response.status_code == 302
    assert fresh(cast.samira_praat).judgement == Deelname.Judgement.PAST
    assert "Beoordeeld: past" in page(desk, cast)


def test_what_does_not_fit_says_why_and_up_to_which_day(desk, cast):
    judge(desk, cast, verdict="past_niet", reason="Alleen familie.", until="2026-03-01")
    deelname = fresh(cast.samira_praat)
    assert deelname.judgement == Deelname.Judgement.PAST_NIET
    assert str(deelname.judged_until) == "2026-03-01"
    assert "Uren tellen tot en met 1 maart 2026. Reden: Alleen familie." in page(desk, cast)


def test_hours_already_lived_are_never_lost_by_the_judgement(desk, cast):
    sign(cast.samira_praat, cast.lieve, days_ago=2)
    judge(desk, cast, verdict="past_niet", reason="Alleen familie.", until="2026-03-01")
    assert fresh(cast.samira_praat).judged_until == today() - timedelta(days=2)
    assert fresh(cast.samira).total_minutes == 120


def test_no_without_a_reason_is_refused_and_the_day_stays(desk, cast):
    response = judge(desk, cast, verdict="past_niet", reason="  ", until="2026-03-01")
    assert response.status_code == 422
    assert "Schrijf kort waarom." in html(response)
    assert 'value="2026-03-01"' in html(response)
    assert fresh(cast.samira_praat).judgement == Deelname.Judgement.NOG_NIET


def test_no_without_a_day_is_refused_and_the_reason_stays(desk, cast):
    response = judge(desk, cast, verdict="past_niet", reason="Alleen familie.", until="")
    assert response.status_code == 422
    assert "Kies tot welke dag de uren wel tellen." in html(response)
    assert "Alleen familie." in html(response)
    assert fresh(cast.samira_praat).judgement == Deelname.Judgement.NOG_NIET


def test_a_refused_judgement_opens_the_form_of_that_activity_only(desk, cast):
    response = judge(desk, cast, verdict="past_niet", reason="", until="2026-03-01")
    assert html(response).count('<details class="fold" open>') == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verdict": "nog_niet"},
        {"verdict": "x" * 900},
        {"verdict": "\x00"},
        {"verdict": "misschien", "reason": "Zo.", "until": "2026-03-01"},
        {"verdict": "past_niet", "reason": "\x00", "until": "2026-03-01"},
        {"verdict": "past_niet", "reason": "x" * 301, "until": "2026-03-01"},
        {"verdict": "past_niet", "reason": "Zo.", "until": "31/02/2026"},
        {"verdict": "past_niet", "reason": "Zo.", "until": "0000-00-00"},
        {"verdict": "past_niet", "reason": "Zo.", "until": "99999-01-01"},
        {"verdict": "past_niet", "reason": "Zo.", "until": "\x00"},
    ],
)
def test_garbage_in_a_judgement_is_answered_by_a_sentence(desk, cast, data):
    response = judge(desk, cast, **data)
    assert response.status_code == 422
    assert '<p class="error">' in html(response) or "notice-error" in html(response)
    assert fresh(cast.samira_praat).judgement == Deelname.Judgement.NOG_NIET


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_break_nothing(desk, cast, until):
    judge(desk, cast, verdict="past_niet", reason="Zo.", until=until)
    assert "past niet" in page(desk, cast)


def test_a_deelname_of_a_colleagues_dossier_is_not_judged_through_ones_own(desk, cast):
    other = make_deelname(cast.yordanka, cast.leuvense_tafel)
    response = desk.post(address("judge", cast, other.pk), {"verdict": "past"})
    assert response.status_code == 404
    assert fresh(other).judgement == Deelname.Judgement.NOG_NIET


def test_the_rule_itself_lets_nobody_judge_their_own(cast):
    own = make_traject(cast, "Nele Wolfsmelk", by=cast.nele, user=cast.nele)
    deelname = make_deelname(own, cast.praattafel)
    with pytest.raises(Refusal) as refusal:
        participation.judge(deelname, "past", by=cast.nele, now=timezone.now())
    assert refusal.value.code == "not_allowed"


# -- Checked at forty hours ------------------------------------------------------------------


def test_the_button_to_check_comes_at_the_target_and_not_a_minute_before(desk, cast):
    lines = reach(cast)
    assert "doel bereikt</button>" in page(desk, cast)
    desk.post(address("withdraw", cast, lines[0].pk), {"reason": "Fout.", "intent": str(uuid4())})
    sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=479)
    assert fresh(cast.samira).total_minutes == 2399
    assert "doel bereikt</button>" not in page(desk, cast)


def test_checking_makes_the_traject_reached(desk, cast):
    reach(cast)
    response = desk.post(address("check", cast), follow=True)
    assert fresh(cast.samira).state == Traject.State.BEREIKT
    assert message(response) == ["Doel bereikt. Samira krijgt bericht. Het bewijs staat klaar."]


def test_checking_before_forty_hours_is_refused(desk, cast):
    sign(cast.samira_praat, cast.lieve)
    response = desk.post(address("check", cast), follow=True)
    assert fresh(cast.samira).state == Traject.State.LOPEND
    assert "nog geen 40 uren" in message(response)[0]


def test_checking_twice_is_refused_and_harmless(desk, cast):
    reach(cast)
    desk.post(address("check", cast), follow=True)
    before = row_counts()
    response = desk.post(address("check", cast), follow=True)
    assert "Dat kan nu niet meer" in message(response)[0]
    assert row_counts() == before


def test_the_rule_itself_lets_nobody_check_their_own(cast):
    own = make_traject(cast, "Nele Wolfsmelk", by=cast.nele, user=cast.nele)
    deelname = make_deelname(own, cast.praattafel)
    for days_ago in range(1, 6):
        sign(deelname, cast.lieve, days_ago=days_ago, minutes=480)
    with pytest.raises(Refusal) as refusal:
        trajects.check_reached(own, by=cast.nele, now=timezone.now())
    assert refusal.value.code == "not_allowed"


def test_activities_that_were_not_judged_are_mentioned_before_checking(desk, cast):
    reach(cast)
    assert "zijn nog 2 activiteiten die je niet beoordeelde" in page(desk, cast)


def test_when_the_database_cannot_commit_the_page_tries_again_with_the_same_intent(
    desk, cast, monkeypatch
):
    def cannot(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    regel = sign(cast.samira_praat, cast.lieve)
    monkeypatch.setattr("bewijzen.ledger.withdraw", cannot)
    body = {"reason": "Zo.", "intent": str(uuid4())}
    response = desk.post(address("withdraw", cast, regel.pk), body)
    assert response.status_code == 503
    assert body["intent"] in html(response)


# -- Withdrawing -----------------------------------------------------------------------------


def test_a_withdrawn_line_stays_in_sight_with_the_reason(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    body = {"reason": "Verkeerde dag.", "intent": str(uuid4())}
    assert desk.post(address("withdraw", cast, regel.pk), body).status_code == 302
    assert fresh(cast.samira).total_minutes == 0
    shown = page(desk, cast)
    assert "door Nele Wolfsmelk: Verkeerde dag." in shown
    assert "Trek in" not in shown


def test_withdrawing_without_a_reason_is_refused(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    response = desk.post(
        address("withdraw", cast, regel.pk), {"reason": " ", "intent": str(uuid4())}
    )
    assert response.status_code == 422
    assert "Schrijf kort waarom." in html(response)
    assert fresh(cast.samira).total_minutes == 120


def test_the_same_withdrawal_sent_twice_withdraws_once(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    body = {"reason": "Verkeerde dag.", "intent": str(uuid4())}
    desk.post(address("withdraw", cast, regel.pk), body)
    before = row_counts()
    assert desk.post(address("withdraw", cast, regel.pk), body).status_code == 302
    assert row_counts() == before


def test_withdrawing_what_is_withdrawn_is_refused_with_a_sentence(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    for answer in [302, 422]:
        response = desk.post(
            address("withdraw", cast, regel.pk), {"reason": "Fout.", "intent": str(uuid4())}
        )
        assert response.status_code == answer
    assert "al ingetrokken" in html(response)


def test_an_intent_that_was_used_for_another_line_is_refused(desk, cast):
    one, other = [sign(cast.samira_praat, cast.lieve, days_ago=days) for days in (1, 2)]
    body = {"reason": "Fout.", "intent": str(uuid4())}
    desk.post(address("withdraw", cast, one.pk), body)
    response = desk.post(address("withdraw", cast, other.pk), body)
    assert response.status_code == 422
    assert "andere gegevens" in html(response)
    assert fresh(cast.samira).total_minutes == 120


@pytest.mark.parametrize(
    "data",
    [{}, {"reason": "Zo."}, {"reason": "Zo.", "intent": "x"}, {"reason": "\x00", "intent": "\x00"}],
)
def test_garbage_in_a_withdrawal_is_answered_by_a_sentence(desk, cast, data):
    regel = sign(cast.samira_praat, cast.lieve)
    response = desk.post(address("withdraw", cast, regel.pk), data)
    assert response.status_code == 422
    assert "notice-error" in html(response) or '<p class="error">' in html(response)
    assert fresh(cast.samira).total_minutes == 120


def test_a_form_without_an_intent_can_be_sent_again(desk, cast):
    """What the page gives back has an intent, or the person could never go on."""
    regel = sign(cast.samira_praat, cast.lieve)
    response = desk.post(address("withdraw", cast, regel.pk), {"reason": "Zo.", "intent": "x"})
    found = re.search(r'name="intent" value="([^"]*)"', html(response)).group(1)
    again = {"reason": "Zo.", "intent": found}
    assert desk.post(address("withdraw", cast, regel.pk), again).status_code == 302


def test_a_line_of_a_colleagues_dossier_is_not_withdrawn_through_ones_own(desk, cast):
    other = sign(make_deelname(cast.yordanka, cast.leuvense_tafel), cast.saar)
    response = desk.post(
        address("withdraw", cast, other.pk), {"reason": "Zo.", "intent": str(uuid4())}
    )
    assert response.status_code == 404
    assert fresh(cast.yordanka).total_minutes == 120


@pytest.mark.parametrize("regel", ["0", "9" * 40])
def test_a_line_that_does_not_exist_is_404(desk, cast, regel):
    base = reverse("begeleiding:dossier", args=[cast.samira.pk])
    assert desk.get(f"{base}intrekken/{regel}/").status_code == 404


def test_a_withdrawal_itself_cannot_be_withdrawn(desk, cast):
    regel = sign(cast.samira_praat, cast.lieve)
    desk.post(address("withdraw", cast, regel.pk), {"reason": "Zo.", "intent": str(uuid4())})
    with acting_as(TEST):
        withdrawal = Regel.objects.get(kind="intrekking")
    assert desk.get(address("withdraw", cast, withdrawal.pk)).status_code == 404


def test_below_the_target_a_reached_traject_goes_on(desk, cast):
    lines = reach(cast)
    desk.post(address("check", cast))
    desk.post(address("withdraw", cast, lines[0].pk), {"reason": "Fout.", "intent": str(uuid4())})
    assert fresh(cast.samira).state == Traject.State.LOPEND
    assert "Onder het doel gezakt" in page(desk, cast)


def _at(clock):
    from tests.bewijzen.cast import at

    return at(clock, days_ago=2)
