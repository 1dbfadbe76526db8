"""The planner's page: what somebody with only a place reads, and what they can ask."""

import gzip
import re

import pytest
from django.conf import settings as project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbod import planner_form
from aanbod.models import Sessie
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.test_results import headings, html, text

URL = "/nl/aanbod/plan/"


@pytest.fixture
def offer(cast):
    make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)], deelgemeente=cast.winksele)
    make_page(cast.in_herent, cast.groendienst, "Bomen planten", soort="vrijwilligerswerk")
    make_page(cast.in_leuven, cast.lange_tafel, "Voetbal", soort="sport", cost=3,
              reeksen=[weekly(5, "10:00", "12:00")])  # fmt: skip


def test_at_first_it_asks_and_shows_no_plan(client, offer):
    page = html(client.get(URL))
    assert headings(page) == ["Een plan op maat"]
    assert 'class="plan"' not in page
    assert "<details" in page
    assert "open>" in page


def test_with_only_a_place_there_is_a_plan_with_a_day_and_a_pace(client, offer):
    page = text(client.get(f"{URL}?plaats=3020"))
    assert "Je hebt nog 40 uur nodig." in page
    assert re.search(r"\d+ uur( 30)? per week, klaar op \d+ \w+ 20\d\d", page)
    assert "Het snelst klaar" in page


def test_hours_that_are_there_count(client, offer):
    page = text(client.get(f"{URL}?plaats=3020&uren=38"))
    assert "Je hebt nog 2 uur nodig." in page
    assert "Je hebt 38 uur. Dit geeft 2 uur." in page
    assert "Je hebt geen plan meer nodig." in text(client.get(f"{URL}?plaats=3020&uren=40"))


def test_arabic_digits_are_hours_too(client, offer):
    assert "Je hebt nog 2 uur nodig." in text(client.get(f"{URL}?plaats=3020&uren=٣٨"))


def test_a_plan_leads_to_its_activities_and_into_a_calendar(client, offer):
    page = html(client.get(f"{URL}?plaats=3020&soort=conversatie&uren=36"))
    assert 'href="/nl/herent/praattafel/"' in page
    found = re.search(r'href="(/nl/aanbod/plan/agenda\.ics\?s=[\d.]+)"', page)
    answer = client.get(found[1])
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content.count(b"BEGIN:VEVENT") == 2


@pytest.mark.parametrize("numbers", ["", "0", "abc", "1.2.x", "9" * 30, "٣", ".", "\x00"])
def test_a_calendar_of_nothing_is_not_there(client, offer, numbers):
    assert client.get("/nl/aanbod/plan/agenda.ics", {"s": numbers}).status_code == 404


def test_a_calendar_shows_no_date_of_an_activity_that_is_not_public(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)])
    number = Sessie.objects.filter(page=page)[0].pk
    page.unpublish()
    Sessie.objects.get_or_create(pk=number, defaults={"page": page, "van": "2027-01-01T10:00Z",
                                                      "tot": "2027-01-01T11:00Z"})  # fmt: skip
    assert client.get(f"/nl/aanbod/plan/agenda.ics?s={number}").status_code == 404


def test_what_stands_in_the_way_is_said_with_a_way_out_and_a_question_to_the_gemeente(
    client, offer
):
    page = html(client.get(f"{URL}?plaats=3020&soort=sport&kosten=gratis&uren=30"))
    words = text(client.get(f"{URL}?plaats=3020&soort=sport&kosten=gratis&uren=30"))
    assert "We vonden geen plan dat helemaal past." in words
    assert "Het mag niet te veel kosten. Het mag meer kosten" in words
    assert 'href="/nl/aanbod/plan/?plaats=3020&amp;uren=30&amp;soort=sport"' in page
    assert "Dit past bijna" in words
    assert re.search(r'href="/nl/(zoekvraag|aanbod)/"[^>]*><svg.*?Vraag hulp', page, re.S)


