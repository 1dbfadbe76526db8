"""Finding activities: reading an address, and what the search table answers."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import acos, cos, radians, sin

import pytest
from django.db import connection
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from aanbod.models import Dag, Kinderopvang, Moment, Soort, Taalniveau, Zoekregel
from aanbod.search import COUNTED, KENMERKEN, Query, parse, results, totals_without
from gemeenten.models import Deelgemeente
from gemeenten.places import forget
from tests.aanbod.cast import make_gemeente
from tests.aanbod.rows import make_rows

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


# -- Reading an address ----------------------------------------------------------------------


def read(address):
    return parse(QueryDict(address))


def test_an_empty_address_asks_for_everything():
    assert read("") == Query()


def test_every_filter_of_the_contract_is_read():
    query = read(
        "q=praten&gemeente=24038&plaats=3020&straal=5&soort=sport&moment=avond&dag=di"
        "&taalniveau=a1&kosten=gratis&kinderopvang=mee&voor=vrouwen&toegang=rolstoel"
        "&kenmerk=duo&thema=muziek&sorteer=afstand&pagina=2"
    )
    assert query == Query(
        q="praten",
        gemeente=("24038",),
        plaats="3020",
        straal=5,
        soort=("sport",),
        moment=("avond",),
        dag=("di",),
        taalniveau=("a1",),
        kosten=("gratis",),
        kinderopvang=("mee",),
        voor=("vrouwen",),
        toegang=("rolstoel",),
        kenmerk=("duo",),
        thema=("muziek",),
        sorteer="afstand",
        pagina=2,
    )


def test_a_repeated_key_gives_several_values_each_once_in_their_own_order():
    assert read("moment=weekend&moment=avond&moment=avond").moment == ("avond", "weekend")


def test_of_a_filter_that_takes_one_value_the_last_counts():
    assert read("q=fiets&q=zwemmen&straal=5&straal=10").q == "zwemmen"
    assert read("straal=5&straal=10").straal == 10


@pytest.mark.parametrize(
    ("address", "unknown"),
    [
        ("soort=dansen", ("soort", "dansen")),
        ("moment=AVOND", None),
        ("dag=zaterdag", ("dag", "zaterdag")),
        ("kosten=3", ("kosten", "3")),
        ("straal=ver", ("straal", "ver")),
        ("straal=0", ("straal", "0")),
        ("straal=-5", ("straal", "-5")),
        ("straal=1.5", ("straal", "1.5")),
        ("straal=99999999999999999999", ("straal", "99999999999999999999")),
        ("pagina=nul", ("pagina", "nul")),
        ("sorteer=prijs", ("sorteer", "prijs")),
        ("gemeente=Sint Niklaas", ("gemeente", "Sint Niklaas")),
        ("thema='%3B DROP TABLE", ("thema", "'; DROP TABLE")),
        ("q=%3F%3F%3F", ("q", "???")),
        ("q=&soort=&straal=", None),
        ("onbekend=1", None),
    ],
)
def test_what_is_not_understood_is_left_out_and_told_back(address, unknown):
    query = read(address)
    assert query.unknown == ((unknown,) if unknown else ())


def test_other_digits_are_digits():
    assert read("straal=٥&pagina=۲") == Query(straal=5, pagina=2)


def test_a_radius_is_never_wider_than_the_country():
    assert read("straal=9999").straal == 200


def test_nul_bytes_and_controls_become_spaces():
    assert read("q=praat%00tafel%0A%1Bnu").q == "praat tafel nu"


def test_long_texts_are_cut_and_only_a_few_strange_values_told_back():
    assert len(read(f"q={'praten ' * 2000}").q) <= 100
    query = read("&".join(f"soort={'x' * 10_000}{n}" for n in range(500)))
    assert len(query.unknown) <= 10
    assert max(len(value) for _, value in query.unknown) <= 100


KEYS = st.sampled_from([*Query.__dataclass_fields__, "iets"])
VALUES = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from([*Moment.values, *Soort.values, "gratis", "5", "a1", "1" * 5000, "\x00", "٣"]),
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=12))
@settings(max_examples=300)
def test_no_address_makes_reading_fail(pairs):
    params = QueryDict(mutable=True)
    for key, value in pairs:
        params.appendlist(key, value)
    query = parse(params)
    assert query.pagina >= 1
    assert query.straal is None or 1 <= query.straal <= 200
    assert set(query.moment) <= set(Moment.values)


# -- Asking ----------------------------------------------------------------------------------


@pytest.fixture
def herent(db):
    herent = make_gemeente("24038", "Herent", ["3020"], 50.9077, 4.6706)
    Deelgemeente.objects.create(gemeente=herent, name="Winksele", lat=50.9007, lon=4.6404)
    return herent


@pytest.fixture
def leuven(db):
    return make_gemeente("24062", "Leuven", ["3000"], 50.8796, 4.7009)


def ask(address="", language="nl"):
    return results(read(address), language=language)


def found(address=""):
    return [row.page_id for row in ask(address).rows]


def test_without_a_filter_everything_the_first_to_come_first(herent):
    dates = [None, NOW + timedelta(days=2), NOW + timedelta(days=1)]
    make_rows(herent, [{"next_at": date} for date in dates])
    assert found() == [3, 2, 1]


def test_the_card_is_in_the_language_of_the_page(herent):
    make_rows(herent, [{}])
    assert ask(language="ar").rows[0].card == "<article>1 ar</article>"


def test_a_language_without_a_card_shows_no_error(herent):
    make_rows(herent, [{}])
    assert ask(language="so").rows[0].card == ""


@pytest.mark.parametrize(
    ("field", "values", "address", "expected"),
    [
        ("soort", ["sport", "cursus", "buddy"], "soort=sport&soort=buddy", [1, 3]),
        ("moments", [["avond"], ["ochtend", "weekend"], []], "moment=weekend", [2]),
        ("moments", [["avond"], ["weekend"], []], "moment=avond&moment=weekend", [1, 2]),
        ("days", [["di"], ["wo"], ["di", "wo"]], "dag=di", [1, 3]),
        ("taalniveau", [0, 1, 2], "taalniveau=a1", [1, 2]),
        ("taalniveau", [0, 1, 2], "taalniveau=geen", [1]),
        ("taalniveau", [0, 1, 3], "taalniveau=geen&taalniveau=a2", [1, 2]),
        ("cost", [0, 5, 5.01], "kosten=gratis", [1]),
        ("cost", [0, 5, 5.01], "kosten=5", [1, 2]),
        ("cost", [0, 5, 20.01], "kosten=20&kosten=gratis", [1, 2]),
        ("kinderopvang", ["", "opvang", "mee"], "kinderopvang=mee", [3]),
        ("kinderopvang", ["", "opvang", "mee"], "kinderopvang=mee&kinderopvang=opvang", [2, 3]),
        ("voor", ["", "vrouwen", ""], "voor=vrouwen", [2]),
        ("wheelchair", [True, False, True], "toegang=rolstoel", [1, 3]),
        ("kenmerken", [["duo"], ["groep"], []], "kenmerk=duo", [1]),
        ("themas", [["muziek"], ["koffie", "muziek"], []], "thema=muziek", [1, 2]),
        ("themas", [["muziek"], ["koffie"], []], "thema=onbekend", []),
    ],
)
def test_each_filter(herent, field, values, address, expected):
    make_rows(herent, [{field: value} for value in values])
    assert sorted(found(address)) == expected


def test_different_filters_narrow_each_other(herent):
    make_rows(herent, [{"soort": "sport"}, {"soort": "sport", "days": ["di"]}, {"days": ["di"]}])
    assert found("soort=sport&dag=di") == [2]


@pytest.mark.parametrize("value", ["24062", "leuven", "LEUVEN"])
def test_a_gemeente_by_nis_code_or_name(herent, leuven, value):
    make_rows(herent, [{}, {"gemeente": leuven}])
    assert found(f"gemeente={value}") == [2]


def test_two_gemeenten_are_either(herent, leuven):
    make_rows(herent, [{}, {"gemeente": leuven}])
    assert sorted(found("gemeente=leuven&gemeente=herent")) == [1, 2]


def test_a_gemeente_that_does_not_exist_narrows_nothing_and_is_told(herent):
    make_rows(herent, [{}])
    answer = ask("gemeente=atlantis")
    assert [row.page_id for row in answer.rows] == [1]
    assert ("gemeente", "atlantis") in answer.query.unknown


def test_near_a_place_the_nearest_first_with_the_distance(herent, leuven):
    make_rows(herent, [{"lat": leuven.lat, "lon": leuven.lon}, {}])
    answer = ask("plaats=3020")
    assert [row.page_id for row in answer.rows] == [2, 1]
    assert answer.rows[0].km == 0
    assert answer.rows[1].km == pytest.approx(3.8, abs=0.1)
    assert answer.place.name == "Herent"


def test_a_radius_leaves_out_what_is_further(herent, leuven):
    make_rows(herent, [{"lat": leuven.lat, "lon": leuven.lon}, {}])
    assert found("plaats=3020&straal=3") == [2]
    assert found("plaats=3020&straal=4") == [2, 1]


def test_a_place_that_does_not_exist_narrows_nothing_and_is_told(herent):
    make_rows(herent, [{}])
    answer = ask("plaats=Atlantis&straal=5")
    assert len(answer.rows) == 1
    assert ("plaats", "Atlantis") in answer.query.unknown
    assert answer.rows[0].km is None


def test_a_radius_or_nearest_first_without_a_place_is_told(herent):
    make_rows(herent, [{}])
    answer = ask("straal=5&sorteer=afstand")
    assert answer.query.unknown == (("straal", "5"), ("sorteer", "afstand"))
    assert len(answer.rows) == 1


# -- Words -----------------------------------------------------------------------------------


def titles(herent, *titles):
    make_rows(herent, [{"title": title} for title in titles])


def test_words_are_found_in_other_forms_and_without_accents(herent):
    titles(herent, "Praattafels in het café", "Fietsen")
    assert found("q=praattafel") == [1]
    assert found("q=CAFE") == [1]
    assert found("q=fiets") == [2]


def test_all_words_are_needed(herent):
    titles(herent, "Praten en breien", "Praten")
    assert found("q=praten+breien") == [1]


def test_a_title_counts_more_than_a_text(herent):
    make_rows(herent, [{"words": "zwemmen en voetbal"}, {"title": "Voetbal"}])
    assert found("q=voetbal") == [2, 1]


@pytest.mark.parametrize("typed", ["voetbl", "fietsn", "koffi", "praatafel"])
def test_a_typing_error_still_finds(herent, typed):
    make_rows(
        herent,
        [{"title": "Voetbal"}, {"title": "Fietsen"}, {"words": "koffie"}, {"title": "Praattafel"}],
    )
    assert len(found(f"q={typed}")) == 1


@pytest.mark.parametrize(("typed", "number"), [("fitsen", 1), ("danen", 0)])
def test_a_word_of_six_letters_may_differ_more_than_a_shorter_one(herent, typed, number):
    titles(herent, "Fietsen", "Dansen")
    assert len(found(f"q={typed}")) == number


def test_half_a_word_finds(herent):
    titles(herent, "Computerles", "Voetbal")
    assert found("q=comput") == [1]


def test_what_is_almost_written_so_does_not_disturb_what_is_written_so(herent):
    titles(herent, "Praten", "Praatjes")
    assert found("q=praten") == [1]


@pytest.mark.parametrize(
    "text", ["'", '"', "!!a", "a & | b", "(((", ":*", "\\", "a <-> b", "de het"]
)
def test_any_punctuation_is_just_text(herent, text):
    titles(herent, "Praten")
    params = QueryDict(mutable=True)
    params["q"] = text
    results(parse(params), language="nl")


def test_words_and_a_place_weigh_each_other(herent, leuven):
    far = {"lat": 51.2, "lon": 3.2, "title": "Voetbal"}
    make_rows(herent, [far, {"words": "voetbal"}])
    assert found("q=voetbal") == [1, 2]
    assert found("q=voetbal&plaats=3020") == [2, 1]


# -- Order and pages -------------------------------------------------------------------------


def test_orders(herent, leuven):
    make_rows(
        herent,
        [
            {"next_at": NOW + timedelta(3), "published_at": NOW, "lat": leuven.lat},
            {"next_at": NOW, "published_at": NOW - timedelta(9)},
        ],
    )
    assert found("sorteer=datum") == [2, 1]
    assert found("sorteer=nieuw") == [1, 2]
    assert found("sorteer=afstand&plaats=3020") == [2, 1]
    assert found("sorteer=nieuw&plaats=3020") == [1, 2]


@pytest.mark.parametrize(
    "address",
    [
        *("sorteer=datum", "sorteer=nieuw", "sorteer=afstand&plaats=3020", ""),
        *("plaats=3020", "q=voetbal", "q=voetbal&plaats=3020", "q=voetbl"),
    ],
)
def test_what_nobody_says_still_holds_comes_last_in_every_order(herent, leuven, address):
    best = {"title": "Voetbal", "next_at": NOW, "published_at": NOW + timedelta(9)}
    other = {"title": "Voetbal", "words": "en breien", "lat": leuven.lat}
    make_rows(herent, [{**best, "lowered": 1}, other, other])
    assert found(address)[-1] == 1
    Zoekregel.objects.all().delete()
    make_rows(herent, [best, other, other])
    assert found(address)[0] == 1


def test_twenty_a_page_and_each_activity_once(herent):
    make_rows(herent, [{} for _ in range(45)])
    pages = [found(f"pagina={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(pk for page in pages for pk in page) == list(range(1, 46))
    assert (ask().total, ask().pages, ask().more) == (45, 3, False)


@pytest.mark.parametrize("page", ["4", "999999999", "1000"])
def test_beyond_the_last_page_is_the_last_page(herent, page):
    make_rows(herent, [{} for _ in range(45)])
    answer = ask(f"pagina={page}")
    assert (answer.page, len(answer.rows)) == (3, 5)


def test_nothing_found_is_one_empty_page(herent):
    answer = ask("pagina=7")
    assert (answer.rows, answer.total, answer.page, answer.pages) == ([], 0, 1, 1)


def test_totals_are_exact_to_a_thousand(herent):
    make_rows(herent, [{} for _ in range(COUNTED)])
    assert (ask().total, ask().more, ask().pages) == (1000, False, 50)


def test_and_a_thousand_plus_further_on(herent):
    make_rows(herent, [{} for _ in range(COUNTED + 1)])
    assert (ask().total, ask().more, ask().pages) == (1000, True, 50)
    assert ask("pagina=51").page == 50


def test_of_an_empty_result_it_is_known_what_each_filter_hides(herent):
    make_rows(herent, [{"soort": "sport"}, {"soort": "sport"}, {"days": ["di"]}])
    assert totals_without(ask("soort=sport&dag=di")) == {"soort": 1, "dag": 2}
    assert totals_without(ask("soort=sport&dag=di&kosten=gratis")) == {
        "soort": 1,
        "dag": 2,
        "kosten": 0,
    }


# -- Cost ------------------------------------------------------------------------------------

ADDRESSES = [
    "",
    "plaats=3020&straal=5",
    "gemeente=herent&moment=avond",
    "q=voetbal&plaats=Herent&gemeente=24038",
    "q=voetbl&plaats=Herent&gemeente=24038",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_are_few_and_do_not_grow(herent, django_assert_max_num_queries, address):
    make_rows(herent, [{"title": "Voetbal"} for _ in range(3)])
    with django_assert_max_num_queries(5) as few:
        ask(address)
    Zoekregel.objects.all().delete()
    forget()
    make_rows(herent, [{"title": "Voetbal"} for _ in range(60)])
    with django_assert_max_num_queries(5) as many:
        ask(address)
    assert len(few) == len(many)


def plan(address):
    """How PostgreSQL would answer the statement for an address."""
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(address)
    sql, params = statements[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql.rpartition(';')[2]}", params)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_words_places_and_dates_use_their_index(herent):
    make_rows(
        herent,
        [
            {
                "title": f"Voetbal {n}" if n % 500 == 0 else f"Activiteit {n}",
                "lat": 50 + n % 97 / 97,
                "lon": 3 + n % 89 / 30,
            }
            for n in range(2000)
        ],
    )
    with connection.cursor() as cursor:
        for index in ("zoekregel_by_text", "zoekregel_by_typing"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE aanbod_zoekregel")
    assert "zoekregel_by_text" in plan("q=voetbal")
    assert "zoekregel_by_typing" in plan("q=voetbl")
    assert "zoekregel_by_place" in plan("plaats=3020&straal=2")
    assert "zoekregel_by_place" in plan("plaats=3020")
    assert "zoekregel_by_next" in plan("")


# -- Against a slow reference ----------------------------------------------------------------

PLACES = {"3020": (50.9077, 4.6706), "3000": (50.8796, 4.7009), "9000": (51.0538, 3.7250)}
WORDS = ["voetbal", "breien", "koffie", "zwemmen"]


def subsets(values):
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "soort": st.sampled_from(Soort.values[:4]),
            "moments": subsets(Moment.values),
            "days": subsets(Dag.values),
            "taalniveau": st.integers(0, 3),
            "cost": st.sampled_from([Decimal(0), Decimal(5), Decimal("5.01"), Decimal(25)]),
            "kinderopvang": st.sampled_from(["", *Kinderopvang.values]),
            "voor": st.sampled_from(["", "vrouwen"]),
            "wheelchair": st.booleans(),
            "kenmerken": subsets(KENMERKEN),
            "themas": subsets(["muziek", "koken"]),
            "words": subsets(WORDS).map(" ".join),
            "place": st.sampled_from(sorted(PLACES)),
            "lowered": st.integers(0, 1),
        }
    ),
    max_size=12,
)
QUERIES = st.builds(
    Query,
    q=st.sampled_from(["", "", *WORDS, "breien koffie"]),
    gemeente=subsets(["herent", "24062"]).map(tuple),
    plaats=st.sampled_from(["", *PLACES]),
    straal=st.sampled_from([None, 1, 5, 100]),
    soort=subsets(Soort.values[:4]).map(tuple),
    moment=subsets(Moment.values).map(tuple),
    dag=subsets(Dag.values).map(tuple),
    taalniveau=subsets(Taalniveau.values).map(tuple),
    kosten=subsets(["gratis", "5", "20"]).map(tuple),
    kinderopvang=subsets(Kinderopvang.values).map(tuple),
    voor=subsets(["vrouwen"]).map(tuple),
    toegang=subsets(["rolstoel"]).map(tuple),
    kenmerk=subsets(KENMERKEN).map(tuple),
    thema=subsets(["muziek", "koken"]).map(tuple),
    sorteer=st.sampled_from(["", "past", "afstand", "datum", "nieuw"]),
)
LEVELS = {"geen": 0, "a1": 1, "a2": 2, "b1": 3}
PRICES = {"gratis": 0, "5": 5, "20": 20}


def km_between(one, other):
    """Great circle by the law of cosines, another formula than the one that is tested."""
    (lat_1, lon_1), (lat_2, lon_2) = (tuple(map(radians, point)) for point in (one, other))
    angle = sin(lat_1) * sin(lat_2) + cos(lat_1) * cos(lat_2) * cos(lon_1 - lon_2)
    return 6378.168 * acos(max(-1.0, min(1.0, angle)))


def fits(row, query):
    """Does a row answer a query? One rule a line, as contract.md says them."""
    words = row["words"].split()
    asked = query.q.split()
    nis = {"3020": "herent", "3000": "24062", "9000": "gent"}[row["place"]]
    rules = [
        all(word in words for word in asked),
        not query.gemeente or nis in query.gemeente,
        not (query.plaats and query.straal)
        or km_between(PLACES[query.plaats], PLACES[row["place"]]) <= query.straal,
        not query.soort or row["soort"] in query.soort,
        not query.moment or set(query.moment) & set(row["moments"]),
        not query.dag or set(query.dag) & set(row["days"]),
        not query.taalniveau or row["taalniveau"] <= max(LEVELS[v] for v in query.taalniveau),
        not query.kosten or row["cost"] <= max(PRICES[v] for v in query.kosten),
        not query.kinderopvang or row["kinderopvang"] in query.kinderopvang,
        not query.voor or row["voor"] in query.voor,
        not query.toegang or row["wheelchair"],
        not query.kenmerk or set(query.kenmerk) & set(row["kenmerken"]),
        not query.thema or set(query.thema) & set(row["themas"]),
    ]
    return all(rules)


class Reference(TestCase):
    """The same result as a loop over all rows in Python, whatever the rows and the question."""

    @classmethod
    def setUpTestData(cls):
        cls.herent = make_gemeente("24038", "Herent", ["3020"], *PLACES["3020"])
        cls.leuven = make_gemeente("24062", "Leuven", ["3000"], *PLACES["3000"])
        cls.gent = make_gemeente("44021", "Gent", ["9000"], *PLACES["9000"])

    @given(rows=ROWS, query=QUERIES)
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    def test_the_table_answers_as_a_loop_over_all_rows_would(self, rows, query):
        by_place = {"3020": self.herent, "3000": self.leuven, "9000": self.gent}
        Zoekregel.objects.all().delete()
        make_rows(
            self.herent,
            [
                {
                    **{key: value for key, value in row.items() if key != "place"},
                    "gemeente": by_place[row["place"]],
                    "lat": PLACES[row["place"]][0],
                    "lon": PLACES[row["place"]][1],
                }
                for row in rows
            ],
        )
        expected = {number for number, row in enumerate(rows, 1) if fits(row, query)}
        answer = results(query, language="nl")
        assert {row.page_id for row in answer.rows} == expected
        assert answer.total == len(expected)
        last = [rows[row.page_id - 1]["lowered"] for row in answer.rows]
        assert last == sorted(last)
        for row in answer.rows:
            if query.plaats:
                place = PLACES[rows[row.page_id - 1]["place"]]
                assert row.km == pytest.approx(km_between(PLACES[query.plaats], place), abs=0.01)
