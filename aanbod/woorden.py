"""Words for kinds and themes in the languages of the readers (`data/woorden.json`, own work): who
types "futbol" or "كرة القدم" finds what is called "voetbal"."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

FILE = Path(__file__).parent / "data" / "woorden.json"
#: Of one search: beyond this, words are looked for as they are typed only.
MOST_WORDS, MOST_WAYS = 6, 60
#: Letters that are written in more than one way, after accents are gone.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیې ۍئ".replace(" ", ""), "ي"),
        **dict.fromkeys("ک", "ك"),
        **dict.fromkeys("گګ", "ك"),
        **dict.fromkeys("ةۀە", "ه"),
        "ؤ": "و",
        "ټ": "ت",
        "ı": "i",
        "ł": "l",
        "ß": "ss",
        "œ": "oe",
        "æ": "ae",
        **dict.fromkeys("'’ʼ`ـ\u200c\u200d", None),
    }
)
_ARTICLE = re.compile(r"\b[وبفك]?(?:ال|لل)(?=\w{2})")


def fold(text: str) -> str:
    """A word as it is compared: without capitals, accents, vowel signs and the Arabic article."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = re.findall(r"\w+", bare.translate(_LETTERS))
    return _ARTICLE.sub("", " ".join(words))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The Dutch words for each word or group of words, by how it is compared."""
    found: dict[str, dict[str, None]] = {}
    for begrip in json.loads(FILE.read_text("utf-8"))["begrippen"]:
        dutch = begrip["nl"].split(", ")
        for said in begrip.values():
            for word in said.split(", "):
                found.setdefault(fold(word), {}).update(dict.fromkeys(dutch))
    return {word: tuple(dutch) for word, dutch in found.items()}


@cache
def _longest() -> int:
    return max(word.count(" ") + 1 for word in _words())


def groups(text: str) -> list[list[str]]:
    """The words of a search, each with what is looked for in its place; the word itself first.
    What has signs of its own ("…", -word) is left as it is."""
    typed = text.split()
    if '"' in text or any(word.startswith("-") for word in typed):
        return [[text]]
    found = []
    start = 0
    while start < len(typed):
        size, dutch = _begin(typed[start:])
        own = " ".join(typed[start : start + size])
        found.append(list(dict.fromkeys([own, *dutch])))
        start += size
    return found


def _begin(typed: list[str]) -> tuple[int, tuple[str, ...]]:
    """How many of the first words belong together, and their Dutch."""
    for size in range(min(len(typed), _longest()), 0, -1):
        dutch = _words().get(fold(" ".join(typed[:size])))
        if dutch:
            return size, dutch
    return 1, ()


@lru_cache(maxsize=10_000)
def asked(text: str) -> str:
    """The search as PostgreSQL's websearch takes it: each way to say all of it, with `or`."""
    ways = groups(text)
    number = 1
    for way in ways:
        number *= len(way)
    if len(ways) > MOST_WORDS or number > MOST_WAYS:
        return text
    return " or ".join(" ".join(way) for way in product(*ways))
