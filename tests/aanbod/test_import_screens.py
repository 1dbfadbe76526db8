"""Import in the CMS: upload, look at every row, write all of them, and export."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from aanbod.importing import jobs
from aanbod.models import ActiviteitPage, Invoer
from gemeenten.acting import acting_as
from gemeenten.models import Rol
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.import_files import as_csv, as_xlsx, row


@pytest.fixture
def katrijn(client, cast):
    client.force_login(cast.katrijn)
    return client


def url(name, *args):
    return reverse(f"invoer:{name}", args=args)


def post(client, content, nis="24038", name="aanbod.csv", **data):
    return client.post(url("gemeente", nis), {"bestand": SimpleUploadedFile(name, content), **data})


@pytest.fixture
def invoer(cast, acting):
    return make_import(cast)


def make_import(cast, content=None):
    return jobs.upload(
        content or as_csv(row()),
        cast.herent,
        by=cast.katrijn,
        file_name="aanbod.csv",
        source="",
        now=timezone.now(),
    )


def test_an_upload_shows_what_would_happen_and_writes_no_activity(cast, katrijn):
    answer = post(katrijn, as_xlsx(row(), row(id="pt-2", naam="Koor")), name="aanbod.xlsx")

    page = katrijn.get(answer.headers["Location"]).content.decode()
    assert "nieuw (2)" in page
    assert "Voer in" in page
    assert not ActiviteitPage.objects.exists()


def test_a_refused_row_is_shown_with_its_number_column_and_reason(cast, katrijn):
    answer = post(katrijn, as_csv(row(), row(id="pt-2", postcode="3000")))

    page = katrijn.get(answer.headers["Location"]).content.decode()
    assert "geweigerd (1)" in page
    assert "3000 is geen postcode van Herent" in page
    assert "Voer in</button>" not in page


def test_a_bad_file_is_refused_at_the_field_with_the_reason(cast, katrijn):
    answer = post(katrijn, b"%PDF-1.7 ...")

    assert answer.status_code == 200
    assert "Dit is een pdf." in answer.content.decode()


def test_an_upload_without_a_file_asks_for_one(cast, katrijn):
    answer = katrijn.post(url("gemeente", "24038"), {})

    assert "Kies een bestand." in answer.content.decode()


def test_starting_hands_the_import_to_the_worker_once(
    cast, katrijn, invoer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as handed:
        katrijn.post(url("start", invoer.pk))
        katrijn.post(url("start", invoer.pk))

    invoer.refresh_from_db()
    assert invoer.state == "wacht"
    assert len(handed) == 1


def test_the_worker_writes_the_rows_as_drafts(cast, invoer):
    assert jobs.start(invoer, by=cast.katrijn)

    jobs.run.func(invoer.pk)

    invoer.refresh_from_db()
    page = ActiviteitPage.objects.get()
    assert invoer.state == "klaar"
    assert (page.live, page.owner) == (False, cast.katrijn)


def test_the_result_links_to_what_was_made(cast, katrijn, invoer):
    jobs.start(invoer, by=cast.katrijn)
    jobs.run.func(invoer.pk)

    answer = katrijn.get(url("stuk", invoer.pk)).content.decode()

    edit = reverse("wagtailadmin_pages:edit", args=[ActiviteitPage.objects.get().pk])
    assert edit in answer


def test_a_second_run_by_the_worker_does_nothing(cast, invoer):
    jobs.start(invoer, by=cast.katrijn)
    jobs.run.func(invoer.pk)

    jobs.run.func(invoer.pk)

    assert ActiviteitPage.objects.count() == 1


def test_the_worker_writes_nothing_for_somebody_who_lost_the_role(cast, invoer):
    jobs.start(invoer, by=cast.katrijn)
    Rol.everyone.filter(user=cast.katrijn).delete()

    jobs.run.func(invoer.pk)

    invoer.refresh_from_db()
    assert invoer.state == "mislukt"
    assert not ActiviteitPage.objects.exists()


def test_a_row_that_breaks_in_the_worker_leaves_nothing_and_says_so(cast, acting):
    invoer = make_import(cast, as_csv(row(), row(id="pt-2", naam="Koor")))
    invoer.rows[1]["values"]["organisatie"] = "x" * 500
    invoer.save()
    jobs.start(invoer, by=cast.katrijn)

    jobs.run.func(invoer.pk)

    invoer.refresh_from_db()
    assert invoer.state == "mislukt"
    assert not ActiviteitPage.objects.exists()


def test_a_page_of_work_going_on_comes_back_by_itself(cast, katrijn, invoer):
    Invoer.objects.update(state="bezig", seen_at=timezone.now(), progress=0)

    answer = katrijn.get(url("stuk", invoer.pk))

    assert answer.headers["Refresh"] == "3"
    assert "0 van 1 rijen" in answer.content.decode()


def test_a_worker_that_stopped_is_told_and_the_page_rests(cast, katrijn, invoer):
    Invoer.objects.update(state="bezig", seen_at=timezone.now() - timedelta(hours=1))

    answer = katrijn.get(url("stuk", invoer.pk))

    assert "Refresh" not in answer.headers
    assert "Er is niets bewaard" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["stuk", "start"])
def test_leuvens_redacteur_can_neither_see_nor_run_herents_import(
    cast, client, invoer, name, method
):
    client.force_login(cast.rik)

    answer = getattr(client, method)(url(name, invoer.pk))

    invoer.refresh_from_db()
    assert answer.status_code in (404, 405)
    assert invoer.state == "voorbeeld"


def test_control_herents_own_redacteur_sees_it(cast, katrijn, invoer):
    assert katrijn.get(url("stuk", invoer.pk)).status_code == 200


@pytest.mark.parametrize("name", ["gemeente", "uitvoer"])
def test_leuvens_redacteur_gets_no_page_and_no_export_of_herent(cast, client, name):
    client.force_login(cast.rik)

    args = ["24038", "csv"] if name == "uitvoer" else ["24038"]

    assert client.get(url(name, *args)).status_code == 404


def test_rows_of_an_import_are_read_on_behalf_of_somebody(cast, invoer):
    with acting_as(cast.rik):
        assert not Invoer.objects.exists()
    with acting_as(cast.bart):
        assert Invoer.objects.exists()


def test_an_export_holds_the_own_activities_only(cast, katrijn):
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel", publish=False)
    make_page(cast.in_leuven, cast.lange_tafel, "Koor in Leuven")

    text = katrijn.get(url("uitvoer", "24038", "csv")).content.decode("utf-8-sig")

    assert "Praattafel" in text
    assert "Koor in Leuven" not in text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_that_comes_back_unchanged_changes_nothing(cast, katrijn, kind):
    make_page(
        cast.in_herent,
        cast.lange_tafel,
        "-5 graden: schaatsen",
        reeksen=[weekly(), weekly(3, "10:00", "12:00", skip_school_holidays=True)],
        themas=("sport", "buiten"),
        deelgemeente=cast.winksele,
        cost="2.50",
        wheelchair=True,
    )
    make_page(cast.in_herent, cast.groendienst, "Tuinieren", moments=["ochtend", "weekend"])

    content = katrijn.get(url("uitvoer", "24038", kind)).content
    _source, judged = jobs.judged_file(content, cast.herent)

    assert [(one.outcome, one.problems) for one in judged] == [("ongewijzigd", [])] * 2


@pytest.mark.parametrize("title", ["=1+1", "+32", "-5 graden", "@thuis", "'=al ontsnapt"])
def test_a_formula_in_a_title_leaves_as_text(cast, katrijn, title):
    make_page(cast.in_herent, cast.lange_tafel, title, publish=False)

    book = load_workbook(io.BytesIO(katrijn.get(url("uitvoer", "24038", "xlsx")).content))

    cell = book.active["B2"]
    assert cell.value == f"'{title}"
    assert cell.data_type == "s"


def test_an_export_of_another_gemeente_is_refused_by_its_ids(cast, katrijn):
    make_page(cast.in_herent, cast.lange_tafel, "Praattafel")
    content = katrijn.get(url("uitvoer", "24038", "csv")).content

    [one] = jobs.judged_file(content, cast.leuven)[1]

    assert one.problems == [("Id", "Deze activiteit bestaat niet in Leuven. Maak de id leeg.")]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_a_file_that_can_be_imported(cast, katrijn, kind):
    content = katrijn.get(url("sjabloon", kind)).content

    [one] = jobs.judged_file(content, cast.herent)[1]

    assert (one.outcome, one.problems) == ("nieuw", [])


def test_imports_are_deleted_after_thirty_days(cast, invoer):
    invoer.made_at = timezone.now() - timedelta(days=31)
    invoer.save()
    recent = make_import(cast)

    call_command("ruim_invoer_op", verbosity=0)

    assert list(Invoer.objects.all()) == [recent]
