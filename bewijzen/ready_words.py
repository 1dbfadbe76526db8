"""Ready sentences that go along when somebody asks for a place. Codes are kept, so that the contact
person reads them in a language of their own: writing Dutch is the hardest part."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

QUESTIONS: dict[str, Any] = {
    "komen": _("Mag ik de volgende keer komen?"),
    "kijken": _("Mag ik eerst eens komen kijken?"),
    "weinig": _("Ik spreek nog weinig Nederlands."),
    "kind": _("Mag mijn kind meekomen?"),
    "samen": _("Ik kom graag samen met iemand."),
}
ICONS = {
    "komen": "calendar",
    "kijken": "eye",
    "weinig": "language",
    "kind": "baby-carriage",
    "samen": "friends",
}


def known(codes: Iterable[str]) -> list[str]:
    """Those of `codes` that we have a sentence for, once each and in our order."""
    chosen = set(codes)
    return [code for code in QUESTIONS if code in chosen]


def sentences(codes: Iterable[str]) -> list[Any]:
    """The sentences of `codes`; one that is no more is left out."""
    return [QUESTIONS[code] for code in known(codes)]
