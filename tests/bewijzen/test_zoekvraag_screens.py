"""The screens of zoekvragen and of a first time together: inburgeraar, desk, gemeente,
toeleider."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aanbod import indexing
from bewijzen.models import EersteKeer, Toeleider, Zoekvraag
from gemeenten.groups import sync_groups
from gemeenten.models import Toegangscode
from tests.bewijzen.cast import make_rol, make_user, row_counts, today
from tests.bewijzen.grootboek import fresh
from tests.bewijzen.screens import GARBAGE, words
from tests.bewijzen.test_eerste_keer import SOON, agreed, make_toeleider, plan, yes
from tests.bewijzen.test_eerste_keer import ask as ask_along
from tests.bewijzen.test_zoekvragen import answer, ask, at_desk

URL = "/nl/zoekvraag/"
TAPPED = {"soorten": ["conversatie", "sport"], "moments": ["avond"], "children": "on"}


def last():
    return Zoekvraag._base_manager.order_by("asked_at").last()


@pytest.fixture
def samira(cast, client):
    client.force_login(cast.samira.inburgeraar.user)
    return client


@pytest.fixture
def katrijn(cast, client):
    from gemeenten.activation import activate

    activate(cast.herent)
    sync_groups(cast.redacteur)
    client.force_login(cast.redacteur)
    return client


@pytest.fixture
def nele(cast, client):
    client.force_login(cast.nele)
    return client


# -- The inburgeraar -------------------------------------------------------------------------


def test_a_visitor_reads_how_to_ask_and_whom(cast, client):
    page = client.get(URL)
    assert page.status_code == 200
    assert "Herent" in words(page)
    assert "12 cijfers" in words(page)


def test_a_contact_person_has_nothing_to_ask_here(cast, client):
    client.force_login(cast.lieve)
    assert "je verzamelt hier zelf geen uren" in words(client.get(URL))


def test_a_few_taps_ask_and_the_answer_is_read_here(cast, samira):
    sent = samira.post(URL, TAPPED)
    vraag = last()
    assert sent["Location"] == f"{URL}{vraag.pk}/"
    assert (vraag.soorten, vraag.moments) == (TAPPED["soorten"], ["avond"])
    assert vraag.children
    assert (vraag.gemeente, vraag.agreed) == (cast.herent, False)
    assert "wacht op de gemeente" in words(samira.get(sent["Location"]))
    assert "Je vraag aan Herent" in words(samira.get("/nl/mijn/"))
    answer(cast, vraag)
    page = words(samira.get(sent["Location"]))
    assert "Praattafel" in page
    assert "Kan er iemand meegaan?" in page
    assert "er is een antwoord" in words(samira.get("/nl/mijn/"))


def test_the_name_goes_along_only_with_a_yes(cast, samira):
    samira.post(URL, {**TAPPED, "callback": "0470 00 00 00"})
    assert (last().name, last().callback) == ("", "")
    samira.post(f"{URL}{last().pk}/intrekken/")
    samira.post(URL, {**TAPPED, "agreed": "on", "callback": "0470 00 00 00"})
    assert (last().name, last().callback) == ("Samira Al-Masri", "0470 00 00 00")


def test_nothing_tapped_asks_for_one_thing(cast, samira):
    page = samira.post(URL, {})
    assert page.status_code == 422
    assert "Tik minstens één ding aan" in words(page)


@pytest.mark.parametrize("field", ["soorten", "moments", "km", "deelgemeente", "gemeente", "note"])
def test_garbage_is_answered(cast, samira, field):
    for garbage in GARBAGE:
        assert samira.post(URL, {**TAPPED, field: garbage}).status_code in {200, 302, 422}


def test_a_second_question_while_one_waits_goes_to_another_gemeente(cast, samira):
    ask(cast)
    page = words(samira.get(URL))
    assert "Vraag het ook aan een andere gemeente" in page
    samira.post(URL, {**TAPPED, "gemeente": "24062"})
    assert last().gemeente == cast.leuven
    assert "Stel mijn vraag" not in words(samira.get(URL))


def test_withdrawing_and_being_done(cast, samira):
    vraag = ask(cast)
    samira.post(f"{URL}{vraag.pk}/intrekken/")
    assert fresh(vraag).state == "ingetrokken"
    other = ask(cast)
    answer(cast, other)
    samira.post(f"{URL}{other.pk}/klaar/")
    assert fresh(other).state == "gesloten"
    assert "Je vraag aan Herent" not in words(samira.get("/nl/mijn/"))


@pytest.mark.parametrize("what", ["", "intrekken/", "klaar/"])
def test_the_question_of_somebody_else_is_not_there(cast, samira, what):
    theirs = ask(cast, traject=cast.yusuf)
    method = samira.post if what else samira.get
    assert method(f"{URL}{theirs.pk}/{what}").status_code == 404
    assert method(f"{URL}{uuid4()}/{what}").status_code == 404
    assert fresh(theirs).state == "gesteld"


def test_reading_changes_nothing(cast, samira):
    vraag = ask(cast)
    samira.get("/nl/mijn/")
    before = row_counts()
    for path in (URL, f"{URL}{vraag.pk}/", "/nl/mijn/"):
        assert samira.get(path).status_code == 200
    assert row_counts() == before


def test_company_is_asked_for_planned_and_agreed(cast, samira):
    sent = samira.post(f"/nl/mijn/samen/vraag/{cast.praattafel.pk}/")
    keer = EersteKeer._base_manager.get()
    assert sent["Location"] == f"/nl/mijn/samen/{keer.pk}/"
    assert "zoekt iemand die de eerste keer met je meegaat" in words(samira.get(sent["Location"]))
    plan(cast, keer, make_toeleider(cast))
    page = words(samira.get(sent["Location"]))
    assert "Rosa" in page
    assert "Vlinderbloem" not in page
    samira.post(f"/nl/mijn/samen/{keer.pk}/ja/", {"plan": "1"})
    assert fresh(keer).person_agreed
    assert samira.post(f"/nl/mijn/samen/{keer.pk}/af/", {"reason": ""}).status_code == 422
    samira.post(f"/nl/mijn/samen/{keer.pk}/af/", {"reason": "Ik durf niet."})
    assert fresh(keer).state == "afgezegd"


def test_company_for_somebody_else_is_not_there(cast, samira):
    theirs = ask_along(cast, traject=cast.yusuf)
    assert samira.get(f"/nl/mijn/samen/{theirs.pk}/").status_code == 404
    for what in ("ja", "af"):
        assert samira.post(f"/nl/mijn/samen/{theirs.pk}/{what}/").status_code == 404
    assert samira.post("/nl/mijn/samen/vraag/999999/").status_code == 404


# -- The desk --------------------------------------------------------------------------------


def test_from_the_dossier_a_question_is_asked_read_and_withdrawn(cast, nele):
    dossier = f"/begeleiding/{cast.samira.pk}/"
    assert nele.get(f"{dossier}zoekvraag/").status_code == 200
    assert nele.post(f"{dossier}zoekvraag/", {}).status_code == 422
    assert nele.post(f"{dossier}zoekvraag/", TAPPED)["Location"] == dossier
    assert last().channel == "begeleider"
    assert "wacht op de gemeente" in words(nele.get(dossier))
    nele.post(f"{dossier}zoekvraag/{last().pk}/intrekken/")
    assert last().state == "ingetrokken"


def test_the_answer_stands_in_the_dossier(cast, nele):
    answer(cast, ask(cast, by=cast.nele))
    assert "We vonden een tafel voor je." in words(nele.get(f"/begeleiding/{cast.samira.pk}/"))


def test_from_the_dossier_company_is_asked_for_and_agreed_to(cast, nele):
    dossier = f"/begeleiding/{cast.samira.pk}/"
    nele.post(f"{dossier}samen/", {"activiteit": cast.praattafel.pk})
    keer = EersteKeer._base_manager.get()
    plan(cast, keer, make_toeleider(cast))
    nele.post(f"{dossier}samen/{keer.pk}/ja/", {"plan": "1"})
    assert fresh(keer).person_agreed
    nele.post(f"{dossier}samen/{keer.pk}/af/", {"reason": "Verhuisd."})
    assert fresh(keer).state == "afgezegd"


def test_company_for_an_activity_that_is_not_there_is_refused(cast, nele):
    for sent in (*GARBAGE, "999999"):
        nele.post(f"/begeleiding/{cast.samira.pk}/samen/", {"activiteit": sent})
    assert not EersteKeer._base_manager.exists()


def test_a_traject_of_another_caseload_is_not_there(cast, nele):
    vraag = ask(cast, traject=cast.yordanka, gemeente=cast.leuven)
    keer = ask_along(cast, traject=cast.yordanka, page=cast.leuvense_tafel)
    dossier = f"/begeleiding/{cast.yordanka.pk}/"
    assert nele.post(f"{dossier}zoekvraag/", TAPPED).status_code == 404
    for own in (dossier, f"/begeleiding/{cast.samira.pk}/"):
        nele.post(f"{own}zoekvraag/{vraag.pk}/intrekken/")
        nele.post(f"{own}samen/{keer.pk}/ja/", {"plan": "0"})
        nele.post(f"{own}samen/{keer.pk}/af/", {"reason": "Nee."})
    assert (fresh(vraag).state, fresh(keer).state) == ("gesteld", "gevraagd")


# -- The gemeente ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [{"name": "Emre"}, {"callback": "0470 00 00 00"}])
def test_a_name_or_number_without_a_yes_is_refused_and_not_dropped(cast, katrijn, typed):
    before = Zoekvraag._base_manager.count()
    sent = katrijn.post("/cms/zoekvragen/24038/nieuw/", {**TAPPED, **typed})
    assert sent.status_code == 422
    assert "Gaat de persoon akkoord?" in sent.content.decode()
    assert next(iter(typed.values())) in sent.content.decode()
    assert Zoekvraag._base_manager.count() == before
    katrijn.post("/cms/zoekvragen/24038/nieuw/", {**TAPPED, **typed, "agreed": "on"})
    assert next(iter(typed.values())) in (last().name, last().callback)


def test_a_phoned_question_is_noted_and_answered_with_a_call(cast, katrijn):
    sent = katrijn.post("/cms/zoekvragen/24038/nieuw/", {**TAPPED, "language": "ar"})
    vraag = last()
    assert sent["Location"] == f"/cms/zoekvragen/vraag/{vraag.pk}/"
    assert (vraag.channel, vraag.name, vraag.language) == ("loket", "", "ar")
    called = timezone.localtime() - timedelta(hours=1)
    katrijn.post(
        sent["Location"],
        {"answer": "gesprek", "called_at": f"{called:%Y-%m-%dT%H:%M}", "text": "Komt dinsdag."},
    )
    assert (fresh(vraag).state, fresh(vraag).answer) == ("beantwoord", "gesprek")


def test_a_question_shows_what_fits_and_is_answered_with_it(cast, katrijn):
    indexing.index(cast.praattafel, cast.now)
    vraag = ask(cast)
    url = f"/cms/zoekvragen/vraag/{vraag.pk}/"
    assert "Zonder: Nederlands praten" in words(katrijn.get(url))
    assert "Praattafel" in words(katrijn.get(f"{url}?zoek=1&gemeente=herent"))
    katrijn.post(f"{url}opnemen/")
    assert fresh(vraag).taken_by == cast.redacteur
    refused = katrijn.post(url, {"answer": "activiteiten", "text": ""})
    assert refused.status_code == 422
    katrijn.post(url, {"answer": "activiteiten", "text": "", "activiteit": [cast.praattafel.pk]})
    assert fresh(vraag).state == "beantwoord"
    katrijn.post(f"{url}samen/{cast.praattafel.pk}/")
    assert EersteKeer._base_manager.get().first_name == ""
    katrijn.post(f"{url}sluiten/")
    assert fresh(vraag).state == "gesloten"


def test_the_start_of_the_cms_counts_what_waits_and_leads_to_it(cast, katrijn):
    vraag = ask(cast)
    ask_along(cast)
    page = katrijn.get("/cms/")
    assert "1 zoekvraag wacht op een antwoord" in words(page)
    assert "1 vraag om samen te gaan wacht op een toeleider" in words(page)
    assert f'href="{reverse("zoekvragen:index")}"' in page.content.decode()
    answer(cast, vraag)
    assert "wacht op een antwoord" not in words(katrijn.get("/cms/"))


def test_the_gemeente_reads_no_name_without_a_yes(cast, katrijn):
    vraag = ask(cast)
    for path in ("24038/", f"vraag/{vraag.pk}/"):
        page = words(katrijn.get(f"/cms/zoekvragen/{path}"))
        assert "Samira" not in page
        assert "Nele" not in page


@pytest.mark.parametrize("field", ["answer", "text", "called_at", "activiteit"])
def test_garbage_in_an_answer_is_said(cast, katrijn, field):
    vraag = ask(cast)
    kind = "gesprek" if field == "called_at" else "activiteiten"
    for garbage in GARBAGE:
        sent = {"answer": kind, "text": "Ja.", field: garbage}
        assert katrijn.post(f"/cms/zoekvragen/vraag/{vraag.pk}/", sent).status_code == 422
    assert fresh(vraag).state == "gesteld"


def test_the_list_says_what_is_late_and_the_menu_how_many_wait(cast, katrijn):
    at_desk(cast)
    Zoekvraag._base_manager.update(answer_by=today() - timedelta(days=2))
    page = words(katrijn.get("/cms/zoekvragen/24038/"))
    assert "2 dagen te laat" in page
    assert "Zoekvragen (1)" in katrijn.get("/cms/zoekvragen/24038/").content.decode()


def test_lists_ask_as_many_questions_whatever_they_hold(cast, katrijn):
    rosa = make_toeleider(cast)

    def queries():
        counts = []
        for path in ("zoekvragen/24038/", "toeleiders/24038/"):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert katrijn.get(f"/cms/{path}").status_code == 200
            counts.append(len(caught))
        return counts

    def fill(traject):
        ask(cast, traject=traject)
        plan(cast, ask_along(cast, traject=traject), rosa)

    fill(cast.samira)
    queries()
    few = queries()
    for traject in (cast.yusuf, cast.ahmad_n, cast.ahmad_s):
        fill(traject)
    make_toeleider(cast, "Wout Berkenblad")
    assert queries() == few


def test_a_toeleider_is_added_with_a_card_planned_and_ended(cast, katrijn):
    katrijn.post(
        "/cms/toeleiders/24038/nieuw/",
        {"name": "Rosa", "language": "nl", "languages": ["ar"], "valid_from": today()},
    )
    rosa = Toeleider.everyone.get()
    assert rosa.languages == ["nl", "ar"]
    assert "Typ deze code" in words(katrijn.post(f"/cms/toeleiders/persoon/{rosa.pk}/kaart/"))
    assert Toegangscode._base_manager.filter(user=rosa.user).exists()
    keer = ask_along(cast)
    url = f"/cms/toeleiders/keer/{keer.pk}/"
    assert katrijn.post(url, {"toeleider": rosa.pk, "place": "Hier"}).status_code == 422
    katrijn.post(url, {"toeleider": rosa.pk, "place": "Hier", "at": f"{SOON:%Y-%m-%dT%H:%M}"})
    assert (fresh(keer).state, fresh(keer).at) == ("toegewezen", SOON)
    katrijn.post(f"{url}afzeggen/", {"reason": "De zaal is dicht."})
    assert fresh(keer).state == "afgezegd"
    katrijn.post(f"/cms/toeleiders/persoon/{rosa.pk}/einde/")
    assert not Toeleider.everyone.valid().exists()


@pytest.mark.parametrize("mobile", ["123", "Rosa", "\x00"])
def test_what_is_no_mobile_number_is_said(cast, katrijn, mobile):
    sent = {"name": "Rosa", "language": "nl", "valid_from": today(), "mobile": mobile}
    assert katrijn.post("/cms/toeleiders/24038/nieuw/", sent).status_code == 422


def test_another_gemeente_is_not_there(cast, katrijn):
    other = make_user("Rik Elders")
    make_rol(other, "redacteur", gemeente=cast.leuven)
    vraag = ask(cast, traject=cast.yordanka, gemeente=cast.leuven)
    keer = ask_along(cast, traject=cast.yordanka, page=cast.leuvense_tafel)
    wout = make_toeleider(cast, "Wout Berkenblad", gemeente=cast.leuven)
    for path in (
        *("zoekvragen/24062/", "zoekvragen/24062/nieuw/", "toeleiders/24062/"),
        *(f"zoekvragen/vraag/{vraag.pk}/", f"toeleiders/keer/{keer.pk}/"),
    ):
        assert katrijn.get(f"/cms/{path}").status_code == 404
    assert katrijn.post(f"/cms/toeleiders/persoon/{wout.pk}/kaart/").status_code == 404


# -- The toeleider ---------------------------------------------------------------------------


def test_a_toeleider_sees_one_small_page_and_nothing_more(cast, client):
    rosa = make_toeleider(cast)
    keer = ask_along(cast, traject=cast.ahmad_s)
    plan(cast, keer, rosa)
    client.force_login(rosa.user)
    assert client.get("/")["Location"] == "/nl/tekenen/"
    assert client.get("/nl/tekenen/")["Location"] == "/nl/tekenen/samen/"
    assert "Praattafel" in words(client.get("/nl/tekenen/samen/"))
    url = f"/nl/tekenen/samen/{keer.pk}/"
    page = words(client.get(url))
    assert "Ahmad" in page
    assert "العربيّة" in page
    assert "Aan de ingang" in page
    for more in ("Suleiman", cast.ahmad_s.inburgeraar.reference, "Nele", str(cast.ahmad_s.pk)):
        assert more not in page
    client.post(f"{url}ja/", {"plan": "1"})
    assert fresh(keer).toeleider_agreed


def test_a_toeleider_signs_no_hours(cast, client):
    client.force_login(make_toeleider(cast).user)
    assert client.get("/nl/tekenen/getekend/").status_code == 302
    assert client.get(f"/nl/tekenen/deelname/{cast.samira_praat.pk}/").status_code == 302
    assert client.get("/nl/mijn/").status_code == 403


def test_a_toeleider_who_cannot_says_so(cast, client):
    rosa = make_toeleider(cast)
    keer = agreed(cast, rosa)
    client.force_login(rosa.user)
    url = f"/nl/tekenen/samen/{keer.pk}/"
    assert client.post(f"{url}nee/", {"reason": ""}).status_code == 422
    client.post(f"{url}nee/", {"reason": "Ik ben ziek."})
    assert fresh(keer).state == "gevraagd"
    assert client.get(url).status_code == 404


def test_they_went_together(cast, client):
    rosa = make_toeleider(cast)
    keer = agreed(cast, rosa)
    client.force_login(rosa.user)
    url = f"/nl/tekenen/samen/{keer.pk}/gedaan/"
    client.post(url)
    assert fresh(keer).state == "bevestigd"
    EersteKeer._base_manager.update(at=timezone.now() - timedelta(hours=1))
    client.post(url)
    assert fresh(keer).state == "gedaan"


def test_the_appointment_of_another_toeleider_is_not_there(cast, client):
    keer = ask_along(cast)
    plan(cast, keer, make_toeleider(cast))
    client.force_login(make_toeleider(cast, "Wout Berkenblad").user)
    url = f"/nl/tekenen/samen/{keer.pk}/"
    assert client.get(url).status_code == 404
    for what in ("ja", "nee", "gedaan"):
        assert client.post(f"{url}{what}/").status_code == 404


@pytest.mark.parametrize("who", ["lieve", "stranger", "redacteur"])
def test_who_is_no_toeleider_goes_to_where_one_signs_in(cast, client, who):
    client.force_login(getattr(cast, who))
    assert "/nl/tekenen/" in client.get("/nl/tekenen/samen/")["Location"]


def test_a_yes_needs_the_number_of_the_plan(cast, samira):
    rosa = make_toeleider(cast)
    keer = ask_along(cast)
    plan(cast, keer, rosa)
    plan(cast, keer, rosa, place="Aan het station")
    for sent in ("1", "", "x", "9" * 400):
        samira.post(f"/nl/mijn/samen/{keer.pk}/ja/", {"plan": sent})
    assert not fresh(keer).person_agreed
    yes(cast, keer, cast.samira.inburgeraar.user, number=2)
    assert fresh(keer).person_agreed
