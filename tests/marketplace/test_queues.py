"""A big import never holds up mail: it has a queue of its own, and mail goes first in the other."""

import inspect

from aanbod import geocoding
from aanbod.importing import jobs
from gemeenten import outbox
from marketplace.management.commands import start


def test_an_import_waits_in_a_queue_of_its_own():
    assert jobs.run.queue_name == "invoer"
    assert outbox.send_waiting.queue_name == "default"


def test_mail_goes_before_what_else_waits():
    assert outbox.send_waiting.priority > geocoding.ask.priority


def test_make_start_runs_a_worker_for_each_queue(settings):
    started = inspect.getsource(start.Command.handle)
    for queue in settings.TASKS["default"]["QUEUES"]:
        assert f'self._worker("{queue}")' in started
