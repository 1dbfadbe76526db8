"""The results page: what a visitor on a phone reads, and what it costs."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanbod import indexing
from aanbod.models import Zoekregel
from aanbod.search import Query
from gemeenten.places import forget
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.rows import make_rows

URL = "/nl/aanbod/"


@pytest.fixture
def offer(cast):
    """Two in Herent and one in Leuven."""
    make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(1)], deelgemeente=cast.winksele)
    make_page(cast.in_herent, cast.groendienst, "Bomen planten", soort="vrijwilligerswerk")
    make_page(
        cast.in_leuven,
        cast.lange_tafel,
        "Voetbal voor iedereen",
        soort="sport",
        reeksen=[weekly(5, "10:00", "12:00")],
        cost=3,
        kinderopvang="mee",
    )


def html(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def text(response):
    return " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", html(response), flags=re.S).split())


def headings(page):
    return re.findall(r"<h1.*?>(.*?)</h1>", page, re.S)


# -- Reading ---------------------------------------------------------------------------------


def test_one_heading_says_how_many(client, offer):
    assert headings(html(client.get(URL))) == ["3 activiteiten"]
    assert headings(html(client.get(f"{URL}?soort=sport"))) == ["1 activiteit"]


def test_more_than_a_thousand_are_not_counted(client, cast):
    make_rows(cast.herent, [{} for _ in range(1001)])
    assert headings(html(client.get(URL))) == ["Meer dan 1000 activiteiten"]


def test_place_and_filters_stand_in_words(client, offer):
    assert "Dicht bij Herent · avond of weekend" in text(
        client.get(f"{URL}?plaats=3020&moment=avond&moment=weekend")
    )
    assert "Tot 5 km van Herent" in text(client.get(f"{URL}?plaats=3020&straal=5"))
    assert "In Leuven" in text(client.get(f"{URL}?gemeente=24062"))


def test_a_card_says_how_far_and_when(client, offer):
    assert "4 km · Leuven za 10.00 3 euro kinderen mee 2 uur per keer" in text(
        client.get(f"{URL}?plaats=Herent")
    ).replace("3,8 km", "4 km")


def test_places_left_are_of_this_moment(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, capacity=3)
    indexing.set_places_taken(page.pk, 2)
    assert "Nog 1 plaats" in text(client.get(URL))
    indexing.set_places_taken(page.pk, 3)
    assert "Volzet: er is een wachtlijst" in text(client.get(URL))


def test_a_chip_that_is_on_turns_off_and_another_turns_on(client, offer):
    page = html(client.get(f"{URL}?moment=avond&plaats=3020"))
    assert 'href="/nl/aanbod/?plaats=3020" aria-current="true"' in page
    assert 'href="/nl/aanbod/?moment=avond&amp;moment=weekend&amp;plaats=3020"' in page


def test_the_form_shows_what_was_asked_and_keeps_what_it_has_no_field_for(client, offer):
    page = html(
        client.get(
            f"{URL}?q=praten&plaats=3020&straal=5&moment=avond&kosten=5&thema=muziek"
            "&gemeente=herent&sorteer=nieuw"
        )
    )
    assert 'name="q" type="search" value="praten"' in page
    assert 'name="plaats" value="3020"' in page
    assert '<option value="5" selected>tot 5 km' in page
    assert 'name="moment" value="avond" checked' in page
    assert '<option value="5" selected>Hoogstens 5 euro' in page
    assert 'name="thema" value="muziek" checked' in page
    assert 'name="gemeente" value="herent" checked' in page
    assert '<option value="nieuw" selected>' in page


def test_pages_lead_on_and_back_and_keep_the_filters(client, cast):
    make_rows(cast.herent, [{"soort": "sport"} for _ in range(45)])
    first = html(client.get(f"{URL}?soort=sport"))
    assert 'href="/nl/aanbod/?soort=sport&amp;pagina=2" rel="next"' in first
    assert 'rel="prev"' not in first
    last = html(client.get(f"{URL}?soort=sport&pagina=3"))
    assert 'href="/nl/aanbod/?soort=sport&amp;pagina=2" rel="prev"' in last
    assert 'rel="next"' not in last
    assert html(client.get(f"{URL}?soort=sport&pagina=999")).count("3 van 3") == 1


# -- Nothing found ---------------------------------------------------------------------------


def test_an_empty_result_says_which_filter_to_drop_the_most_helpful_first(client, offer):
    page = text(client.get(f"{URL}?soort=sport&moment=avond"))
    assert "We vonden niets." in page
    assert "Zonder “Sport” 2 activiteiten Zonder “Avond” 1 activiteit" in page


def test_its_links_leave_that_filter_out(client, offer):
    page = html(client.get(f"{URL}?soort=sport&moment=avond"))
    assert 'href="/nl/aanbod/?soort=sport"' in page
    assert 'href="/nl/aanbod/?moment=avond"' in page


def test_when_no_filter_helps_everything_is_offered(client, offer):
    assert "Toon alle activiteiten" in text(client.get(f"{URL}?thema=niets&soort=cursus"))


def test_a_place_nobody_knows_is_answered_with_others(client, offer):
    page = html(client.get(f"{URL}?plaats=Herrent"))
    assert "We kennen de plaats “Herrent” niet." in page
    assert '<a href="/nl/aanbod/?plaats=Herent">Herent</a>' in page
    assert headings(page) == ["3 activiteiten"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("soort=dansen", "“Wat doe je graag?”: we kennen “dansen” niet. We zoeken zonder."),
        ("gemeente=atlantis", "We kennen de gemeente “atlantis” niet."),
        ("straal=5", "Vul een plaats in. Dan zoeken we dichtbij."),
        ("sorteer=afstand", "Vul een plaats in. Dan zoeken we dichtbij."),
        ("straal=ver", "“Afstand”: we kennen “ver” niet."),
    ],
)
def test_what_we_do_not_understand_is_said(client, offer, address, words):
    assert words in text(client.get(f"{URL}?{address}"))


def test_what_was_typed_is_shown_as_text(client, offer):
    page = html(client.get(f"{URL}?q=<script>alert(1)</script>&soort=<b>&plaats=<i>"))
    assert "<script>alert" not in page
    assert "<i>" not in page


# -- For everyone ----------------------------------------------------------------------------


def test_in_arabic_the_page_reads_from_right_to_left_with_its_own_cards(client, offer):
    page = html(client.get("/ar/aanbod/"))
    assert '<html lang="ar" dir="rtl"' in page
    assert 'href="/ar/herent/praattafel/"' in page
    assert "٣" in headings(page)[0]


def test_nobody_gets_a_cookie(client, offer):
    response = client.get(f"{URL}?plaats=3020&q=praten")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_there_is_no_token_of_a_form_in_it(client, offer):
    assert "csrf" not in html(client.get(URL))


def test_who_has_this_version_gets_304_and_who_has_an_older_one_does_not(client, cast, offer):
    tag = client.get(URL)["ETag"]
    again = client.get(URL, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    make_page(cast.in_herent, cast.lange_tafel, "Iets nieuws")
    assert client.get(URL, headers={"if-none-match": tag}).status_code == 200


def test_only_reading_is_possible(client, offer):
    assert client.post(URL).status_code == 405
    assert client.head(URL).status_code == 200


def test_signed_in_or_not_the_page_is_the_same(client, cast, offer):
    before = client.get(URL).content
    client.force_login(cast.katrijn)
    assert client.get(URL).content == before


# -- Cost ------------------------------------------------------------------------------------


def test_queries_are_few_and_do_not_grow(client, cast, django_assert_max_num_queries):
    address = f"{URL}?plaats=Herent&gemeente=herent&moment=avond"
    make_rows(cast.herent, [{"moments": ["avond"]} for _ in range(2)])
    with django_assert_max_num_queries(6) as few:
        client.get(address)
    Zoekregel.objects.all().delete()
    forget()
    make_rows(cast.herent, [{"moments": ["avond"]} for _ in range(60)])
    with django_assert_max_num_queries(6) as many:
        client.get(address)
    assert len(few) == len(many)


def test_no_card_is_rendered_for_a_reader(client, offer, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("a card was rendered")

    monkeypatch.setattr("aanbod.cards.render_to_string", fail)
    html(client.get(URL))


# -- Whatever is in the address --------------------------------------------------------------

NAMES = st.sampled_from([*Query.__dataclass_fields__, "iets"])
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["\x00", "'", "%", "%s", "{}", "1" + "0" * 19, "-1", "1e9", "x" * 10_000]),
    st.sampled_from(["avond", "sport", "gratis", "3020", "Herent", "afstand", "2", "٣", "🚲"]),
)


@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_address_makes_the_page_fail(client, offer, pairs):
    data = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    response = client.get(URL, data)
    assert response.status_code == 200
    assert len(headings(response.content.decode())) == 1


@pytest.mark.parametrize("query", ["q=%ff%fe", "%00=%00", "q=%", "&&&=", "q[]=1", "plaats=%F0%9F"])
def test_broken_encodings_are_no_error(client, offer, query):
    assert client.get(f"{URL}?{query}").status_code == 200


# -- The map ---------------------------------------------------------------------------------


def test_nothing_of_the_map_is_loaded_until_it_is_opened(client, offer):
    page = html(client.get(URL))
    assert "leaflet" not in page
    assert 'href="/nl/aanbod/?plaats=3020&amp;kaart=1"' in html(client.get(f"{URL}?plaats=3020"))


def test_the_map_has_every_activity_with_its_name_and_address_and_the_list_stays(client, offer):
    page = html(client.get(f"{URL}?kaart=1"))
    data = json.loads(re.search(r'id="kaart-gegevens">(.*?)</script>', page)[1])
    assert {title for _lat, _lon, title, _url in data["points"]} == {
        "Praattafel",
        "Bomen planten",
        "Voetbal voor iedereen",
    }
    assert "/nl/herent/praattafel/" in {url for *_rest, url in data["points"]}
    assert {feature["properties"]["nis"] for feature in data["boundaries"]} == {"24038", "24062"}
    assert page.count('class="card"') == 3


def test_an_empty_result_has_no_map(client, offer):
    assert "leaflet" not in html(client.get(f"{URL}?kaart=1&thema=niets"))


def test_tiles_of_an_operator_are_allowed_on_the_map_alone(client, offer, settings):
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert "tiles.example" in client.get(f"{URL}?kaart=1")["Content-Security-Policy"]
    assert "tiles.example" not in client.get(URL)["Content-Security-Policy"]


# -- Counts ----------------------------------------------------------------------------------


def test_every_value_of_a_filter_says_how_many_there_are(client, offer):
    page = html(client.get(URL))
    assert 'value="sport"' in page
    assert re.search(r'value="sport">.*?Sport<span class="soft"> 1</span>', page)
    assert "Gratis (2)" in page
    assert re.search(r'name="gemeente" value="leuven">.*?Leuven</span><span class="soft"> 1<', page)


def test_a_word_in_another_language_finds_the_same(client, offer):
    assert headings(html(client.get(f"{URL}?q=futbol"))) == ["1 activiteit"]


def test_one_word_that_is_misspelled_among_others_is_forgiven(client, offer):
    assert "Voetbal voor iedereen" in text(client.get(f"{URL}?q=voetbl+iedereen"))
