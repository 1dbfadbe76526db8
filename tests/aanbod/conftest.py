"""Fixtures for the tests of aanbod."""

import pytest

from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def acting() -> None:
    """A system actor, for rules that read personal rows."""
    with acting_as(TEST):
        yield
