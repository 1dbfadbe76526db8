"""What each value of a filter counts: as many as there are with it, given the other filters."""

from dataclasses import replace

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from aanbod import bits
from aanbod.models import Zoekregel
from aanbod.search import CHOICES, COUNTED, facets, parse, results
from tests.aanbod.cast import make_gemeente
from tests.aanbod.rows import make_rows
from tests.aanbod.test_search import PLACES, QUERIES, ROWS, fits


def counted(address):
    return facets(results(parse(QueryDict(address)), language="nl"))


def herent():
    return make_gemeente("24038", "Herent", ["3020"], *PLACES["3020"])


def test_a_filter_does_not_narrow_its_own_counts(db):
    make_rows(
        herent(), [{"soort": "sport"}, {"soort": "sport", "days": ["di"]}, {"soort": "school"}]
    )
    found = counted("soort=sport")
    assert (found["soort"]["sport"].number, found["soort"]["school"].number) == (2, 1)
    assert found["dag"]["di"].number == 1
    assert counted("soort=school")["dag"]["di"].number == 0


def test_themes_and_gemeenten_are_counted_too(db):
    place = herent()
    make_rows(place, [{"themas": ["muziek", "koken"]}, {"themas": ["muziek"]}, {}])
    found = counted("thema=koken")
    assert {k: v.number for k, v in found["thema"].items()} == {"muziek": 2, "koken": 1}
    assert {k: v.number for k, v in found["gemeente"].items()} == {str(place.pk): 1}


def test_beyond_a_thousand_a_count_says_at_least(db):
    make_rows(herent(), [{"soort": "sport"} for _ in range(COUNTED + 5)])
    assert counted("")["soort"]["sport"].more
    assert not counted("soort=school")["dag"]["di"].more


def test_the_bits_of_a_row_fit_in_the_column():
    assert len(bits.PAIRS) < 63


class Reference(TestCase):
    """The same numbers as a loop over all rows in Python, whatever the rows and the question."""

    @classmethod
    def setUpTestData(cls):
        cls.places = {
            "3020": herent(),
            "3000": make_gemeente("24062", "Leuven", ["3000"], *PLACES["3000"]),
            "9000": make_gemeente("44021", "Gent", ["9000"], *PLACES["9000"]),
        }

    @given(rows=ROWS, query=QUERIES)
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    def test_each_value_counts_what_choosing_it_alone_would_find(self, rows, query):
        Zoekregel.objects.all().delete()
        make_rows(
            self.places["3020"],
            [
                {
                    **{key: value for key, value in row.items() if key != "place"},
                    "gemeente": self.places[row["place"]],
                    "lat": PLACES[row["place"]][0],
                    "lon": PLACES[row["place"]][1],
                }
                for row in rows
            ],
        )
        counts = facets(results(query, language="nl"))
        for name, values in CHOICES.items():
            for value in values:
                alone = replace(query, **{name: (value,)})
                assert counts[name][value].number == sum(fits(row, alone) for row in rows)
