"""The link with which an organisatie hands in its activities in one gemeente, without an account.

Its token is derived from a key, as that of a printed card (model.md, Tokens): so it can be shown,
mailed and printed again at any moment, and a leaked database opens nothing.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from aanbod.models import Contactpersoon, Organisatie, Organisatielink
from gemeenten import outbox
from gemeenten.acting import System, acting_as
from gemeenten.models import Bericht, Gemeente, User

TOKEN_LENGTH = 26
#: First word of the key of a message that carries the link.
MESSAGE = "organisatielink"
#: Where the address comes in such a message, at the moment it is sent.
MARK = "[adres]"
SUBJECT = _("De link om je activiteiten door te geven")
TEXT = _(
    "Dag\n\nMet deze link geef je de activiteiten van %(organisatie)s door aan %(gemeente)s:\n\n"
    "%(mark)s\n\nJe hebt geen account nodig. Wie de link heeft, kan iets doorgeven. Geef hem dus "
    "alleen aan mensen van je organisatie. De gemeente kijkt alles na voor het online komt.\n\n"
    "Kreeg je deze mail zonder reden? Dan hoef je niets te doen."
)


class LinkRefused(ValueError):
    """Why a link cannot be mailed; its text is said to the colleague."""


def token(link: Organisatielink) -> str:
    """26 base32 characters, 130 bits."""
    return _token(link.kid, link.gemeente_id, link.organisatie_id, link.generation)


def _token(kid: str, gemeente: int, organisatie: int, generation: int) -> str:
    text = f"doorgeven|{gemeente}|{organisatie}|{generation}"
    mac = hmac.new(settings.KAART_SLEUTELS[kid], text.encode(), hashlib.sha256).digest()
    return base64.b32encode(mac).decode()[:TOKEN_LENGTH]


def _hash(token: str) -> str:
    # Whatever a stranger sends is looked up: half characters too.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def url(link: Organisatielink) -> str:
    """The absolute address of the organisation's own page."""
    with override(settings.LANGUAGE_CODE):
        return settings.BASE_URL + reverse("aanbod:doorgeven", args=[token(link)])


def address(organisatie: Organisatie, gemeente: Gemeente) -> str:
    """The address of the page of an organisatie in a gemeente; "" when it has no link. Put it in
    no row and no subject: use `MESSAGE` and `MARK` for a mail."""
    link = living(organisatie, gemeente)
    return url(link) if link else ""


def living(organisatie: Organisatie, gemeente: Gemeente) -> Organisatielink | None:
    with acting_as(System("links")):
        return Organisatielink.objects.filter(
            organisatie=organisatie, gemeente=gemeente, withdrawn_at__isnull=True
        ).first()


def find(text: str) -> Organisatielink | None:
    """The living link of a token, with its organisatie and gemeente; the same single query
    whatever is asked."""
    with acting_as(System("links")):
        return (
            Organisatielink.objects.filter(
                token_hash=_hash(text.strip().upper()),
                withdrawn_at__isnull=True,
                gemeente__landing__isnull=False,
            )
            .select_related("organisatie", "gemeente")
            .first()
        )


@transaction.atomic
def link_of(
    organisatie: Organisatie, gemeente: Gemeente, *, by: User | None, now: datetime
) -> Organisatielink:
    """The living link, made when there is none. A double tap makes one."""
    _lock(organisatie)
    return living(organisatie, gemeente) or _make(organisatie, gemeente, by=by, now=now)


@transaction.atomic
def renew(
    organisatie: Organisatie, gemeente: Gemeente, *, by: User | None, now: datetime
) -> Organisatielink:
    """A new link; the one before it is dead from now on."""
    withdraw(organisatie, gemeente, now=now)
    return _make(organisatie, gemeente, by=by, now=now)


@transaction.atomic
def withdraw(organisatie: Organisatie, gemeente: Gemeente, *, now: datetime) -> bool:
    """The link is dead from now on; False when there was none. What was sent in stays."""
    _lock(organisatie)
    with acting_as(System("links")):
        rows = Organisatielink.objects.filter(organisatie=organisatie, gemeente=gemeente)
        return bool(rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=now))


def _lock(organisatie: Organisatie) -> None:
    Organisatie.objects.select_for_update(no_key=True).get(pk=organisatie.pk)


def _make(
    organisatie: Organisatie, gemeente: Gemeente, *, by: User | None, now: datetime
) -> Organisatielink:
    kid = next(iter(settings.KAART_SLEUTELS))
    with acting_as(System("links")):
        rows = Organisatielink.objects.filter(organisatie=organisatie, gemeente=gemeente)
        last = rows.order_by("-generation").first()
        generation = last.generation + 1 if last else 1
        return Organisatielink.objects.create(
            organisatie=organisatie,
            gemeente=gemeente,
            generation=generation,
            kid=kid,
            token_hash=_hash(_token(kid, gemeente.pk, organisatie.pk, generation)),
            made_at=now,
            made_by=by,
        )


def mail(link: Organisatielink, contact: Contactpersoon, *, by: User, now: datetime) -> None:
    """Mail the link to a contact person of that organisatie in that gemeente. The address is
    filled in when the mail is sent, so that the outbox opens nothing.

    Raises LinkRefused for somebody else, and for who has no e-mail address.
    """
    if (contact.organisatie_id, contact.gemeente_id) != (link.organisatie_id, link.gemeente_id):
        raise LinkRefused("Deze persoon hoort niet bij deze organisatie. Kies iemand anders.")
    if not contact.user.email:
        raise LinkRefused(f"{contact} heeft geen e-mailadres. Druk de link af en geef hem zelf.")
    words = {
        "organisatie": link.organisatie.name,
        "gemeente": link.gemeente.name,
        "mark": MARK,
    }
    with override(contact.language):
        text = str(TEXT) % words
    outbox.tell(
        contact.user,
        subject=SUBJECT,
        text=text,
        key=f"{MESSAGE}:{link.pk}:{contact.pk}:{now:%Y%m%d%H%M}",  # a double tap is one mail
        now=now,
        sender=by,
        channel=Bericht.Channel.MAIL,
        language=contact.language,
        contact_gemeente=link.gemeente,
    )


def last_words(bericht: Bericht) -> str:
    """The text of a message that carries the link, with the address of today in it; raises
    LookupError when the link was withdrawn."""
    with acting_as(System("links")):
        pk = bericht.key.split(":")[1]
        link = Organisatielink.objects.filter(pk=pk).first()
        found = link and living(link.organisatie, link.gemeente)
    if not found:
        raise LookupError("the link was withdrawn before the mail was sent")
    return bericht.text.replace(MARK, url(found))
