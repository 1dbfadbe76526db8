"""How easily the Dutch of an activity reads, and what would read more easily.

A hint for the editor: we aim at A2 and warn above B1; nothing is ever refused for it. The bounds
and the word list are ours. No list of verbs is needed: a passive is "wordt", "werd"… with a
participle somewhere after or before it in the same sentence.
"""

import re
from dataclasses import dataclass
from enum import Enum

#: In words a sentence.
LONG_SENTENCE, VERY_LONG_SENTENCE = 12, 18
#: In letters.
LONG_WORD = 16

#: What offices write, and what people say.
PLAINER = {
    "aangaande": "over",
    "aangezien": "omdat",
    "aanvang": "begin",
    "aanvangen": "beginnen",
    "aanvatten": "beginnen",
    "aanwenden": "gebruiken",
    "accommodatie": "zaal",
    "additioneel": "extra",
    "alsmede": "en ook",
    "alsook": "en ook",
    "alvorens": "voor",
    "attest": "bewijs",
    "betreffende": "over",
    "bevorderen": "helpen",
    "bewerkstelligen": "zorgen voor",
    "conform": "zoals in",
    "consulteren": "vragen",
    "contacteren": "bellen of mailen",
    "continueren": "verder doen",
    "derhalve": "dus",
    "desbetreffende": "die",
    "desgewenst": "als je wil",
    "dient": "moet",
    "dienen": "moeten",
    "diverse": "verschillende",
    "doch": "maar",
    "doelstelling": "doel",
    "documentatie": "papieren",
    "echter": "maar",
    "eveneens": "ook",
    "evenwel": "maar",
    "faciliteren": "helpen",
    "frequent": "vaak",
    "gelieve": "wil je",
    "gedurende": "tijdens",
    "geschieden": "gebeuren",
    "geïnteresseerden": "wie dat wil",
    "gratuit": "gratis",
    "hieromtrent": "hierover",
    "identiek": "hetzelfde",
    "implementeren": "invoeren",
    "inclusief": "met",
    "indien": "als",
    "individu": "mens",
    "informeren": "vertellen",
    "ingevolge": "door",
    "initiatief": "plan",
    "inschrijvingsmodaliteiten": "hoe je inschrijft",
    "inzake": "over",
    "jegens": "tegen",
    "kosteloos": "gratis",
    "krachtens": "volgens",
    "locatie": "plaats",
    "maximaal": "hoogstens",
    "mededelen": "zeggen",
    "middels": "met",
    "minimaal": "minstens",
    "mits": "als",
    "modaliteiten": "regels",
    "momenteel": "nu",
    "nadien": "daarna",
    "namelijk": "want",
    "niettegenstaande": "ook al",
    "noodzakelijk": "nodig",
    "omtrent": "over",
    "ondersteunen": "helpen",
    "onderhavige": "deze",
    "ontvangen": "krijgen",
    "participant": "deelnemer",
    "participeren": "meedoen",
    "per kerende": "snel",
    "reeds": "al",
    "regulier": "gewoon",
    "respectievelijk": "en",
    "slechts": "alleen",
    "tegemoetkoming": "korting",
    "teneinde": "om",
    "ten gevolge van": "door",
    "ten behoeve van": "voor",
    "ter plaatse": "daar",
    "tevens": "ook",
    "uiterlijk": "ten laatste",
    "verkrijgen": "krijgen",
    "verstrekken": "geven",
    "vervolgens": "daarna",
    "voornemens": "van plan",
    "voormeld": "dit",
    "vooraleer": "voor",
    "voorzien van": "met",
    "waarborg": "geld dat je terugkrijgt",
    "wenselijk": "goed",
    "wenst": "wil",
    "wensen": "willen",
    "zodoende": "zo",
    "zulks": "dit",
}

