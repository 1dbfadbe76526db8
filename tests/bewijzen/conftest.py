"""Fixtures for the tests of bewijzen."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from tests.bewijzen.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(scope="module")
def _cast_of_file(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def shared_cast(_cast_of_file: Cast) -> Iterator[Cast]:
    """The same, made once for a file of many small tests. Not beside `db` or `committed_db`."""
    with transaction.atomic():
        yield deepcopy(_cast_of_file)
        transaction.set_rollback(True)
