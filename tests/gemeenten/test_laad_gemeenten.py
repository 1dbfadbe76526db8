"""All municipalities, loaded by a command that can be run again."""

from io import StringIO

import pytest
from django.core.management import call_command

from gemeenten.loading import LoadError, load_deelgemeenten, load_gemeenten
from gemeenten.models import Deelgemeente, Gemeente

pytestmark = pytest.mark.django_db

HEADER = "nis_code,name,province,postcodes,lat,lon,region,centre_lat,centre_lon\n"


def folder_with(path, *rows):
    (path / "gemeenten.csv").write_text(HEADER + "\n".join(rows), "utf-8")
    return path


def run() -> str:
    out = StringIO()
    call_command("laad_gemeenten", stdout=out)
    return out.getvalue()


def test_all_304_municipalities_and_their_deelgemeenten_are_loaded():
    text = run()

    assert "gemeenten: 304 created, 0 updated, 0 unchanged" in text
    assert "deelgemeenten: 765 created" in text
    herent = Gemeente.objects.get(nis="24038")
    assert (herent.name, herent.slug, herent.postcodes) == ("Herent", "herent", ["3020"])
    assert (herent.province, herent.region) == ("Vlaams-Brabant", "Vlaams Gewest")
    assert [d.name for d in herent.deelgemeenten.all()] == ["Veltem-Beisem", "Winksele"]
    assert not Gemeente.objects.active().exists()
    assert Gemeente.objects.filter(region__startswith="Brussel").count() == 19


def test_a_municipality_without_deelgemeenten_gets_none():
    run()

    assert not Gemeente.objects.get(name="Boom").deelgemeenten.exists()


def test_the_centre_is_that_of_the_main_town_and_else_the_middle_of_the_territory(tmp_path):
    load_gemeenten(
        folder_with(
            tmp_path,
            "1,Stad,P,1000,50.1,4.1,R,50.2,4.2",
            "2,Dorp,P,1001,50.3,4.3,R,,",
        )
    )

    assert list(Gemeente.objects.order_by("nis").values_list("lat", "lon")) == [
        (50.2, 4.2),
        (50.3, 4.3),
    ]


def test_a_second_run_changes_nothing():
    run()

    text = run()

    assert "gemeenten: 0 created, 0 updated, 304 unchanged" in text
    assert "deelgemeenten: 0 created, 0 updated, 765 unchanged" in text


def test_a_changed_row_is_updated_and_stays_active_at_its_address(tmp_path):
    load_gemeenten(folder_with(tmp_path, "24038,Herent,P,3020,50,4,R,50,4"))
    Gemeente.objects.update(active=True)

    count = load_gemeenten(folder_with(tmp_path, "24038,Herent-Noord,P,3020;3021,50,4,R,50,4"))

    assert str(count) == "0 created, 1 updated, 0 unchanged"
    herent = Gemeente.objects.get()
    assert (herent.name, herent.slug, herent.active) == ("Herent-Noord", "herent", True)
    assert herent.postcodes == ["3020", "3021"]


def test_two_municipalities_with_one_address_are_refused_and_nothing_is_loaded(tmp_path):
    folder = folder_with(tmp_path, "1,De Haan,P,8420,51,3,R,51,3", "2,De-Haan,P,8421,51,3,R,51,3")

    with pytest.raises(LoadError, match="De-Haan and De Haan would both be /de-haan/"):
        load_gemeenten(folder)

    assert not Gemeente.objects.exists()


def test_an_address_of_our_own_is_refused(tmp_path):
    with pytest.raises(LoadError, match="/aanbod/ is an address of our own"):
        load_gemeenten(folder_with(tmp_path, "1,Aanbod,P,8420,51,3,R,51,3"))


def test_a_deelgemeente_of_an_unknown_municipality_is_refused(tmp_path):
    (tmp_path / "deelgemeenten.csv").write_text(
        "nis_code,deelgemeente,lat,lon\n99999,Nergens,50,4\n", "utf-8"
    )

    with pytest.raises(LoadError, match="Nergens: there is no gemeente 99999"):
        load_deelgemeenten(tmp_path)

    assert not Deelgemeente.objects.exists()
