"""Visits and searches are counted without cookies, and nothing of a person is kept."""

from collections import Counter
from datetime import date, timedelta
from threading import Lock, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from aanbod import counting
from aanbod.counting import Asked, Buffer, Opened, Typed
from aanbod.models import Bezoek, Zoekopdracht, Zoekwoord
from gemeenten.acting import System, acting_as
from gemeenten.models import Deelgemeente
from tests.aanbod.cast import make_page

PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile"}
DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def waiting(monkeypatch):
    """A buffer of the test's own, which writes when the test says so."""
    buffer = Buffer(counting.store, lambda seconds: None)
    monkeypatch.setattr(counting, "waiting", buffer)
    with acting_as(System("test")):
        yield buffer


def get(client, path, **headers):
    return client.get(path, **{**PHONE, **headers})


# -- Visits ----------------------------------------------------------------------------------


@pytest.fixture
def table(cast):
    return make_page(cast.in_herent, cast.lange_tafel, "Praattafel")


def visits():
    return sorted(Bezoek.objects.values_list("gemeente__name", "page__title", "number"))


def test_opening_a_page_counts_one_for_that_page_and_day(client, cast, table, waiting):
    get(client, "/nl/herent/praattafel/")
    get(client, "/ar/herent/praattafel/")
    get(client, "/nl/leuven/")
    waiting.flush()

    assert visits() == [("Herent", "Praattafel", 2), ("Leuven", None, 1)]
    assert {row.day for row in Bezoek.objects.all()} == {timezone.localdate()}


def test_a_second_batch_is_added_to_the_first(client, cast, table, waiting):
    for _ in range(3):
        get(client, "/nl/herent/")
        waiting.flush()

    assert visits() == [("Herent", None, 3)]


def test_what_the_browser_still_had_is_a_visit_too(cast, table, waiting):
    class Answer:
        status_code = 304

    class Request:
        method, path_info = "GET", "/nl/herent/praattafel/"
        headers = {"User-Agent": "Mozilla/5.0"}

    counting.CountVisits(lambda request: Answer())(Request())
    waiting.flush()

    assert visits() == [("Herent", "Praattafel", 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
    ],
)
def test_no_robot_and_no_page_fetched_ahead_is_counted(client, cast, table, waiting, headers):
    get(client, "/nl/herent/praattafel/", **headers)
    get(client, "/nl/aanbod/?gemeente=herent", **headers)
    waiting.flush()

    assert visits() == []
    assert not Zoekopdracht.objects.exists()


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/nergens/", "/nl/herent/weg/", "/nl/privacy/", "/cms/", "/nl/aanbod/"]
)
def test_only_pages_of_gemeenten_and_activities_are_counted(client, cast, table, waiting, path):
    get(client, path)
    waiting.flush()

    assert visits() == []


def test_a_draft_and_another_page_of_the_same_name_are_not_taken_for_it(cast, table, waiting):
    make_page(cast.in_leuven, cast.lange_tafel, "Praattafel")
    table.unpublish()
    waiting.add(Opened(DAY, "herent", "praattafel"))
    waiting.add(Opened(DAY, "leuven", "praattafel"))
    waiting.flush()

    assert visits() == [("Leuven", "Praattafel", 1)]


def test_counting_asks_the_database_nothing_before_it_writes(client, cast, table, monkeypatch):
    with_count = _queries(client, "/nl/herent/praattafel/", PHONE)

    assert with_count == _queries(client, "/nl/herent/praattafel/", {})


def _queries(client, path, headers):
    from django.test.utils import CaptureQueriesContext

    client.get(path, **headers)
    with CaptureQueriesContext(connection) as found:
        client.get(path, **headers)
    return len(found)


def test_no_cookie_is_set(client, cast, table):
    assert not get(client, "/nl/herent/praattafel/").cookies


# -- Searches --------------------------------------------------------------------------------


def searches(*fields):
    return sorted(Zoekopdracht.objects.values_list(*fields, "number"))


def test_a_search_is_counted_with_its_filters_and_whether_it_found_something(
    client, cast, table, waiting
):
    get(client, "/nl/aanbod/?gemeente=herent&soort=sport&moment=weekend&kinderopvang=mee")
    get(client, "/nl/aanbod/?gemeente=herent&soort=conversatie")
    waiting.flush()

    assert searches("soort", "moment", "kinderopvang", "empty") == [
        ("conversatie", "", "", False, 1),
        ("sport", "weekend", "mee", True, 1),
    ]


def test_several_kinds_count_once_and_of_a_level_and_a_price_the_highest(client, cast, waiting):
    get(
        client,
        "/nl/aanbod/?gemeente=herent&soort=sport&soort=cultuur&taalniveau=a2&taalniveau=a1"
        "&kosten=5&kosten=gratis",
    )
    waiting.flush()

    assert searches("soort", "taalniveau", "kosten") == [("meer", "a2", "5", 1)]


