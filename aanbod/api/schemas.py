"""The shapes of the JSON. Words of the domain stay Dutch; values are those of addresses."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from aanbod import search

Soort = Literal[*search.CHOICES["soort"]]  # type: ignore[valid-type]
Moment = Literal[*search.CHOICES["moment"]]  # type: ignore[valid-type]
Dag = Literal[*search.CHOICES["dag"]]  # type: ignore[valid-type]
Taalniveau = Literal[*search.CHOICES["taalniveau"]]  # type: ignore[valid-type]
Kosten = Literal[*search.CHOICES["kosten"]]  # type: ignore[valid-type]
Kinderopvang = Literal[*search.CHOICES["kinderopvang"]]  # type: ignore[valid-type]
Voor = Literal[*search.CHOICES["voor"]]  # type: ignore[valid-type]
Toegang = Literal[*search.CHOICES["toegang"]]  # type: ignore[valid-type]
Kenmerk = Literal[*search.CHOICES["kenmerk"]]  # type: ignore[valid-type]
Sorteer = Literal[*search.SORTS]  # type: ignore[valid-type]


class Filters(Schema):
    """The filters of the results page. Values in one filter widen, filters together narrow."""

    q: str = Field("", max_length=search.MAX_TEXT, description="Woorden om op te zoeken")
    gemeente: list[str] = Field([], description="NIS-code of naam in het adres: 24038, herent")
    plaats: str = Field("", max_length=search.MAX_TEXT, description="Postcode of naam")
    straal: int = Field(  # type: ignore[assignment] # absent is None, but "null" is refused
        None, ge=1, le=search.MAX_KM, description="Kilometer rond de plaats"
    )
    soort: list[Soort] = []
    moment: list[Moment] = []
    dag: list[Dag] = []
    taalniveau: list[Taalniveau] = Field([], description="Het hoogste dat gevraagd mag worden")
    kosten: list[Kosten] = Field([], description="Hoogstens, in euro per keer")
    kinderopvang: list[Kinderopvang] = []
    voor: list[Voor] = []
    toegang: list[Toegang] = []
    kenmerk: list[Kenmerk] = []
    thema: list[str] = []
    sorteer: Sorteer = "past"
    pagina: int = Field(1, ge=1, le=search.LAST_PAGE, description="20 activiteiten per bladzijde")


class Fout(Schema):
    """Why nothing came back."""

    fout: str
    parameters: list[str] = Field([], description="Wat er niet goed was, per parameter een zin")


class GemeenteRef(Schema):
    nis: str
    naam: str


class Gemeente(GemeenteRef):
    url: str
    provincie: str
    postcodes: list[str]
    lat: float
    lon: float
    welkom: str
    contact: str
    jsonld: str
    agenda: str = Field(description="iCalendar van alle activiteiten, de eerste 500 data")


class Gemeenten(Schema):
    gemeenten: list[Gemeente]


class Organisatie(Schema):
    naam: str
    website: str


class Plaats(Schema):
    naam: str
    straat: str
    postcode: str
    gemeente: str = Field(description="Deelgemeente of gemeente")
    lat: float
    lon: float


class Sessie(Schema):
    van: datetime
    tot: datetime
    staat: Literal["gepland", "afgelast", "verplaatst"]
    reden: str = Field(description="Waarom een keer afgelast of verplaatst is; anders leeg")


class Activiteit(Schema):
    """One activity; free text is Dutch."""

    id: int
    url: str
    titel: str
    in_een_zin: str
    beschrijving: str
    meebrengen: str
    soort: str
    gemeente: GemeenteRef
    organisatie: Organisatie
    contact: str = Field(description="Een dienst of balie, nooit een persoon")
    plaats: Plaats
    wanneer: Literal["momenten", "afspraak"]
    momenten: list[str] = Field(description="Mogelijke momenten van een activiteit in overleg")
    minuten_per_keer: int | None
    uren_in_totaal: int | None
    taalniveau: str
    voor: str
    kosten: Decimal = Field(description="Euro per keer")
    uitleg_kosten: str
    kinderopvang: str
    rolstoel: bool
    plaatsen: int | None = Field(description="Leeg: geen limiet")
    plaatsen_vrij: int | None
    kenmerken: list[str]
    themas: list[str]
    gepubliceerd: datetime | None
    jsonld: str
    agenda: str = Field(description="iCalendar")


class ActiviteitMetSessies(Activiteit):
    sessies: list[Sessie] = Field(description="Wat nog niet voorbij is, hoogstens 200")


class NietGebruikt(Schema):
    """A value that we could not use and did without."""

    parameter: str
    waarde: str
    uitleg: str


class Activiteiten(Schema):
    aantal: int = Field(description="Geteld tot 1000")
    meer: bool = Field(description="Er zijn er meer dan 1000")
    bladzijde: int
    bladzijden: int
    vorige: str | None
    volgende: str | None
    niet_gebruikt: list[NietGebruikt]
    activiteiten: list[Activiteit]
