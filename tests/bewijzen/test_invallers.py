"""A stand-in signs the hours of one day for an organisatie, and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from aanbod import invallers
from aanbod.invallers import InvallerRefused, NewInvaller
from aanbod.models import Contactpersoon, Invaller
from bewijzen import cards, ledger, participation, permissions, sign_off
from bewijzen.ledger import Block
from bewijzen.models import Bevestiging, RegelTekst
from bewijzen.refusals import Refusal
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import Bericht
from tests.bewijzen.cast import TEST, at, make_deelname, make_traject, make_user, today
from tests.bewijzen.screens import hidden, new_intent, words

YESTERDAY = today() - timedelta(days=1)


def named(cast, *, by=None, organisatie=None, gemeente=None, **fields):
    """Mira stands in yesterday, named by Lieve, unless said otherwise."""
    new = {"name": "Mira Bosanemoon", "email": "mira@post.example", "day": YESTERDAY, **fields}
    return invallers.name(
        gemeente or cast.herent,
        organisatie or cast.lange_tafel,
        NewInvaller(**new),
        by=by or cast.lieve,
        now=cast.now,
    )


def block(*, days_ago=1, minutes=60):
    return Block(today() - timedelta(days=days_ago), minutes)


def sign(invaller, deelname, *, days_ago=1, now=None):
    return sign_off.sign(
        deelname.pk,
        block(days_ago=days_ago),
        signer=invaller.user,
        intent=new_intent(),
        now=now or timezone.now(),
    )


# -- Naming ----------------------------------------------------------------------------------


def test_a_contact_person_names_a_stand_in_and_it_is_written_down_who_did(cast):
    invaller = named(cast)
    assert (invaller.named_by, invaller.day, invaller.page) == (cast.lieve, YESTERDAY, None)
    assert invaller.named_at == cast.now


def test_an_editor_of_the_gemeente_does_too(cast):
    assert named(cast, by=cast.redacteur).named_by == cast.redacteur


@pytest.mark.parametrize("name", ["peter", "saar", "nele", "stranger"])
def test_nobody_else_does(cast, name):
    with pytest.raises(InvallerRefused):
        named(cast, by=getattr(cast, name))
    assert not Invaller.everyone.exists()


def test_a_stand_in_names_no_other_stand_in(cast):
    mira = named(cast).user
    with pytest.raises(InvallerRefused):
        named(cast, by=mira, email="other@post.example")


def test_a_contact_person_who_was_ended_names_nobody(cast):
    Contactpersoon.everyone.filter(user=cast.lieve).update(valid_to=YESTERDAY)
    with pytest.raises(InvallerRefused):
        named(cast)


def test_who_signs_already_needs_no_stand_in(cast):
    with pytest.raises(InvallerRefused, match="tekent al"):
        named(cast, email=cast.joris.email)


def test_an_activity_of_another_organisatie_is_refused(cast):
    with pytest.raises(InvallerRefused, match="niet van jullie"):
        named(cast, page=cast.groen)


def test_an_activity_of_the_same_organisatie_in_another_gemeente_is_refused(cast):
    with pytest.raises(InvallerRefused, match="niet van jullie"):
        named(cast, page=cast.leuvense_tafel)


@pytest.mark.parametrize(("days", "words"), [(-8, "te lang geleden"), (93, "te ver weg")])
def test_a_day_too_long_ago_or_too_far_away_is_refused(cast, days, words):
    with pytest.raises(InvallerRefused, match=words):
        named(cast, day=today() + timedelta(days=days))


@pytest.mark.parametrize(
    ("day", "words"), [(date.min, "te lang geleden"), (date.max, "te ver weg")]
)
def test_so_are_the_first_and_the_last_day_that_there_is(cast, day, words):
    with pytest.raises(InvallerRefused, match=words):
        named(cast, day=day)


def test_twice_for_the_same_day_is_refused(cast):
    named(cast)
    with pytest.raises(InvallerRefused, match="valt die dag al in"):
        named(cast)


def test_after_being_stopped_somebody_can_be_named_again(cast):
    invallers.end(named(cast), by=cast.lieve, now=cast.now)
    assert named(cast).ended_at is None


def test_the_mail_says_what_is_asked_and_holds_no_key(cast):
    invaller = named(cast, language="fr")
    with acting_as(TEST):
        mail = Bericht.objects.get(receiver=invaller.user)
    assert mail.language == "fr"
    assert "/fr/tekenen/" in mail.text
    assert "Mira" not in mail.subject
    assert mail.contact_gemeente == cast.herent


# -- Signing ---------------------------------------------------------------------------------


def test_the_stand_in_signs_that_day_and_the_line_says_as_what(cast):
    receipt = sign(named(cast), cast.samira_praat)
    tekst = RegelTekst._base_manager.get(regel=receipt.regel)
    assert (tekst.signer, tekst.signer_role) == ("Mira Bosanemoon", "invaller")


@pytest.mark.parametrize("days_ago", [0, 2])
def test_no_other_day(cast, days_ago):
    invaller = named(cast)
    with pytest.raises(Refusal) as refusal:
        sign_off.sign(
            cast.samira_praat.pk,
            block(days_ago=days_ago, minutes=1),
            signer=invaller.user,
            intent=new_intent(),
            now=timezone.now(),
        )
    assert refusal.value.code == "not_signer"


def test_control_without_the_day_any_day_would_do(cast, monkeypatch):
    monkeypatch.setattr(permissions, "stands_in", lambda *args, **kwargs: True)
    assert sign(named(cast), cast.samira_praat, days_ago=2)


def test_for_seven_days_afterwards_and_then_no_more(cast):
    invaller = named(cast)
    last = at("12:00", days_ago=1) + timedelta(days=7)
    sign(invaller, cast.samira_praat, now=last)
    with pytest.raises(Refusal, match="not_signer"):
        sign(invaller, cast.samira_fiets, now=last + timedelta(days=1))


def test_not_before_the_day_itself(cast):
    invaller = named(cast, day=today() + timedelta(days=1))
    assert not permissions.stands_in(invaller.user, cast.samira_praat, invaller.day, today=today())


def test_who_was_stopped_signs_nothing_more(cast):
    invaller = named(cast)
    invallers.end(invaller, by=cast.lieve, now=cast.now)
    with pytest.raises(Refusal, match="not_signer"):
        sign(invaller, cast.samira_praat)


def test_only_the_activity_when_one_was_named(cast):
    invaller = named(cast, page=cast.praattafel)
    sign(invaller, cast.samira_praat)
    with pytest.raises(Refusal, match="not_signer"):
        sign(invaller, cast.samira_fiets)


def test_nothing_of_the_same_organisatie_in_another_gemeente(cast):
    invaller = named(cast)
    with acting_as(TEST):
        elsewhere = make_deelname(cast.yordanka, cast.leuvense_tafel)
    with pytest.raises(Refusal, match="not_signer"):
        sign(invaller, elsewhere)


def test_nobody_signs_their_own_hours_as_a_stand_in(cast):
    samira = cast.samira.inburgeraar.user
    invaller = named(cast)
    Invaller.everyone.filter(pk=invaller.pk).update(user=samira)
    invaller.user = samira
    with pytest.raises(Refusal, match="own_bewijs"):
        sign(invaller, cast.samira_praat)


def test_nor_have_them_signed_by_somebody_whom_they_named(cast):
    invaller = named(cast)
    Invaller.everyone.filter(pk=invaller.pk).update(named_by=cast.samira.inburgeraar.user)
    with pytest.raises(Refusal, match="not_signer"):
        sign(invaller, cast.samira_praat)


def test_a_stand_in_withdraws_nothing_and_lets_nobody_in(cast):
    invaller = named(cast)
    receipt = sign(invaller, cast.samira_praat)
    with pytest.raises(Refusal, match="not_signer"):
        ledger.withdraw(
            receipt.regel,
            by=invaller.user,
            reason="fout",
            intent=new_intent(),
            now=timezone.now(),
        )
    asked = make_deelname(cast.yusuf, cast.praattafel, state="gevraagd")
    with pytest.raises(Refusal, match="not_signer"):
        participation.welcome(asked, by=invaller.user, now=timezone.now())


def test_a_stand_in_reads_no_rows_of_the_organisation(cast):
    invaller = named(cast)
    with acting_as(invaller.user):
        assert not permissions.signable(invaller.user).exists()
        assert not Bevestiging.objects.exists()
        assert not Contactpersoon.objects.exists()


# -- The stand-in's own pages ----------------------------------------------------------------


@pytest.fixture
def mira(cast, client):
    """A browser in which Mira, who stands in yesterday, is signed in."""
    client.invaller = named(cast)
    client.force_login(client.invaller.user)
    return client


def day_url(client, page):
    return f"/nl/tekenen/invallen/{client.invaller.pk}/{page.pk}/"


def sent(response, deelname, **changes):
    return {
        "van": "19:00",
        "tot": "21:00",
        f"{deelname.pk}-was_there": "on",
        f"{deelname.pk}-intent": hidden(response, f"{deelname.pk}-intent"),
        **changes,
    }


def test_tekenen_leads_to_the_own_day(cast, mira):
    page = words(mira.get("/nl/tekenen/", follow=True))
    assert "Je valt in" in page
    assert "Praattafel" in page
    assert "1 mens te tekenen" in page


def test_the_meeting_of_that_day_is_filled_in_and_signed_with_one_button(cast, mira):
    response = mira.get(day_url(mira, cast.praattafel))
    assert b'value="19:00"' in response.content
    assert "Samira" in words(response)
    after = mira.post(
        day_url(mira, cast.praattafel), sent(response, cast.samira_praat), follow=True
    )
    assert "Al getekend" in words(after)
    with acting_as(TEST):
        line = Bevestiging.objects.get(deelname=cast.samira_praat)
    assert (line.day, line.minutes) == (YESTERDAY, 120)


def test_the_same_form_twice_signs_once(cast, mira):
    data = sent(mira.get(day_url(mira, cast.praattafel)), cast.samira_praat)
    for _ in range(2):
        mira.post(day_url(mira, cast.praattafel), data)
    with acting_as(TEST):
        assert Bevestiging.objects.filter(deelname=cast.samira_praat).count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"van": ""}, "Vul het uur in"),
        ({"van": "x"}, "19:30"),
        ({"van": "19:00", "tot": "19:00"}, "minstens 1 minuut"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_signed(cast, mira, changes, sentence):
    response = mira.get(day_url(mira, cast.praattafel))
    answer = mira.post(day_url(mira, cast.praattafel), sent(response, cast.samira_praat, **changes))
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_nobody_ticked_is_said(cast, mira):
    answer = mira.post(day_url(mira, cast.praattafel), {"van": "19:00", "tot": "21:00"})
    assert answer.status_code == 422
    assert "Vink aan wie er was" in words(answer)


def test_an_activity_that_is_not_theirs_is_not_there(cast, mira):
    with acting_as(TEST):
        make_deelname(cast.yusuf, cast.groen)
    assert mira.get(day_url(mira, cast.groen)).status_code == 404


def test_somebody_elses_day_is_not_there(cast, mira, client):
    client.force_login(cast.stranger)
    assert client.get(f"/nl/tekenen/invallen/1/{cast.praattafel.pk}/").status_code == 404
    assert client.get("/nl/tekenen/invallen/").status_code == 302


def test_a_stand_in_opens_no_page_of_a_contact_person(cast, mira):
    for address in [
        f"/nl/tekenen/deelname/{cast.samira_praat.pk}/",
        f"/nl/tekenen/sessie/{cast.yesterday.pk}/",
        "/nl/tekenen/getekend/",
        "/nl/tekenen/invaller/",
    ]:
        assert mira.get(address).status_code in {302, 404}, address


def qr(traject):
    return f"/B/{cards.token(cards.new_card(traject, by=None, now=timezone.now()))}"


def test_a_scan_of_somebody_of_that_day_leads_to_the_list(cast, mira):
    make_deelname(cast.yusuf, cast.praattafel)
    assert mira.get(qr(cast.yusuf))["Location"] == day_url(mira, cast.praattafel)


def test_a_scan_of_anybody_else_says_as_much_as_to_a_stranger(cast, mira):
    elsewhere = mira.get(qr(make_traject(cast, "Zeynep Onbekend")))
    unknown = mira.get("/B/" + "A" * 26)
    assert (elsewhere.status_code, elsewhere.content) == (unknown.status_code, unknown.content)


def test_a_scan_leads_nowhere_once_the_days_to_sign_are_over(cast, mira):
    make_deelname(cast.yusuf, cast.praattafel)
    Invaller.everyone.update(sign_until=YESTERDAY)
    assert "Location" not in mira.get(qr(cast.yusuf))


def test_queries_do_not_grow_with_the_people(cast, mira, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(40) as queries:
            assert mira.get(day_url(mira, cast.praattafel)).status_code == 200
        return len(queries)

    count()
    few = count()
    with acting_as(TEST):
        for number in range(6):
            make_deelname(make_traject(cast, f"Persoon{number} Achternaam"), cast.praattafel)
    assert count() == few


# -- Naming on a phone -----------------------------------------------------------------------


@pytest.fixture
def lieve(cast, client):
    client.force_login(cast.lieve)
    return client


def typed(cast, **changes):
    return {
        "day": today().isoformat(),
        "place": f"{cast.lange_tafel.pk}-{cast.herent.pk}",
        "name": "Mira Bosanemoon",
        "email": "mira@post.example",
        "mobile": "",
        "language": "nl",
        **changes,
    }


def test_today_leads_to_naming_a_stand_in(lieve):
    assert b"/nl/tekenen/invaller/" in lieve.get("/nl/tekenen/").content


def test_a_contact_person_names_somebody_with_an_address(cast, lieve):
    page = words(lieve.post("/nl/tekenen/invaller/", typed(cast), follow=True))
    assert "Mira Bosanemoon" in page
    assert Invaller.everyone.get().named_by == cast.lieve


def test_somebody_without_an_address_gets_a_code_that_works_once(cast, lieve):
    response = lieve.post("/nl/tekenen/invaller/", typed(cast, email=""))
    code = response.context["code"]
    assert code in words(response)
    assert "no-store" in response["Cache-Control"]
    assert codes.redeem(code, now=timezone.now()) == Invaller.everyone.get().user
    assert codes.redeem(code, now=timezone.now()) is None


def test_a_mobile_number_too_for_now(cast, lieve):
    lieve.post("/nl/tekenen/invaller/", typed(cast, email="", mobile="0470 00 00 00"))
    assert Invaller.everyone.get().user.mobile == "+32470000000"


def test_no_code_for_an_account_that_opens_more(cast, lieve):
    """A number that is known elsewhere: the code would open that as well."""
    person = make_user("Saar", email=None)
    person.mobile = "+32470000000"
    person.save()
    Contactpersoon.everyone.create(user=person, gemeente=cast.leuven, name="Saar")
    response = lieve.post("/nl/tekenen/invaller/", typed(cast, email="", mobile="0470 00 00 00"))
    assert response.context["code"] is None
    assert "Een code kan niet" in words(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Schrijf de naam"),
        ({"email": "mira"}, "geen e-mailadres"),
        ({"mobile": "0470 00 00 00"}, "één manier"),
        ({"email": "", "mobile": "016"}, "gsm-nummer"),
        ({"day": "2020-01-01"}, "te lang geleden"),
        ({"day": "ooit"}, "geen dag"),
        ({"place": "1-2-3"}, "keuze"),
    ],
)
def test_what_cannot_be_is_said_by_a_sentence(cast, lieve, changes, sentence):
    response = lieve.post("/nl/tekenen/invaller/", typed(cast, **changes))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Invaller.everyone.exists()


def test_a_colleague_stops_a_stand_in(cast, lieve):
    invaller = named(cast, by=cast.joris)
    lieve.post(f"/nl/tekenen/invaller/{invaller.pk}/stop/")
    invaller = Invaller.everyone.get(pk=invaller.pk)
    assert invaller.ended_by == cast.lieve


@pytest.mark.parametrize("action", ["stop", "code"])
@pytest.mark.parametrize("name", ["peter", "saar"])
def test_not_somebody_of_another_organisatie_or_gemeente(cast, client, name, action):
    invaller = named(cast, email="")
    client.force_login(getattr(cast, name))
    address = f"/nl/tekenen/invaller/{invaller.pk}/{action}/"
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
    assert Invaller.everyone.get(pk=invaller.pk).ended_at is None
