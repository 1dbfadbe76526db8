"""`manage.py import_activiteiten FILE --gemeente NIS`: the end of every record, or exit 1."""

import pytest
from django.core.management import CommandError, call_command

from aanbod.models import ActiviteitPage
from tests.aanbod.import_files import as_csv, as_json, event, row


@pytest.fixture
def file(tmp_path):
    return tmp_path / "aanbod.csv"


def run(capsys, file, *words):
    call_command("import_activiteiten", str(file), "--gemeente", "24038", *words)
    return capsys.readouterr().out


def test_every_record_is_printed_with_its_end(cast, capsys, file):
    file.write_bytes(as_csv(row(), row(id="pt-2", naam="Koor")))

    printed = run(capsys, file)

    assert "2\tnieuw\tPraattafel\n3\tnieuw\tKoor\n" in printed
    assert "2 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 geweigerd" in printed


def test_a_second_run_changes_nothing(cast, capsys, file):
    file.write_bytes(as_json(event()))
    run(capsys, file)

    assert "0 nieuw, 0 bijgewerkt, 1 ongewijzigd, 0 geweigerd" in run(capsys, file)
    assert ActiviteitPage.objects.count() == 1


def test_a_refused_record_ends_with_exit_1_and_nothing_written(cast, capsys, file):
    file.write_bytes(as_csv(row(prijs="1"), row(id="pt-2", prijs="veel")))

    with pytest.raises(CommandError, match="niets ingevoerd") as refusal:
        run(capsys, file)

    assert refusal.value.returncode == 1
    assert "3\tgeweigerd\tPraattafel\tPrijs: “veel” is geen prijs" in capsys.readouterr().out
    assert not ActiviteitPage.objects.exists()


def test_the_same_activity_twice_in_one_file_is_refused(cast, capsys, file):
    file.write_bytes(as_csv(row(), row()))

    with pytest.raises(CommandError, match="niets ingevoerd"):
        run(capsys, file)

    assert "Rij 2 is dezelfde activiteit." in capsys.readouterr().out


def test_a_deelgemeente_of_elsewhere_is_refused(cast, capsys, file):
    file.write_bytes(as_csv(row(deelgemeente="Heverlee")))

    with pytest.raises(CommandError, match="niets ingevoerd"):
        run(capsys, file)

    assert "“Heverlee” is geen deelgemeente van Herent." in capsys.readouterr().out


def test_a_bad_file_ends_with_the_reason(cast, capsys, file):
    file.write_bytes(b"%PDF")

    with pytest.raises(CommandError, match="Dit is een pdf"):
        run(capsys, file)


def test_a_file_that_is_not_there_is_named(cast, capsys, file):
    with pytest.raises(CommandError, match=r"aanbod\.csv: No such file"):
        run(capsys, file)


def test_a_gemeente_without_a_page_is_refused(cast, file):
    with pytest.raises(CommandError, match="geen actieve gemeente 99999"):
        call_command("import_activiteiten", str(file), "--gemeente", "99999")
