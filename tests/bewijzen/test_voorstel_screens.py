"""The screens of an own proposal: of the person, and of the trajectbegeleider."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bewijzen import voorstellen
from bewijzen.models import Deelname, Voorstel
from bewijzen.voorstellen import Named, Plan
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, row_counts, today
from tests.bewijzen.grootboek import NOW, fresh
from tests.bewijzen.screens import GARBAGE, hidden, words

URL = "/nl/mijn/voorstel/"
DESK = "/begeleiding/voorstellen/"
RITA = Named("Rita Zonnedauw", "rita.zonnedauw@post.example")
COFFEE = Plan("Koffie drinken", "Rita", "elke week", "thuis", contact=RITA)
FILLED = {
    "what": "Koffie drinken",
    "with_whom": "Mijn buurvrouw",
    "moment": "Elke dinsdag",
    "place": "Bij haar thuis",
    "dutch": "Ik drink koffie met Rita.",
    "groep": "ja",
    "nieuwe-mensen": "weet_niet",
    "knows": "ja",
    "contact_name": "Rita Zonnedauw",
    "contact_email": "rita.zonnedauw@post.example",
}
YES = {
    "antwoord": "aanvaard",
    "kenmerken": list(voorstellen.SLUGS),
    "contact_name": "Rita Zonnedauw",
    "contact_email": "rita.zonnedauw@post.example",
}


@pytest.fixture
def cast(shared_cast):
    return shared_cast


@pytest.fixture
def samira(cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


@pytest.fixture
def nele(cast) -> Client:
    client = Client()
    client.force_login(cast.nele)
    return client


def propose(cast, traject=None, **changed):
    traject = traject or cast.samira
    plan = Plan(**{**vars(COFFEE), **changed})
    by = traject.inburgeraar.user
    return voorstellen.propose(traject, plan, intent=uuid4(), by=by, now=NOW)


def only() -> Voorstel:
    with acting_as(TEST):
        return Voorstel.objects.get()


# -- The person --------------------------------------------------------------------------------


def test_the_page_asks_four_things_and_the_criteria_as_questions(samira):
    page = words(samira.get(URL))
    for text in ["Wat wil je doen?", "Met wie?", "Wanneer, en hoe vaak?", "Waar?"]:
        assert text in page
    assert "Zijn er mensen die je nog niet kent?" in page
    assert "Weet ik nog niet" in page


def test_looking_sends_nothing(cast, samira):
    before = row_counts()
    samira.get(URL)
    assert row_counts() == before


def test_a_proposal_is_sent_and_its_state_stands_on_the_own_page(samira):
    intent = hidden(samira.get(URL), "intent")
    answer = samira.post(URL, {**FILLED, "intent": intent}, follow=True)
    assert "wacht op je trajectbegeleider" in words(answer)
    voorstel = only()
    assert (str(voorstel.pk), voorstel.contact_email) == (intent, RITA.email)
    assert voorstel.answers["groep"] == "ja"
    assert "Koffie drinken" in words(samira.get("/nl/mijn/"))


def test_a_double_tap_is_one_proposal(samira):
    sent = {**FILLED, "intent": str(uuid4())}
    for _ in range(2):
        assert samira.post(URL, sent).status_code == 302
    only()


def test_who_signs_may_be_unknown_yet(samira):
    samira.post(URL, {**FILLED, "knows": "weet_niet"})
    assert only().contact_name == ""


def test_without_a_line_in_dutch_it_is_sent_as_well(samira):
    assert samira.post(URL, {**FILLED, "dutch": ""}).status_code == 302


@pytest.mark.parametrize("name", ["what", "with_whom", "moment", "place"])
def test_an_empty_field_says_what_to_do(samira, name):
    answer = samira.post(URL, {**FILLED, name: " "})
    assert answer.status_code == 422
    assert "Een paar woorden zijn genoeg." in words(answer)


def test_nobody_names_themselves(cast, samira):
    user = cast.samira.inburgeraar.user
    user.email = "samira@post.example"
    user.save()
    answer = samira.post(URL, {**FILLED, "contact_email": "samira@post.example"})
    assert answer.status_code == 422
    assert "Je kan niet voor jezelf tekenen." in words(answer)


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_answered_with_a_sentence(samira, garbage):
    for name in [*FILLED, "intent", "contact_mobile"]:
        assert samira.post(URL, {**FILLED, name: garbage}).status_code in {302, 422}


def test_a_day_before_the_answer_is_noted(cast, samira):
    voorstel = propose(cast)
    day = today() - timedelta(days=3)
    sent = {"day": day.isoformat(), "hours": "1", "minutes": "30"}
    answer = samira.post(f"{URL}{voorstel.pk}/", sent, follow=True)
    assert "1 uur 30" in words(answer)
    assert samira.post(f"{URL}{voorstel.pk}/", sent).status_code == 422


def test_what_was_asked_is_answered_in_the_proposal_itself(cast, samira):
    voorstel = propose(cast)
    voorstellen.ask_back(voorstel.pk, "Hoe lang duurt het?", by=cast.nele, now=NOW)
    assert "Hoe lang duurt het?" in words(samira.get("/nl/mijn/"))
    page = samira.get(f"{URL}{voorstel.pk}/antwoord/")
    assert "Koffie drinken" in page.content.decode()
    samira.post(f"{URL}{voorstel.pk}/antwoord/", {**FILLED, "moment": "2 uur, elke week"})
    assert (only().state, only().moment) == ("ingediend", "2 uur, elke week")


def test_a_no_is_read_with_its_reason(cast, samira):
    voorstel = propose(cast)
    voorstellen.decline(voorstel.pk, "Het is familie.", by=cast.nele, now=NOW)
    for address in ["/nl/mijn/", f"{URL}{voorstel.pk}/"]:
        assert "Het is familie." in words(samira.get(address))


def test_it_is_withdrawn_with_a_button(cast, samira):
    voorstel = propose(cast)
    samira.post(f"{URL}{voorstel.pk}/intrekken/")
    assert fresh(voorstel).state == "ingetrokken"


@pytest.mark.parametrize("path", ["", "antwoord/", "intrekken/"])
def test_the_proposal_of_another_is_not_there(cast, samira, path):
    voorstel = propose(cast, cast.yusuf)
    before = row_counts()
    assert samira.post(f"{URL}{voorstel.pk}/{path}", FILLED).status_code == 404
    assert row_counts() == before


def test_a_visitor_signs_in_first(client, db):
    assert client.get(URL)["Location"] == f"/nl/activeer/?next={URL}"


# -- The desk ----------------------------------------------------------------------------------


def test_the_list_shows_what_waits_in_the_own_caseload(cast, nele):
    propose(cast, dutch="Ik drink koffie met Rita.")
    propose(cast, cast.yordanka, dutch="Voetbal in Leuven.")
    page = words(nele.get(DESK))
    assert "Ik drink koffie met Rita." in page
    assert "Voetbal in Leuven." not in page


def test_the_list_costs_the_same_for_one_and_for_ten(cast, nele):
    propose(cast)
    with CaptureQueriesContext(connection) as few:
        nele.get(DESK)
    for traject in [cast.yusuf, cast.ahmad_n, cast.ahmad_s] * 3:
        propose(cast, traject)
    with CaptureQueriesContext(connection) as many:
        nele.get(DESK)
    assert len(many) == len(few)


def test_the_own_page_and_the_dossier_cost_the_same_with_more_proposals(cast, samira, nele):
    addresses = [(samira, "/nl/mijn/"), (nele, f"/begeleiding/{cast.samira.pk}/")]
    propose(cast)
    for client, address in addresses:
        client.get(address)
    counts = []
    for _ in range(2):
        found = []
        for client, address in addresses:
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        counts.append(found)
        for _more in range(2):
            propose(cast)
    assert counts[0] == counts[1]


def test_the_caseload_says_that_a_proposal_waits(cast, nele):
    propose(cast)
    assert "1 voorstel te beoordelen" in words(nele.get("/begeleiding/"))


def test_the_answers_are_ticked_already(cast, nele):
    answers = {"groep": "ja", "voertaal": "nee"}
    page = nele.get(f"{DESK}{propose(cast, answers=answers).pk}/").content.decode()
    assert 'value="groep" checked' in page
    assert 'value="voertaal">' in page
    assert "Rita Zonnedauw" in page


def test_who_accepts_names_it_in_dutch_for_who_signs_and_for_the_bewijs(cast, nele):
    """The person may write in a language that the neighbour cannot read."""
    voorstel = propose(cast, what="نشرب القهوة معا")
    nele.post(f"{DESK}{voorstel.pk}/", {**YES, "dutch": "Koffie drinken met  Rita"})
    with acting_as(TEST):
        assert Deelname.objects.get(page=None).title == "Koffie drinken met Rita"
        assert Voorstel.objects.get().what == "نشرب القهوة معا"


def test_accepting_leads_to_the_dossier_where_it_stands(cast, nele):
    answer = nele.post(f"{DESK}{propose(cast).pk}/", YES, follow=True)
    assert "Aanvaard. Samira krijgt bericht" in words(answer)
    with acting_as(TEST):
        assert Deelname.objects.filter(page=None, traject=cast.samira).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"contact_name": "", "contact_email": ""}, "Schrijf op wie de uren tekent"),
        ({"kenmerken": ["groep"]}, "Niet alle criteria zijn aangeduid."),
        ({"contact_email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"contact_email": "nele.wolfsmelk@post.example"}, "Wie dit traject volgt, tekent"),
    ],
)
def test_a_yes_that_cannot_be_says_why(cast, nele, changed, sentence):
    voorstel = propose(cast)
    answer = nele.post(f"{DESK}{voorstel.pk}/", {**YES, **changed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert fresh(voorstel).state == "ingediend"


@pytest.mark.parametrize(("what", "state"), [("vraag", "teruggevraagd"), ("wijs_af", "afgewezen")])
def test_a_question_and_a_no_need_words(cast, nele, what, state):
    voorstel = propose(cast)
    answer = nele.post(f"{DESK}{voorstel.pk}/", {"antwoord": what, "words": " "})
    assert answer.status_code == 422
    nele.post(f"{DESK}{voorstel.pk}/", {"antwoord": what, "words": "Wie is Rita?"})
    assert (fresh(voorstel).state, fresh(voorstel).reply) == (state, "Wie is Rita?")


def test_what_was_withdrawn_in_the_meantime_is_said(cast, nele):
    voorstel = propose(cast)
    voorstellen.withdraw(voorstel.pk, by=cast.samira.inburgeraar.user, now=NOW)
    answer = nele.post(f"{DESK}{voorstel.pk}/", YES)
    assert answer.status_code == 422
    assert fresh(voorstel).state == "ingetrokken"


def test_a_code_on_paper_is_made_for_who_has_no_e_mail_and_shown_once(cast, nele):
    nele.post(f"{DESK}{propose(cast).pk}/", {**YES, "contact_email": ""})
    with acting_as(TEST):
        made = Deelname.objects.get(page=None)
    address = f"/begeleiding/{cast.samira.pk}/contactcode/{made.pk}/"
    assert address in nele.get(f"/begeleiding/{cast.samira.pk}/").content.decode()
    assert nele.get(address).status_code == 302
    assert "De code werkt één keer" in words(nele.post(address))
    other = f"/begeleiding/{cast.samira.pk}/contactcode/{cast.samira_praat.pk}/"
    assert nele.post(other).status_code == 404


@pytest.mark.parametrize("who", ["thomas", "lieve", "redacteur", "stranger"])
def test_nobody_else_finds_it(cast, who):
    client = Client()
    client.force_login(getattr(cast, who))
    voorstel = propose(cast)
    assert client.get(f"{DESK}{voorstel.pk}/").status_code == 404
    assert client.post(f"{DESK}{voorstel.pk}/", YES).status_code == 404
    assert fresh(voorstel).state == "ingediend"


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_at_the_desk_is_answered(cast, nele, garbage):
    voorstel = propose(cast)
    for name in [*YES, "reason", "contact_mobile", "words"]:
        answer = nele.post(f"{DESK}{voorstel.pk}/", {**YES, "kenmerken": [], name: garbage})
        assert answer.status_code in {302, 422}
    assert nele.get(DESK, {"pagina": garbage}).status_code == 200
