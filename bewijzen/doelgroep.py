"""Who is obliged, who is free to choose, and whom to ask (R7, R13, R15, R16).

Every rule names the file of the seeds that says so. Where the sources are silent, garbled or leave
it to others, the answer is ASK: the person is sent on to who decides, and is never refused.
Nothing here is stored: what is told about a person goes in and an answer comes out.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

#: From this day the participatie- en netwerktraject is a part of the inburgeringstraject (004).
PARTICIPATION_FROM = date(2023, 1, 1)
#: Years of age: from the first one belongs to the doelgroep (002), from the second one is exempt
#: from the obligation (002).
ADULT, SENIOR = 18, 65


class Source(StrEnum):
    """The files of the seeds."""

    AGENTSCHAP = "000"
    ANTWOORD = "001"
    UITLEG = "002"
    NOTA = "003"
    HERENT = "004"


class Place(StrEnum):
    """Where somebody lives."""

    VLAANDEREN = "vlaanderen"  # all of it but the two cities
    ANTWERPEN = "antwerpen"
    GENT = "gent"
    BRUSSEL = "brussel"
    ELDERS = "elders"


class Registered(StrEnum):
    """In the register of foreigners or of the population."""

    JA = "ja"
    NEE = "nee"
    WEET_NIET = "weet_niet"


class Residence(StrEnum):
    """On what ground somebody lives here."""

    BELG = "belg"
    EU = "eu"  # of the EU, the EEA or Switzerland, or family of such a person
    EERSTE = "eerste"  # for the first time a permit for more than three months
    VERZOEK = "verzoek"  # asked for protection, and waits
    ANDERS = "anders"


class Illness(StrEnum):
    """A serious illness or a disability."""

    GEEN = "geen"
    KAN_VOLGEN = "kan_volgen"
    KAN_NIET_VOLGEN = "kan_niet_volgen"


class Labour(StrEnum):
    """A labour migrant with a temporary permit: where can it lead?"""

    GEEN = "geen"
    KAN_BLIJVEN = "kan_blijven"
    KAN_NIET_BLIJVEN = "kan_niet_blijven"
    WEET_NIET = "weet_niet"


class Days(StrEnum):
    """How somebody fills their days."""

    WERKT = "werkt"
    STUDEERT = "studeert"
    GEEN = "geen"


class Contract(StrEnum):
    """An inburgeringscontract that somebody signed."""

    GEEN = "geen"
    VOOR_2023 = "voor_2023"
    SINDS_2023 = "sinds_2023"


@dataclass(frozen=True)
class Situation:
    """What somebody tells. `years` is an age."""

    place: Place
    registered: Registered
    years: int
    residence: Residence
    days: Days
    contract: Contract = Contract.GEEN
    #: Of Belgians (002): the three points that the source names.
    born_abroad: bool = False
    parent_born_abroad: bool = False
    first_registration: bool = False
    #: Came here before turning eighteen.
    came_as_minor: bool = False
    has_attest: bool = False
    illness: Illness = Illness.GEEN
    has_diploma: bool = False
    had_school_year: bool = False
    labour: Labour = Labour.GEEN
    minister: bool = False


class Ground(StrEnum):
    """A ground that exempts from the obligation, in the order of 002."""

    EU = "eu"
    ATTEST = "attest"
    ILLNESS = "ziekte"
    DIPLOMA = "diploma"
    SCHOOL_YEAR = "schooljaar"
    SENIOR = "65"
    LABOUR = "arbeid"


#: These do not hold for ministers of religion (002).
NOT_FOR_MINISTERS = frozenset(
    [Ground.DIPLOMA, Ground.SCHOOL_YEAR, Ground.SENIOR, Ground.LABOUR],
)


class NotExempt(StrEnum):
    """Why a ground that somebody names does not exempt."""

    CAN_FOLLOW = "kan_volgen"
    NO_PERMANENT = "kan_niet_blijven"
    UNKNOWN_PERMANENT = "weet_niet_blijven"
    MINISTER = "bedienaar"


class Doubt(StrEnum):
    """Why the sources do not decide."""

    BRUSSEL = "brussel"
    ELSEWHERE = "elders"
    MINOR = "minderjarig"
    PENDING = "verzoek"
    REGISTER = "register"
    BELGIAN = "belg"
    BELGIAN_YEAR = "belg_jaar"
    CAME_AS_MINOR = "minderjarig_gekomen"
    RESIDENCE = "verblijf"
    PERMIT = "vergunning"


#: What leaves open whether somebody may follow a traject at all; the others only whether they must.
RIGHT_DOUBTS = frozenset(
    [
        *[Doubt.ELSEWHERE, Doubt.MINOR, Doubt.PENDING],
        *[Doubt.REGISTER, Doubt.BELGIAN, Doubt.RESIDENCE],
    ]
)


class Answer(StrEnum):
    """To "must I?": of the traject or of its fourth part."""

    OBLIGED = "verplicht"
    FREE = "vrij"
    ASK = "vraag"


class Agency(StrEnum):
    """Whom to ask (000, 003)."""

    AGII = "agii"
    ANTWERPEN = "antwerpen"
    GENT = "gent"
    BRUSSEL = "brussel"


@dataclass(frozen=True)
class Advice:
    """What the sources say of one situation."""

    #: Must this person follow an inburgeringstraject?
    duty: Answer
    #: And the 40 hours of participation?
    participation: Answer
    #: Is the right to a traject certain?
    right: bool
    agency: Agency
    grounds: list[Ground] = field(default_factory=list)
    exceptions: list[NotExempt] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def advice(situation: Situation) -> Advice:
    """Everything that the sources say of this situation."""
    answer = duty(situation)
    return Advice(
        duty=answer,
        participation=_own_participation(answer, situation),
        right=has_right(situation),
        agency=agency(situation.place),
        grounds=grounds(situation),
        exceptions=exceptions(situation),
        doubts=doubts(situation),
    )


def duty(situation: Situation) -> Answer:
    """Obliged to follow an inburgeringstraject (002)? Free keeps the right to one."""
    unsure = doubts(situation)
    if _outside_the_list(situation) or Doubt.MINOR in unsure:
        return Answer.ASK
    if grounds(situation):
        return Answer.FREE
    return Answer.ASK if unsure else Answer.OBLIGED


def participation(answer: Answer, days: Days, *, on: date) -> Answer:
    """Is the participatietraject an obligation (004)? `answer` is that of `duty`, `on` the day
    that counts: of the contract, or from when somebody is obliged or not."""
    if on < PARTICIPATION_FROM:
        return Answer.ASK  # no source says what holds for who began earlier
    if answer == Answer.FREE or days != Days.GEEN:
        return Answer.FREE
    return answer


def has_right(situation: Situation) -> bool:
    """Certainly in the doelgroep (000, 002, and 003 A for the register)?"""
    return not RIGHT_DOUBTS & set(doubts(situation))


def grounds(situation: Situation) -> list[Ground]:
    """The exemptions from the obligation that hold for this person (002)."""
    named = _named_grounds(situation)
    return [g for g in named if not (situation.minister and g in NOT_FOR_MINISTERS)]


def exceptions(situation: Situation) -> list[NotExempt]:
    """What somebody names that does not exempt them, and why (002)."""
    found = []
    if situation.illness == Illness.KAN_VOLGEN:
        found.append(NotExempt.CAN_FOLLOW)
    if situation.labour == Labour.KAN_NIET_BLIJVEN:
        found.append(NotExempt.NO_PERMANENT)
    if situation.labour == Labour.WEET_NIET:
        found.append(NotExempt.UNKNOWN_PERMANENT)
    if situation.minister and NOT_FOR_MINISTERS & set(_named_grounds(situation)):
        found.append(NotExempt.MINISTER)
    return found


def doubts(situation: Situation) -> list[Doubt]:
    """What the sources leave open for this person."""
    found = []
    if situation.place == Place.BRUSSEL:
        found.append(Doubt.BRUSSEL)
    if situation.place == Place.ELDERS:
        found.append(Doubt.ELSEWHERE)
    if situation.years < ADULT:
        found.append(Doubt.MINOR)
    if situation.registered != Registered.JA:
        found.append(Doubt.REGISTER)
    if situation.came_as_minor and situation.years >= ADULT:
        found.append(Doubt.CAME_AS_MINOR)
    if situation.labour == Labour.WEET_NIET and not situation.minister:
        found.append(Doubt.PERMIT)
    return found + _residence_doubts(situation)


def agency(place: Place) -> Agency:
    """Whom to ask: the agency of R16 follows from where somebody lives (000, 003)."""
    own = {
        Place.ANTWERPEN: Agency.ANTWERPEN,
        Place.GENT: Agency.GENT,
        Place.BRUSSEL: Agency.BRUSSEL,
    }
    return own.get(place, Agency.AGII)


def _own_participation(answer: Answer, situation: Situation) -> Answer:
    early = situation.contract == Contract.VOOR_2023
    on = date(PARTICIPATION_FROM.year - 1, 12, 31) if early else PARTICIPATION_FROM
    return participation(answer, situation.days, on=on)


def _outside_the_list(situation: Situation) -> bool:
    """The list of exemptions is of the Vlaams Gewest (002)."""
    return situation.place in {Place.BRUSSEL, Place.ELDERS}


def _named_grounds(situation: Situation) -> list[Ground]:
    holds = {
        Ground.EU: situation.residence == Residence.EU,
        Ground.ATTEST: situation.has_attest,
        Ground.ILLNESS: situation.illness == Illness.KAN_NIET_VOLGEN,
        Ground.DIPLOMA: situation.has_diploma,
        Ground.SCHOOL_YEAR: situation.had_school_year,
        Ground.SENIOR: situation.years >= SENIOR,
        Ground.LABOUR: situation.labour == Labour.KAN_BLIJVEN,
    }
    return [ground for ground in Ground if holds[ground]]


def _residence_doubts(situation: Situation) -> list[Doubt]:
    if situation.residence == Residence.VERZOEK:
        return [Doubt.PENDING]
    if situation.residence == Residence.ANDERS:
        return [Doubt.RESIDENCE]
    if situation.residence == Residence.BELG:
        if not (situation.born_abroad and situation.parent_born_abroad):
            return [Doubt.BELGIAN]
        if not situation.first_registration:
            return [Doubt.BELGIAN_YEAR]
    return []
