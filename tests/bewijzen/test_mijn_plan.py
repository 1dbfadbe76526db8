"""The planner with an account: the hours of the traject, and a choice that is kept."""

import pytest

from bewijzen import wishes
from bewijzen.models import Traject, Wensen
from gemeenten.acting import ActingPersonMissing, System, acting_as

URL = "/nl/mijn/plan/"
CHOICE = {
    "plaats": "Herent",
    "les": ["ma-ochtend", "di-avond"],
    "soort": ["conversatie"],
    "les_ochtend_van": "09:00",
    "les_ochtend_tot": "11:30",
    "klaar": "2027-06-01",
}


def as_inburgeraar(client, traject):
    client.force_login(traject.inburgeraar.user)
    return client


def keep(client, **changes):
    return client.post(URL, {**CHOICE, **changes}, follow=True)


def test_a_visitor_is_sent_to_where_one_signs_in(client, cast):
    assert client.get(URL).status_code == 302
    assert client.get(URL)["Location"].startswith("/nl/activeer/")


def test_at_first_the_page_starts_from_the_gemeente_of_the_traject(client, cast):
    page = as_inburgeraar(client, cast.samira).get(URL).content.decode()
    assert 'name="plaats" value="Herent"' in page
    assert page.count("<h1") == 1


def test_hours_come_from_the_traject_and_are_not_asked(client, cast):
    Traject._base_manager.filter(pk=cast.samira.pk).update(total_minutes=600)
    page = as_inburgeraar(client, cast.samira).get(f"{URL}?plaats=Herent&uren=39").content.decode()
    assert "Je hebt 10 uur." in page
    assert 'name="uren"' not in page


def test_nothing_is_kept_by_looking(client, cast):
    as_inburgeraar(client, cast.samira).get(f"{URL}?plaats=Leuven&soort=sport")
    with acting_as(System("test")):
        assert not Wensen.objects.exists()


def test_what_was_kept_is_there_the_next_time(client, cast):
    as_inburgeraar(client, cast.samira)
    assert "Je keuze is bewaard." in keep(client).content.decode()
    page = client.get(URL).content.decode()
    assert 'name="les" value="ma-ochtend" checked' in page
    assert 'name="soort" value="conversatie" checked' in page
    assert 'type="time" value="09:00"' in page
    assert 'type="date" value="2027-06-01"' in page


def test_a_new_choice_takes_the_place_of_the_old(client, cast):
    as_inburgeraar(client, cast.samira)
    keep(client)
    keep(client, les=["zo-avond"], klaar="")
    with acting_as(System("test")):
        row = Wensen.objects.get()
    assert (row.les, row.klaar) == (["zo-avond"], None)


def test_a_place_nobody_knows_is_not_kept(client, cast):
    page = keep(as_inburgeraar(client, cast.samira), plaats="Atlantis").content.decode()
    assert "We kennen de plaats niet." in page
    with acting_as(System("test")):
        assert not Wensen.objects.exists()


def test_it_can_be_forgotten(client, cast):
    as_inburgeraar(client, cast.samira)
    keep(client)
    assert "Wis mijn keuze" in client.get(URL).content.decode()
    client.post(URL, {"wis": "1"})
    with acting_as(System("test")):
        assert not Wensen.objects.exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [("nele", True), ("thomas", False), ("lieve", False), ("redacteur", False),
     ("stranger", False)],
)  # fmt: skip
def test_only_the_own_trajectbegeleider_sees_it(client, cast, who, sees):
    keep(as_inburgeraar(client, cast.samira))
    with acting_as(getattr(cast, who)):
        assert Wensen.objects.exists() == sees


def test_another_inburgeraar_sees_nothing_of_it(client, cast):
    keep(as_inburgeraar(client, cast.samira))
    with acting_as(cast.yusuf.inburgeraar.user):
        assert not Wensen.objects.exists()


def test_without_somebody_acting_nothing_can_be_read(cast):
    with pytest.raises(ActingPersonMissing):
        Wensen.objects.exists()


def test_the_dossier_says_it_in_words(client, cast):
    keep(as_inburgeraar(client, cast.samira))
    with acting_as(cast.nele):
        assert wishes.in_words(wishes.kept(cast.samira)) == [
            ("Waar", "Herent, tot 10 km"),
            ("Les", "maandag ochtend, dinsdag avond"),
            ("Doet graag", "Nederlands praten"),
            ("Wil klaar zijn", "01/06/2027"),
        ]
    client.force_login(cast.nele)
    page = client.get(f"/begeleiding/{cast.samira.pk}/", follow=True).content.decode()
    assert "maandag ochtend, dinsdag avond" in page


def test_who_has_the_hours_needs_no_plan(client, cast):
    Traject._base_manager.filter(pk=cast.samira.pk).update(total_minutes=2400)
    page = as_inburgeraar(client, cast.samira).get(URL).content.decode()
    assert "Je hebt geen plan meer nodig." in page
