"""What the bewijs of a traject says, and whether an earlier one still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from bewijzen import attachment, canonical, cards, signing
from bewijzen.bewijs_pdf import BewijsContent, BewijsLine
from bewijzen.models import Hoofd, Kaart, Regel, RegelTekst, Traject
from bewijzen.summary import Summary, encode, fitted
from gemeenten.acting import System, acting_as

FINAL_STATES = {Traject.State.BEREIKT, Traject.State.GEREGISTREERD}
ERASED = "Gegevens gewist"


def content_of(traject: Traject, *, now: datetime) -> BewijsContent:
    """Everything that the PDF of `traject` shows: the bewijs once it is reached, before that the
    overview so far with the card's code. The caller has checked that the reader may see it."""
    with acting_as(System("bewijs")):
        traject = Traject.objects.select_related("inburgeraar", "agentschap", "gemeente").get(
            pk=traject.pk
        )
        regels = _regels(traject)
        valid = [regel for regel in regels if hasattr(regel, "bevestiging")]
        valid.sort(key=lambda regel: (regel.day, regel.number))
        head = Hoofd.objects.filter(traject=traject, number=len(regels)).first()
        is_final = traject.state in FINAL_STATES and bool(valid)
        summary = _summary(traject, valid, regels[-1], now) if is_final else ""
        kaart = None if is_final else cards.living_card(traject)
    return BewijsContent(
        is_final=is_final,
        issuer=traject.agentschap.name,
        gemeente=traject.gemeente.name,
        name=traject.inburgeraar.name,
        total_minutes=_total(valid),
        target_minutes=traject.target_minutes,
        lines=tuple(_line(regel) for regel in valid),
        issued_at=now,
        verify_address=_address("/nl/verifieer/"),
        sign_address=_address("/nl/tekenen/"),
        data=_data(traject, regels, valid, head, summary),
        kid=signing.current_kid() if is_final else "",
        summary=summary,
        **_card(kaart),
    )


@dataclass(frozen=True)
class Standing:
    """Does a genuine bewijs still hold? `code` is one of:

    - holds: nothing it rests on was withdrawn;
    - corrected: something was, and as many hours count as it says, or more;
    - less: fewer count now, namely `minutes`;
    - unknown: its lines are not in this grootboek.
    """

    code: str
    minutes: int = 0


def standing(summary: Summary) -> Standing:
    """How the grootboek stands now towards what `summary` says, and nothing more than that."""
    with acting_as(System("verifieer")):
        own = Regel.objects.filter(traject=summary.traject)
        if not own.filter(number=summary.number, hash=summary.head).exists():
            return Standing("unknown")
        total = Traject.objects.values_list("total_minutes", flat=True).get(pk=summary.traject)
        if total < summary.total_minutes:
            return Standing("less", total)
        withdrawn = own.filter(number__gt=summary.number, withdraws__number__lte=summary.number)
        return Standing("corrected" if withdrawn.exists() else "holds", summary.total_minutes)


def _regels(traject: Traject) -> list[Regel]:
    """The whole chain in one query, so that what counts and what was withdrawn agree."""
    return list(
        Regel.objects.filter(traject=traject)
        .select_related("tekst", "bevestiging", "signer", "entered_by", "withdraws")
        .order_by("number")
    )


def _total(valid: list[Regel]) -> int:
    return sum(regel.minutes for regel in valid)


def _summary(traject: Traject, valid: list[Regel], last: Regel, now: datetime) -> str:
    """The signed text of the QR; `last` is the last line of the chain, valid or not."""
    summary = Summary(
        issuer=urlsplit(settings.BASE_URL).netloc,
        name=canonical.nfc(traject.inburgeraar.name),
        total_minutes=_total(valid),
        target_minutes=traject.target_minutes,
        first_day=valid[0].day,
        last_day=valid[-1].day,
        traject=traject.pk,
        number=last.number,
        head=last.hash,
        issued_at=now.replace(microsecond=0),
        kid=signing.current_kid(),
    )
    return encode(fitted(summary), signing.sign)


def _line(regel: Regel) -> BewijsLine:
    tekst = _tekst(regel)
    return BewijsLine(
        day=regel.day,
        minutes=regel.minutes,
        van=regel.van,
        tot=regel.tot,
        title=tekst.title if tekst else ERASED,
        organisatie=tekst.organisatie if tekst else "",
        gemeente=tekst.gemeente if tekst else "",
        signer=tekst.signer if tekst else "",
        grade=regel.grade,
    )


def _tekst(regel: Regel) -> RegelTekst | None:
    """The words of a line, or None once they were erased."""
    return getattr(regel, "tekst", None)


def _data(
    traject: Traject,
    regels: list[Regel],
    valid: list[Regel],
    head: Hoofd | None,
    summary: str,
) -> bytes:
    words = {
        regel.number: (tekst.salt, canonical.words(tekst))
        for regel in valid
        if (tekst := _tekst(regel))
    }
    return attachment.write(
        traject.pk, [_canonical(regel) for regel in regels], words, _head(head), summary or None
    )


def _canonical(regel: Regel) -> dict[str, Any]:
    entered_by = regel.entered_by.username if regel.entered_by else None
    return canonical.line(regel, signer=regel.signer.username, entered_by=entered_by)


def _head(head: Hoofd | None) -> dict[str, Any] | None:
    if head is None:
        return None
    return {
        "n": head.number,
        "hash": head.hash,
        "sleutel": head.kid,
        "handtekening": head.signature,
    }


def _card(kaart: Kaart | None) -> dict[str, str]:
    if kaart is None:
        return {}
    return {"card_url": cards.card_url(kaart), "typed_code": cards.grouped(cards.typed_code(kaart))}


def _address(path: str) -> str:
    """A page of the contract, to read and type over: without https:// and the last slash."""
    return f"{urlsplit(settings.BASE_URL).netloc}{path}".rstrip("/")
