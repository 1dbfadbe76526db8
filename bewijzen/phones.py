"""Who is signed in on which phone: several people on one, each behind a PIN, and phones that are
signed out from afar.

A phone is a browser that holds a cookie of ours: 256 random bits, of which the database keeps the
SHA-256. It opens nobody: it only finds the people who set a PIN there, and their PIN opens them.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet

from bewijzen.models import Aanmelding, Deelname, Inburgeraar, Pictogram
from bewijzen.refusals import Refusal
from gemeenten.acting import System, acting_as
from gemeenten.models import User
from gemeenten.sign_in import ascii_digits

MAX_WRONG = 5
SHORTEST, LONGEST = 4, 6
#: What everybody tries first.
EASY = {"1234", "12345", "123456", "4321", "54321", "654321"}
SYSTEM = System("telefoon")

_here: ContextVar[str] = ContextVar("phone", default="")


def new_token() -> str:
    """What the cookie of a phone holds."""
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@contextmanager
def on_phone(token: str) -> Iterator[None]:
    """What happens inside happens on the phone with this cookie; "" is no phone that we know."""
    before = _here.set(token)
    try:
        yield
    finally:
        _here.reset(before)


def is_of_this_phone(deelname: UUID) -> bool:
    """Is the inburgeraar of this deelname signed in here, open or locked? Then nobody signs for
    them on this phone (trust.md §2)."""
    token = _here.get()
    if not token:
        return False
    with acting_as(SYSTEM):
        theirs = Deelname.objects.filter(pk=deelname).values("traject__inburgeraar__user")
        return _alive(token).filter(user__in=theirs).exists()


def _alive(token: str) -> QuerySet[Aanmelding]:
    return Aanmelding.objects.filter(phone_hash=_hash(token), ended_at__isnull=True)


# -- Signing in and out ------------------------------------------------------------------------


def enrol(user: User, token: str, session_key: str, *, label: str, now: datetime) -> Aanmelding:
    """`user` signed in on this phone. Who was there with a PIN is locked; who had none is signed
    out, as ever. A PIN that was guessed at too often is gone: they came in by another way."""
    with acting_as(SYSTEM), transaction.atomic():
        for other in _alive(token).exclude(user=user).select_for_update(no_key=True):
            _close(other, now=None if other.pin_hash else now)
        row, fresh = Aanmelding.objects.get_or_create(
            phone_hash=_hash(token),
            user=user,
            ended_at=None,
            defaults={
                "session_key": session_key,
                "label": label,
                "made_at": now,
                "seen_at": now,
                "pictogram": secrets.choice(Pictogram.values),
            },
        )
        if not fresh:
            if row.pin_wrong >= MAX_WRONG:
                row.pin_hash = ""
            row.session_key, row.label, row.seen_at, row.pin_wrong = session_key, label, now, 0
            row.save(update_fields=["session_key", "label", "seen_at", "pin_wrong", "pin_hash"])
    return row


def of_session(session_key: str | None) -> Aanmelding | None:
    """Who is signed in with this session, and on which phone."""
    if not session_key:
        return None
    with acting_as(SYSTEM):
        rows = Aanmelding.objects.filter(session_key=session_key, ended_at__isnull=True)
        return rows.first()


def lock(row: Aanmelding) -> None:
    """Nobody is signed in any more; the PIN opens it again."""
    with acting_as(SYSTEM):
        _close(row, now=None)


def sign_out(row: Aanmelding, *, now: datetime) -> None:
    """This phone forgets this person, and nobody else. Also from afar."""
    with acting_as(SYSTEM):
        _close(row, now=now)


def _close(row: Aanmelding, *, now: datetime | None) -> None:
    """End the session; with `now` the phone forgets the person too."""
    if row.session_key:
        engine = import_module(settings.SESSION_ENGINE)
        engine.SessionStore(row.session_key).delete()
    row.session_key = ""
    if now:
        row.ended_at, row.pin_hash = now, ""
    row.save(update_fields=["session_key", "ended_at", "pin_hash"])


def of_user(user: User) -> list[Aanmelding]:
    """The phones on which `user` is signed in, the last one first."""
    return list(Aanmelding.objects.filter(user=user, ended_at__isnull=True))


# -- The PIN -----------------------------------------------------------------------------------


def behind_pin(token: str) -> list[tuple[Aanmelding, str]]:
    """(row, first name) of everyone on this phone with a PIN, in the order they came."""
    if not token:
        return []
    with acting_as(SYSTEM):
        rows = list(_alive(token).exclude(pin_hash="").order_by("made_at", "pk"))
        people = Inburgeraar.objects.filter(user__in=[row.user_id for row in rows])
        names = {person.user_id: person.first_name for person in people}
    return [(row, names[row.user_id]) for row in rows if row.user_id in names]


def set_pin(row: Aanmelding, pin: str, *, pictogram: str) -> None:
    """A PIN of 4 to 6 digits of any script. Raises `Refusal`."""
    digits = ascii_digits(pin)
    if not SHORTEST <= len(digits) <= LONGEST:
        raise Refusal("pin_length")
    if digits in EASY or len(set(digits)) == 1:
        raise Refusal("pin_easy")
    row.pin_hash, row.pin_wrong, row.pictogram = make_password(digits), 0, pictogram
    with acting_as(SYSTEM):
        row.save(update_fields=["pin_hash", "pin_wrong", "pictogram"])


def remove_pin(row: Aanmelding) -> None:
    row.pin_hash, row.pin_wrong = "", 0
    with acting_as(SYSTEM):
        row.save(update_fields=["pin_hash", "pin_wrong"])


def check_pin(pk: UUID, token: str, pin: str) -> User:
    """Whom this PIN opens on this phone. Raises `Refusal`: after five wrong ones only a code from
    a card or by e-mail helps. Not inside a transaction: a try that is rolled back is a free one."""
    with acting_as(SYSTEM):
        rows = _alive(token).filter(pk=pk).exclude(pin_hash="")
        if not _claim_try(rows):
            raise Refusal("pin_blocked")
        row = rows.select_related("user").get()
        if not check_password(ascii_digits(pin), row.pin_hash) or not row.user.is_active:
            raise Refusal("pin_blocked" if row.pin_wrong >= MAX_WRONG else "pin_wrong")
        rows.update(pin_wrong=0)
    return row.user


def _claim_try(rows: QuerySet[Aanmelding]) -> bool:
    """Count a try before it is made, in one statement: of guesses sent at once five are read."""
    return rows.filter(pin_wrong__lt=MAX_WRONG).update(pin_wrong=F("pin_wrong") + 1) == 1


def tries_left(row: Aanmelding) -> int:
    return max(0, MAX_WRONG - row.pin_wrong)


# -- What kind of phone ------------------------------------------------------------------------

_SYSTEMS = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"]
_BROWSERS = {
    "Edg": "Edge",
    "SamsungBrowser": "Samsung",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}


def label_of(agent: str) -> str:
    """The kind of phone and browser that calls itself `agent`: "Android, Chrome". Nothing finer:
    it is for its owner to know it by."""
    system = next((name for name in _SYSTEMS if name in agent), "")
    browser = next((word for sign, word in _BROWSERS.items() if re.search(rf"{sign}/", agent)), "")
    return ", ".join(part for part in (system, browser) if part)