def test_a_place_nobody_knows_is_answered_with_others(client, offer):
    page = html(client.get(f"{URL}?plaats=Herrent"))
    assert "We kennen de plaats “Herrent” niet." in page
    assert '<a href="/nl/aanbod/plan/?plaats=Herent">Herent</a>' in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("klaar=morgen", "We begrijpen de dag “morgen” niet."),
        ("klaar=2027-02-30", "We begrijpen de dag “2027-02-30” niet."),
        ("uren=veel", "“veel” is geen aantal uren."),
        ("les_ochtend_van=09:00", "We begrijpen de uren “09:00” niet."),
        ("soort=dansen", "we kennen “dansen” niet."),
    ],
)
def test_what_we_do_not_understand_is_said(client, offer, address, words):
    assert words in text(client.get(f"{URL}?plaats=3020&{address}"))


def test_the_form_shows_what_was_chosen(client, offer):
    page = html(
        client.get(
            f"{URL}?plaats=3020&les=ma-ochtend&werk=vr-avond&les_ochtend_van=9:00"
            "&les_ochtend_tot=11:30&kinderopvang=mee&klaar=2027-06-01&straal=20&vrouw=1"
        )
    )
    for part in (
        'name="les" value="ma-ochtend" checked',
        'name="werk" value="vr-avond" checked',
        'name="les_ochtend_van" type="time" value="09:00"',
        'name="kinderopvang" value="mee" checked',
        'name="klaar" type="date" value="2027-06-01"',
        '<option value="20" selected>',
        'name="vrouw" value="1" checked',
    ):
        assert part in page


def test_nothing_is_kept_and_everybody_gets_the_same(client, cast, offer):
    response = client.get(f"{URL}?plaats=3020")
    assert not response.cookies
    assert "csrf" not in response.content.decode()
    client.force_login(cast.katrijn)
    assert client.get(f"{URL}?plaats=3020").content == response.content
    assert client.post(URL).status_code == 405


def test_a_ring_never_promises_more_than_the_plan_gives(client, cast):
    make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1, "19:00", "20:40")],
              deelgemeente=cast.winksele)  # fmt: skip
    page = text(client.get(f"{URL}?plaats=3020&uren=39"))
    assert "Dit geeft 1 uur 40." in page
    assert re.search(r"\+\s*1 uur", page)


@pytest.mark.parametrize("language", [code for code, _name in project.LANGUAGES])
def test_seven_days_are_told_apart_by_their_letters(client, offer, language):
    page = html(client.get(f"/{language}/aanbod/plan/"))
    letters = re.findall(r'<b title="[^"]+">([^<]+)</b>', page)[:7]
    assert len(set(letters)) == 7
    assert max(map(len, letters)) <= 3


def test_it_reads_from_right_to_left(client, offer):
    page = html(client.get("/ar/aanbod/plan/?plaats=3020"))
    assert '<html lang="ar" dir="rtl"' in page
    assert 'href="/ar/herent/praattafel/"' in page


def test_it_fits_in_the_first_congestion_window(client, cast):
    for number in range(9):
        make_page(cast.in_herent, cast.lange_tafel, f"Praattafel {number}",
                  reeksen=[weekly(number % 7)])  # fmt: skip
    for language in ("nl", "ar"):
        page = client.get(f"/{language}/aanbod/plan/?plaats=3020").content
        assert len(gzip.compress(page)) <= 14_600


NAMES = st.sampled_from(
    ["plaats", "straal", "uren", "klaar", "door", "vrouw", "iets", *planner_form.KINDS,
     *planner_form.LISTS, "les_ochtend_van", "les_ochtend_tot", "werk_avond_van"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(["\x00", "'", "%s", "1" + "0" * 19, "-1", "x" * 5000, "24:00", "9.30", "²",
                     "9999-12-31", "0001-01-01", "3020", "Herent", "ma-ochtend", "zo-avond",
                     "sport", "gratis", "mee", "geen", "vrouwen", "40", "٣", "2026-12-01"]),
)  # fmt: skip


@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8), known=st.booleans())
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_address_makes_the_page_fail(client, offer, pairs, known):
    data = {"plaats": ["3020"]} if known else {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    response = client.get(URL, data)
    assert response.status_code == 200
    assert len(headings(response.content.decode())) == 1


@pytest.mark.parametrize("query", ["plaats=%ff%fe", "%00=%00", "les=%", "&&&=", "les[]=1"])
def test_broken_encodings_are_no_error(client, offer, query):
    assert client.get(f"{URL}?{query}").status_code == 200
