"""What an organisation of the demo sent in: a new activity and a change wait in the wachtrij."""

from datetime import datetime, timedelta

from aanbod import links, submissions
from aanbod.models import ActiviteitPage, Organisatie
from aanbod.submissions import Sending
from gemeenten.models import Gemeente

NEW = {
    "naam": "Samen breien bij de kachel",
    "soort": "buurthuis",
    "zin": "Brei samen met buren aan een warme sjaal.",
    "tekst": "We zitten rond de kachel en breien. Iemand toont je hoe het moet.\n\nEr is thee.",
    "meebrengen": "Niets. Wol en naalden zijn er.",
    "wanneer": "afspraak",
    "momenten": [],
    "dagdelen": ["namiddag"],
    "minuten": 120,
    "plaats": "Buurthuis De Lange Tafel",
    "postcode": "3020",
    "nederlands": "geen",
    "voor": "iedereen",
    "prijs": "0.00",
    "kinderen": "mee",
    "rolstoel": True,
    "kenmerken": ["groep", "nieuwe-mensen", "duurzame-contacten", "voertaal"],
}
PERSON = {"name": "Godelieve Wolman", "email": "", "mobile": ""}


def load(organisatie: Organisatie, page: ActiviteitPage, gemeente: Gemeente, now: datetime) -> None:
    """The link of `organisatie`, and what came in through it: something new, and more places for
    `page`."""
    link = links.link_of(organisatie, gemeente, by=None, now=now - timedelta(days=10))
    submissions.send(link, Sending(NEW, [PERSON]), now=now - timedelta(days=1))
    page = ActiviteitPage.objects.get(pk=page.pk)
    changed = submissions.values_of(page) | {"plaatsen": 20}
    note = "We kregen een grotere zaal."
    sending = Sending(changed, [], note=note, seen=page.live_revision_id)
    submissions.send(link, sending, page=page, now=now - timedelta(hours=3))
