"""The demo: loaded once, whole, and described for scripts."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from aanbod.models import ActiviteitPage, Soort
from bewijzen import chain
from bewijzen.models import Traject
from gemeenten.acting import System, acting_as


@pytest.fixture
def demo(db: None, settings: object, tmp_path: object) -> dict:
    settings.VAR_DIR = tmp_path
    return described()


def described(*words: str) -> dict:
    out = StringIO()
    call_command("demo", "--json", *words, stdout=out)
    return json.loads(out.getvalue())


def rows() -> dict[str, int]:
    with acting_as(System("test")):
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_it_covers_every_kind_in_both_municipalities_together(demo: dict) -> None:
    assert set(ActiviteitPage.objects.live().values_list("soort", flat=True)) == set(Soort.values)
    assert ActiviteitPage.objects.live().count() >= 24


def test_its_grootboek_is_whole(demo: dict) -> None:
    assert list(chain.check()) == []


def test_loading_it_again_changes_nothing(demo: dict) -> None:
    before = rows()
    assert described() == demo
    assert rows() == before


def test_it_names_every_address_of_the_contract_that_is_there(demo: dict) -> None:
    assert set(demo) == {
        *("base", "public", "cms", "desk", "newcomer", "contact", "mail_dir", "canary")
    }
    assert set(demo["cms"]["users"]) == {"herent", "leuven", "beheer"}
    assert set(demo["desk"]["users"]) == {"begeleider_herent", "begeleider_leuven"}


def test_the_activation_code_works_and_another_comes_after_it(demo: dict, client: object) -> None:
    code = demo["newcomer"]["activation_code"]
    answer = client.post("/nl/activeer/", {"code": code})
    assert answer.status_code == 302
    assert described()["newcomer"]["activation_code"] != code


def test_every_public_address_answers_with_one_heading(demo: dict, client: object) -> None:
    for address in demo["public"].values():
        answer = client.get(address.removeprefix(demo["base"]))
        assert answer.status_code == 200, address
        assert answer.content.decode().count("<h1") == 1, address


def test_more_of_it_can_be_made_for_measuring(demo: dict) -> None:
    described("--size", "60")
    assert ActiviteitPage.objects.count() == 60
    with acting_as(System("test")):
        assert Traject.objects.count() == 12
    assert list(chain.check()) == []
