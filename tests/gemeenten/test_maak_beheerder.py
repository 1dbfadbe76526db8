"""The first account of an installation."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gemeenten.models import User

LONG = "een-lang-wachtwoord-2026"
ADDRESS = "ward.sleutelbos@veertig.example"


def test_the_first_beheerder_can_sign_in_and_open_the_cms(db: None, client: Client) -> None:
    call_command("maak_beheerder", ADDRESS, "Ward Sleutelbos", password=LONG)
    client.force_login(User.objects.get(email=ADDRESS))
    assert client.get("/cms/").status_code == 200


def test_an_easy_password_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="12"):
        call_command("maak_beheerder", ADDRESS, "Ward Sleutelbos", password="veertig")


def test_an_address_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(CommandError):
        call_command("maak_beheerder", "ward", "Ward Sleutelbos", password=LONG)


def test_an_address_that_is_taken_is_refused(db: None) -> None:
    call_command("maak_beheerder", ADDRESS, "Ward Sleutelbos", password=LONG)
    with pytest.raises(CommandError, match="al iemand"):
        call_command("maak_beheerder", ADDRESS.upper(), "Iemand anders", password=LONG)
