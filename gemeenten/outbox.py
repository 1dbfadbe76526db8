"""Messages to people: written in the transaction that causes them, sent after it.

A worker sends them (`send_waiting`); `manage.py verstuur_berichten` does the same by hand. Codes
for signing in do not come here: they are sent at once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht, Gemeente, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5

#: For a text with something in it that must not stand in the database: by the first word of the
#: key (before its colon) what gives the text as it is sent.
LAST_WORDS: dict[str, Callable[[Bericht], str]] = {}


@dataclass
class Delivery:
    """What came of one round, in messages."""

    sent: int = 0
    failed: int = 0  # given up
    waiting: int = 0  # to be tried again
    #: How often the one that waits longest was tried.
    attempts: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.waiting} to be tried again, {self.failed} failed"


def tell(
    receiver: User,
    *,
    subject: "StrOrPromise",
    text: "StrOrPromise",
    key: str,
    now: datetime,
    sender: User | None = None,
    channel: Bericht.Channel | None = None,
    language: str | None = None,
    contact_gemeente: Gemeente | None = None,
) -> Bericht | None:
    """Write a message to `receiver`, in their language; None when `key` was told already.

    `language` is the one that this sender knows of them, when it is another than the account's.
    `contact_gemeente` is the gemeente whose contact person they are told this as: its editors
    see whether it arrived.

    `subject` and `text` may be lazy translations. Put nothing personal in the subject: it shows
    on locked screens. Without `channel`: mail when the receiver has an address, else their own
    page, where it stands as soon as it is written.
    """
    if channel is None:
        channel = Bericht.Channel.MAIL if receiver.email else Bericht.Channel.APP
    by_mail = channel == Bericht.Channel.MAIL
    language = language or receiver.language
    with override(language), acting_as(System("post")):
        bericht, fresh = Bericht.objects.get_or_create(
            key=key,
            defaults={
                "receiver": receiver,
                "sender": sender,
                "channel": channel,
                "language": language,
                "contact_gemeente": contact_gemeente,
                "subject": str(subject),
                "text": str(text),
                "state": Bericht.State.WAITING if by_mail else Bericht.State.SENT,
                "created_at": now,
                "sent_at": None if by_mail else now,
            },
        )
    if fresh and by_mail:
        _send_after_commit()
    return bericht if fresh else None


def send_again(receiver: User, gemeente: Gemeente) -> int:
    """Try once more what could not be sent to a contact person of `gemeente`. How many messages;
    what was sent or waits is left as it is."""
    with acting_as(System("post")), transaction.atomic():
        failed = Bericht.objects.filter(
            receiver=receiver,
            contact_gemeente=gemeente,
            channel=Bericht.Channel.MAIL,
            state=Bericht.State.FAILED,
        )
        found = failed.update(state=Bericht.State.WAITING, attempts=0)
    if found:
        _send_after_commit()
    return found


#: Before whatever else waits for the same worker.
MAIL_FIRST = 50


@task(priority=MAIL_FIRST)
def send_waiting() -> None:
    """The worker's round. What could not be sent is tried again after 1, 4, 16 and 64 minutes."""
    now = timezone.now()
    delivery = deliver(now)
    if delivery.waiting:
        later = now + timedelta(minutes=4 ** (delivery.attempts - 1))
        send_waiting.using(run_after=later).enqueue()


def deliver(now: datetime) -> Delivery:
    """Send every waiting mail once."""
    delivery = Delivery()
    with acting_as(System("post")):
        for bericht in _waiting().order_by("created_at").select_related("receiver"):
            _send(bericht, now, delivery)
    return delivery


def _waiting() -> QuerySet[Bericht]:
    return Bericht.objects.filter(state=Bericht.State.WAITING, channel=Bericht.Channel.MAIL)


def _send(bericht: Bericht, now: datetime, delivery: Delivery) -> None:
    this = _waiting().filter(pk=bericht.pk)
    try:
        with transaction.atomic():
            # Two workers: the second waits here for the first, and then changes no row.
            if not this.update(state=Bericht.State.SENT, sent_at=now, attempts=F("attempts") + 1):
                return
            _mail(bericht).send()
        delivery.sent += 1
    except Exception as error:  # whatever a mail server comes up with; the row must not be lost
        attempts = bericht.attempts + 1
        logger.warning("bericht %s: attempt %s: %s", bericht.pk, attempts, type(error).__name__)
        if attempts >= MAX_ATTEMPTS:
            this.update(state=Bericht.State.FAILED, attempts=attempts)
            delivery.failed += 1
        else:
            this.update(attempts=attempts)
            delivery.waiting += 1
            delivery.attempts = max(delivery.attempts, attempts)


def _mail(bericht: Bericht) -> EmailMessage:
    if not bericht.receiver.email:
        raise LookupError("the receiver has no address any more")
    last_words = LAST_WORDS.get(bericht.key.partition(":")[0])
    return EmailMessage(
        bericht.subject,
        last_words(bericht) if last_words else bericht.text,
        to=[bericht.receiver.email],
        # Keeps answering machines from answering.
        headers={"Auto-Submitted": "auto-generated", "Content-Language": bericht.language},
    )


def _send_after_commit() -> None:
    """Once for a transaction, however many messages it writes."""
    scheduled = [function for _, function, *_ in transaction.get_connection().run_on_commit]
    if _enqueue not in scheduled:
        # Robust: the message is written; a queue that is away must not look like a failure.
        transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    send_waiting.enqueue()
