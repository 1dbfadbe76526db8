"""The advice in words at A2, each sentence with the source that says so.

A quote is the source's own Dutch, mistakes included, and is never translated.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bewijzen.doelgroep import (
    RIGHT_DOUBTS,
    Advice,
    Agency,
    Answer,
    Contract,
    Days,
    Doubt,
    Ground,
    NotExempt,
    Residence,
    Situation,
    Source,
)

#: The names of the sources, as they name themselves.
NAMES = {
    Source.AGENTSCHAP: "Agentschap Integratie en Inburgering, Inburgeringstraject",
    Source.ANTWOORD: "Antwoord van de Vlaamse minister, Inburgeringstraject op maat (2021)",
    Source.UITLEG: "Wat is het inburgeringsproces in Vlaanderen? (oudere tekst)",
    Source.NOTA: "Nota aan de Vlaamse Regering, Hertekening inburgeringstraject (2020)",
    Source.HERENT: "Lokaal bestuur Herent, Inburgering: participatietraject (2023)",
}


@dataclass(frozen=True)
class Line:
    """One sentence or two, who says so, and the words of the source where these matter."""

    text: Promise | str
    sources: tuple[Source, ...]
    quote: str = ""
    #: The quote says what our own words cannot: it is there without asking.
    shown: bool = False

    @property
    def names(self) -> list[str]:
        return [NAMES[source] for source in self.sources]


@dataclass(frozen=True)
class Section:
    title: Promise
    icon: str
    lines: list[Line] = field(default_factory=list)


_OLD, _NOTA, _NOW = (Source.UITLEG,), (Source.NOTA,), (Source.HERENT,)

_LIST_OF_FOREIGNERS = (
    "Buitenlanders die: zijn 18 jaar of ouder; zijn ingeschreven in het rijksregister "
    "(Rijksregister); woont in een gemeente in het Vlaamse Gewest; voor het eerst een "
    "verblijfsvergunning hebben die langer dan 3 maanden geldig is."
)
_LIST_OF_BELGIANS = (
    "Belgen die: zijn 18 jaar of ouder; zijn niet geboren in België; minstens één ouder hebben die "
    "niet in België geboren is; worden voor het eerst gedurende maximaal 12 opeenvolgende maanden "
    "in het nationale bevolkingsregister ingeschreven."
)
_LIST_OF_MINORS = (
    "Allophone kleine nieuwkomers die: 18 jaar oud zijn als ze gedurende 12 opeenvolgende maanden "
    "niet voor het eerst in het nationale bevolkingsregister zijn ingeschreven met een "
    "verblijfsvergunning van meer dan 3 maanden."
)
_NOT_MINISTERS = (
    "De laatste vier vrijstellingsmogelijkheden zijn niet van toepassing op nieuwkomers die "
    "predikant zijn van een religie in een plaatselijke kerk of een door de Vlaamse overheid "
    "erkende religieuze gemeenschap."
)
_FINE = (
    "Bent u niet verplicht om de inburgeringscursus te volgen maar respecteert u het door u "
    "ondertekende inburgeringscontract niet, dan riskeert u alsnog een bestuurlijke boete."
)
_REGISTER = (
    "Alleen personen die zijn ingeschreven in het vreemdelingen- of bevolkingsregister krijgen "
    "toegang tot de inburgeringscursus."
)
_ILL = "Nieuwkomers die door ernstige ziekte of handicap geen inburgeringstraject kunnen volgen"
_LABOUR = (
    "Arbeidsmigranten met een tijdelijke verblijfsvergunning die kan leiden tot permanent verblijf."
)

_GROUNDS = {
    Ground.EU: Line(
        _(
            "Je bent burger van de Europese Unie, IJsland, Liechtenstein, Noorwegen of "
            "Zwitserland, of familie van zo iemand."
        ),
        _OLD,
        "Burgers van lidstaten van de Europese Unie, de Europese Economische Ruimte of Zwitserland "
        "en hun gezinsleden.",
    ),
    Ground.ATTEST: Line(
        _("Je hebt al een inburgeringsattest."),
        _OLD,
        "Nieuwkomers die al een inburgeringsattest hebben behaald",
    ),
    Ground.ILLNESS: Line(
        _("Je kan geen traject volgen door een ernstige ziekte of een handicap."), _OLD, _ILL
    ),
    Ground.DIPLOMA: Line(
        _("Je hebt een diploma of getuigschrift van een Belgische of Nederlandse school."),
        _OLD,
        "Nieuwkomers die een getuigschrift of diploma in het Belgische of Nederlandse onderwijs "
        "hebben behaald",
    ),
    Ground.SCHOOL_YEAR: Line(
        _("Je volgde een volledig schooljaar voor anderstalige nieuwkomers."),
        _OLD,
        "Nieuwkomers die een volledig schooljaar voor anderstalige nieuwkomers hebben doorlopen",
    ),
    Ground.SENIOR: Line(_("Je bent 65 jaar of ouder."), _OLD, "Nieuwkomers van 65 jaar of ouder"),
    Ground.LABOUR: Line(
        _(
            "Je kwam om te werken, met een tijdelijke vergunning die kan leiden tot blijvend "
            "verblijf."
        ),
        _OLD,
        _LABOUR,
    ),
}

_NOT_EXEMPT = {
    NotExempt.CAN_FOLLOW: Line(
        _(
            "Je bent ziek of je hebt een handicap, maar je kan een traject volgen. De bron stelt "
            "alleen vrij wie door ziekte of handicap geen traject kan volgen. Vertel je "
            "trajectbegeleider wat moeilijk is."
        ),
        _OLD,
        _ILL,
    ),
    NotExempt.NO_PERMANENT: Line(
        _(
            "Je kwam om te werken. De bron stelt vrij wie een tijdelijke vergunning heeft die kan "
            "leiden tot blijvend verblijf. Je zegt dat jouw vergunning daar niet toe leidt. Laat "
            "het nakijken."
        ),
        _OLD,
        _LABOUR,
    ),
    NotExempt.UNKNOWN_PERMANENT: Line(
        _(
            "Je kwam om te werken. De bron stelt je vrij als je tijdelijke vergunning kan leiden "
            "tot blijvend verblijf. Laat dat nakijken."
        ),
        _OLD,
        _LABOUR,
    ),
    NotExempt.MINISTER: Line(
        _(
            "Diploma, schooljaar, leeftijd of werk stellen vrij. Maar voor bedienaren van een "
            "erkende godsdienst gelden die vier redenen volgens de bron niet."
        ),
        _OLD,
        _NOT_MINISTERS,
    ),
}

_DOUBTS = {
    Doubt.BRUSSEL: Line(
        _("Je woont in Brussel. Daar kunnen andere regels gelden."),
        _OLD,
        "Let op: voor Vlaanderen gelden de regels met betrekking tot de inburgeringsplicht die "
        "hier staan vermeld. In Brussel kunnen andere regels gelden.",
    ),
    Doubt.ELSEWHERE: Line(
        _(
            "Je woont nog ergens anders. De bron spreekt over wie in Vlaanderen of Brussel komt "
            "wonen. Kom je hier wonen? Meld je dan bij je nieuwe gemeente."
        ),
        (Source.AGENTSCHAP, Source.UITLEG),
        "Wie vanuit het buitenland in Vlaanderen of Brussel komt wonen en ouder is dan 18, kan bij "
        "ons een inburgeringstraject volgen (behalve in de steden Antwerpen en Gent).",
    ),
    Doubt.MINOR: Line(
        _(
            "Je bent jonger dan 18 jaar. Dan leer je hier de weg op school. Word je 18? Vraag het "
            "dan opnieuw."
        ),
        _OLD,
        "Voor nieuwe Belgische minderjarigen wordt het inburgeringstraject niet aangeboden omdat "
        "het via het onderwijs op school plaatsvindt.",
    ),
    Doubt.PENDING: Line(
        _(
            "Je vroeg bescherming en wacht op het antwoord. Na je erkenning kan je een traject "
            "volgen. Nederlands leren kan nu al."
        ),
        _NOTA,
        "Verzoekers om internationale bescherming blijven wel in aanmerking komen voor een cursus "
        "NT2.",
    ),
    Doubt.REGISTER: Line(
        _(
            "Voor een traject ben je ingeschreven in het vreemdelingenregister of het "
            "bevolkingsregister. Vraag je gemeente hoe het met je inschrijving zit."
        ),
        _NOTA,
        _REGISTER,
    ),
    Doubt.BELGIAN: Line(
        _(
            "Je bent Belg. De bron noemt Belgen die in het buitenland geboren zijn, met minstens "
            "één ouder die in het buitenland geboren is. Past dat bij jou? Vraag het."
        ),
        _OLD,
        "In het buitenland geboren Belgen met minstens één buiten België geboren ouder behoren tot "
        "de doelgroep voor inburgering.",
    ),
    Doubt.BELGIAN_YEAR: Line(
        _(
            "Je bent Belg. Of je moet, hangt af van wanneer je ingeschreven werd. De bron is hier "
            "niet duidelijk. Er staat:"
        ),
        _OLD,
        _LIST_OF_BELGIANS,
        shown=True,
    ),
    Doubt.CAME_AS_MINOR: Line(
        _(
            "Je was nog geen 18 toen je hier kwam wonen. Voor jou is er een eigen regel. De bron "
            "is hier niet duidelijk. Er staat:"
        ),
        _OLD,
        _LIST_OF_MINORS,
        shown=True,
    ),
    Doubt.RESIDENCE: Line(
        _("Het hangt af van je verblijf. De bron noemt deze mensen:"),
        _OLD,
        _LIST_OF_FOREIGNERS,
        shown=True,
    ),
    Doubt.PERMIT: Line(
        _("Het hangt af van je vergunning om te werken. Neem ze mee als je het gaat vragen."),
        _OLD,
        _LABOUR,
    ),
}

_AGENCIES = {
    Agency.AGII: Line(
        _(
            "Het Agentschap Integratie en Inburgering. Het werkt in heel Vlaanderen, niet in de "
            "steden Antwerpen en Gent."
        ),
        (Source.AGENTSCHAP,),
    ),
    Agency.ANTWERPEN: Line(
        _("Het agentschap integratie en inburgering van de stad Antwerpen zelf."),
        (Source.AGENTSCHAP, Source.NOTA),
    ),
    Agency.GENT: Line(
        _("Het agentschap integratie en inburgering van de stad Gent zelf."),
        (Source.AGENTSCHAP, Source.NOTA),
    ),
    Agency.BRUSSEL: Line(
        _(
            "Het Agentschap Integratie en Inburgering in Brussel. Voor Nederlands leren: het Huis "
            "van het Nederlands Brussel."
        ),
        (Source.AGENTSCHAP, Source.NOTA),
    ),
}


def sections(advice: Advice, situation: Situation) -> list[Section]:
    """The answer, question by question, in the order in which people ask."""
    return [
        Section(_("Mag ik een inburgeringstraject volgen?"), "heart-handshake", [*_right(advice)]),
        Section(_("Moet ik het volgen?"), "clipboard-check", [*_duty(advice, situation)]),
        Section(
            _("Moet ik ook 40 uur meedoen aan activiteiten?"),
            "users",
            [*_participation(advice, situation)],
        ),
        Section(_("En het contract?"), "signature", [*_contract(advice, situation)]),
        Section(_("Aan wie vraag ik het?"), "info-circle", [*_whom(advice)]),
    ]


def _right(advice: Advice) -> Iterator[Line]:
    if advice.right:
        yield Line(
            _("Ja. Je hebt recht op een inburgeringstraject."),
            _OLD,
            "Iedereen die tot de doelgroep inburgering behoort, heeft recht op een "
            "inburgeringstraject.",
        )
    else:
        yield Line(_("Dat weten we niet zeker. Vraag het aan wie beslist."), _OLD)
    yield from (_DOUBTS[doubt] for doubt in advice.doubts if doubt in RIGHT_DOUBTS)


def _duty(advice: Advice, situation: Situation) -> Iterator[Line]:
    if advice.duty == Answer.OBLIGED:
        yield Line(_("Ja. Volgens de bron ben je verplicht."), _OLD, _list_of(situation))
    elif advice.duty == Answer.FREE:
        yield Line(
            _(
                "Je bent vrijgesteld van de plicht, volgens de bron. Je mag zelf kiezen. Je recht "
                "op een traject blijft. De reden:"
            ),
            _OLD,
        )
    else:
        yield Line(_("Dat weten we niet zeker. Vraag het aan wie beslist."), _OLD)
    yield from (_DOUBTS[doubt] for doubt in advice.doubts if doubt not in RIGHT_DOUBTS)
    if advice.duty == Answer.ASK and advice.grounds:
        yield Line(_("In Vlaanderen is dit een reden om vrijgesteld te zijn van de plicht:"), _OLD)
    yield from (_GROUNDS[ground] for ground in advice.grounds)
    yield from (_NOT_EXEMPT[reason] for reason in advice.exceptions)


def _list_of(situation: Situation) -> str:
    return _LIST_OF_BELGIANS if situation.residence == Residence.BELG else _LIST_OF_FOREIGNERS


def _participation(advice: Advice, situation: Situation) -> Iterator[Line]:
    if advice.participation == Answer.OBLIGED:
        yield Line(
            _(
                "Ja. Wie verplicht is en niet werkt of studeert, doet ook het participatietraject: "
                "minstens 40 uur."
            ),
            _NOW,
            "Verplichte inburgeraars die niet werken of studeren zijn verplicht om het "
            "participatietraject te doen.",
        )
        yield Line(
            _("Wie dit deel niet doet, kan een sanctie krijgen. Lukt het niet? Zeg het op tijd."),
            _NOTA,
            "De inburgeraar wordt gesanctioneerd bij: […] niet voldoen aan de vierde pijler.",
        )
    elif situation.contract == Contract.VOOR_2023:
        yield Line(
            _(
                "Dit deel bestaat sinds 1 januari 2023. Je tekende je contract vroeger. De bronnen "
                "zeggen niet wat dan geldt. Vraag het aan je trajectbegeleider."
            ),
            _NOW,
        )
    elif advice.participation == Answer.FREE:
        yield _free(situation)
    else:
        yield Line(
            _(
                "Dat hangt af van je plicht. Ben je verplicht, en werk of studeer je niet? Dan "
                "doe je ook dit deel. Ben je vrijgesteld? Dan kies je zelf."
            ),
            _NOW,
        )


def _free(situation: Situation) -> Line:
    quote = "Het is optioneel voor: niet-verplichte inburgeraars, verplichte inburgeraars die "
    quote += "werken of studeren."
    if situation.days == Days.GEEN:
        return Line(_("Je kiest zelf, want je bent vrijgesteld van de plicht."), _NOW, quote)
    return Line(_("Je kiest zelf, want je werkt of studeert."), _NOW, quote)


def _contract(advice: Advice, situation: Situation) -> Iterator[Line]:
    if situation.contract == Contract.GEEN:
        if advice.duty == Answer.OBLIGED:
            yield Line(
                _("Meld je op tijd aan. Wie zich te laat aanmeldt, kan een sanctie krijgen."),
                (Source.UITLEG, Source.NOTA),
            )
        yield Line(
            _(
                "Binnen 30 dagen na je aanmelding wordt beslist wat in je traject zit. Binnen 90 "
                "dagen na je aanmelding is het contract getekend."
            ),
            (Source.ANTWOORD,),
        )
        yield Line(
            _(
                "Teken je een contract? Hou je er dan aan. Anders riskeer je een boete, ook als je "
                "niet verplicht bent."
            ),
            _OLD,
            _FINE,
        )
        return
    yield Line(
        _("Je tekende een contract. Je volgt dus wat in het contract staat."),
        _OLD,
        "Iedereen die een inburgeringscontract ondertekent, gaat ermee akkoord de opleiding "
        "regelmatig te volgen",
    )
    yield Line(
        _(
            "Wie zich niet aan het contract houdt, riskeert een boete. Ook wie niet verplicht was "
            "om te beginnen."
        ),
        _OLD,
        _FINE,
    )
    yield Line(
        _(
            "Lukt het even niet, door ziekte of om een persoonlijke reden? Vraag je "
            "trajectbegeleider om een pauze."
        ),
        _NOTA,
        "Opschortingen omwille van persoonlijke of medische redenen blijven eveneens mogelijk.",
    )


def _whom(advice: Advice) -> Iterator[Line]:
    yield _AGENCIES[advice.agency]
    yield Line(_("Zoek je een activiteit? Je gemeente wijst je de weg naar wat bij je past."), _NOW)
