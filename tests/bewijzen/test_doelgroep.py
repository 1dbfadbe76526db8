"""The target group as a table: one situation, what the sources say of it, and which file says so.

The sources are the files of the seeds (000 … 004); `domain.md` R7 and R15 say how they rank.
"""

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from bewijzen import doelgroep
from bewijzen.doelgroep import (
    NOT_FOR_MINISTERS,
    PARTICIPATION_FROM,
    Agency,
    Answer,
    Contract,
    Days,
    Doubt,
    Ground,
    Illness,
    Labour,
    NotExempt,
    Place,
    Registered,
    Residence,
    Situation,
)

OBLIGED, FREE, ASK = Answer.OBLIGED, Answer.FREE, Answer.ASK

#: A newcomer of 34 in Herent with a first permit for more than three months, registered, who
#: neither works nor studies.
NEWCOMER = Situation(
    Place.VLAANDEREN, Registered.JA, 34, Residence.EERSTE, Days.GEEN, Contract.SINDS_2023
)
#: A Belgian of whom all three points of 002 are true.
BELGIAN = replace(
    NEWCOMER,
    residence=Residence.BELG,
    born_abroad=True,
    parent_born_abroad=True,
    first_registration=True,
)
MINISTER = replace(NEWCOMER, minister=True)


