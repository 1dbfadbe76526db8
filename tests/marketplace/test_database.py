"""A connection that is kept between requests, and one that the database ended meanwhile."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[BaseDatabaseWrapper]:
    """A second connection to the test's database, opened."""
    other = connections.create_connection("default")
    other.ensure_connection()
    yield other
    other.close()


def test_a_connection_at_rest_is_usable_without_a_statement(kept):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with kept.execute_wrapper(note):
        assert kept.is_usable()
    assert asked == []


def test_a_connection_that_the_database_ended_is_not_usable(kept):
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not kept.is_usable()


def test_a_connection_that_was_closed_here_is_not_usable(kept):
    kept.connection.close()
    assert not kept.is_usable()
