"""What an import writes: drafts, once, all of them or none."""

import pytest

from aanbod.importing import judging, reading
from aanbod.importing.applying import ImportRefused, apply
from aanbod.importing.judging import Existing, count
from aanbod.models import ActiviteitPage, Herkomst
from tests.aanbod.cast import make_page, weekly
from tests.aanbod.import_files import as_csv, as_json, as_xlsx, event, row


def preview(gemeente, content, source="bestand"):
    return judging.judge(reading.read(content)[1], Existing(gemeente, source))


def run(gemeente, content, source="bestand", **how):
    return apply(preview(gemeente, content, source), gemeente, source, **how)


def test_a_new_row_becomes_a_draft_with_what_the_row_says(cast):
    [one] = run(cast.herent, as_csv(row(themas="taal, ontmoeten", prijs="2,50")), by=cast.katrijn)

    page = ActiviteitPage.objects.get(pk=one.page_id)
    assert (page.title, page.live, page.gemeente) == ("Praattafel", False, cast.herent)
    assert page.organisatie == cast.lange_tafel
    assert (page.owner, str(page.cost)) == (cast.katrijn, "2.50")
    assert [str(reeks.start) for reeks in page.reeksen.all()] == ["19:30:00"]
    assert sorted(page.themas.names()) == ["ontmoeten", "taal"]


def test_kenmerken_in_a_file_are_a_proposal_and_no_judgement(cast):
    [one] = run(cast.herent, as_csv(row(kenmerken="groep, voertaal")))

    assert not ActiviteitPage.objects.get(pk=one.page_id).kenmerken.exists()
    assert one.notes == ["Voorstel van kenmerken: groep, voertaal."]


def test_a_second_import_of_the_same_file_changes_nothing(cast):
    content = as_xlsx(row(), row(id="pt-2", naam="Koor"))
    first = run(cast.herent, content)
    revisions = [ActiviteitPage.objects.get(pk=one.page_id).latest_revision_id for one in first]

    second = run(cast.herent, content)

    assert [one.outcome for one in second] == ["ongewijzigd", "ongewijzigd"]
    assert [one.page_id for one in second] == [one.page_id for one in first]
    pages = [ActiviteitPage.objects.get(pk=one.page_id) for one in second]
    assert [page.latest_revision_id for page in pages] == revisions


def test_a_changed_row_updates_the_draft_that_it_made(cast):
    [first] = run(cast.herent, as_csv(row()))

    [second] = run(cast.herent, as_csv(row(naam="Praattafel op dinsdag")))

    assert (second.outcome, second.page_id) == ("bijgewerkt", first.page_id)
    latest = ActiviteitPage.objects.get(pk=first.page_id).get_latest_revision_as_object()
    assert latest.title == "Praattafel op dinsdag"


def test_a_changed_row_leaves_what_is_online_as_it_is(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Koor")
    Herkomst.objects.create(page=page, source="bestand", external_id="pt-1", content_hash="ouder")

    run(cast.herent, as_csv(row()))

    page = ActiviteitPage.objects.get(pk=page.pk)
    assert (page.title, page.live, page.has_unpublished_changes) == ("Koor", True, True)


def test_a_row_without_an_id_is_known_again_by_name_and_organisatie(cast):
    run(cast.herent, as_csv(row(id="")))

    [second] = run(cast.herent, as_csv(row(id="", prijs="3")))

    assert second.outcome == "bijgewerkt"


def test_the_same_record_in_another_gemeente_is_another_activity(cast):
    [mine] = run(cast.herent, as_csv(row()))

    [theirs] = run(cast.leuven, as_csv(row(postcode="3000")))

    assert theirs.outcome == "nieuw"
    assert theirs.page_id != mine.page_id


def test_the_same_id_in_another_source_is_another_activity(cast):
    run(cast.herent, as_csv(row()))

    [other] = run(cast.herent, as_csv(row()), source="sportdienst")

    assert other.outcome == "nieuw"


def test_nothing_is_written_when_one_row_is_refused(cast):
    rows = [row(id=f"r{number}", naam=f"Tafel {number}") for number in range(5)]
    rows[2]["Prijs"] = "veel"

    with pytest.raises(ImportRefused) as refusal:
        run(cast.herent, as_csv(*[row(prijs="") | one for one in rows]))

    assert count(refusal.value.judged)["geweigerd"] == 1
    assert not Herkomst.objects.exists()
    assert not ActiviteitPage.objects.exists()


def test_a_row_that_breaks_in_the_middle_leaves_nothing_half_done(cast, monkeypatch):
    judged = preview(cast.herent, as_csv(*[row(id=f"r{n}", naam=f"Tafel {n}") for n in range(5)]))
    judged[3].values["organisatie"] = "x" * 500  # longer than the column

    with pytest.raises(Exception, match="too long"):
        apply(judged, cast.herent, "bestand")

    assert not Herkomst.objects.exists()
    assert not ActiviteitPage.objects.exists()


def test_progress_is_told_along_the_way(cast):
    told = []
    rows = [row(id=f"r{number}", naam=f"Tafel {number}") for number in range(60)]

    run(cast.herent, as_csv(*rows), progress=told.append)

    assert told == [0, 50, 60]


def test_two_previews_of_one_file_make_every_activity_once(cast):
    first, second = preview(cast.herent, as_csv(row())), preview(cast.herent, as_csv(row()))
    apply(first, cast.herent, "bestand")

    [again] = apply(second, cast.herent, "bestand")

    assert again.outcome == "ongewijzigd"
    assert ActiviteitPage.objects.count() == 1


def test_an_event_of_uitdatabank_becomes_a_draft(cast):
    [one] = run(cast.herent, as_json(event()), source="uitdatabank")

    page = ActiviteitPage.objects.get(pk=one.page_id)
    assert (page.title, page.soort, page.place_name) == ("Koffie in de tuin", "cursus", "De Wilg")
    assert page.summary == "Kom koffie drinken."
    assert [str(reeks.start) for reeks in page.reeksen.all()] == ["14:00:00"]  # in Brussels


def test_an_update_keeps_the_judgement_of_the_criteria(cast):
    page = make_page(cast.in_herent, cast.lange_tafel, "Koor", reeksen=[weekly()])
    Herkomst.objects.create(page=page, source="bestand", external_id="pt-1", content_hash="ouder")

    run(cast.herent, as_csv(row(kenmerken="duo")))

    latest = ActiviteitPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert {item.tag.slug for item in latest.kenmerk_items.all()} >= {"groep", "voertaal"}
