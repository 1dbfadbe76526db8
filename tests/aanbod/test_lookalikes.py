"""Which activities look alike, why, and where that is said."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aanbod import lookalikes, wachtrij
from aanbod.importing.judging import Existing, judge
from aanbod.importing.rows import Row
from aanbod.lookalikes import Facts, Neighbours, Slot, reasons, similarity, trigrams
from aanbod.models import ActiviteitPage, Herkomst, Inzending
from gemeenten.acting import acting_as
from tests.aanbod.cast import TEST, make_page, weekly
from tests.aanbod.forms import add_url, form

LONG = (date(2026, 9, 1), date(2027, 6, 30))
TUESDAY = Slot(1, time(19, 30), time(21, 30), *LONG)
TUESDAY_LATER = Slot(1, time(20), time(22), *LONG)
TUESDAY_MORNING = Slot(1, time(9), time(11), *LONG)
THURSDAY = Slot(3, time(19, 30), time(21, 30), *LONG)
NEXT_YEAR = Slot(1, time(19, 30), time(21, 30), date(2027, 9, 1), date(2028, 6, 30))
ONE_TUESDAY = Slot(1, time(19, 30), time(21, 30), date(2026, 12, 1), date(2026, 12, 1))
OTHER_TUESDAY = Slot(1, time(19, 30), time(21, 30), date(2026, 12, 8), date(2026, 12, 8))
NIGHT = Slot(4, time(23), time(1), *LONG)
HALL, NEXT_DOOR, ACROSS_TOWN = (50.9077, 4.6706), (50.9080, 4.6710), (50.9007, 4.6404)
NAME, PLACE, TIME = "naam", "plaats", "moment"


def one(title, slot=None, point=None, **more):
    return Facts(title=title, slots=(slot,) if slot else (), point=point, **more)


#: Two activities, and what is the same; nothing when they do not look alike.
PAIRS = [
    # The name
    (one("Praattafel"), one("Praattafel"), {NAME}),
    (one("Praattafel"), one("praattafels"), {NAME}),
    (one("Praattafel"), one("De praattafel!"), {NAME}),
    (one("Café Combinne"), one("cafe combinne"), {NAME}),
    (one("Praattafel"), one("Voetbal"), set()),
    (one("Praattafel"), one("Praatgroep"), set()),
    (one("Samen koken"), one("Samen fietsen"), set()),
    (one("Fietsles voor vrouwen"), one("Naailes voor vrouwen"), set()),
    # The name and the time
    (one("Praattafel", TUESDAY), one("Praattafel", TUESDAY_LATER), {NAME, TIME}),
    (one("Praattafel", TUESDAY), one("Praattafel", THURSDAY), set()),
    (one("Praattafel", TUESDAY), one("Praattafel", TUESDAY_MORNING), set()),
    (one("Praattafel", TUESDAY), one("Praattafel", NEXT_YEAR), set()),
    (one("Praattafel", TUESDAY), one("Praattafel", ONE_TUESDAY), {NAME, TIME}),
    (one("Praattafel", ONE_TUESDAY), one("Praattafel", OTHER_TUESDAY), set()),
    (one("Praattafel", NIGHT), one("Praattafel", NIGHT), {NAME, TIME}),
    (one("Praattafel bib", TUESDAY), one("Praattafel Dijle", TUESDAY), {NAME, TIME}),
    (one("Voetbal", TUESDAY), one("Praattafel", TUESDAY), set()),
    # The place
    (one("Praattafel", TUESDAY, HALL), one("Conversatie", TUESDAY, NEXT_DOOR), {PLACE, TIME}),
    (one("Praattafel", TUESDAY, HALL), one("Conversatie", THURSDAY, HALL), set()),
    (one("Praattafel", TUESDAY, HALL), one("Conversatie", TUESDAY, ACROSS_TOWN), set()),
    (one("Praattafel", THURSDAY, HALL), one("Praattafel", TUESDAY, HALL), {NAME, PLACE}),
    (one("Praattafel", point=HALL), one("Praattafel", point=ACROSS_TOWN), set()),
    (one("Praattafel", TUESDAY, HALL), one("Praattafel", TUESDAY, ACROSS_TOWN), {NAME, TIME}),
    (
        one("Praattafel bib", street="Wijgmaalsesteenweg 20"),
        one("Praattafel Dijle", street="wijgmaalsesteenweg 20"),
        {NAME, PLACE},
    ),
    (
        one("Praattafel", TUESDAY, place_name="De Kring"),
        one("Conversatie", TUESDAY, place_name="De kring"),
        {PLACE, TIME},
    ),
    (one("Praattafel", deelgemeente="Winksele"), one("Praattafel", deelgemeente="Veltem"), set()),
    (one("Praattafel", postcode="3020"), one("Praattafel", postcode="3020"), {NAME}),
    (one("Turnen", TUESDAY, postcode="3020"), one("Praten", TUESDAY, postcode="3020"), set()),
]


@pytest.mark.parametrize(("mine", "theirs", "same"), PAIRS)
def test_what_looks_alike_and_why(mine, theirs, same):
    said = " ".join(reasons(mine, theirs))
    assert {word for word in (NAME, PLACE, TIME) if word in said} == same


@pytest.mark.parametrize(("mine", "theirs", "same"), PAIRS)
def test_it_makes_no_difference_which_of_the_two_comes_first(mine, theirs, same):
    assert bool(reasons(mine, theirs)) == bool(reasons(theirs, mine))


def test_the_time_is_said_in_words():
    said = reasons(one("Praattafel", TUESDAY), one("Praattafel", TUESDAY_LATER))
    assert said[-1] == "Het is op hetzelfde moment: dinsdag om 19.30 uur."


@pytest.mark.parametrize(
    ("mine", "theirs"), [("praattafel", "praatgroep"), ("koken", "samenkoken"), ("bib", "bob")]
)
def test_names_are_compared_as_postgresql_does(db, mine, theirs):
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity(%s, %s)", [mine, theirs])
        (expected,) = cursor.fetchone()
    assert similarity(trigrams(mine), trigrams(theirs)) == pytest.approx(expected, abs=1e-6)


# -- The activities of a gemeente ---------------------------------------------------------------


def titles(found):
    return [likeness.title for likeness in found]


def test_drafts_and_live_activities_of_the_own_gemeente_are_compared(cast):
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    make_page(cast.in_herent, cast.groendienst, "Praattafels", publish=False)
    make_page(cast.in_herent, cast.groendienst, "Snoeien")
    found = Neighbours(cast.herent).like(Facts(title="Praattafel"))
    assert titles(found) == ["Praattafel", "Praattafels"]
    assert "staat online" in str(found[0])
    assert "is een concept" in str(found[1])


def test_nothing_of_another_gemeente_is_ever_named(cast):
    make_page(cast.in_leuven, cast.lange_tafel, "Praattafel")
    make_page(cast.in_leuven, cast.lange_tafel, "Praattafel", publish=False)
    assert Neighbours(cast.herent).like(Facts(title="Praattafel")) == []


def test_an_activity_does_not_look_like_itself(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    assert lookalikes.of_page(page, cast.herent) == []


def test_the_name_of_the_gemeente_makes_nothing_alike(cast):
    make_page(cast.in_herent, cast.lange_tafel, "Breien Herent")
    assert Neighbours(cast.herent).like(Facts(title="Lopen Herent")) == []


def test_the_same_hall_at_the_same_time_under_another_name(cast):
    series = {"reeksen": [weekly()], "street": "Spoorwegstraat 6"}
    first = make_page(cast.in_herent, cast.lange_tafel, "Breien", **series)
    series["reeksen"] = [weekly(start="20:00", end="22:00")]
    second = make_page(cast.in_herent, cast.groendienst, "Haken", publish=False, **series)
    assert titles(lookalikes.of_page(second, cast.herent)) == [first.title]


def test_at_most_three_and_the_most_alike_first(cast):
    for title in ("Praattafels", "Praattafel A", "Praattafel", "Praattafel B"):
        make_page(cast.in_herent, cast.lange_tafel, title)
    found = Neighbours(cast.herent).like(Facts(title="Praattafel"))
    assert len(found) == 3
    assert found[0].title == "Praattafel"


def test_what_is_left_out_before_comparing_would_not_have_looked_alike(cast):
    """The control of the blocking: the same as comparing with every single one."""
    for number, (mine, theirs, _same) in enumerate(PAIRS):
        neighbours = Neighbours(cast.herent)
        neighbours._add(neighbours._prepared(Facts(**{**theirs.__dict__, "page_id": number + 1})))
        assert bool(neighbours.like(mine)) == bool(reasons(mine, theirs)), mine


def test_the_queries_do_not_grow_and_start_from_the_path(cast, django_assert_max_num_queries):
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel", reeksen=[weekly()])
    with django_assert_max_num_queries(6) as few:
        Neighbours(cast.herent)
    for number in range(5):
        make_page(cast.in_herent, cast.lange_tafel, f"Tafel {number}", reeksen=[weekly()])
    with django_assert_max_num_queries(6) as many:
        assert len(Neighbours(cast.herent).facts) == 6
    assert len(few) == len(many)
    assert any("LIKE" in query["sql"] and "path" in query["sql"] for query in many)


# -- In the editor ------------------------------------------------------------------------------


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def edit(page):
    return f"/cms/pages/{page.pk}/edit/"


def test_the_editor_is_warned_beside_the_criteria(katrijn, cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel", publish=False)
    text = katrijn.get(edit(page)).text
    assert "Staat ze er al?" in text
    assert "Lijkt op “" in text
    assert "Praattafels" in text


def test_without_a_likeness_the_form_says_so(katrijn, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel", publish=False)
    assert "We vonden niets dat erop lijkt" in katrijn.get(edit(page)).text


def test_who_publishes_at_once_is_told_afterwards(katrijn, cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    sent = form(cast) | {"action-publish": "1"}
    text = katrijn.post(add_url(cast), sent, follow=True).text
    assert ActiviteitPage.objects.get(slug="praattafel").live
    assert "Lijkt op “Praattafels” (staat online)" in text


def test_it_never_stops_publishing(cast):
    for _ in range(2):
        page = make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
        assert ActiviteitPage.objects.get(pk=page.pk).live


# -- In the wachtrij ---------------------------------------------------------------------------


def test_the_wachtrij_says_what_a_submission_looks_like(cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    make_page(cast.in_leuven, cast.groendienst, "Praattafels")
    with acting_as(TEST):
        Inzending.objects.create(
            organisatie=cast.lange_tafel,
            gemeente=cast.herent,
            kind="nieuw",
            values={"naam": "Praattafel", "momenten": []},
            made_at=timezone.now(),
            sent_at=timezone.now(),
        )
        (item,) = wachtrij.items(cast.herent)
    (said,) = [hint for hint in item.hints if "Lijkt op" in hint]
    assert "Praattafels" in said


def test_the_wachtrij_says_what_an_imported_draft_looks_like(cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    draft = make_page(cast.in_herent, cast.lange_tafel, "Praattafel", publish=False)
    Herkomst.objects.create(page=draft, source="test", external_id="1", content_hash="")
    with acting_as(TEST):
        (item,) = wachtrij.items(cast.herent)
    assert "Lijkt op “Praattafels” (staat online)" in " ".join(item.hints)


# -- In an import -------------------------------------------------------------------------------


def judged(cast, **cells):
    row = Row(
        2,
        {
            "naam": "Praattafel",
            "soort": "conversatie",
            "zin": "Kom praten.",
            "tekst": "We praten.",
            "wanneer": "afspraak",
            "minuten": "60",
            "organisatie": "De Lange Tafel",
            **cells,
        },
    )
    return judge([row], Existing(cast.herent, "test"))[0]


def test_the_preview_of_an_import_says_what_a_new_row_looks_like(cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    found = judged(cast)
    assert found.outcome == "nieuw", found.problems
    (note,) = found.notes
    assert note.startswith("Lijkt op “Praattafels” (staat online).")


def test_a_row_that_updates_its_own_page_is_no_lookalike(cast):
    page = make_page(cast.in_herent, cast.groendienst, "Praattafel")
    make_page(cast.in_herent, cast.groendienst, "Praattafels")
    found = judged(cast, id=f"veertig:{page.translation_key}")
    assert found.outcome == "bijgewerkt"
    assert found.notes == []


def test_a_refused_row_has_more_to_say_first(cast):
    make_page(cast.in_herent, cast.groendienst, "Praattafel")
    assert judged(cast, postcode="9999").notes == []


def test_ten_thousand_rows_against_a_thousand_activities_stay_quick(cast):
    """In work, not in seconds: each row is compared with few of them."""
    neighbours = Neighbours(cast.herent)
    words = [f"{a}{b}" for a in ("praat", "brei", "kook", "fiets", "zwem") for b in "bcdfghjklm"]
    for number in range(1000):
        title = f"{words[number % 50]} {words[number * 7 % 50]} {number}"
        neighbours._add(neighbours._prepared(Facts(title=title, page_id=number + 1)))
    several = [
        len(neighbours._candidates(neighbours._prepared(Facts(title=f"{word} {n}"))))
        for n, word in enumerate(words)
    ]
    assert sum(several) / len(several) < 100


def test_a_likeness_in_the_past_is_none(cast):
    today = timezone.localdate()
    over = weekly(first_day=today - timedelta(400), last_day=today - timedelta(300))
    over.first_day += timedelta(days=(1 - over.first_day.weekday()) % 7)
    past = Slot(1, over.start, over.end, over.first_day, over.last_day)
    now = Slot(1, over.start, over.end, today, date.max)
    assert not reasons(one("Praattafel", past), one("Praattafel", now))
