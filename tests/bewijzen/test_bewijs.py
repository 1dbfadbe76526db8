"""What the bewijs of a traject says, what is attached to it, and whether an earlier one holds."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import rfc8785
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bewijzen import attachment, cards, ledger, signing, trajects
from bewijzen.bewijs import Standing, content_of, standing
from bewijzen.models import RegelTekst, Traject
from bewijzen.summary import NotGenuine, decode
from gemeenten.acting import acting_as
from tests.bewijzen.cast import TEST, at, sign


def forty_hours(cast, *, lines=10):
    """Samira's forty hours at the praattafel, checked by Nele; the Regels."""
    regels = [
        sign(cast.samira_praat, cast.lieve, days_ago=day, minutes=2400 // lines)
        for day in range(1, lines + 1)
    ]
    cast.samira = trajects.check_reached(cast.samira, by=cast.nele, now=cast.now)
    return regels


def withdraw(cast, regel):
    return ledger.withdraw(
        regel.pk, by=cast.lieve, reason="Verkeerde dag", intent=uuid4(), now=cast.now
    )


def summary_of(cast):
    return decode(content_of(cast.samira, now=cast.now).summary, signing.public_keys())


def in_state(traject, state):
    with acting_as(TEST):
        Traject.objects.filter(pk=traject.pk).update(state=state)


# -- What it says ------------------------------------------------------------------------------


def test_before_forty_hours_it_is_an_overview_with_the_code_of_the_card(cast):
    kaart = cards.new_card(cast.samira, by=cast.nele, now=cast.now)
    sign(cast.samira_praat, cast.lieve)
    content = content_of(cast.samira, now=cast.now)
    assert not content.is_final
    assert content.summary == ""
    assert content.card_url == cards.card_url(kaart)
    assert content.typed_code == cards.grouped(cards.typed_code(kaart))


def test_forty_hours_that_nobody_checked_yet_are_an_overview_still(cast):
    sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=1200)
    sign(cast.samira_praat, cast.lieve, days_ago=2, minutes=1200)
    assert not content_of(cast.samira, now=cast.now).is_final


@pytest.mark.parametrize("state", ["bereikt", "geregistreerd"])
def test_once_reached_it_is_the_bewijs_with_a_signed_summary_and_no_card(cast, state):
    cards.new_card(cast.samira, by=cast.nele, now=cast.now)
    forty_hours(cast)
    in_state(cast.samira, state)
    content = content_of(cast.samira, now=cast.now)
    assert content.is_final
    assert content.card_url == content.typed_code == ""
    assert decode(content.summary, signing.public_keys()).total_minutes == 2400


def test_the_lines_are_what_was_copied_when_they_were_signed(cast):
    van = at("19:00")
    sign(cast.samira_praat, cast.lieve, van=van, tot=van + timedelta(hours=2), grade="gescand")
    with acting_as(TEST):
        cast.samira_praat.title = "Een andere naam"
        cast.samira_praat.save()
    [line] = content_of(cast.samira, now=cast.now).lines
    assert (line.title, line.organisatie, line.gemeente) == (
        "Praattafel",
        "De Lange Tafel",
        "Herent",
    )
    assert (line.signer, line.grade, line.minutes) == ("Lieve Vanderstok", "gescand", 120)
    assert (line.van, line.tot) == (van, van + timedelta(hours=2))


def test_lines_stand_in_the_order_of_the_days_lived(cast):
    for days_ago in (2, 9, 5):
        sign(cast.samira_praat, cast.lieve, days_ago=days_ago)
    days = [line.day for line in content_of(cast.samira, now=cast.now).lines]
    assert days == sorted(days)


def test_a_withdrawn_line_is_not_shown_and_not_counted(cast):
    withdraw(cast, sign(cast.samira_praat, cast.lieve, days_ago=1, minutes=60))
    sign(cast.samira_praat, cast.lieve, days_ago=2, minutes=90)
    content = content_of(cast.samira, now=cast.now)
    assert [line.minutes for line in content.lines] == [90]
    assert content.total_minutes == 90


def test_without_a_line_it_is_an_empty_overview(cast):
    content = content_of(cast.samira, now=cast.now)
    assert (content.lines, content.total_minutes, content.is_final) == ((), 0, False)
    assert json.loads(content.data)["hoofd"] is None


def test_words_that_were_erased_leave_the_hours(cast):
    regel = sign(cast.samira_praat, cast.lieve)
    with acting_as(TEST):
        RegelTekst.objects.filter(pk=regel.pk).delete()
    [line] = content_of(cast.samira, now=cast.now).lines
    assert (line.title, line.minutes) == ("Gegevens gewist", 120)


def test_the_number_of_queries_does_not_grow_with_the_lines(cast):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            content_of(cast.samira, now=cast.now)
        return len(captured)

    sign(cast.samira_praat, cast.lieve, days_ago=1)
    few = queries()
    for days_ago in range(2, 22):
        sign(cast.samira_praat, cast.lieve, days_ago=days_ago)
    assert queries() == few <= 5


# -- What is attached --------------------------------------------------------------------------


