"""The tables of proof can be taken back and made again, with every guard in its place."""

import pytest
from django.core.management import call_command
from django.db import connection

from bewijzen.chain import check
from tests.bewijzen.cast import make_cast
from tests.bewijzen.grootboek import confirm


def guards() -> set[tuple[str, str]]:
    """Triggers, constraints and indexes of our tables, by table and definition."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger
            WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'bewijzen_%%'
            UNION ALL
            SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE conrelid::regclass::text LIKE 'bewijzen_%%'
            UNION ALL
            SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE 'bewijzen_%%'
            """
        )
        return set(cursor.fetchall())


def test_back_to_nothing_and_forward_again(committed_db: None) -> None:
    before = guards()
    call_command("migrate", "bewijzen", "zero", verbosity=0)
    assert guards() == set()
    call_command("migrate", verbosity=0)
    assert guards() == before
    cast = make_cast()
    confirm(cast.samira_praat, cast.lieve)
    assert list(check()) == []


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make() -> None:
    call_command("makemigrations", "bewijzen", check=True, dry_run=True, verbosity=0)
