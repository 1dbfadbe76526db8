"""From what somebody hands in, the text of a QR or a PDF, to a signed summary."""

import subprocess
import sys

from django.utils.translation import gettext_lazy as _

from bewijzen import attachment, signing
from bewijzen.bewijs_pdf import ATTACHMENT
from bewijzen.summary import NotGenuine, Summary, decode
from bewijzen.verifieer import pdf_attachment

MAX_PDF_BYTES = 5 * 1024 * 1024
_MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
_MOST_SECONDS = 15

_NOT_OURS = _(
    "Dit is niet de code van een bewijs van Veertig. Kijk of je de hele tekst hebt: hij begint "
    "met VTG1."
)
_CHANGED = _("De handtekening klopt niet. Iemand heeft iets veranderd, of het bewijs is vals.")

#: Why it is not genuine, or could not be read, by the code of NotGenuine.
SENTENCES = {
    "malformed": _NOT_OURS,
    "oversized": _NOT_OURS,
    "wrong_version": _(
        "Dit bewijs is van een ander soort dan deze pagina kent. Vraag raad aan het agentschap."
    ),
    "wrong_algorithm": _CHANGED,
    "bad_signature": _CHANGED,
    "unknown_key": _(
        "Deze website heeft dit bewijs niet getekend. Kijk op het papier welk adres erop staat."
    ),
    "lines_differ": _("De uren in dit bestand zijn niet de uren die getekend zijn."),
    "card": _(
        "Dit is de code van een kaart. Daarmee teken je uren. Scan de code op het bewijs zelf, of "
        "kies het pdf-bestand."
    ),
    "not_final": _("Dit is een overzicht tot nu toe. Het is nog geen bewijs van alle uren."),
    "not_a_pdf": _("Dit bestand kunnen we niet lezen. Kies het pdf-bestand van het bewijs."),
    "no_data": _(
        "In dit pdf-bestand zit geen bewijs van Veertig. Is het een foto of een kopie? Scan dan "
        "de QR-code op het papier en plak de tekst hier."
    ),
}

#: Nobody has cheated: it is another thing than a bewijs, or we can't read it.
UNREADABLE = {"malformed", "oversized", "wrong_version", "card", "not_final"} | {
    "not_a_pdf",
    "no_data",
}


def from_text(text: str) -> Summary:
    """The summary in the text of a QR, forgiving what copying does to it. Raises NotGenuine."""
    text = "".join(text.splitlines()).strip()
    if "/b/" in text.lower()[:200] and not text.startswith("VTG"):
        raise NotGenuine("card")
    return decode(text, signing.public_keys())


def from_pdf(data: bytes) -> Summary:
    """The summary in a PDF of ours, checked against all its lines. Raises NotGenuine."""
    return attachment.read(_attached(data), signing.public_keys())


def _attached(data: bytes) -> bytes:
    """Read in a process of its own: a stranger's PDF may not hold up the site."""
    words = [sys.executable, "-I", pdf_attachment.__file__, ATTACHMENT, str(_MAX_ATTACHMENT_BYTES)]
    try:
        run = subprocess.run(  # noqa: S603 - our own script, no word of it from outside
            words, input=data, capture_output=True, timeout=_MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotGenuine("not_a_pdf") from None
    if run.returncode == pdf_attachment.NOT_THERE:
        raise NotGenuine("no_data")
    if run.returncode != 0:
        raise NotGenuine("not_a_pdf")
    return run.stdout
