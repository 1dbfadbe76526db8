"""Open data as JSON: what it says, what it never says, and what it costs."""

import pytest
from django.conf import settings

from aanbod import indexing
from aanbod.models import Sessie
from gemeenten.models import Gemeente
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.rows import make_rows

API = "/api/v1"


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1)],
        deelgemeente=cast.winksele,
        postcode="3020",
        cost="2.50",
        capacity=8,
        themas=("muziek",),
        contact_public="De balie",
    )


def get(client, path, status=200, **headers):
    response = client.get(f"{API}{path}", headers=headers)
    assert response.status_code == status, response.content
    return response.json()


# -- Activities ------------------------------------------------------------------------------


def test_an_activity_says_what_its_page_says(client, page):
    indexing.set_places_taken(page.pk, 3)
    one = get(client, f"/activiteiten/{page.pk}")
    assert one["titel"] == "Praattafel"
    assert one["url"] == f"{settings.BASE_URL}/nl/herent/praattafel/"
    assert one["gemeente"] == {"nis": "24038", "naam": "Herent"}
    assert one["organisatie"] == {"naam": "De Lange Tafel", "website": ""}
    assert one["plaats"]["gemeente"] == "Winksele"
    assert (one["kosten"], one["plaatsen_vrij"], one["contact"]) == ("2.50", 5, "De balie")
    assert one["kenmerken"] == ["groep", "nieuwe-mensen", "duurzame-contacten", "voertaal"]
    assert one["themas"] == ["muziek"]


def test_it_has_its_dates_to_come_cancelled_ones_among_them(client, page):
    first = Sessie.objects.filter(page=page).first()
    Sessie.objects.filter(pk=first.pk).update(state="afgelast", reason="de zaal is dicht")
    dates = get(client, f"/activiteiten/{page.pk}")["sessies"]
    assert (dates[0]["staat"], dates[0]["reden"]) == ("afgelast", "de zaal is dicht")
    assert dates[1]["staat"] == "gepland"
    assert len(dates) <= 200


def test_the_address_that_it_gives_is_the_page(client, page):
    url = get(client, f"/activiteiten/{page.pk}")["url"]
    assert client.get(url.removeprefix(settings.BASE_URL)).status_code == 200


def test_the_list_has_the_filters_of_the_results_page(client, cast, page):
    make_page(cast.in_leuven, cast.lange_tafel, "Voetbal", soort="sport")
    for question, titles in [
        ("", ["Praattafel", "Voetbal"]),
        ("?gemeente=24062", ["Voetbal"]),
        ("?thema=muziek", ["Praattafel"]),
        ("?soort=sport&soort=conversatie&kosten=gratis", ["Voetbal"]),
        ("?plaats=3020&straal=3", ["Praattafel"]),
        ("?q=voetbal", ["Voetbal"]),
    ]:
        found = get(client, f"/activiteiten{question}")
        assert [one["titel"] for one in found["activiteiten"]] == titles, question
        assert found["aantal"] == len(titles)


def test_pages_are_twenty_long_and_lead_on(client, cast):
    for number in range(21):
        make_page(cast.in_herent, cast.lange_tafel, f"Activiteit {number}")
    first = get(client, "/activiteiten?gemeente=herent")
    assert (len(first["activiteiten"]), first["bladzijden"], first["vorige"]) == (20, 2, None)
    second = client.get(first["volgende"].removeprefix(settings.BASE_URL)).json()
    assert (len(second["activiteiten"]), second["volgende"]) == (1, None)


def test_a_place_that_nobody_knows_is_said(client, page):
    found = get(client, "/activiteiten?plaats=Atlantis&gemeente=99999")
    assert {row["parameter"] for row in found["niet_gebruikt"]} == {"plaats", "gemeente"}
    assert found["aantal"] == 1


# -- Municipalities --------------------------------------------------------------------------


def test_the_municipalities_that_publish_here(client, cast):
    Gemeente.objects.create(
        nis="23088", name="Vilvoorde", slug="vilvoorde", province="", region="", lat=50, lon=4
    )
    found = get(client, "/gemeenten")["gemeenten"]
    assert [row["nis"] for row in found] == ["24038", "24062"]
    assert get(client, "/gemeenten/24038") == found[0]
    get(client, "/gemeenten/23088", 404)


# -- Refusals --------------------------------------------------------------------------------


