from gemeenten.models.bericht import Bericht
from gemeenten.models.gemeente import Deelgemeente, Gemeente
from gemeenten.models.pages import RESERVED_SLUGS, GemeentePage, HomePage
from gemeenten.models.uitleg import UitlegPage, UitlegVertaling
from gemeenten.models.users import Agentschap, Rol, Team, Toegangscode, User

__all__ = [
    "RESERVED_SLUGS",
    "Agentschap",
    "Bericht",
    "Deelgemeente",
    "Gemeente",
    "GemeentePage",
    "HomePage",
    "Rol",
    "Team",
    "Toegangscode",
    "UitlegPage",
    "UitlegVertaling",
    "User",
]