def refusal(data):
    with pytest.raises(NotGenuine) as caught:
        attachment.read(data, signing.public_keys())
    return caught.value.code


def changed(data, change):
    """The same attachment after `change(content)`, again in canonical form."""
    content = json.loads(data)
    change(content)
    return rfc8785.dumps(content)


@pytest.fixture
def attached(cast):
    forty_hours(cast, lines=4)
    withdrawn = sign(cast.samira_praat, cast.lieve, days_ago=20)
    withdraw(cast, withdrawn)
    return content_of(cast.samira, now=cast.now).data


def test_the_attached_lines_agree_with_the_signed_summary(cast, attached):
    assert attachment.read(attached, signing.public_keys()) == summary_of(cast)


def test_it_can_be_checked_with_the_public_keys_alone(attached, settings):
    keys = signing.public_keys()
    settings.BEWIJS_SLEUTELS = {}
    assert attachment.read(attached, keys).total_minutes == 2400


def test_every_byte_changed_is_refused(attached):
    accepted = []
    for position, byte in enumerate(attached):
        for other in {byte ^ 1, byte ^ 32, ord(" ")} - {byte}:
            try:
                attachment.read(
                    attached[:position] + bytes([other]) + attached[position + 1 :],
                    signing.public_keys(),
                )
            except NotGenuine:
                continue
            accepted.append((position, bytes([byte]), bytes([other])))
    assert accepted == []


def _more_minutes(content):
    content["regels"][0]["minuten"] += 60


def _one_line_less(content):
    content["regels"].pop()


def _lines_in_another_order(content):
    content["regels"].reverse()


def _another_name(content):
    content["woorden"]["1"]["tekst"]["inburgeraar"] = "Iemand anders"


def _words_of_another_line(content):
    content["woorden"]["99"] = content["woorden"].pop("1")


def _another_head(content):
    content["hoofd"]["handtekening"] = "00" * 64


def _true_for_one(content):
    content["v"] = True


def _an_unknown_key(content):
    content["hoofd"]["sleutel"] = "t9"


def _nothing_at_all(content):
    content["regels"] = []


def _another_shape(content):
    content["regels"] = {"een": None}


@pytest.mark.parametrize(
    "change",
    [
        _more_minutes,
        _one_line_less,
        _lines_in_another_order,
        _another_name,
        _words_of_another_line,
        _another_head,
        _true_for_one,
        _an_unknown_key,
        _nothing_at_all,
        _another_shape,
    ],
)
def test_lines_that_were_changed_by_somebody_who_knows_the_form_are_refused(attached, change):
    assert refusal(changed(attached, change)) == "lines_differ"


def test_words_that_were_left_out_are_no_fault(attached):
    without = changed(attached, lambda content: content["woorden"].clear())
    assert attachment.read(without, signing.public_keys()).total_minutes == 2400


def test_the_words_of_a_withdrawn_line_and_its_reason_are_not_attached(attached):
    content = json.loads(attached)
    assert len(content["regels"]) == 6
    assert sorted(content["woorden"]) == ["1", "2", "3", "4"]
    assert "Verkeerde dag" not in attached.decode()


def test_an_overview_is_named_as_not_final(cast):
    sign(cast.samira_praat, cast.lieve)
    assert refusal(content_of(cast.samira, now=cast.now).data) == "not_final"


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b"[" * 100_000, b'{"v":1e999}', b"\xff"]
)
def test_other_data_is_malformed(data):
    assert refusal(data) == "malformed"


# -- Does an earlier one still hold? -----------------------------------------------------------


def test_a_bewijs_of_which_nothing_was_withdrawn_holds(cast):
    forty_hours(cast)
    assert standing(summary_of(cast)) == Standing("holds", 2400)


def test_hours_added_later_are_not_told(cast):
    forty_hours(cast)
    earlier = summary_of(cast)
    sign(cast.samira_praat, cast.lieve, days_ago=30)
    assert standing(earlier) == Standing("holds", 2400)


def test_after_a_withdrawal_it_says_what_counts_now(cast):
    regels = forty_hours(cast)
    earlier = summary_of(cast)
    withdraw(cast, regels[3])
    assert standing(earlier) == Standing("less", 2160)


def test_a_line_that_was_corrected_is_told_and_its_new_hours_are_not(cast):
    regels = forty_hours(cast)
    earlier = summary_of(cast)
    withdraw(cast, regels[3])
    sign(cast.samira_praat, cast.lieve, days_ago=40, minutes=300)
    assert standing(earlier) == Standing("corrected", 2400)


def test_a_later_line_that_was_withdrawn_changes_nothing_for_an_earlier_bewijs(cast):
    forty_hours(cast)
    earlier = summary_of(cast)
    withdraw(cast, sign(cast.samira_praat, cast.lieve, days_ago=30))
    assert standing(earlier) == Standing("holds", 2400)


@pytest.mark.parametrize(
    "other", [{"head": "ab" * 32}, {"number": 9}, {"number": 99}, {"traject": uuid4()}]
)
def test_a_head_that_is_not_in_the_grootboek_is_unknown(cast, other):
    forty_hours(cast)
    assert standing(replace(summary_of(cast), **other)) == Standing("unknown")