def test_a_draft_is_not_there(client, cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Geheim", publish=False)
    for end in ("", ".jsonld", ".ics"):
        assert "niet" in get(client, f"/activiteiten/{draft.pk}{end}", 404)["fout"]
    assert "Geheim" not in client.get(f"{API}/activiteiten").content.decode()


def test_an_activity_of_a_gemeente_that_is_not_active_is_not_there(client, cast, page):
    Gemeente.objects.filter(pk=cast.herent.pk).update(active=False)
    get(client, f"/activiteiten/{page.pk}", 404)
    assert get(client, "/activiteiten")["activiteiten"] == []


def test_a_page_behind_a_password_is_not_there(client, page):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    get(client, f"/activiteiten/{page.pk}", 404)


@pytest.mark.parametrize(
    "question",
    ["soort=dansen", "pagina=0", "pagina=x", "straal=-1", "pagina=51", "q=" + "x" * 101],
)
def test_a_value_that_cannot_be_is_refused_with_its_name(client, db, question):
    fault = get(client, f"/activiteiten?{question}", 422)
    assert fault["parameters"] == [f"“{question.split('=')[0]}”: deze waarde kennen we niet."]


@pytest.mark.parametrize(
    "path",
    [
        "/activiteiten/0",
        "/activiteiten/99999999999999999999",
        "/activiteiten/x",
        "/gemeenten/%00",
        "/gemeenten/24038.xml",
        "/nergens",
        "/",
    ],
)
def test_what_is_not_there_is_a_404_with_a_sentence(client, cast, path):
    assert get(client, path, 404)["fout"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client, db, method):
    response = getattr(client, method)(f"{API}/activiteiten")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


# -- For anyone ------------------------------------------------------------------------------


def test_any_site_may_read_it_and_gets_no_cookie(client, page):
    for path in ("/activiteiten", f"/activiteiten/{page.pk}.ics", "/openapi.json", "/nergens"):
        response = client.get(f"{API}{path}", headers={"origin": "https://elders.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    asked = client.options(f"{API}/activiteiten")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_other_pages_of_ours_are_not_open_to_any_site(client, page):
    assert "Access-Control-Allow-Origin" not in client.get("/nl/herent/praattafel/")


def test_head_answers_without_a_body(client, page):
    got, head = (getattr(client, way)(f"{API}/activiteiten") for way in ("get", "head"))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


@pytest.mark.parametrize("end", ["", ".jsonld", ".ics"])
def test_who_has_this_version_gets_304_until_something_changes(client, page, end):
    path = f"{API}/activiteiten/{page.pk}{end}"
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    Sessie.objects.filter(pk=Sessie.objects.first().pk).update(state="afgelast")
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_it_is_dutch_whatever_the_reader_speaks(client, page):
    dutch = client.get(f"{API}/activiteiten/{page.pk}").content
    arabic = client.get(f"{API}/activiteiten/{page.pk}", headers={"accept-language": "ar"}).content
    assert dutch == arabic


def test_the_schema_is_there(client, db):
    schema = get(client, "/openapi.json")
    assert "/api/v1/activiteiten" in schema["paths"]
    assert "/api/v1/gemeenten/{nis}.jsonld" in schema["paths"]


# -- Never people ----------------------------------------------------------------------------

PEOPLE = ["Lieve", "Vanderstok", "Joris", "Eikenaar", "Katrijn", "Meersdal", "Bart", "post.example"]


def addresses(page):
    one, town = f"{API}/activiteiten/{page.pk}", f"{API}/gemeenten/24038"
    lists = [f"{API}/activiteiten", f"{API}/activiteiten.jsonld", f"{API}/gemeenten"]
    return lists + [f"{base}{end}" for base in (one, town) for end in ("", ".jsonld", ".ics")]


def leaks(client, page):
    answers = [client.get(path) for path in addresses(page)]
    assert {answer.status_code for answer in answers} == {200}
    text = " ".join(answer.content.decode() for answer in answers)
    return [word for word in PEOPLE if word in text]


@pytest.mark.usefixtures("acting")
def test_contact_persons_and_staff_are_in_no_answer(client, cast, page):
    from aanbod.models import ActiviteitContact

    ActiviteitContact.objects.create(page=page, contactpersoon=cast.lieve)
    page.owner = cast.katrijn
    page.save()
    assert leaks(client, page) == []


def test_control_a_name_in_a_public_line_would_be_seen(client, cast, page):
    page.contact_public = "Lieve"
    page.save()
    assert leaks(client, page) == ["Lieve"]


# -- What it costs ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/activiteiten", "/activiteiten.jsonld", "/gemeenten/24038.ics"])
def test_queries_do_not_grow_with_the_offer(
    client, cast, page, path, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(14) as queries:
            assert client.get(f"{API}{path}").status_code == 200
        return len(queries)

    make_page(cast.in_herent, cast.lange_tafel, "Tweede", reeksen=[weekly(2)])
    few = count()
    for number in range(8):
        make_page(cast.in_herent, cast.lange_tafel, f"Nog {number}", reeksen=[weekly(3)])
    assert count() == few


def test_more_than_a_thousand_are_not_counted(client, cast):
    make_rows(cast.herent, [{} for _ in range(1001)])
    found = get(client, "/activiteiten")
    assert (found["aantal"], found["meer"]) == (1000, True)
