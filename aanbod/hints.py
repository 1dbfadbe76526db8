"""What would help somebody who reads an activity. Said when it is published; stops nothing."""

from datetime import date

from aanbod.models import ActiviteitPage, Contactpersoon
from gemeenten.models import Gemeente

NO_PLACE = "Waar is het? Vul “Naam van de plaats” of “Straat en nummer” in."
NO_CONTACT = (
    "Wie kan iemand iets vragen? Vul “Contact voor iedereen” in: een dienst, balie of algemeen "
    "adres."
)
NO_SIGNER = "Niemand kan nog uren tekenen. Voeg bij “Contactpersonen” iemand van {organisatie} toe."
NO_PRICE_NOTE = (
    "Het kost {cost} euro. Vul “Uitleg bij de prijs” in: wat zit erin, en is er korting?"
)


def hints(page: ActiviteitPage, gemeente: Gemeente, *, today: date) -> list[str]:
    """Sentences about the page as it is in memory, each naming its field; [] when all is there."""
    found = []
    if not (page.place_name or page.street):
        found.append(NO_PLACE)
    if not page.contact_public:
        found.append(NO_CONTACT)
    if not _somebody_signs(page, gemeente, today):
        found.append(NO_SIGNER.format(organisatie=page.organisatie))
    if page.cost and not page.cost_note:
        found.append(NO_PRICE_NOTE.format(cost=f"{page.cost:.2f}".replace(".", ",")))
    return found


def _somebody_signs(page: ActiviteitPage, gemeente: Gemeente, today: date) -> bool:
    people = Contactpersoon.everyone.valid(today)
    return people.filter(organisatie=page.organisatie_id, gemeente=gemeente).exists()
