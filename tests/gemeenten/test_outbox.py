"""Messages are written with what causes them, and sent once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from threading import Barrier, BrokenBarrierError

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext_lazy
from django_tasks import default_task_backend

from gemeenten import outbox
from gemeenten.models import Bericht
from tests.gemeenten.conftest import make_user

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class BrokenBackend(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


class MeetingBackend(EmailBackend):
    """Waits until two workers are about to send, or a moment has passed."""

    barrier = Barrier(2)

    def send_messages(self, messages):
        with suppress(BrokenBarrierError):
            self.barrier.wait(timeout=1)
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _empty_queue():
    default_task_backend.clear()


@pytest.fixture
def lieve(db):
    return make_user("Lieve", "lieve@example.org")


def tell(receiver, key="k", **kwargs):
    return outbox.tell(
        receiver, **{"subject": "Nieuws", "text": "Er is nieuws.", "key": key, "now": NOW, **kwargs}
    )


def rows() -> list[Bericht]:
    return list(Bericht._base_manager.order_by("pk"))


@pytest.mark.django_db
class TestTelling:
    def test_who_has_an_address_gets_mail(self, lieve):
        bericht = tell(lieve)

        assert (bericht.channel, bericht.state) == ("mail", "wacht")
        assert (bericht.created_at, bericht.sent_at) == (NOW, None)

    def test_who_has_none_reads_it_on_the_own_page_at_once(self, db):
        bericht = tell(make_user("Samira"))

        assert (bericht.channel, bericht.state, bericht.sent_at) == ("app", "verstuurd", NOW)

    def test_the_channel_can_be_chosen(self, lieve):
        assert tell(lieve, channel=Bericht.Channel.APP).channel == "app"

    def test_it_is_in_the_language_of_the_receiver(self, lieve):
        lieve.language = "en"
        lazy = gettext_lazy("Enter a valid email address.")
        lieve_text = tell(lieve, text=lazy).text
        lieve.language = "nl"

        assert lieve_text == "Enter a valid email address."
        assert tell(lieve, text=lazy, key="nl").text == "Voer een geldig e-mailadres in."

    def test_the_same_cause_tells_once(self, lieve):
        assert tell(lieve)
        assert tell(lieve, text="anders") is None
        assert [row.text for row in rows()] == ["Er is nieuws."]

    def test_it_says_who_sent_it(self, lieve):
        sender = make_user("Tom")

        assert tell(lieve, sender=sender).sender == sender

    def test_nothing_is_told_of_what_was_rolled_back(self, lieve):
        with transaction.atomic():
            tell(lieve)
            transaction.set_rollback(True)

        assert rows() == []

    def test_the_worker_is_called_once_after_the_transaction(
        self, lieve, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            tell(lieve)
            tell(lieve, key="l")
            assert default_task_backend.results == []

        assert [r.task.name for r in default_task_backend.results] == ["send_waiting"]

    def test_the_worker_is_not_called_for_what_is_read_on_a_page(
        self, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            tell(make_user("Samira"))

        assert default_task_backend.results == []


@pytest.mark.django_db
class TestSending:
    def test_waiting_mail_goes_out_once(self, lieve):
        tell(lieve)

        assert str(outbox.deliver(NOW)) == "1 sent, 0 to be tried again, 0 failed"
        assert str(outbox.deliver(NOW)) == "0 sent, 0 to be tried again, 0 failed"

        [message] = mail.outbox
        assert (message.to, message.subject) == (["lieve@example.org"], "Nieuws")
        assert message.body == "Er is nieuws."
        [row] = rows()
        assert (row.state, row.attempts, row.sent_at) == ("verstuurd", 1, NOW)

    def test_the_oldest_goes_first(self, lieve):
        tell(lieve, subject="nieuw", key="n")
        tell(lieve, subject="oud", key="o", now=NOW - timedelta(hours=1))

        outbox.deliver(NOW)

        assert [message.subject for message in mail.outbox] == ["oud", "nieuw"]

    def test_a_mail_server_that_is_down_loses_nothing(self, lieve, settings):
        tell(lieve)
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"

        assert outbox.deliver(NOW).waiting == 1
        assert [(row.state, row.attempts, row.sent_at) for row in rows()] == [("wacht", 1, None)]

        settings.EMAIL_BACKEND = backend
        assert outbox.deliver(NOW).sent == 1

    def test_it_is_given_up_after_five_attempts(self, lieve, settings):
        tell(lieve)
        settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"

        rounds = [outbox.deliver(NOW) for _ in range(6)]

        assert [(r.waiting, r.failed) for r in rounds] == [(1, 0)] * 4 + [(0, 1), (0, 0)]
        assert [(row.state, row.attempts) for row in rows()] == [("mislukt", 5)]

    def test_one_that_fails_does_not_hold_up_the_others(self, lieve):
        gone = make_user("Weg", "weg@example.org")
        tell(gone, key="1", now=NOW - timedelta(hours=1))
        gone.email = None
        gone.save()
        tell(lieve, key="2")

        assert str(outbox.deliver(NOW)) == "1 sent, 1 to be tried again, 0 failed"

    def test_a_line_break_in_a_subject_is_no_header_and_no_crash(self, lieve):
        tell(lieve, subject="Nieuws\nBcc: iedereen@example.org")

        assert outbox.deliver(NOW).waiting == 1
        assert mail.outbox == []

    def test_the_worker_comes_back_later_for_what_failed(self, lieve, settings):
        tell(lieve)
        settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"

        outbox.send_waiting.func()

        [again] = default_task_backend.results
        assert again.task.name == "send_waiting"
        assert again.task.run_after is not None

    def test_the_worker_does_not_come_back_for_nothing(self, lieve):
        tell(lieve)

        outbox.send_waiting.func()

        assert len(mail.outbox) == 1
        assert default_task_backend.results == []

    def test_by_hand(self, lieve):
        tell(lieve)
        out = StringIO()

        call_command("verstuur_berichten", stdout=out)

        assert out.getvalue() == "1 sent, 0 to be tried again, 0 failed\n"

    def test_no_log_line_names_a_person(self, lieve, settings, caplog):
        tell(lieve)
        settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"

        outbox.deliver(NOW)

        assert "ConnectionRefusedError" in caplog.text
        assert "lieve" not in caplog.text.lower()


def at_once(function) -> list:
    """The function in two threads, each with a connection of its own."""

    def run(_):
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


def test_two_workers_send_a_message_once(committed_db, settings):
    settings.EMAIL_BACKEND = f"{__name__}.MeetingBackend"
    tell(make_user("Lieve", "lieve@example.org"))

    rounds = at_once(lambda: outbox.deliver(NOW))

    assert sum(delivery.sent for delivery in rounds) == 1
    assert len(mail.outbox) == 1


def test_control_without_the_claim_two_workers_send_it_twice(committed_db, settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.MeetingBackend"
    tell(make_user("Lieve", "lieve@example.org"))

    def send_without_claim(bericht, now, delivery):
        outbox._mail(bericht).send()

    monkeypatch.setattr(outbox, "_send", send_without_claim)
    at_once(lambda: outbox.deliver(NOW))

    assert len(mail.outbox) == 2
