"""Fixtures for the tests of aanbod."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import transaction

from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, Cast, make_cast


@pytest.fixture(scope="module")
def module_cast(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cast]:
    """Made once for a file, in a transaction around all of its tests: it is a third of a second
    of work, and there are hundreds of tests."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        made = make_cast()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def cast(module_cast: Cast, db: None) -> Cast:
    return deepcopy(module_cast)


@pytest.fixture
def acting() -> Iterator[None]:
    """A system actor, for rules that read personal rows."""
    with acting_as(TEST):
        yield
