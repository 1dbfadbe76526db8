"""Who is acting: every personal row is read on behalf of somebody.

Models with personal or municipal data have `ScopedManager` as their default manager. It reads
the acting person from a context variable, raises when there is none, and filters by the rule
for that model in its app's `permissions.py`. So code that forgets to say who is asking fails,
instead of showing everything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from gemeenten.models import User


class ActingPersonMissing(RuntimeError):
    """Personal rows were asked for and nobody was acting."""


@dataclass(frozen=True)
class System:
    """A job or a rule of ours that acts itself, by name: `System("grootboek")`."""

    name: str


Actor = Any  # User, AnonymousUser or System

_acting: ContextVar[Actor] = ContextVar("acting")


@contextmanager
def acting_as(actor: "User | AnonymousUser | System") -> Iterator[None]:
    """Read personal rows as `actor` inside the block."""
    token = _acting.set(actor)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_person() -> Actor:
    """The acting person or system actor; raises `ActingPersonMissing` when there is none."""
    try:
        return _acting.get()
    except LookupError:
        raise ActingPersonMissing(
            "Nobody is acting. Wrap this in acting_as(user) or acting_as(System('…'))."
        ) from None


class ScopedManager(models.Manager):
    """Shows only what the acting person may see; see the module's text."""

    def get_queryset(self) -> models.QuerySet:
        actor = acting_person()
        rows = super().get_queryset()
        if isinstance(actor, System):
            return rows
        if not actor.is_authenticated:
            return rows.none()
        permissions = import_module(f"{self.model._meta.app_label}.permissions")
        return permissions.visible(rows, actor)


class ActingPersonMiddleware:
    """The signed-in person acts for the length of a request; a visitor acts as nobody in
    particular and sees no personal rows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(request.user):
            return self.get_response(request)


class SignedInRequest(HttpRequest):
    """A request in a view that lets only people in who are signed in."""

    user: "User"  # type: ignore[assignment]
