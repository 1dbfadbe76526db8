"""The CMS as an editor and a beheerder meet it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from gemeenten.models import GemeentePage, Rol, User
from tests.gemeenten.conftest import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(pages, redacteur, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(redacteur)
    return client


def menu(client) -> set[str]:
    """The names of the items in the menu at the side."""
    text = client.get("/cms/").content.decode()
    properties = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', text, re.DOTALL)[1]
    return set(re.findall(r'"name": "([\w-]+)"', properties))


def test_an_editor_starts_at_the_own_municipality(editor, pages):
    answer = editor.get("/cms/pages/")

    assert answer.headers["Location"] == f"/cms/pages/{pages['herent'].pk}/"


def test_an_editor_changes_the_texts_of_the_landing_page(editor, pages):
    url = reverse("wagtailadmin_pages:edit", args=[pages["herent"].pk])
    form = {
        "title": "Herent",
        "intro": "Welkom in Herent.",
        "contact": "Dienst Samenleven",
        "colour": "#1d5a9e",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    }

    editor.post(url, form)

    page = GemeentePage.objects.get(pk=pages["herent"].pk)
    assert (page.intro, page.colour) == ("Welkom in Herent.", "#1d5a9e")
    assert (page.slug, page.live, page.has_unpublished_changes) == ("herent", True, False)


def test_a_colour_that_is_none_is_refused_with_an_example(editor, pages):
    url = reverse("wagtailadmin_pages:edit", args=[pages["herent"].pk])

    answer = editor.post(
        url,
        {
            "title": "Herent",
            "colour": "red;}",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        },
    )

    assert "Schrijf de kleur zo: #0f6b4f." in answer.content.decode()
    assert GemeentePage.objects.get(pk=pages["herent"].pk).colour == ""


def test_a_picture_lands_in_the_collection_of_the_own_municipality(editor):
    picture = get_test_image_file()

    editor.post(
        "/cms/images/add/",
        {"title": "Zaal", "file": SimpleUploadedFile("zaal.png", picture.file.getvalue())},
    )

    assert get_image_model().objects.get().collection.name == "Herent"


def test_a_picture_cannot_be_put_in_the_collection_of_another(editor):
    leuven = Collection.objects.get(name="Leuven")
    picture = get_test_image_file()

    editor.post(
        "/cms/images/add/",
        {
            "title": "Zaal",
            "file": SimpleUploadedFile("zaal.png", picture.file.getvalue()),
            "collection": leuven.pk,
        },
    )

    assert not get_image_model().objects.filter(collection=leuven).exists()


@pytest.mark.parametrize("path", ["images/add/", "images/chooser/", "documents/add/"])
def test_files_have_no_tags(editor, path):
    text = editor.get(f"/cms/{path}").content.decode()

    assert 'name="tags"' not in text
    assert "chooser-upload-tags" not in text


def test_an_editor_of_two_municipalities_sees_both(editor, pages, redacteur, leuven):
    give(redacteur, Rol.Kind.MODERATOR, leuven)

    for page in pages.values():
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert editor.get(url).status_code == 200
    listing = editor.get("/cms/pages/", follow=True).content.decode()
    assert "Herent" in listing
    assert "Leuven" in listing


def test_the_menu_of_an_editor_has_no_reports_and_no_settings(editor):
    assert menu(editor) >= {"explorer", "images"}
    assert not menu(editor) & {"reports", "settings", "documents", "users", "groups"}


def test_the_cms_speaks_the_language_of_the_user_whatever_the_browser_asks(editor, redacteur):
    dutch = editor.get("/cms/", headers={"accept-language": "en"}).content.decode()
    User.objects.update(language="en")
    english = editor.get("/cms/", headers={"accept-language": "nl"}).content.decode()
    User.objects.update(language="ar")
    other = editor.get("/cms/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="nl"' in dutch
    assert '<html lang="en"' in english
    assert '<html lang="nl"' in other


def test_the_menu_of_a_beheerder_has_no_users_and_groups(pages, beheerder, client):
    client.force_login(beheerder)

    assert menu(client) >= {"explorer", "images", "documents", "reports", "settings"}
    assert not menu(client) & {"users", "groups"}


@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/"])
def test_nobody_gives_rights_by_hand(pages, beheerder, client, path):
    client.force_login(beheerder)

    assert client.get(f"/cms/{path}", follow=True).status_code == 404


@pytest.mark.parametrize(
    "path", ["reports/site-history/", "collections/", "sites/", "workflows/list/"]
)
def test_a_closed_address_says_so_and_leads_back(editor, path):
    answer = editor.get(f"/cms/{path}", follow=True)

    assert answer.redirect_chain == [("/cms/", 302)]
    assert "messages" in answer.context
    assert len(answer.context["messages"]) == 1


def test_a_beheerder_comes_everywhere(pages, beheerder, client):
    client.force_login(beheerder)

    for path in ["", "pages/1/", "images/", "reports/site-history/", "collections/", "sites/"]:
        assert client.get(f"/cms/{path}").status_code == 200


def test_the_account_page_asks_for_one_name(editor, redacteur):
    text = editor.get("/cms/account/").content.decode()
    assert "name_email-name" in text
    assert "first_name" not in text

    editor.post(
        "/cms/account/",
        {
            "name_email-name": "Rik R.",
            "locale-preferred_language": "nl",
            "locale-current_time_zone": "Europe/Brussels",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )

    assert User.objects.get(pk=redacteur.pk).name == "Rik R."


@pytest.mark.parametrize("place", ["2147483648", "javascript:alert(1)", "[1]"])
def test_a_next_that_is_no_address_is_refused(editor, pages, place):
    url = reverse("wagtailadmin_pages:edit", args=[pages["herent"].pk])

    assert editor.post(url, {"title": "Herent", "next": place}).status_code == 404


@pytest.mark.parametrize("picture", ["9" * 4400, "9" * 30, "\u0661\u0662", "x"])
def test_a_picture_that_is_none_is_no_crash(editor, pages, picture):
    url = reverse("wagtailadmin_pages:add", args=["aanbod", "activiteitpage", pages["herent"].pk])

    assert editor.post(url, {"picture": picture}).status_code in {200, 404}


@pytest.mark.parametrize("spelling", [" {}", "{} ", "+{}", "0_{}", "{}\n"])
def test_a_picture_of_others_is_refused_however_its_number_is_spelled(editor, pages, spelling):
    root = Collection.get_first_root_node()
    picture = get_image_model().objects.create(
        title="Van iemand anders", file=get_test_image_file(), collection=root
    )
    url = reverse("wagtailadmin_pages:add", args=["aanbod", "activiteitpage", pages["herent"].pk])

    answer = editor.post(url, {"picture": spelling.format(picture.pk)})

    assert answer.status_code == 404
