"""Visits and searches of the last weeks, so that the statistics of the demo show something."""

from datetime import date, timedelta

from aanbod.models import ActiviteitPage, Bezoek, Zoekopdracht, Zoekwoord
from gemeenten.models import Gemeente

#: In Herent: (soort, moment, kinderopvang, taalniveau, kosten, nothing found, times).
SEARCHES = [
    ("sport", "weekend", "", "", "", True, 12),
    ("sport", "avond", "", "a1", "gratis", False, 9),
    ("conversatie", "avond", "", "geen", "", False, 31),
    ("conversatie", "ochtend", "opvang", "", "gratis", False, 14),
    ("conversatie", "weekend", "", "", "", True, 8),
    ("cursus", "", "", "a2", "5", False, 17),
    ("buddy", "", "", "", "", False, 11),
    ("vrijwilligerswerk", "namiddag", "", "", "", False, 7),
    ("cultuur", "weekend", "mee", "", "gratis", False, 6),
    ("cultuur", "avond", "", "", "20", False, 3),
    ("taalstage", "", "", "a1", "", True, 13),
    ("", "weekend", "mee", "", "", False, 22),
    ("", "", "opvang", "", "", False, 10),
    ("", "", "", "geen", "gratis", False, 26),
    ("meer", "meer", "", "", "", False, 6),
]
WORDS = [("praattafel", False, 18), ("fiets", False, 11), ("koken", False, 7), ("sport", True, 9)]
#: Days from today back over which each number is spread.
DAYS = 20


def load(gemeente: Gemeente, pages: list[ActiviteitPage], today: date) -> None:
    """The same for the same day. As the acting person, who is a system actor."""
    for index, (soort, moment, kinderopvang, taalniveau, kosten, empty, times) in enumerate(
        SEARCHES
    ):
        Zoekopdracht.objects.create(
            gemeente=gemeente,
            day=today - timedelta(days=index % DAYS),
            soort=soort,
            moment=moment,
            kinderopvang=kinderopvang,
            taalniveau=taalniveau,
            kosten=kosten,
            empty=empty,
            number=times,
        )
    for word, empty, times in WORDS:
        Zoekwoord.objects.create(gemeente=gemeente, day=today, word=word, empty=empty, number=times)
    Bezoek.objects.create(gemeente=gemeente, day=today, number=64)
    for index, page in enumerate(pages):
        Bezoek.objects.create(gemeente=gemeente, day=today, page=page, number=3 + 7 * (index % 9))