_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.(?=\S)[^.!?…\n]*)*[.!?…]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OFFICIALESE = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, PLAINER), key=len, reverse=True)) + r")\b", re.I
)
_AUXILIARY = {"wordt", "worden", "werd", "werden"}
#: gemaakt, geschreven, opgehaald, verwacht, bezocht, ontvangen…
_PARTICIPLE = re.compile(
    r"^(?:(?:aan|af|bij|door|in|mee|na|om|op|over|rond|samen|terug|toe|uit|voor|vrij|weg)?"
    r"ge\w{2,}(?:[dt]|en)|(?:be|ver|ont|her)\w{2,}(?:[dt]|en))$"
)
#: They look like participles and are none.
_NO_PARTICIPLE = {
    *("geen", "geld", "gebied", "gebeurt", "gemeenten", "gesprekken", "gezinnen", "gerecht"),
    *("geluid", "gezicht", "gebouwen", "gedachten", "gerechten", "geduld", "beneden", "vert"),
    *("verschillend", "verschillende", "beneden", "gezond", "bekend", "bereid", "vermoeid"),
    *("berichten", "verenigingen", "verhalen", "bewegen", "beginnen", "vertellen", "ontmoeten"),
    *("bezoeken", "begrijpen", "verkopen", "herfst", "bent", "beeld", "verband", "bestaat"),
    *("gerust", "geboren", "verder", "gent", "ontbijt", "verkeer", "gevoelens", "herent"),
}


class Level(Enum):
    """Estimated level of the Dutch (CEFR)."""

    A2 = "A2"
    B1 = "B1"
    B2 = "B2 of hoger"


@dataclass(frozen=True)
class Finding:
    """Something that would read more easily otherwise."""

    kind: str  # "long", "passive", "word" or "long word"
    sentence: str
    #: What to do, in plain Dutch.
    advice: str


@dataclass(frozen=True)
class Report:
    level: Level
    #: Average words a sentence, rounded to one decimal.
    words_a_sentence: float
    findings: list[Finding]


def sentences(text: str) -> list[str]:
    """The sentences of a text; a new line ends one as well."""
    found = (match.group().strip() for match in _SENTENCE.finditer(text))
    return [sentence for sentence in found if _WORD.search(sentence)]


def check(text: str) -> Report:
    """Judge a Dutch text. An empty one is A2 without findings."""
    found = sentences(text)
    counts = [len(_words(sentence)) for sentence in found]
    average = sum(counts) / len(counts) if counts else 0.0
    findings = [finding for sentence in found for finding in _findings(sentence)]
    return Report(_level(average, found, findings), round(average, 1), findings)


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence)


def _level(average: float, found: list[str], findings: list[Finding]) -> Level:
    """B2 for long sentences or much that weighs on the reader; A2 when there is hardly any."""
    if not found:
        return Level.A2
    weight = len(findings) / len(found)
    if average > 15 or weight > 1:
        return Level.B2
    if average > 10 or weight > 0.25:
        return Level.B1
    return Level.A2


def _findings(sentence: str) -> list[Finding]:
    words = _words(sentence)
    found = []
    if len(words) > LONG_SENTENCE:
        much = "erg lang" if len(words) > VERY_LONG_SENTENCE else "lang"
        advice = f"Deze zin is {much}: {len(words)} woorden. Maak er twee van."
        found.append(Finding("long", sentence, advice))
    if participle := _passive(words):
        advice = f"Zeg wie het doet, in plaats van “{participle}”."
        found.append(Finding("passive", sentence, advice))
    for word in dict.fromkeys(match.group() for match in _OFFICIALESE.finditer(sentence)):
        advice = f"Schrijf “{PLAINER[word.lower()]}” in plaats van “{word}”."
        found.append(Finding("word", sentence, advice))
    for word in dict.fromkeys(word for word in words if len(word) >= LONG_WORD):
        if word.lower() not in PLAINER:
            advice = f"“{word}” is een lang woord. Kan het korter, of in twee woorden?"
            found.append(Finding("long word", sentence, advice))
    return found


def _passive(words: list[str]) -> str:
    """The words that make a sentence passive ("wordt … gemaakt"), or ""."""
    auxiliary = next((word.lower() for word in words if word.lower() in _AUXILIARY), "")
    if not auxiliary:
        return ""
    for word in words:
        small = word.lower()
        if small not in _NO_PARTICIPLE and small not in _AUXILIARY and _PARTICIPLE.match(small):
            return f"{auxiliary} … {small}"
    return ""
