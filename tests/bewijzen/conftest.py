"""Fixtures for the tests of bewijzen."""

import pytest

from tests.bewijzen.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
