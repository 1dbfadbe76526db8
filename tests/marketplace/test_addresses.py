"""Addresses of the project itself, and what every answer carries."""

import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from marketplace.logs import Redact, RedactingFormatter, redacted


@pytest.mark.django_db
def test_health_is_200_when_the_database_answers_and_migrations_are_in(client: Client) -> None:
    assert client.get("/gezond/").status_code == 200


@pytest.mark.django_db
def test_health_is_503_when_a_migration_is_missing(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="bewijzen").delete()
    answer = client.get("/gezond/")
    assert (answer.status_code, answer.json()["waarom"]) == (503, "migraties")


@pytest.mark.parametrize(
    ("accept", "home"),
    [
        ("ar", "/ar/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("fr-BE,fr;q=0.9,nl;q=0.8", "/fr/"),
        ("tr-TR", "/tr/"),
        ("xx", "/nl/"),
        ("", "/nl/"),
    ],
)
@pytest.mark.django_db
def test_the_root_chooses_the_readers_language(client: Client, accept: str, home: str) -> None:
    assert client.get("/", headers={"accept-language": accept})["Location"] == home


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/nl/privacy/", "/ar/toegankelijkheid/", "/nl/aanbod/", "/nl/wegwijzer/"]
)
def test_own_pages_have_a_strict_content_security_policy(client: Client, path: str) -> None:
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_answers_carry_the_security_headers(client: Client) -> None:
    answer = client.get("/nl/privacy/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/nl/nergens/", "/nl/%00/", "/xx/", "/media/images/../../etc/passwd", "/nl/mijn/%F0%9F/"],
)
def test_an_address_nobody_knows_is_a_404_with_a_sentence(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.django_db
def test_pages_that_are_only_read_refuse_other_methods(client: Client, method: str) -> None:
    assert getattr(client, method)("/gezond/").status_code == 405


def test_tokens_and_mail_addresses_never_reach_the_log() -> None:
    line = "GET /B/ABCDEFGHIJKLMNOPQRSTUVWXYZ/123456 by lieve@delangetafel.example"
    assert redacted(line) == "GET /B/[token] by [mail]"
    record = logging.LogRecord("x", logging.INFO, "", 0, "GET %s", ("/b/GEHEIM234",), None)
    Redact().filter(record)
    assert record.getMessage() == "GET /B/[token]"


@pytest.mark.django_db
def test_a_damaged_session_cookie_is_no_session(client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\0ijkl"
    assert client.get("/nl/mijn/").status_code == 302


@pytest.mark.parametrize("page", ["email/", "password/change/", "password/set/", "confirm-email/"])
@pytest.mark.django_db
def test_nobody_changes_the_address_they_are_known_by(client: Client, page: str) -> None:
    assert client.get(f"/nl/aanmelden/{page}").status_code == 404


@pytest.mark.parametrize("path", ["/fr", "/so", "/media/images/" + "a" * 300])
@pytest.mark.django_db
def test_odd_addresses_are_answered(client: Client, path: str) -> None:
    assert client.get(path).status_code in {301, 302, 404}


@pytest.mark.django_db
def test_wagtails_own_sign_in_is_closed(client: Client) -> None:
    assert client.get("/nl/_util/login/").status_code == 404


def test_an_errors_own_text_is_redacted_too() -> None:
    try:
        raise ValueError("Key (email)=(lieve@delangetafel.example) exists, next=%2FB%2FGEHEIM234")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "oei", None, sys.exc_info())
    text = RedactingFormatter().format(record)
    assert "lieve" not in text
    assert "GEHEIM" not in text
