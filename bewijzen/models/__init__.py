from bewijzen.models.ledger import (
    Bevestiging,
    Dagtotaal,
    Grade,
    Hoofd,
    Regel,
    RegelTekst,
)
from bewijzen.models.traject import (
    Deelname,
    Inburgeraar,
    Kaart,
    Stap,
    Traject,
    Verzoek,
)

__all__ = [
    "Bevestiging",
    "Dagtotaal",
    "Deelname",
    "Grade",
    "Hoofd",
    "Inburgeraar",
    "Kaart",
    "Regel",
    "RegelTekst",
    "Stap",
    "Traject",
    "Verzoek",
]