class Case(NamedTuple):
    source: str
    name: str
    situation: Situation
    duty: Answer
    participation: Answer
    right: bool = True
    grounds: tuple[Ground, ...] = ()
    exceptions: tuple[NotExempt, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def case(
    source: str,
    name: str,
    base: Situation,
    changes: dict[str, Any],
    duty: Answer,
    participation: Answer,
    right: bool = True,
    **more: Any,
) -> Case:
    return Case(source, name, replace(base, **changes), duty, participation, right, **more)


def new(source: str, name: str, *rest: Any, **more: Any) -> Case:
    """`changes`, duty, participation and right follow; the newcomer is the base."""
    return case(source, name, NEWCOMER, *rest, **more)


CASES = [
    # -- Who must (002) and the fourth part (004)
    new("002", "a first permit for more than three months obliges", {}, OBLIGED, OBLIGED),
    new("004", "obliged, but works", {"days": Days.WERKT}, OBLIGED, FREE),
    new("004", "obliged, but studies", {"days": Days.STUDEERT}, OBLIGED, FREE),
    new("002", "in the city of Antwerp as well", {"place": Place.ANTWERPEN}, OBLIGED, OBLIGED),
    new("002", "in the city of Ghent as well", {"place": Place.GENT}, OBLIGED, OBLIGED),
    new("002", "before the contract as well", {"contract": Contract.GEEN}, OBLIGED, OBLIGED),
    new(
        "004",
        "a contract from before 2023: no source says what holds",
        {"contract": Contract.VOOR_2023},
        OBLIGED,
        ASK,
    ),
    new(
        "004",
        "a contract from before 2023 of who works",
        {"contract": Contract.VOOR_2023, "days": Days.WERKT},
        OBLIGED,
        ASK,
    ),
    # -- Age (002)
    new("002", "seventeen: through school", {"years": 17}, ASK, ASK, False, doubts=(Doubt.MINOR,)),
    new("002", "a child", {"years": 6}, ASK, ASK, False, doubts=(Doubt.MINOR,)),
    new("002", "eighteen: from now on", {"years": 18}, OBLIGED, OBLIGED),
    new("002", "sixty-four: still", {"years": 64}, OBLIGED, OBLIGED),
    new("002", "sixty-five: exempt", {"years": 65}, FREE, FREE, grounds=(Ground.SENIOR,)),
    new("002", "ninety: exempt", {"years": 90}, FREE, FREE, grounds=(Ground.SENIOR,)),
    new(
        "002",
        "seventeen and of the EU: still through school",
        {"years": 17, "residence": Residence.EU},
        ASK,
        ASK,
        False,
        grounds=(Ground.EU,),
        doubts=(Doubt.MINOR,),
    ),
    # -- EU, EEA, Switzerland and family (002)
    new("002", "of the EU", {"residence": Residence.EU}, FREE, FREE, grounds=(Ground.EU,)),
    new(
        "002",
        "of the EU and works",
        {"residence": Residence.EU, "days": Days.WERKT},
        FREE,
        FREE,
        grounds=(Ground.EU,),
    ),
    new(
        "002",
        "of the EU with a diploma: both grounds",
        {"residence": Residence.EU, "has_diploma": True},
        FREE,
        FREE,
        grounds=(Ground.EU, Ground.DIPLOMA),
    ),
    new(
        "003 A",
        "of the EU and not registered: free of the duty, the right has to be asked",
        {"residence": Residence.EU, "registered": Registered.NEE},
        FREE,
        FREE,
        False,
        grounds=(Ground.EU,),
        doubts=(Doubt.REGISTER,),
    ),
    # -- Attest, illness (002)
    new("002", "has the attest", {"has_attest": True}, FREE, FREE, grounds=(Ground.ATTEST,)),
    new(
        "002",
        "an illness because of which one cannot follow",
        {"illness": Illness.KAN_NIET_VOLGEN},
        FREE,
        FREE,
        grounds=(Ground.ILLNESS,),
    ),
    new(
        "002",
        "an illness with which one can follow exempts nobody",
        {"illness": Illness.KAN_VOLGEN},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.CAN_FOLLOW,),
    ),
    new(
        "004",
        "ill, can follow, and works",
        {"illness": Illness.KAN_VOLGEN, "days": Days.WERKT},
        OBLIGED,
        FREE,
        exceptions=(NotExempt.CAN_FOLLOW,),
    ),
    new(
        "002",
        "ill, can follow, and sixty-five",
        {"illness": Illness.KAN_VOLGEN, "years": 65},
        FREE,
        FREE,
        grounds=(Ground.SENIOR,),
        exceptions=(NotExempt.CAN_FOLLOW,),
    ),
    # -- Diploma, school year (002)
    new(
        "002",
        "a Belgian or Dutch diploma",
        {"has_diploma": True},
        FREE,
        FREE,
        grounds=(Ground.DIPLOMA,),
    ),
    new(
        "002",
        "a whole school year for newcomers",
        {"had_school_year": True},
        FREE,
        FREE,
        grounds=(Ground.SCHOOL_YEAR,),
    ),
    # -- Labour migrants (002)
    new(
        "002",
        "a labour migrant whose temporary permit can lead to staying",
        {"labour": Labour.KAN_BLIJVEN, "days": Days.WERKT},
        FREE,
        FREE,
        grounds=(Ground.LABOUR,),
    ),
    new(
        "002",
        "the same, now without work",
        {"labour": Labour.KAN_BLIJVEN},
        FREE,
        FREE,
        grounds=(Ground.LABOUR,),
    ),
    new(
        "002",
        "a labour migrant whose permit cannot lead to staying is not on the list",
        {"labour": Labour.KAN_NIET_BLIJVEN, "days": Days.WERKT},
        OBLIGED,
        FREE,
        exceptions=(NotExempt.NO_PERMANENT,),
    ),
    new(
        "002",
        "the same without work: the fourth part too",
        {"labour": Labour.KAN_NIET_BLIJVEN},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.NO_PERMANENT,),
    ),
    new(
        "002",
        "a labour migrant who does not know",
        {"labour": Labour.WEET_NIET},
        ASK,
        ASK,
        exceptions=(NotExempt.UNKNOWN_PERMANENT,),
        doubts=(Doubt.PERMIT,),
    ),
    new(
        "004",
        "a labour migrant who does not know, and works: the fourth part is free either way",
        {"labour": Labour.WEET_NIET, "days": Days.WERKT},
        ASK,
        FREE,
        exceptions=(NotExempt.UNKNOWN_PERMANENT,),
        doubts=(Doubt.PERMIT,),
    ),
    new(
        "002",
        "a labour migrant who does not know, with a diploma: free by the diploma",
        {"labour": Labour.WEET_NIET, "has_diploma": True},
        FREE,
        FREE,
        grounds=(Ground.DIPLOMA,),
        exceptions=(NotExempt.UNKNOWN_PERMANENT,),
        doubts=(Doubt.PERMIT,),
    ),
    # -- Ministers of religion: not the last four grounds (002)
    case("002", "a minister", MINISTER, {}, OBLIGED, OBLIGED),
    case("004", "a minister at work", MINISTER, {"days": Days.WERKT}, OBLIGED, FREE),
    case(
        "002",
        "a minister with a diploma",
        MINISTER,
        {"has_diploma": True},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.MINISTER,),
    ),
    case(
        "002",
        "a minister with a school year",
        MINISTER,
        {"had_school_year": True},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.MINISTER,),
    ),
    case(
        "002",
        "a minister of sixty-five",
        MINISTER,
        {"years": 65},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.MINISTER,),
    ),
    case(
        "002",
        "a minister with a permit that can lead to staying",
        MINISTER,
        {"labour": Labour.KAN_BLIJVEN},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.MINISTER,),
    ),
    case(
        "002",
        "a minister whose permit may lead to staying: it would change nothing",
        MINISTER,
        {"labour": Labour.WEET_NIET},
        OBLIGED,
        OBLIGED,
        exceptions=(NotExempt.UNKNOWN_PERMANENT,),
    ),
    case(
        "002",
        "a minister of the EU keeps the first ground",
        MINISTER,
        {"residence": Residence.EU},
        FREE,
        FREE,
        grounds=(Ground.EU,),
    ),
    case(
        "002",
        "a minister with the attest keeps the second",
        MINISTER,
        {"has_attest": True},
        FREE,
        FREE,
        grounds=(Ground.ATTEST,),
    ),
    case(
        "002",
        "a minister who cannot follow keeps the third",
        MINISTER,
        {"illness": Illness.KAN_NIET_VOLGEN},
        FREE,
        FREE,
        grounds=(Ground.ILLNESS,),
    ),
    case(
        "002",
        "a minister of the EU with a diploma: free by the first alone",
        MINISTER,
        {"residence": Residence.EU, "has_diploma": True},
        FREE,
        FREE,
        grounds=(Ground.EU,),
        exceptions=(NotExempt.MINISTER,),
    ),
    # -- Brussels (002: other rules may hold)
    new(
        "002",
        "in Brussels",
        {"place": Place.BRUSSEL},
        ASK,
        ASK,
        doubts=(Doubt.BRUSSEL,),
    ),
    new(
        "004",
        "in Brussels and works",
        {"place": Place.BRUSSEL, "days": Days.WERKT},
        ASK,
        FREE,
        doubts=(Doubt.BRUSSEL,),
    ),
    new(
        "002",
        "in Brussels and of the EU: the list is of the Vlaams Gewest",
        {"place": Place.BRUSSEL, "residence": Residence.EU},
        ASK,
        ASK,
        grounds=(Ground.EU,),
        doubts=(Doubt.BRUSSEL,),
    ),
    new(
        "002",
        "in Brussels and sixty-five",
        {"place": Place.BRUSSEL, "years": 65},
        ASK,
        ASK,
        grounds=(Ground.SENIOR,),
        doubts=(Doubt.BRUSSEL,),
    ),
    case(
        "002",
        "a Belgian in Brussels",
        BELGIAN,
        {"place": Place.BRUSSEL},
        ASK,
        ASK,
        doubts=(Doubt.BRUSSEL,),
    ),
    # -- Elsewhere (000)
    new(
        "000",
        "not yet in Flanders or Brussels",
        {"place": Place.ELDERS},
        ASK,
        ASK,
        False,
        doubts=(Doubt.ELSEWHERE,),
    ),
    new(
        "000",
        "elsewhere, and of the EU",
        {"place": Place.ELDERS, "residence": Residence.EU},
        ASK,
        ASK,
        False,
        grounds=(Ground.EU,),
        doubts=(Doubt.ELSEWHERE,),
    ),
    # -- The register (003 A)
    new(
        "003 A",
        "not registered",
        {"registered": Registered.NEE},
        ASK,
        ASK,
        False,
        doubts=(Doubt.REGISTER,),
    ),
    new(
        "003 A",
        "does not know whether registered",
        {"registered": Registered.WEET_NIET},
        ASK,
        ASK,
        False,
        doubts=(Doubt.REGISTER,),
    ),
    new(
        "003 A",
        "not registered and sixty-five",
        {"registered": Registered.NEE, "years": 65},
        FREE,
        FREE,
        False,
        grounds=(Ground.SENIOR,),
        doubts=(Doubt.REGISTER,),
    ),
    # -- Protection that is still asked for (003 A)
    new(
        "003 A",
        "waits for protection",
        {"residence": Residence.VERZOEK},
        ASK,
        ASK,
        False,
        doubts=(Doubt.PENDING,),
    ),
    new(
        "003 A",
        "waits for protection and is not registered",
        {"residence": Residence.VERZOEK, "registered": Registered.NEE},
        ASK,
        ASK,
        False,
        doubts=(Doubt.REGISTER, Doubt.PENDING),
    ),
    new(
        "004",
        "waits for protection and works",
        {"residence": Residence.VERZOEK, "days": Days.WERKT},
        ASK,
        FREE,
        False,
        doubts=(Doubt.PENDING,),
    ),
    new("002", "was recognised: a first permit", {"contract": Contract.GEEN}, OBLIGED, OBLIGED),
    # -- Another residence, or none known (002)
    new(
        "002",
        "another residence",
        {"residence": Residence.ANDERS},
        ASK,
        ASK,
        False,
        doubts=(Doubt.RESIDENCE,),
    ),
    new(
        "002",
        "another residence with the attest: free in any case",
        {"residence": Residence.ANDERS, "has_attest": True},
        FREE,
        FREE,
        False,
        grounds=(Ground.ATTEST,),
        doubts=(Doubt.RESIDENCE,),
    ),
    case(
        "002",
        "a minister with another residence",
        MINISTER,
        {"residence": Residence.ANDERS},
        ASK,
        ASK,
        False,
        doubts=(Doubt.RESIDENCE,),
    ),
    # -- Belgians (002, garbled about the twelve months)
    case("002", "a Belgian with all three points", BELGIAN, {}, OBLIGED, OBLIGED),
    case("004", "the same, who studies", BELGIAN, {"days": Days.STUDEERT}, OBLIGED, FREE),
    case(
        "002",
        "a Belgian who is longer in the register: the source is garbled",
        BELGIAN,
        {"first_registration": False},
        ASK,
        ASK,
        doubts=(Doubt.BELGIAN_YEAR,),
    ),
    case(
        "002",
        "a Belgian born in Belgium",
        BELGIAN,
        {"born_abroad": False},
        ASK,
        ASK,
        False,
        doubts=(Doubt.BELGIAN,),
    ),
    case(
        "002",
        "a Belgian whose parents were born in Belgium",
        BELGIAN,
        {"parent_born_abroad": False},
        ASK,
        ASK,
        False,
        doubts=(Doubt.BELGIAN,),
    ),
    case(
        "002",
        "a Belgian with a Belgian diploma",
        BELGIAN,
        {"has_diploma": True},
        FREE,
        FREE,
        grounds=(Ground.DIPLOMA,),
    ),
    case(
        "002",
        "a Belgian of sixty-five",
        BELGIAN,
        {"years": 65},
        FREE,
        FREE,
        grounds=(Ground.SENIOR,),
    ),
    case(
        "003 A",
        "a Belgian who is not registered",
        BELGIAN,
        {"registered": Registered.NEE},
        ASK,
        ASK,
        False,
        doubts=(Doubt.REGISTER,),
    ),
    # -- Came as a minor (002, garbled)
    new(
        "002",
        "came as a minor and is eighteen: the source is garbled",
        {"came_as_minor": True, "years": 18},
        ASK,
        ASK,
        doubts=(Doubt.CAME_AS_MINOR,),
    ),
    new(
        "002",
        "came as a minor with a whole school year: free by that",
        {"came_as_minor": True, "years": 19, "had_school_year": True},
        FREE,
        FREE,
        grounds=(Ground.SCHOOL_YEAR,),
        doubts=(Doubt.CAME_AS_MINOR,),
    ),
    new(
        "002",
        "came as a minor and is one still",
        {"came_as_minor": True, "years": 16},
        ASK,
        ASK,
        False,
        doubts=(Doubt.MINOR,),
    ),
    new(
        "004",
        "came as a minor and studies now",
        {"came_as_minor": True, "years": 20, "days": Days.STUDEERT},
        ASK,
        FREE,
        doubts=(Doubt.CAME_AS_MINOR,),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{c.source}: {c.name}" for c in CASES])
def test_what_the_sources_say(case: Case) -> None:
    told = doelgroep.advice(case.situation)
    assert (told.duty, told.participation, told.right) == (
        case.duty,
        case.participation,
        case.right,
    )
    assert (tuple(told.grounds), tuple(told.exceptions), tuple(told.doubts)) == (
        case.grounds,
        case.exceptions,
        case.doubts,
    )


def test_the_table_has_sixty_cases_and_each_names_its_source() -> None:
    assert len(CASES) >= 60
    assert {c.source[:3] for c in CASES} == {"000", "002", "003", "004"}
    assert len({(c.source, c.name) for c in CASES}) == len(CASES)


def test_the_table_has_every_ground_every_exception_and_every_doubt() -> None:
    assert {ground for c in CASES for ground in c.grounds} == set(Ground)
    assert {reason for c in CASES for reason in c.exceptions} == set(NotExempt)
    assert {doubt for c in CASES for doubt in c.doubts} == set(Doubt)


def test_an_exemption_never_takes_the_right_away() -> None:
    exempt = [c for c in CASES if c.duty == FREE and not c.doubts]
    assert exempt
    assert all(doelgroep.has_right(c.situation) for c in exempt)


def test_only_the_last_four_grounds_of_the_list_are_not_for_ministers() -> None:
    assert list(Ground)[3:] == [g for g in Ground if g in NOT_FOR_MINISTERS]


@pytest.mark.parametrize(
    ("place", "agency"),
    [
        (Place.VLAANDEREN, Agency.AGII),
        (Place.ANTWERPEN, Agency.ANTWERPEN),
        (Place.GENT, Agency.GENT),
        (Place.BRUSSEL, Agency.BRUSSEL),
        (Place.ELDERS, Agency.AGII),
    ],
    ids=lambda value: f"000/003: {value}",
)
def test_whom_to_ask_follows_from_where_one_lives(place: Place, agency: Agency) -> None:
    assert doelgroep.agency(place) == agency


@pytest.mark.parametrize(
    ("answer", "days", "on", "expected"),
    [
        (OBLIGED, Days.GEEN, PARTICIPATION_FROM, OBLIGED),
        (OBLIGED, Days.GEEN, date(2022, 12, 31), ASK),
        (OBLIGED, Days.GEEN, date(2022, 1, 1), ASK),
        (FREE, Days.GEEN, date(2022, 12, 31), ASK),
        (OBLIGED, Days.WERKT, PARTICIPATION_FROM, FREE),
        (OBLIGED, Days.STUDEERT, date(2026, 11, 22), FREE),
        (FREE, Days.GEEN, date(2026, 11, 22), FREE),
        (FREE, Days.WERKT, date(2026, 11, 22), FREE),
        (ASK, Days.GEEN, date(2026, 11, 22), ASK),
        (ASK, Days.WERKT, date(2026, 11, 22), FREE),
    ],
    ids=lambda value: str(value),
)
def test_the_fourth_part_counts_from_2023_whatever_older_sources_say(
    answer: Answer, days: Days, on: date, expected: Answer
) -> None:
    """004 says 1 January 2023; 000 and 003 still said 2022."""
    assert doelgroep.participation(answer, days, on=on) == expected
