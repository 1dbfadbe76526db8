"""Short recordings of a text, read aloud by somebody: ten kilobytes, told by what is in them.

Ten kilobytes are some fifteen seconds of speech in Opus, and seconds on the slowest connection.
"""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from aanbod.models import ActiviteitPage, Opname
from gemeenten.models import User

MOST_BYTES = 10 * 1024
TOO_LARGE = "Deze opname is te groot. Ten hoogste 10 kB: spreek kort, ongeveer vijftien seconden."
EMPTY = "Deze opname is leeg. Kies een ander bestand."
OTHER_TYPE = "Dit is geen opname die wij kennen. Bewaar ze als Ogg Opus (.ogg) of als MP3 (.mp3)."
#: Kilobits a second of an MPEG audio frame, layer III, by version (1, then 2 and 2.5) and index.
_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
TYPES = {"ogg": "audio/ogg", "mp3": "audio/mpeg"}


class OpnameRefused(ValueError):
    """With a sentence for who sent it."""


def kind_of(sound: bytes) -> str:
    """ "ogg" or "mp3", told by what is in it. Raises OpnameRefused for anything else."""
    if not sound:
        raise OpnameRefused(EMPTY)
    if len(sound) > MOST_BYTES:
        raise OpnameRefused(TOO_LARGE)
    if _is_opus(sound):
        return "ogg"
    if _is_mp3(sound):
        return "mp3"
    raise OpnameRefused(OTHER_TYPE)


def _is_opus(sound: bytes) -> bool:
    """One stream of Opus in Ogg (RFC 7845): every page in its place, to the last byte."""
    if sound[28:36] != b"OpusHead":
        return False
    at = pages = 0
    while at < len(sound):
        header = sound[at : at + 27]
        if len(header) < 27 or header[:5] != b"OggS\0":
            return False
        segments = sound[at + 27 : at + 27 + header[26]]
        at += 27 + header[26] + sum(segments)
        pages += 1
    return pages >= 3 and at == len(sound)


def _is_mp3(sound: bytes) -> bool:
    """Frames of MPEG layer III after each other, behind an ID3 tag or none; the last may be cut."""
    at = frames = 0
    if sound[:3] == b"ID3" and len(sound) > 10:
        size = [byte & 0x7F for byte in sound[6:10]]
        at = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    end = len(sound) - 128 if sound[-128:-125] == b"TAG" else len(sound)
    while at < end:
        length = _frame_length(sound[at : at + 4])
        if not length:
            return False
        at += length
        frames += 1
    return frames >= 3


def _frame_length(header: bytes) -> int:
    """Bytes of the frame that starts with this header; 0 when it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = _BITRATES[0 if version == 3 else 1][bitrate]
    samples = 144 if version == 3 else 72
    return samples * kilobits * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)


@transaction.atomic
def store(
    page: ActiviteitPage, language: str, sound: bytes, *, by: User | None, now: datetime
) -> Opname:
    """Put a recording with an activity, in place of the one in that language. Raises
    OpnameRefused."""
    kind = kind_of(sound)
    # Who publishes, or brings in another one, waits for this.
    Page.objects.select_for_update(no_key=True).get(pk=page.pk)
    row = Opname.objects.filter(page=page, language=language).first()
    row = row or Opname(page=page, language=language)
    storage, former = row.file.storage, row.file.name
    # A name of its own for each sound: browsers keep what they have for ever.
    name = f"{page.pk}-{language}-{hashlib.sha256(sound).hexdigest()[:32]}.{kind}"
    row.by, row.at = by, now
    if former != f"opnames/{name}":
        row.file.save(name, ContentFile(sound), save=False)
        if former:
            transaction.on_commit(lambda: storage.delete(former))
    row.save()
    return row


def remove(page: ActiviteitPage, language: str) -> None:
    """Take a recording away; its file goes with it (`aanbod/signals.py`)."""
    for row in Opname.objects.filter(page=page, language=language):
        row.delete()
