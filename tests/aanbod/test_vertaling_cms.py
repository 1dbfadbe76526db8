"""The translator's screens: a list per language, and the Dutch beside its translation."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from aanbod import translations
from aanbod.models import Vertaling
from aanbod.translations import Texts, dutch_hash, translate
from gemeenten.models import Rol
from tests.aanbod.cast import make_page, make_staff

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def page(cast):
    return make_page(cast.in_herent, cast.lange_tafel)


@pytest.fixture
def translator(cast, client):
    user = make_staff("Yusra Lindeblad", Rol.Kind.VERTALER, cast.herent)
    client.force_login(user)
    client.user = user
    return client


def url(page, language="en"):
    return reverse("vertalingen:activiteit", args=[page.pk, language])


def listing(language="en", nis="24038"):
    return reverse("vertalingen:taal", args=[nis, language])


def form(page, **changes):
    return {
        "title": "Talking table",
        "summary": "Come and talk.",
        "description": "We talk.\r\n\r\nTogether.",
        "seen": dutch_hash(page),
        **changes,
    }


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_counts_per_language_what_waits(translator, cast, page):
    done = make_page(cast.in_herent, cast.lange_tafel, "Koken")
    translate(done, "en", Texts("Cooking", "b", "c"), by=None, now=NOW)

    html = text(translator.get(listing()))
    assert "Engels: 1 te doen" in html
    assert "Arabisch: 2 te doen" in html
    assert "Nog geen vertaling" in html
    assert "Vertaald (1)" in html


def test_the_list_says_that_the_dutch_changed(translator, page):
    translate(page, "en", Texts("a", "b", "c"), by=None, now=NOW)
    page.summary = "Anders."
    page.save_revision().publish()

    assert "Het Nederlands veranderde na de vertaling" in text(translator.get(listing()))
    assert "Kijk elke tekst na" in text(translator.get(url(page)))


def test_when_all_is_done_it_says_so(translator, page):
    translate(page, "en", Texts("a", "b", "c"), by=None, now=NOW)

    html = text(translator.get(listing()))
    assert "Engels: klaar" in html
    assert "Alles wat online staat, is vertaald." in html


def test_drafts_are_not_listed(translator, cast):
    draft = make_page(cast.in_herent, cast.lange_tafel, "Geheim concept", publish=False)

    assert "Geheim" not in text(translator.get(listing()))
    assert translator.get(url(draft)).status_code == 404


def test_the_start_leads_to_the_first_language_of_the_own_municipality(translator):
    answer = translator.get(reverse("vertalingen:index"), follow=True)

    assert answer.redirect_chain[-1][0] == listing()


def test_who_translates_for_two_municipalities_chooses(translator, cast):
    Rol.everyone.create(user=translator.user, kind=Rol.Kind.VERTALER, gemeente=cast.leuven)

    html = text(translator.get(reverse("vertalingen:index")))
    assert "Herent" in html
    assert "Leuven" in html


def test_the_dutch_stands_beside_the_fields(translator, page):
    html = text(translator.get(url(page, "ar")))

    assert "<p>We praten samen.</p>" in html
    assert 'lang="ar"' in html
    assert 'dir="rtl"' in html


def test_a_field_of_which_the_dutch_is_empty_is_not_offered(translator, page):
    assert 'name="bring"' not in text(translator.get(url(page)))

    page.bring = "Een schort"
    page.save_revision().publish()
    assert 'name="bring"' in text(translator.get(url(page)))


def test_saving_writes_the_translation_and_returns_to_the_list(translator, page):
    answer = translator.post(url(page), form(page))

    assert answer.headers["Location"] == listing()
    row = Vertaling.objects.get(page=page)
    assert (row.language, row.title, row.state) == ("en", "Talking table", "mens")
    assert row.description == "We talk.\n\nTogether."
    assert row.by == translator.user


def test_what_is_saved_stands_in_the_form_the_next_time(translator, page):
    translator.post(url(page), form(page))

    assert "Come and talk." in text(translator.get(url(page)))


def test_a_missing_text_is_asked_for_and_the_rest_is_kept(translator, page):
    html = text(translator.post(url(page), form(page, title="")))

    assert "Vertaal dit ook." in html
    assert "Come and talk." in html
    assert not Vertaling.objects.exists()


def test_new_dutch_published_while_one_translates_is_shown_first(translator, page):
    sent = form(page)
    page.summary = "Kom zingen."
    page.save_revision().publish()

    html = text(translator.post(url(page), sent))
    assert translations.DUTCH_CHANGED in html
    assert "Kom zingen." in html
    assert dutch_hash(page) in html
    assert not Vertaling.objects.exists()


def test_text_for_a_field_that_is_not_there_writes_nothing_of_it(translator, page):
    translator.post(url(page), form(page, bring="A gift"))

    assert Vertaling.objects.get(page=page).bring == ""


@pytest.mark.parametrize("body", [{}, {"title": "\0"}, {"title": "x" * 9999}])
def test_nonsense_is_no_crash(translator, page, body):
    assert translator.post(url(page), body).status_code == 200


@pytest.mark.parametrize("language", ["nl", "xx", "de"])
def test_a_language_that_readers_cannot_choose_is_not_there(translator, page, language):
    assert translator.get(listing(language)).status_code == 404
    assert translator.get(url(page, language)).status_code == 404


def test_of_leuven_a_translator_of_herent_sees_and_writes_nothing(translator, cast):
    other = make_page(cast.in_leuven, cast.lange_tafel, "Koor")
    row = translate(other, "en", Texts("Choir", "b", "c"), by=None, now=NOW)

    assert translator.get(listing(nis="24062")).status_code == 404
    assert translator.get(url(other)).status_code == 404
    assert translator.post(url(other), form(other)).status_code == 404
    row.refresh_from_db()
    assert row.title == "Choir"


def test_control_with_the_role_in_leuven_all_of_that_is_possible(translator, cast):
    Rol.everyone.create(user=translator.user, kind=Rol.Kind.VERTALER, gemeente=cast.leuven)
    other = make_page(cast.in_leuven, cast.lange_tafel, "Koor")

    assert "Koor" in text(translator.get(listing(nis="24062")))
    assert translator.post(url(other), form(other)).status_code == 302
    assert Vertaling.objects.get(page=other).title == "Talking table"


def test_an_editor_translates_too_and_finds_it_in_the_menu(client, cast, page):
    client.force_login(cast.katrijn)

    assert client.post(url(page), form(page)).status_code == 302
    assert reverse("vertalingen:index") in text(client.get("/cms/"))


def test_someone_without_a_role_does_not_come_in(client, cast, page):
    client.force_login(cast.stranger)

    assert client.get(url(page)).status_code == 403
