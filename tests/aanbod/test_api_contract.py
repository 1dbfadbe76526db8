"""The open-data API keeps the contract that it publishes at /api/v1/openapi.json: schemathesis
asks what the schema allows and what it does not, always the same questions."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from aanbod.models import Sessie
from marketplace.wsgi import application
from tests.aanbod.cast import make_page, weekly

SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
PLAIN = {"Accept-Encoding": "identity"}
SAME_QUESTIONS = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def offer(cast):
    make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)], capacity=8)
    make_page(cast.in_leuven, cast.lange_tafel, "Voetbal", soort="sport")
    first = Sessie.objects.first()
    Sessie.objects.filter(pk=first.pk).update(state="afgelast")


@pytest.fixture(autouse=True)
def _one_connection():
    """The application would close the connection, and with it the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@SAME_QUESTIONS
def test_every_answer_keeps_the_contract(case, offer):
    # What calls the application here does not open what is compressed, as browsers do.
    case.call_and_validate(headers=PLAIN)


@pytest.mark.parametrize("path", [path for path in SCHEMA if "{" in path])
def test_what_is_there_is_answered_as_the_contract_says(path, offer):
    there = {"id": Sessie.objects.first().page_id, "nis": "24038"}
    operation = SCHEMA[path]["GET"]
    wanted = {name: there[name] for name in there if f"{{{name}}}" in path}
    case = operation.Case(path_parameters=wanted)
    response = case.call(headers=PLAIN)
    assert response.status_code == 200
    case.validate_response(response)
