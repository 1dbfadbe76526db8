from bewijzen.models.ledger import (
    Bevestiging,
    Dagtotaal,
    Grade,
    Hoofd,
    Regel,
    RegelTekst,
)
from bewijzen.models.telefoon import Aanmelding, Favoriet, Pictogram
from bewijzen.models.traject import (
    Deelname,
    Inburgeraar,
    Kaart,
    Stap,
    Traject,
    Verzoek,
)
from bewijzen.models.voorstel import Voorstel, VoorstelDag
from bewijzen.models.wensen import Wensen
from bewijzen.models.zoekvraag import EersteKeer, Toeleider, Zoekvraag

__all__ = [
    "Aanmelding",
    "Bevestiging",
    "Dagtotaal",
    "Deelname",
    "EersteKeer",
    "Favoriet",
    "Grade",
    "Hoofd",
    "Inburgeraar",
    "Kaart",
    "Pictogram",
    "Regel",
    "RegelTekst",
    "Stap",
    "Toeleider",
    "Traject",
    "Verzoek",
    "Voorstel",
    "VoorstelDag",
    "Wensen",
    "Zoekvraag",
]
