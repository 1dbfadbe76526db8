"""Everything about me: see it, take it along, correct it."""

import json
import re

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bewijzen import about_me, participation
from bewijzen.models import Inburgeraar, Stap
from gemeenten.acting import acting_as
from gemeenten.models import Bericht, User
from marketplace.settings import BASE_DIR
from tests.bewijzen.cast import TEST, Cast, make_deelname, make_verzoek, sign
from tests.bewijzen.screens import GARBAGE, words

URL = "/nl/mijn/gegevens/"


@pytest.fixture
def samira(cast: Cast, client: Client) -> Client:
    client.force_login(cast.samira.inburgeraar.user)
    return client


def export(client: Client) -> dict:
    answer = client.get("/nl/mijn/gegevens.json")
    assert answer.status_code == 200
    return json.loads(answer.content)


def our_models() -> list[type]:
    return [
        model
        for label in ("gemeenten", "aanbod", "bewijzen")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


PERSON = {User, Inburgeraar, *(apps.get_model("bewijzen", n) for n in ["Traject", "Deelname"])}
PERSON |= {apps.get_model("bewijzen", name) for name in ["Regel", "Voorstel", "Zoekvraag"]}


def points_to_a_person(model: type) -> bool:
    return model is User or any(
        field.related_model in PERSON for field in model._meta.concrete_fields if field.is_relation
    )


def test_every_model_that_points_to_a_person_is_in_the_file_or_says_why_not():
    known = {part.model._meta.label for part in about_me.PARTS} | set(about_me.LEFT_OUT)
    missing = {m._meta.label for m in our_models() if points_to_a_person(m)} - known
    assert missing == set()


def test_control_a_model_that_is_left_out_of_both_is_found(monkeypatch):
    parts = [part for part in about_me.PARTS if part.key != "verzoeken"]
    known = {part.model._meta.label for part in parts} | set(about_me.LEFT_OUT)
    missing = {m._meta.label for m in our_models() if points_to_a_person(m)} - known
    assert missing == {"bewijzen.Verzoek"}


@pytest.mark.parametrize("part", about_me.PARTS, ids=lambda part: part.key)
def test_every_field_is_in_the_file_or_left_out_on_purpose(part):
    taken = {name.partition("__")[0] for name in part.keys.values()} | part.without
    fields = {field.name for field in part.model._meta.concrete_fields}
    if "pk" in taken or part.model._meta.pk.name not in taken:
        taken.add(part.model._meta.pk.name)
    assert fields - taken == set()


def test_the_keys_are_described():
    text = (BASE_DIR / "docs" / "gegevens.md").read_text()
    described = set(re.findall(r"`(\w+)`", text))
    keys = {key for part in about_me.PARTS for key in [part.key, *part.keys]}
    assert keys | {"formaat", "gemaakt_op"} <= described


def test_the_file_holds_my_hours_notes_and_messages(cast, samira):
    sign(cast.samira_praat, cast.lieve)
    make_verzoek(cast.samira_fiets, minutes=45)
    found = export(samira)
    assert found["formaat"] == "veertig/gegevens/1"
    assert found["dossier"][0]["naam_op_bewijs"] == cast.samira.inburgeraar.name
    assert found["regels"][0]["minuten"] == 120
    assert found["teksten_van_regels"][0]["getekend_door"] == "Lieve Vanderstok"
    assert found["verzoeken"][0]["minuten"] == 45
    assert {row["activiteit"] for row in found["deelnames"]} == {
        cast.samira_praat.title,
        cast.samira_fiets.title,
    }


def test_nothing_of_anybody_else_is_in_the_file(cast, samira):
    sign(make_deelname(cast.yusuf, cast.groen), cast.peter)
    text = json.dumps(export(samira))
    for stranger in ["Yusuf", "Peter", "Nele", "Bomen planten", "Katrijn"]:
        assert stranger not in text


def test_no_secret_is_in_the_file(cast, samira):
    text = json.dumps(export(samira))
    for secret in ["password", "argon2", "token_hash", samira.session.session_key]:
        assert secret not in text


def test_more_rows_ask_no_more_of_the_database(cast, samira):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            export(samira)
            samira.get(URL)
        return len(asked)

    sign(cast.samira_praat, cast.lieve, days_ago=1)
    few = queries()
    for days_ago in (2, 3, 4):
        sign(cast.samira_praat, cast.lieve, days_ago=days_ago)
        make_verzoek(cast.samira_fiets, days_ago=days_ago)
    assert queries() == few


def test_a_visitor_gets_no_file(cast, client):
    assert client.get("/nl/mijn/gegevens.json").status_code == 302


def test_a_wrong_name_is_asked_of_the_trajectbegeleider(cast, samira):
    samira.post(f"{URL}naam/", {"name": " Samira  Bent "})
    with acting_as(TEST):
        assert Stap.objects.get(what="naam").reason == "Samira Bent"
        told = Bericht.objects.get(receiver=cast.nele)
        assert "Samira" not in told.subject + told.text
        assert Inburgeraar.objects.get(pk=cast.samira.inburgeraar_id).name != "Samira Bent"


def test_a_name_is_asked_three_times_a_day_at_most(cast, samira):
    for number in range(3):
        assert samira.post(f"{URL}naam/", {"name": f"Samira {number}"}).status_code == 302
    assert samira.post(f"{URL}naam/", {"name": "Samira 4"}).status_code == 422


def test_the_language_is_mine_to_change(cast, samira):
    assert samira.post(f"{URL}taal/", {"taal": "ar"})["Location"] == "/ar/mijn/gegevens/"
    assert User.objects.get(pk=cast.samira.inburgeraar.user_id).language == "ar"
    samira.post(f"{URL}taal/", {"taal": "xx"})
    assert User.objects.get(pk=cast.samira.inburgeraar.user_id).language == "ar"


def code_in(mailbox: list) -> str:
    return re.search(r"\b\d{6}\b", mailbox[-1].body)[0]


def test_an_address_is_kept_once_its_code_was_typed(cast, samira):
    samira.post(f"{URL}adres/", {"email": "samira@nieuw.example"})
    user = User.objects.get(pk=cast.samira.inburgeraar.user_id)
    assert user.email is None
    assert code_in(mail.outbox) not in mail.outbox[-1].subject
    samira.post(f"{URL}adres/code/", {"code": code_in(mail.outbox)})
    user.refresh_from_db()
    assert user.email == "samira@nieuw.example"
    samira.post(f"{URL}adres/weg/")
    user.refresh_from_db()
    assert user.email is None


def test_five_wrong_codes_and_the_right_one_is_worth_nothing(cast, samira):
    samira.post(f"{URL}adres/", {"email": "samira@nieuw.example"})
    for _ in range(5):
        samira.post(f"{URL}adres/code/", {"code": "000001"})
    samira.post(f"{URL}adres/code/", {"code": code_in(mail.outbox)})
    assert User.objects.get(pk=cast.samira.inburgeraar.user_id).email is None


def test_a_taken_address_is_answered_as_any_other(cast, samira):
    for email in ["samira@nieuw.example", cast.lieve.email]:
        cache.clear()
        assert samira.post(f"{URL}adres/", {"email": email}).status_code == 302
    samira.post(f"{URL}adres/code/", {"code": code_in(mail.outbox)})
    assert User.objects.get(pk=cast.samira.inburgeraar.user_id).email is None


@pytest.mark.parametrize("garbage", GARBAGE)
def test_whatever_is_sent_is_answered(cast, samira, garbage):
    cache.clear()
    for path in ["naam/", "taal/", "herinner/", "adres/", "adres/code/", "wensen/weg/"]:
        fields = dict.fromkeys(["name", "taal", "herinner", "email", "code"], garbage)
        assert samira.post(f"{URL}{path}", fields).status_code in {302, 422}


def test_the_page_says_who_i_am_and_what_there_is(cast, samira):
    participation.ask_to_join(cast.samira, cast.groen, now=timezone.now())
    page = words(samira.get(URL))
    assert cast.samira.inburgeraar.name in page
    assert cast.samira.inburgeraar.reference in page
    assert "activiteiten 3" in page