def test_the_place_gives_the_gemeente_and_the_deelgemeente(client, cast, waiting):
    get(client, "/nl/aanbod/?plaats=Winksele")
    get(client, "/nl/aanbod/?plaats=3020")
    waiting.flush()

    assert set(Zoekopdracht.objects.values_list("gemeente__name", "deelgemeente__name")) == {
        ("Herent", "Winksele"),
        ("Herent", None),
    }


def test_a_deelgemeente_with_the_name_of_its_gemeente_is_the_gemeente(client, cast, waiting):
    Deelgemeente.objects.create(gemeente=cast.herent, name="Herent", lat=50.9, lon=4.6)
    get(client, "/nl/aanbod/?plaats=Herent")
    waiting.flush()

    assert searches("deelgemeente") == [(None, 1)]


@pytest.mark.parametrize(
    "query", ["", "soort=sport", "gemeente=herent&pagina=2", "gemeente=nergens"]
)
def test_not_counted_is_the_next_page_or_what_names_no_gemeente(client, cast, waiting, query):
    for title in range(25):
        make_page(cast.in_herent, cast.lange_tafel, f"Tafel {title}")
    get(client, f"/nl/aanbod/?{query}")
    waiting.flush()

    assert searches() == []


def test_a_word_of_the_offer_is_kept_and_a_name_is_not(client, cast, waiting):
    make_page(cast.in_herent, cast.lange_tafel, "Samen fietsen", themas=("fiets",))
    get(client, "/nl/aanbod/?gemeente=herent&q=Fietsen met Samira Benali 0470123456")
    waiting.flush()

    assert sorted(Zoekwoord.objects.values_list("word", "number")) == [("", 4), ("fietsen", 1)]
    assert not _stands_in_the_database("samira")
    assert not _stands_in_the_database("0470")


def _stands_in_the_database(text):
    tables = ["aanbod_bezoek", "aanbod_zoekopdracht", "aanbod_zoekwoord"]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{text}%"])
            if cursor.fetchone()[0]:
                return True
    return False


@pytest.mark.parametrize("text", ["%", "_", "a%b_c d'e", "sport\\", "ﬁets ﷺ", "x" * 300])
def test_odd_words_are_counted_without_an_error(client, cast, waiting, caplog, text):
    client.get("/nl/aanbod/", {"gemeente": "herent", "q": text}, **PHONE)
    waiting.flush()

    assert "were lost" not in caplog.text


# -- The buffer ------------------------------------------------------------------------------


def test_a_flush_plans_nothing_and_the_first_count_after_it_does():
    planned = []
    buffer = Buffer(lambda batch: None, planned.append)
    for _ in range(3):
        buffer.add(Opened(DAY, "herent", ""))
    buffer.flush()
    buffer.add(Opened(DAY, "herent", ""))

    assert planned == [counting.WAIT, counting.WAIT]


def test_a_full_batch_is_written_at_once_and_never_grows_further(monkeypatch):
    monkeypatch.setattr(counting, "FULL", 3)
    monkeypatch.setattr(counting, "MOST", 4)
    planned, written = [], []
    buffer = Buffer(written.append, planned.append)
    for number in range(9):
        buffer.add(Typed(DAY, 1, f"woord{number}", False))
    buffer.flush()

    assert planned == [counting.WAIT, 0]
    assert len(written[0]) == 4


def test_a_batch_that_fails_is_lost_and_not_tried_again(cast, waiting, caplog):
    waiting.add(Asked(DAY, 0, "", "", "", "", "", "", False))  # no such gemeente
    waiting.add(Opened(DAY, "herent", ""))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    waiting.flush()
    waiting.flush()

    assert "2 counts were lost" in caplog.text
    assert visits() == []


def test_a_process_that_is_split_off_does_not_write_its_parents_counts():
    written = []
    buffer = Buffer(written.append, lambda seconds: None)
    buffer.add(Opened(DAY, "herent", ""))
    buffer.forget()
    buffer.flush()

    assert written == []


def test_adding_and_flushing_at_the_same_time_loses_and_doubles_nothing():
    total, lock = Counter(), Lock()

    def write(batch):
        with lock:
            total.update(batch)

    buffer = Buffer(write, lambda seconds: None)

    def work():
        for number in range(2000):
            buffer.add(Opened(DAY, "herent", str(number % 7)))
            if number % 50 == 0:
                buffer.flush()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    buffer.flush()

    assert sum(total.values()) == 8 * 2000


# -- Retention -------------------------------------------------------------------------------


def test_counts_are_deleted_after_the_term_that_is_set(cast, settings, capsys):
    settings.CIJFERS_DAYS = 10
    today = timezone.localdate()
    for days in (0, 10, 11, 400):
        day = today - timedelta(days)
        Bezoek.objects.create(gemeente=cast.herent, day=day, number=1)
        Zoekwoord.objects.create(gemeente=cast.herent, day=day, number=1, empty=False)
        Zoekopdracht.objects.create(gemeente=cast.herent, day=day, number=1, empty=False)
    call_command("ruim_cijfers_op")

    assert "6 verwijderd" in capsys.readouterr().out
    for model in (Bezoek, Zoekopdracht, Zoekwoord):
        assert {row.day for row in model.objects.all()} == {today, today - timedelta(10)}
