"""The desk opens for staff who follow trajects, and shows them their own caseload only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from bewijzen import voorstellen
from bewijzen.begeleiding.urls import urlpatterns
from bewijzen.models import Deelname, Traject
from bewijzen.voorstellen import SLUGS, Named, Plan
from gemeenten.acting import acting_as
from gemeenten.models import Rol
from tests.bewijzen.cast import TEST, make_rol, make_traject, row_counts, sign, today

pytestmark = pytest.mark.django_db

#: What somebody would send to each address, if they could.
BODIES = {
    "find": {"q": "Samira"},
    "new": {"name": "Iemand", "reference": "X-1", "language": "nl", "started_on": "2026-01-05"},
    "judge": {"verdict": "past"},
    "withdraw": {"reason": "Een fout.", "intent": str(uuid4())},
    "new_card": {"kaart": "0"},
}
OF_EVERYONE = {"caseload", "find", "new", "voorstellen"}
COFFEE = Plan("Koffie", "Rita", "elke week", "thuis", answers=dict.fromkeys(SLUGS, "ja"))


@pytest.fixture
def regel(cast):
    return sign(cast.samira_praat, cast.lieve)


@pytest.fixture
def addresses(cast, regel):
    """Every address of the desk, for the dossier of Samira."""
    pk = cast.samira.pk
    waits, accepted = (_propose(cast) for _ in range(2))
    by_agreement = voorstellen.accept(
        accepted.pk, Named("Rita Zonnedauw"), kenmerken=SLUGS, by=cast.nele, now=cast.now
    )
    own = {
        "dossier": [pk],
        "judge": [pk, cast.samira_praat.pk],
        "check": [pk],
        "withdraw": [pk, regel.pk],
        "activation": [pk],
        "card": [pk],
        "new_card": [pk],
        "bewijs_pdf": [pk],
        "voorstel": [waits.pk],
        "contactcode": [pk, by_agreement.pk],
        "zoekvraag": [pk],
        "zoekvraag_intrekken": [pk, uuid4()],
        "samen": [pk],
        "samen_ja": [pk, uuid4()],
        "samen_af": [pk, uuid4()],
    }
    names = {**{name: [] for name in OF_EVERYONE}, **own}
    return {name: reverse(f"begeleiding:{name}", args=args) for name, args in names.items()}


def _propose(cast):
    by = cast.samira.inburgeraar.user
    return voorstellen.propose(cast.samira, COFFEE, intent=uuid4(), by=by, now=cast.now)


def test_every_address_of_the_desk_is_in_these_tests(addresses):
    assert {pattern.name for pattern in urlpatterns} == set(addresses)


def test_visitors_sign_in_first_and_come_back(client, addresses):
    for address in addresses.values():
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.url.endswith(f"?next={address}")
        assert response["Cache-Control"] == "no-store"


def test_a_visitor_who_posts_comes_back_to_the_list(client, addresses):
    before = row_counts()
    for name, address in addresses.items():
        response = client.post(address, BODIES.get(name, {}))
        assert response.url.endswith("?next=/begeleiding/"), address
    assert row_counts() == before


@pytest.mark.parametrize("who", ["stranger", "lieve", "redacteur", "samira"])
def test_who_follows_nobody_gets_404_with_a_sentence_and_changes_nothing(
    client, cast, addresses, who
):
    person = getattr(cast, who)
    client.force_login(person.inburgeraar.user if isinstance(person, Traject) else person)
    _meets_a_wall(client, addresses, "Hier werken trajectbegeleiders")


def test_a_former_colleague_gets_404(client, cast, addresses):
    Rol.everyone.filter(user=cast.nele).update(valid_to=today() - timedelta(days=1))
    client.force_login(cast.nele)
    _meets_a_wall(client, addresses, "Hier werken trajectbegeleiders")


def test_a_colleague_of_another_team_gets_404_at_the_dossier(client, cast, addresses):
    client.force_login(cast.thomas)
    own = {name: address for name, address in addresses.items() if name not in OF_EVERYONE}
    _meets_a_wall(client, own, "Dit staat niet in je lijst")


def test_the_trajectbegeleider_of_the_dossier_meets_no_wall(client, cast, addresses):
    """The control of the tests above."""
    client.force_login(cast.nele)
    for name, address in addresses.items():
        assert client.get(address).status_code in {200, 302}, name
        assert client.post(address, BODIES.get(name, {})).status_code != 404, name


def test_a_dossier_that_does_not_exist_looks_like_a_colleagues(client, cast):
    client.force_login(cast.thomas)
    nobodys = client.get(reverse("begeleiding:dossier", args=[uuid4()]))
    colleagues = client.get(reverse("begeleiding:dossier", args=[cast.samira.pk]))
    assert nobodys.status_code == colleagues.status_code == 404
    assert _without_token(nobodys) == _without_token(colleagues)


def test_the_coordinator_reads_the_team_and_not_the_other_team(client, cast):
    client.force_login(cast.coordinator)
    assert client.get(reverse("begeleiding:dossier", args=[cast.samira.pk])).status_code == 200
    assert client.get(reverse("begeleiding:dossier", args=[cast.yordanka.pk])).status_code == 404
    assert "Samira" in client.get("/begeleiding/").content.decode()
    assert "Yordanka" not in client.get("/begeleiding/").content.decode()


def test_nobody_meets_their_own_traject_at_the_desk(client, cast):
    own = make_traject(cast, "Nele Wolfsmelk", by=cast.nele, user=cast.nele)
    client.force_login(cast.nele)
    assert client.get(reverse("begeleiding:dossier", args=[own.pk])).status_code == 404
    assert client.post(reverse("begeleiding:check", args=[own.pk])).status_code == 404
    assert str(own.pk) not in client.get("/begeleiding/").content.decode()


def test_the_coordinator_does_not_meet_their_own_traject_either(client, cast):
    make_rol(cast.coordinator, "trajectbegeleider", agentschap=cast.agentschap)
    own = make_traject(cast, "Inge Waterloop", by=cast.nele, user=cast.coordinator)
    client.force_login(cast.coordinator)
    assert client.get(reverse("begeleiding:dossier", args=[own.pk])).status_code == 404


def test_opening_any_page_changes_no_row(client, cast, addresses):
    client.force_login(cast.nele)
    before = row_counts()
    with acting_as(TEST):
        judged = list(Deelname.objects.values_list("judgement"))
    for address in addresses.values():
        client.get(address)
        client.head(address)
    assert row_counts() == before
    with acting_as(TEST):
        assert list(Deelname.objects.values_list("judgement")) == judged


def test_no_page_of_the_desk_is_kept_in_a_cache(client, cast, addresses):
    client.force_login(cast.nele)
    for address in addresses.values():
        assert client.get(address)["Cache-Control"] == "no-store", address


def test_the_desk_speaks_dutch_whatever_the_browser_asks(client, cast):
    client.force_login(cast.nele)
    response = client.get("/begeleiding/", headers={"accept-language": "ar"})
    assert '<html lang="nl" dir="ltr"' in response.content.decode()
    assert response["Content-Language"] == "nl"


def test_every_page_has_one_heading(client, cast, addresses):
    client.force_login(cast.nele)
    for name in set(addresses) - {"bewijs_pdf", "find", "card"}:
        html = client.get(addresses[name], follow=True).content.decode()
        assert html.count("<h1") == 1, name


def _meets_a_wall(client, addresses, sentence):
    before = row_counts()
    for name, address in addresses.items():
        for response in [
            client.get(address, follow=True),
            client.post(address, BODIES.get(name, {})),
        ]:
            assert response.status_code == 404, address
            assert sentence in response.content.decode()
            assert "Samira" not in response.content.decode()
    assert row_counts() == before


def _without_token(response):
    lines = response.content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]
