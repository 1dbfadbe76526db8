"""What is missing: demand against offer, for the editors of a gemeente; small groups hidden."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanbod.cijfers.quarters import Quarter, chosen, latest, quarter_of
from aanbod.models import Bezoek, Zoekopdracht, Zoekregel, Zoekwoord
from bewijzen.cijfers import findings, report
from gemeenten.acting import System, acting_as
from gemeenten.models import Deelgemeente, Rol
from tests.aanbod.cast import make_cast, make_page, make_staff

ADDRESS = "/cms/cijfers/"


@pytest.fixture
def cast(db):
    """That of aanbod, with an activity in each gemeente."""
    made = make_cast()
    made.praattafel = make_page(made.in_herent, made.lange_tafel, "Praattafel")
    made.leuvense_tafel = make_page(made.in_leuven, made.lange_tafel, "Leuvense tafel")
    return made


def today():
    return timezone.localdate()


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


@pytest.fixture
def acting():
    with acting_as(System("test")):
        yield


def search(gemeente, number, *, empty=False, day=None, **said):
    with acting_as(System("test")):
        return Zoekopdracht.objects.create(
            gemeente=gemeente, number=number, empty=empty, day=day or today(), **said
        )


def open_page(gemeente, number, page=None):
    with acting_as(System("test")):
        Bezoek.objects.create(gemeente=gemeente, page=page, number=number, day=today())


def make_report(*gemeenten):
    with acting_as(System("test")):
        return report.of(gemeenten, quarter_of(today()), today=today())


def row(found, table, value):
    return next(row for row in found.tables[table].rows if row.value == value)


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


# -- Demand against offer --------------------------------------------------------------------


def test_a_search_counts_in_every_table_once(cast):
    search(cast.herent, 12, soort="sport", moment="weekend", kosten="gratis")

    found = make_report(cast.herent)

    assert {
        name: sum(row.demand.number for row in table.rows) for name, table in found.tables.items()
    } == dict.fromkeys(found.tables, 12)
    assert row(found, "soort", "sport").demand.number == 12


def test_the_offer_stands_beside_it(cast):
    make_page(cast.in_herent, cast.lange_tafel, "Zaalvoetbal", soort="sport")

    assert row(make_report(cast.herent), "soort", "sport").offer == 1
    assert row(make_report(cast.herent), "soort", "buddy").offer == 0
    assert (
        row(make_report(cast.herent), "kosten", "gratis").offer
        == make_report(cast.herent).activities
    )


def test_what_was_not_said_has_no_offer_beside_it(cast):
    assert row(make_report(cast.herent), "soort", "").offer is None
    assert row(make_report(cast.herent), "moment", "meer").offer is None


def test_the_activities_of_the_deelgemeenten_add_up_to_all(cast):
    make_page(cast.in_herent, cast.lange_tafel, "Koor", deelgemeente=cast.winksele)

    found = make_report(cast.herent)

    rows = {row.label: row.offer for row in found.tables["deelgemeente"].rows}
    assert rows["Winksele"] == 1
    assert rows["zonder deelgemeente"] == 1
    assert sum(rows.values()) == found.activities


def test_what_is_asked_for_and_is_not_there_is_said_in_words(cast):
    search(cast.herent, 12, soort="sport", moment="weekend", empty=True)

    said = findings.sentences(make_report(cast.herent))

    assert "Er zijn 12 vragen naar sport en geen aanbod." in said
    assert "Er zijn 12 zoekopdrachten die niets vonden." in said


def test_a_soort_that_is_there_may_still_be_missing_at_a_moment(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Voetbal", soort="sport")
    page.zoekregel.moments = ["avond"]
    page.zoekregel.save()
    search(cast.herent, 12, soort="sport", moment="weekend")

    said = findings.sentences(make_report(cast.herent))

    assert "Er zijn 12 vragen naar sport in het weekend en geen aanbod." in said


def test_nothing_stands_out_where_nothing_was_asked(cast):
    assert findings.sentences(make_report(cast.leuven)) == []


def test_a_question_belongs_to_its_quarter_and_its_gemeente(cast):
    this = quarter_of(today())
    search(cast.herent, 40, soort="sport", day=this.first - timedelta(1))
    search(cast.leuven, 40, soort="sport")

    assert row(make_report(cast.herent), "soort", "sport").demand.number == 0


def test_an_activity_without_a_free_place_is_named(cast):
    cast.praattafel.zoekregel.places_left = 0
    cast.praattafel.zoekregel.save()

    found = make_report(cast.herent)

    assert [full.title for full in found.full] == [cast.praattafel.title]
    assert "Activiteiten zonder vrije plaats: 1" in " ".join(findings.sentences(found))


# -- Small groups ----------------------------------------------------------------------------


def test_fewer_than_five_is_hidden_everywhere(cast, katrijn):
    search(cast.herent, 4, soort="sport", moment="avond", empty=True)
    open_page(cast.herent, 4, cast.praattafel)

    found = make_report(cast.herent)

    assert row(found, "soort", "sport").demand.hidden
    assert "Zaalvoetbal" not in text_of(katrijn.get(ADDRESS))
    assert not [visits for visits in found.visits if visits.number.number]


def test_no_table_of_a_report_gives_another_ones_hidden_number_away(cast):
    """The one small group of a table takes another with it, or its total."""
    search(cast.herent, 30, soort="sport", moment="avond")
    search(cast.herent, 1, soort="cultuur", moment="avond")

    found = make_report(cast.herent)

    for table in found.tables.values():
        hidden = [row for row in table.rows if row.demand.hidden]
        assert len(hidden) != 1 or found.total.hidden, table.key


def test_a_region_is_the_sum_of_what_its_gemeenten_show(cast):
    search(cast.herent, 3, soort="sport")
    search(cast.leuven, 20, soort="sport")

    figure = row(make_report(cast.herent, cast.leuven), "soort", "sport").demand

    assert (figure.number, figure.more, str(figure)) == (20, True, "20 of meer")


def test_a_word_that_few_typed_is_not_shown(cast):
    with acting_as(System("test")):
        for word, number in [("voetbal", 4), ("fietsen", 9), ("", 50)]:
            Zoekwoord.objects.create(
                gemeente=cast.herent, word=word, number=number, day=today(), empty=False
            )

    assert [word.label for word in make_report(cast.herent).words] == ["fietsen"]


# -- Quarters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "key", "first", "last"),
    [
        ("2026-01-01", "2026-1", "2026-01-01", "2026-03-31"),
        ("2026-06-30", "2026-2", "2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-3", "2026-07-01", "2026-09-30"),
        ("2028-12-31", "2028-4", "2028-10-01", "2028-12-31"),
    ],
)
def test_every_day_lies_in_one_quarter(day, key, first, last):
    found = quarter_of(date.fromisoformat(day))

    assert (found.key, str(found.first), str(found.last)) == (key, first, last)


def test_quarters_follow_each_other_without_a_gap():
    found = latest(date(2026, 11, 22))

    assert found[0] == Quarter(2026, 4)
    for later, earlier in pairwise(found):
        assert earlier.last + timedelta(1) == later.first
        assert earlier.next() == later


@pytest.mark.parametrize("text", ["", "x", "2026-5", "9999-1", "2026-4\0", "٢٠٢٦-٤", "2020-1"])
def test_a_period_that_cannot_be_chosen_is_the_running_one(text):
    assert chosen(text, date(2026, 11, 22)) == Quarter(2026, 4)


# -- The screen ------------------------------------------------------------------------------


def test_an_editor_sees_tables_charts_and_sentences(cast, katrijn):
    search(cast.herent, 12, soort="sport", moment="weekend", empty=True)

    page = text_of(katrijn.get(ADDRESS))

    assert page.count("<h1") == 1
    assert "Er zijn 12 vragen naar sport en geen aanbod." in page
    assert page.count('role="img"') == 2
    assert "<desc id=" in page
    assert "Sport: vragen 12, activiteiten 0" in page


def test_an_empty_installation_has_an_empty_report(cast, katrijn):
    Zoekregel.objects.all().delete()
    page = text_of(katrijn.get(ADDRESS))

    assert "Er valt nog niets op" in page


@pytest.mark.parametrize("kind", ["redacteur", "moderator", "gemeentebeheerder"])
def test_who_edits_the_offer_has_the_menu_item(client, cast, kind):
    client.force_login(make_staff("Wim Meetlint", kind, cast.herent))

    assert ADDRESS in text_of(client.get("/cms/"))
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("who", ["a contact person", "a stranger", "a vertaler"])
def test_nobody_else_gets_the_numbers(client, cast, who):
    users = {"a contact person": cast.lieve.user, "a stranger": cast.stranger}
    client.force_login(users.get(who) or make_staff("Yusra Lindeblad", "vertaler", cast.herent))

    assert client.get(ADDRESS).status_code in (302, 403, 404)
    assert client.get(f"{ADDRESS}cijfers.csv").status_code in (302, 403, 404)


def test_a_visitor_signs_in_first(client, cast):
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("path", ["?gemeente=24062", "cijfers.csv?gemeente=24062", "?gemeente=x"])
def test_the_numbers_of_another_gemeente_are_not_there(cast, katrijn, path):
    assert katrijn.get(ADDRESS + path).status_code == 404


def test_the_visits_of_anothers_activity_are_not_there(cast, katrijn):
    assert katrijn.get(f"{ADDRESS}activiteit/{cast.leuvense_tafel.pk}/").status_code == 404
    assert katrijn.get(f"{ADDRESS}activiteit/0/").status_code == 404


def test_the_rows_themselves_are_for_the_own_gemeente_only(cast):
    search(cast.leuven, 9)
    open_page(cast.leuven, 9)
    with acting_as(cast.katrijn):
        assert not Zoekopdracht.objects.exists()
        assert not Bezoek.objects.exists()
        assert not Zoekwoord.objects.exists()


def test_who_edits_two_gemeenten_sees_them_together_or_one(client, cast):
    with acting_as(System("test")):
        Rol.objects.create(user=cast.katrijn, kind="redacteur", gemeente=cast.leuven)
    client.force_login(cast.katrijn)

    assert "Herent, Leuven:" in text_of(client.get(ADDRESS))
    assert "<h2>Leuven:" in text_of(client.get(f"{ADDRESS}?gemeente=24062"))


def test_the_visits_of_an_activity_stand_beside_it(cast, katrijn):
    open_page(cast.herent, 34, cast.praattafel)

    assert "<td>34</td>" in text_of(katrijn.get(f"{ADDRESS}activiteit/{cast.praattafel.pk}/"))
    editor = text_of(katrijn.get(f"/cms/pages/{cast.praattafel.pk}/edit/"))
    assert f"{ADDRESS}activiteit/{cast.praattafel.pk}/" in editor


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_screen_is_only_read(cast, katrijn, method):
    assert getattr(katrijn, method)(ADDRESS).status_code == 405


# -- The file --------------------------------------------------------------------------------


def sheet(answer):
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_says_the_same_as_the_screen(cast, katrijn):
    search(cast.herent, 12, soort="sport", moment="weekend")
    search(cast.herent, 3, soort="cultuur", moment="avond")
    search(cast.herent, 4, soort="buddy", moment="avond")

    rows = sheet(katrijn.get(f"{ADDRESS}cijfers.csv"))
    by_group = {(line["tabel"], line["groep"], line["moment"]): line for line in rows}

    assert by_group["soort", "Sport", ""]["aantal"] == "12"
    assert by_group["soort en moment", "Sport", "Weekend"]["aantal"] == "12"
    hidden = by_group["soort", "Cultuur", ""]
    assert (hidden["aantal"], hidden["er is meer"]) == ("", "ja")


def test_a_title_that_looks_like_a_formula_stays_text(cast, katrijn):
    cast.praattafel.zoekregel.title = '=HYPERLINK("x")'
    cast.praattafel.zoekregel.save()

    rows = sheet(katrijn.get(f"{ADDRESS}cijfers.csv"))

    assert '\'=HYPERLINK("x")' in [line["groep"] for line in rows]


# -- Cost ------------------------------------------------------------------------------------


def queries(client):
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as found:
        assert client.get(ADDRESS).status_code == 200
    return len(found)


def test_the_number_of_queries_does_not_grow_with_the_rows(cast, katrijn):
    few = queries(katrijn)
    Deelgemeente.objects.bulk_create(
        Deelgemeente(gemeente=cast.herent, name=f"Deel {n}", lat=50.9, lon=4.6) for n in range(5)
    )
    for n, soort in enumerate(["sport", "cultuur", "buddy", "stage"]):
        make_page(cast.in_herent, cast.lange_tafel, f"Nog een {n}", soort=soort)
        search(cast.herent, 3 * n + 1, soort=soort)

    assert queries(katrijn) == few


@pytest.mark.parametrize("model", [Bezoek, Zoekopdracht, Zoekwoord])
def test_the_counts_of_a_gemeente_in_a_period_come_from_an_index(cast, acting, model):
    rows = model.objects.filter(gemeente=cast.herent, day__range=(today(), today()))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, params = rows.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "once_a_day" in plan
