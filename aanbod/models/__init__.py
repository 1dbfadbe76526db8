from aanbod.models.adres import AdresPunt
from aanbod.models.choices import (
    Dag,
    Frequentie,
    Kinderopvang,
    Moment,
    Soort,
    Taalniveau,
    Voor,
)
from aanbod.models.invoer import Herkomst, Invoer
from aanbod.models.inzending import Inzending, Organisatielink
from aanbod.models.klaar import KlarePagina, Opname
from aanbod.models.nalezing import Nalezing
from aanbod.models.navraag import Navraag
from aanbod.models.organisatie import ActiviteitContact, Contactpersoon, Invaller, Organisatie
from aanbod.models.pages import ActiviteitPage, Reeks, activiteit_saved
from aanbod.models.sessie import Sessie
from aanbod.models.tags import (
    ActiviteitKenmerk,
    ActiviteitThema,
    Criterium,
    Kenmerk,
    Thema,
)
from aanbod.models.telling import Bezoek, Zoekopdracht, Zoekwoord
from aanbod.models.vertaling import Vertaling
from aanbod.models.zoekregel import PlacesTaken, Zoekregel

__all__ = [
    "ActiviteitContact",
    "ActiviteitKenmerk",
    "ActiviteitPage",
    "ActiviteitThema",
    "AdresPunt",
    "Bezoek",
    "Contactpersoon",
    "Criterium",
    "Dag",
    "Frequentie",
    "Herkomst",
    "Invaller",
    "Invoer",
    "Inzending",
    "Kenmerk",
    "Kinderopvang",
    "KlarePagina",
    "Moment",
    "Nalezing",
    "Navraag",
    "Opname",
    "Organisatie",
    "Organisatielink",
    "PlacesTaken",
    "Reeks",
    "Sessie",
    "Soort",
    "Taalniveau",
    "Thema",
    "Vertaling",
    "Voor",
    "Zoekopdracht",
    "Zoekregel",
    "Zoekwoord",
    "activiteit_saved",
]
