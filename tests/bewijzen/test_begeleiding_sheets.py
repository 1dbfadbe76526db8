"""Two sheets that are handed over: how to come in, and the card to be signed with."""

import re

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from aanbod import invallers
from aanbod.invallers import NewInvaller
from bewijzen import cards, dossier
from bewijzen.models import Stap
from bewijzen.refusals import Refusal
from gemeenten import codes
from gemeenten.acting import acting_as
from gemeenten.models import User
from tests.bewijzen.cast import TEST, make_traject, row_counts, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.nele)
    return client


def address(name, traject):
    return reverse(f"begeleiding:{name}", args=[traject.pk])


def activation_sheet(desk, traject):
    return desk.post(address("activation", traject)).content.decode()


def code_on(html):
    return re.search(r'<p class="code">([\d-]+)</p>', html).group(1)


def read_qr(html):
    """What a phone reads from the QR on the page, drawn from its SVG."""
    size = int(re.search(r'viewBox="0 0 (\d+) \d+" role="img"', html).group(1))
    image = Image.new("L", (size * 8, size * 8), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h", html):
        box = [int(x) * 8, int(y) * 8, (int(x) + int(width)) * 8 - 1, int(y) * 8 + 7]
        draw.rectangle(box, fill=0)
    return zxingcpp.read_barcodes(image)[0].text


def test_the_activation_sheet_shows_a_code_that_opens_the_door(desk, cast):
    code = code_on(activation_sheet(desk, cast.samira))
    assert codes.redeem(code, now=timezone.now()) == cast.samira.inburgeraar.user


def test_opening_the_page_makes_no_code(desk, cast):
    before = row_counts()
    html = desk.get(address("activation", cast.samira)).content.decode()
    assert row_counts() == before
    assert 'class="code"' not in html


def test_a_new_sheet_kills_the_code_of_the_old_one(desk, cast):
    old = code_on(activation_sheet(desk, cast.samira))
    new = code_on(activation_sheet(desk, cast.samira))
    assert codes.redeem(old, now=timezone.now()) is None
    assert codes.redeem(new, now=timezone.now()) is not None


def test_the_code_stands_in_no_address(desk, cast):
    html = activation_sheet(desk, cast.ahmad_s)
    assert read_qr(html) == "http://localhost:8000/ar/activeer/"
    code = code_on(html)
    assert all(code not in found for found in re.findall(r'(?:href|src|action)="([^"]*)"', html))


def test_the_sheet_speaks_dutch_and_the_language_of_the_person(desk, cast):
    html = activation_sheet(desk, cast.ahmad_s)
    assert '<section lang="nl" dir="ltr">' in html
    assert '<section lang="ar" dir="rtl">' in html


def test_for_who_reads_dutch_the_sheet_is_printed_in_dutch_once(desk, cast):
    User.objects.filter(inburgeraar__trajecten=cast.yusuf).update(language="nl")
    html = activation_sheet(desk, cast.yusuf)
    assert html.count("<section lang=") == 1
    assert read_qr(html) == "http://localhost:8000/nl/activeer/"


def test_the_two_secrets_never_share_a_sheet(desk, cast):
    desk.post(address("new_card", cast.samira), {"kaart": "0"})
    kaart = cards.living_card(cast.samira)
    activation = activation_sheet(desk, cast.samira)
    card = desk.get(address("card", cast.samira)).content.decode()
    assert cards.token(kaart) not in activation
    assert cards.typed_code(kaart) not in activation
    assert 'class="code"' not in card
    assert "activeer" not in card


def test_handing_out_is_a_step_in_the_dossier(desk, cast):
    activation_sheet(desk, cast.samira)
    with acting_as(TEST):
        step = Stap.objects.get(traject=cast.samira, what="activeringscode")
    assert step.actor == cast.nele


def test_the_card_holds_the_qr_the_typed_code_and_the_name(desk, cast):
    desk.post(address("new_card", cast.samira), {"kaart": "0"})
    kaart = cards.living_card(cast.samira)
    html = desk.get(address("card", cast.samira)).content.decode()
    assert read_qr(html) == cards.card_url(kaart)
    assert cards.grouped(cards.typed_code(kaart)) in html
    assert "Samira Al-Masri" in html
    assert "Geef deze kaart af bij de gemeente" in html


def test_the_card_can_be_printed_again_and_is_the_same(desk, cast):
    desk.post(address("new_card", cast.samira), {"kaart": "0"})
    before = row_counts()
    one, other = [read_qr(desk.get(address("card", cast.samira)).content.decode()) for _ in "12"]
    assert one == other
    assert row_counts() == before


def test_a_lost_card_asks_first_and_then_the_old_one_is_dead(desk, cast):
    desk.post(address("new_card", cast.samira), {"kaart": "0"})
    old = cards.token(cards.living_card(cast.samira))
    asked = desk.get(address("new_card", cast.samira)).content.decode()
    assert "De oude kaart werkt vanaf dat moment niet meer" in asked
    assert cards.find(old) is not None
    generation = re.search(r'name="kaart" value="(\d+)"', asked).group(1)
    response = desk.post(address("new_card", cast.samira), {"kaart": generation})
    assert response.url == address("card", cast.samira)
    assert cards.find(old) is None
    assert cards.living_card(cast.samira).generation == 2


def test_a_double_tap_makes_one_new_card(desk, cast):
    for _ in range(2):
        desk.post(address("new_card", cast.samira), {"kaart": "0"})
    assert cards.living_card(cast.samira).generation == 1
    for _ in range(2):
        desk.post(address("new_card", cast.samira), {"kaart": "1"})
    assert cards.living_card(cast.samira).generation == 2


@pytest.mark.parametrize("kaart", ["", "x", "\x00", "²", "9" * 5000])
def test_garbage_as_card_changes_nothing(desk, cast, kaart):
    before = row_counts()
    assert desk.post(address("new_card", cast.samira), {"kaart": kaart}).status_code == 302
    assert row_counts() == before


def test_the_rules_hand_nothing_over_to_oneself_or_for_a_colleague(cast):
    own = make_traject(cast, "Nele Wolfsmelk", by=cast.nele, user=cast.nele)
    before = row_counts()
    for traject in [own, cast.yordanka]:
        with pytest.raises(Refusal):
            dossier.hand_out_activation(traject, by=cast.nele, now=timezone.now())
        with pytest.raises(Refusal):
            dossier.replace_card(traject, 0, by=cast.nele, now=timezone.now())
    assert row_counts() == before


def test_no_code_on_paper_opens_the_day_that_somebody_stands_in(cast):
    mobile = "+32470000000"
    User.objects.filter(pk=cast.samira.inburgeraar.user_id).update(email=None, mobile=mobile)
    new = NewInvaller("Samira", today(), mobile=mobile)
    invallers.name(cast.leuven, cast.lange_tafel, new, by=cast.saar, now=cast.now)
    with pytest.raises(Refusal) as refusal:
        dossier.hand_out_activation(cast.samira, by=cast.nele, now=timezone.now())
    assert refusal.value.code == "other_work"


def test_the_bewijs_comes_as_pdf(desk, cast):
    response = desk.get(address("bewijs_pdf", cast.samira))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert "Samira" not in response["Content-Disposition"]
