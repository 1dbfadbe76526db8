"""The page of one activity: everything that someone needs to decide and to go."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aanbod import dates, indexing
from aanbod.models import ActiviteitPage, Sessie
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.forms import form


@pytest.fixture
def page(cast):
    return make_page(
        cast.in_herent,
        cast.lange_tafel,
        reeksen=[weekly(1, skip_school_holidays=True)],
        summary="Kom mee praten.",
        description="We praten samen.\n\nJe hoeft niets te kennen.",
        bring="Een tas",
        place_name="Buurthuis",
        street="Bloemenlaan",
        postcode="3020",
        deelgemeente=cast.winksele,
        taalniveau="a1",
        cost="2.50",
        cost_note="Met koffie",
        kinderopvang="mee",
        wheelchair=True,
        hours_total=40,
        contact_public="De balie",
    )


def get(client, page, language="nl"):
    response = client.get(f"/{language}/herent/{page.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return " ".join(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.S).split())


def test_what_is_every_week_on_more_days_is_said_once(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, reeksen=[weekly(day) for day in range(5)])
    assert text(get(client, page)).count("elke week") == 1


def test_it_says_everything_of_the_issue(client, page):
    words = text(get(client, page))
    for part in [
        "Praattafel",
        "Kom mee praten.",
        "elke week, niet in schoolvakanties",
        "2 uur per keer · 40 uur in totaal",
        "Buurthuis, Bloemenlaan, 3020 Winksele",
        "2,50 euro per keer Met koffie",
        "Een beetje Nederlands (A1)",
        "je mag altijd proberen",
        "Kinderen mogen mee",
        "Je kan binnen met een rolstoel.",
        "Breng mee Een tas",
        "De Lange Tafel De balie",
        "We praten samen. Je hoeft niets te kennen.",
    ]:
        assert part in words


def test_the_next_dates_stand_in_words(client, page):
    first = Sessie.objects.filter(page=page).first()
    day = timezone.localtime(first.van).day
    assert f"di {day} " in text(get(client, page))
    assert "19.30 – 21.30" in text(get(client, page))


def test_a_cancelled_date_is_named_as_cancelled(client, page):
    first = Sessie.objects.filter(page=page).first()
    dates.cancel(first.pk, "De zaal is dicht", now=timezone.now())
    assert "gaat niet door" in text(get(client, page))


def test_by_agreement_says_so_with_the_moments(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, moments=["avond", "weekend"])
    words = text(get(client, page))
    assert "In overleg: je spreekt zelf een moment af. Avond, Weekend" in words


def test_the_criteria_reassure(client, page):
    words = text(get(client, page))
    assert "Dit telt mee voor je 40 uur." in words
    assert "Je trajectbegeleider kijkt of het bij jou past." in words
    assert "In groep Nieuwe mensen Contacten die blijven We spreken Nederlands" in words


def test_places_left_are_of_this_moment(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, capacity=3)
    assert "Nog 3 plaatsen" in text(get(client, page))
    indexing.set_places_taken(page.pk, 3)
    assert "Volzet: er is een wachtlijst" in text(get(client, page))


def test_joining_is_a_link_and_no_form_so_that_the_page_is_the_same_for_everyone(client, page):
    html = get(client, page)
    assert reverse("bewijzen:meedoen", args=[page.pk]) in html
    assert "csrf" not in html
    assert not client.get("/nl/herent/praattafel/").cookies


def test_there_is_one_heading(client, page):
    assert get(client, page).count("<h1") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_another_language_the_dutch_is_marked_and_announced(client, page, language):
    html = get(client, page, language)
    assert '<h1 lang="nl" dir="auto">Praattafel</h1>' in html
    assert f'<html lang="{language}"' in html


def test_in_dutch_nothing_is_announced(client, page):
    assert "Deze tekst is in het Nederlands." not in get(client, page)


def test_what_editors_type_is_text(client, cast):
    page = make_page(
        cast.in_herent,
        cast.lange_tafel,
        "<b>Vet</b>",
        slug="vet",
        description="<script>x</script>",
        bring="<i>x</i>",
    )
    html = get(client, page)
    assert "<b>Vet" not in html
    assert "<script>x" not in html


def test_contact_persons_are_not_on_the_public_page(client, cast, page):
    html = get(client, page)
    assert "Lieve" not in html
    assert "post.example" not in html


def test_a_draft_is_not_public(client, cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Geheim", publish=False)
    assert client.get(f"/nl/herent/{page.slug}/").status_code == 404


def test_queries_do_not_grow_with_the_dates(client, page, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(40) as queries:
            get(client, page)
        return len(queries)

    count()
    Sessie.objects.filter(page=page)[0].delete()
    few = count()
    last = Sessie.objects.filter(page=page).last()
    Sessie.objects.bulk_create(
        Sessie(page=page, van=last.van + timedelta(days=n), tot=last.tot + timedelta(days=n))
        for n in range(1, 50)
    )
    assert count() == few


# -- Preview ---------------------------------------------------------------------------------


def preview(client, url, data):
    assert client.post(url, data).json()["is_valid"]
    response = client.get(f"{url}?mode=")
    assert response.status_code == 200
    return text(response.content.decode())


def test_an_activity_that_was_never_saved_can_be_previewed(client, cast):
    client.force_login(cast.katrijn)
    url = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["aanbod", "activiteitpage", cast.in_herent.pk],
    )
    assert "Praattafel" in preview(client, url, form(cast))
    assert not ActiviteitPage.objects.exists()


def test_a_draft_without_points_can_be_previewed(client, cast, page):
    client.force_login(cast.katrijn)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = form(cast, title="Heel anders", kenmerken=(), summary="")
    assert "Heel anders" in preview(client, url, sent)


# -- The gemeente's page ---------------------------------------------------------------------


def test_the_cards_of_a_gemeente_can_be_put_on_its_page(cast, page, rf):
    from django.template import engines

    template = engines["django"].from_string("{% load aanbod %}{% gemeente_aanbod gemeente %}")
    html = template.render({"gemeente": cast.herent}, rf.get("/nl/herent/"))
    assert "/nl/herent/praattafel/" in html
    empty = template.render({"gemeente": cast.leuven}, rf.get("/nl/leuven/"))
    assert "Er zijn nog geen activiteiten." in empty
