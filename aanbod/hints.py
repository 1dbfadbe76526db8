"""What would help somebody who reads an activity. Said when it is published; stops nothing."""

from datetime import date

from django.urls import reverse
from django.utils.html import format_html

from aanbod.models import ActiviteitPage, Contactpersoon
from gemeenten.models import Gemeente

NO_PLACE = "Waar is het? Vul “Naam van de plaats” of “Straat en nummer” in."
NO_CONTACT = (
    "Wie kan iemand iets vragen? Vul “Contact voor iedereen” in: een dienst, balie of algemeen "
    "adres."
)
NO_SIGNER = "Niemand kan nog uren tekenen. Voeg bij “Contactpersonen” iemand van {organisatie} toe."
NOBODY_CHOSEN = (
    "Wie krijgt de vragen van deelnemers en tekent als eerste? "
    '<a href="{url}">Kies een contactpersoon voor deze activiteit</a>.'
)
NO_PRICE_NOTE = (
    "Het kost {cost} euro. Vul “Uitleg bij de prijs” in: wat zit erin, en is er korting?"
)


def hints(page: ActiviteitPage, gemeente: Gemeente, *, today: date) -> list[str]:
    """Sentences about the page as it is in memory, each naming its field or linking to its
    screen; [] when all is there."""
    found = []
    if not (page.place_name or page.street):
        found.append(NO_PLACE)
    if not page.contact_public:
        found.append(NO_CONTACT)
    signers = Contactpersoon.everyone.valid(today).filter(
        organisatie=page.organisatie_id, gemeente=gemeente
    )
    if not signers.exists():
        found.append(NO_SIGNER.format(organisatie=page.organisatie))
    elif not signers.filter(activiteiten__page=page.pk).exists():
        url = reverse("contacten:activiteit", args=[page.pk])
        found.append(format_html(NOBODY_CHOSEN, url=url))
    if page.cost and not page.cost_note:
        found.append(NO_PRICE_NOTE.format(cost=f"{page.cost:.2f}".replace(".", ",")))
    return found
