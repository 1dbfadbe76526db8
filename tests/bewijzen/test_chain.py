"""Checking the grootboek finds every changed byte, every missing row and every wrong total, and
says where. Tampering is done with the triggers off, as by somebody who holds the database."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bewijzen import chain, ledger
from bewijzen.chain import check
from bewijzen.ledger import Block
from bewijzen.models import Bevestiging, Dagtotaal, Hoofd, Regel, RegelTekst
from gemeenten.acting import ActingPersonMissing, acting_as, acting_person
from tests.bewijzen.cast import make_deelname, make_traject
from tests.bewijzen.grootboek import DAY, confirm, evening, lines, sql, tampering, withdraw


@pytest.fixture
def cast(shared_cast):
    """Samira has four lines: two valid, one withdrawn, and its withdrawal. Yusuf has one."""
    confirm(
        shared_cast.samira_praat, shared_cast.lieve, grade="papier", entered_by=shared_cast.nele
    )
    withdrawn = confirm(shared_cast.samira_fiets, shared_cast.joris, evening("16:00", "17:00"))
    withdraw(withdrawn, shared_cast.nele, "Toch niet.")
    confirm(shared_cast.samira_fiets, shared_cast.joris, Block(DAY - timedelta(days=1), 45))
    confirm(make_deelname(shared_cast.yusuf, shared_cast.praattafel), shared_cast.lieve)
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # no ALTER TABLE while a key is still to be checked
    return shared_cast


def faults():
    return [(fault.traject, fault.number) for fault in check()]


def tamper(statement, *values):
    with tampering():
        assert sql(statement, *values) >= 1, "the tampering changed nothing"


def test_a_whole_grootboek_has_no_faults(cast):
    assert list(check()) == []


def test_an_empty_grootboek_has_no_faults(shared_cast):
    assert list(check()) == []


# -- Every column ----------------------------------------------------------------------------

OTHER_UUID = "gen_random_uuid()"
FLIPPED = {
    "number": "number + 1000",
    "kind": "CASE kind WHEN 'intrekking' THEN 'bevestiging' ELSE 'intrekking' END",
    "withdraws_id": "CASE WHEN withdraws_id IS NULL THEN (SELECT min(id) FROM bewijzen_regel) END",
    "deelname_id": OTHER_UUID,
    "day": "day - 1",
    "minutes": "minutes + 1",
    "van": "coalesce(van, received_at) - interval '1 minute'",
    "tot": "coalesce(tot, received_at) + interval '1 minute'",
    "grade": "'samen'",
    "signer_id": "(SELECT max(id) FROM gemeenten_user)",
    "entered_by_id": "CASE WHEN entered_by_id IS NULL THEN signer_id END",
    "intent": OTHER_UUID,
    "claimed_at": "claimed_at - interval '1 second'",
    "received_at": "received_at + interval '1 second'",
    "text_hash": "overlay(text_hash PLACING '!' FROM 64)",
    "prev_hash": "overlay(prev_hash PLACING '!' FROM 1)",
    "hash": "overlay(hash PLACING '!' FROM 32)",
}


def without_checks():
    """The constraints of the log would refuse some of it; a hex editor asks no constraint."""
    for name in ["only_an_intrekking_withdraws", "regel_has_both_clock_times_or_none"]:
        sql(f"ALTER TABLE bewijzen_regel DROP CONSTRAINT {name}")


@pytest.mark.parametrize("place", [1, 2, 3, 4])
@pytest.mark.parametrize("column", FLIPPED)
def test_a_changed_column_of_any_line_is_found_at_its_place(cast, column, place):
    without_checks()
    tamper(
        f"UPDATE bewijzen_regel SET {column} = {FLIPPED[column]}"
        " WHERE traject_id = %s AND number = %s",
        cast.samira.pk,
        place,
    )
    assert faults() == [(cast.samira.pk, place)]


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_changed_key_is_found_where_the_key_is_named(cast, place):
    tamper(
        "UPDATE bewijzen_regel SET id = id + 1000 WHERE traject_id = %s AND number = %s",
        cast.samira.pk,
        place,
    )
    *named, words = check()
    assert words.what.startswith("the line of the words")
    # The second line is named by its withdrawal; the withdrawal by nobody but its words.
    places = {1: [1], 2: [3], 3: [], 4: [4]}
    assert [fault.number for fault in named] == places[place]


def test_every_column_of_a_line_is_tried():
    columns = {field.attname for field in Regel._meta.fields}
    assert columns == FLIPPED.keys() | {"traject_id", "id"}


@pytest.mark.parametrize("column", ["van", "tot", "claimed_at", "received_at"])
@pytest.mark.parametrize("interval", ["1 microsecond", "1 millisecond", "100 years"])
def test_a_part_of_a_second_and_a_century_are_found(cast, column, interval):
    without_checks()
    tamper(
        f"UPDATE bewijzen_regel SET {column} = {column} + interval '{interval}'"
        " WHERE number = 1 AND traject_id = %s",
        cast.samira.pk,
    )
    assert faults() == [(cast.samira.pk, 1)]


@pytest.mark.parametrize("column", ["van", "tot"])
def test_clock_times_taken_away_are_found(cast, column):
    without_checks()
    tamper(f"UPDATE bewijzen_regel SET {column} = NULL WHERE number = 1 AND {column} IS NOT NULL")
    assert len(faults()) == 2


@pytest.mark.parametrize(("column", "value"), [("day", "infinity"), ("received_at", "-infinity")])
def test_a_value_that_python_cannot_hold_is_found_and_breaks_nothing(cast, column, value):
    tamper(f"UPDATE bewijzen_regel SET {column} = %s WHERE number = 2", value)
    assert faults() == [(cast.samira.pk, 2)]


@pytest.mark.parametrize("column", ["signer_id", "entered_by_id"])
def test_a_person_who_does_not_exist_is_found(cast, column):
    tamper(f"UPDATE bewijzen_regel SET {column} = 999999 WHERE number = 2")
    assert faults() == [(cast.samira.pk, 2)]


def test_every_byte_of_every_text_in_a_line_counts(cast):
    """Each byte of the four texts with a set form, one at a time, flipped in its lowest bit."""
    columns = {"text_hash": 64, "prev_hash": 64, "hash": 64, "grade": 8}
    for column, length in columns.items():
        for place in range(1, length + 1, 7):
            with transaction.atomic():
                tamper(
                    f"UPDATE bewijzen_regel SET {column} = overlay({column} PLACING"
                    f" chr(ascii(substr({column}, %s, 1)) # 1) FROM %s)"
                    " WHERE traject_id = %s AND number = 4",
                    place,
                    place,
                    cast.samira.pk,
                )
                assert faults() == [(cast.samira.pk, 4)], (column, place)
                transaction.set_rollback(True)


# -- The words -------------------------------------------------------------------------------

WORDS = ["title", "gemeente", "organisatie", "inburgeraar", "signer", "signer_role", "reason"]


@pytest.mark.parametrize("column", [*WORDS, "sheet_hash"])
def test_a_changed_word_is_found(cast, column):
    tamper(
        f"UPDATE bewijzen_regeltekst SET {column} = {column} || '.' WHERE regel_id = %s",
        lines(cast.samira)[2].pk,
    )
    assert faults() == [(cast.samira.pk, 3)]


@pytest.mark.parametrize(
    "salt",
    [
        "upper(salt)",
        "'zz'",
        "''",
        "overlay(salt PLACING ' ' FROM 5)",
        "overlay(salt PLACING '!' FROM 32)",
    ],
)
def test_a_changed_salt_is_found_and_breaks_nothing(cast, salt):
    tamper(
        f"UPDATE bewijzen_regeltekst SET salt = {salt} WHERE regel_id = %s",
        lines(cast.samira)[0].pk,
    )
    assert faults() == [(cast.samira.pk, 1)]


def test_words_under_another_line_are_found(cast):
    first, second, *_ = lines(cast.samira)
    RegelTekst._base_manager.filter(regel=first).delete()
    tamper("UPDATE bewijzen_regeltekst SET regel_id = %s WHERE regel_id = %s", first.pk, second.pk)
    assert faults() == [(cast.samira.pk, 1)]


def test_words_of_a_line_that_is_gone_are_found(cast):
    tamper(
        "UPDATE bewijzen_regeltekst SET regel_id = 999999 WHERE regel_id = (%s)",
        lines(cast.samira)[3].pk,
    )
    (fault,) = check()
    assert str(fault).endswith("the line of the words 999999 is gone")


# -- The heads -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "hash = overlay(hash PLACING '!' FROM 9)",
        "kid = 'k9'",
        "kid = upper(kid)",
        "signature = upper(signature)",
        "signature = overlay(signature PLACING '!' FROM 128)",
        "signature = repeat('0', 128)",
        "signature = ''",
        "number = number + 10",
    ],
)
def test_a_changed_head_is_found_at_its_line(cast, change):
    tamper(
        f"UPDATE bewijzen_hoofd SET {change} WHERE traject_id = %s AND number = 2", cast.samira.pk
    )
    assert faults() == [(cast.samira.pk, 2)]


def test_a_head_of_another_traject_is_found(cast):
    sql("DELETE FROM bewijzen_bevestiging")
    tamper(
        "UPDATE bewijzen_hoofd SET traject_id = %s WHERE traject_id = %s AND number = 4",
        cast.yusuf.pk,
        cast.samira.pk,
    )
    assert (cast.samira.pk, 4) in faults()


def test_heads_of_an_old_key_still_hold(cast, settings):
    settings.BEWIJS_SLEUTELS = {"t2": b"x" * 32, **settings.BEWIJS_SLEUTELS}
    confirm(cast.samira_praat, cast.lieve, evening("14:00", "15:00"))
    assert set(Hoofd._base_manager.values_list("kid", flat=True)) == {"t1", "t2"}
    assert list(check()) == []


def test_a_key_that_is_not_ours_any_more_is_found(cast, settings):
    settings.BEWIJS_SLEUTELS = {"t1": b"x" * 32}
    assert faults() == sorted([(cast.samira.pk, 1), (cast.yusuf.pk, 1)])


# -- Rows that are gone, or changed places ---------------------------------------------------


def test_a_last_line_that_is_gone_shows_in_its_head(cast):
    tamper("DELETE FROM bewijzen_regel WHERE traject_id = %s AND number = 4", cast.samira.pk)
    (fault, words) = check()
    assert (fault.number, fault.what) == (4, "the line of this head is gone")
    assert words.what.startswith("the line of the words")


def test_a_last_line_that_is_gone_with_its_head_shows_in_the_projection(cast):
    last = lines(cast.samira)[3]
    with tampering():
        sql("DELETE FROM bewijzen_regeltekst WHERE regel_id = %s", last.pk)
        sql("DELETE FROM bewijzen_hoofd WHERE traject_id = %s AND number = 4", cast.samira.pk)
        sql("DELETE FROM bewijzen_regel WHERE id = %s", last.pk)
    assert faults() == [(cast.samira.pk, 0)]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_line_that_is_gone_from_the_middle_is_found(cast, place):
    with tampering():
        sql(
            "DELETE FROM bewijzen_regeltekst USING bewijzen_regel WHERE regel_id = id"
            " AND traject_id = %s AND number = %s",
            cast.samira.pk,
            place,
        )
        sql(
            "DELETE FROM bewijzen_regel WHERE traject_id = %s AND number = %s",
            cast.samira.pk,
            place,
        )
    assert faults() == [(cast.samira.pk, place)]


def test_two_lines_that_changed_places_are_found(cast):
    with tampering():
        sql(
            "UPDATE bewijzen_regel SET number = 99 WHERE number = 1 AND traject_id = %s",
            cast.samira.pk,
        )
        sql(
            "UPDATE bewijzen_regel SET number = 1 WHERE number = 4 AND traject_id = %s",
            cast.samira.pk,
        )
        sql(
            "UPDATE bewijzen_regel SET number = 4 WHERE number = 99 AND traject_id = %s",
            cast.samira.pk,
        )
    assert faults() == [(cast.samira.pk, 1)]


def test_a_line_under_another_traject_is_found(cast):
    tamper(
        "UPDATE bewijzen_regel SET traject_id = %s WHERE traject_id = %s AND number = 4",
        cast.yordanka.pk,
        cast.samira.pk,
    )
    assert sorted(faults()) == sorted([(cast.samira.pk, 4), (cast.yordanka.pk, 1)])


def test_lines_of_a_traject_that_is_gone_are_found_and_hide_nothing(cast):
    with tampering():
        sql("DELETE FROM bewijzen_traject WHERE id = %s", cast.samira.pk)
        sql("UPDATE bewijzen_regel SET minutes = minutes + 1 WHERE traject_id = %s", cast.yusuf.pk)
    found = list(check())
    assert (cast.yusuf.pk, 1) in [(fault.traject, fault.number) for fault in found]
    assert {fault.what for fault in found if fault.traject == cast.samira.pk} == {
        "the traject is gone"
    }


def test_a_line_written_past_the_ledger_is_found(cast):
    sql(
        "INSERT INTO bewijzen_regel (traject_id, number, kind, deelname_id, day, minutes, grade,"
        " signer_id, intent, claimed_at, received_at, text_hash, prev_hash, hash)"
        " SELECT traject_id, 5, kind, deelname_id, day, 600, grade, signer_id, gen_random_uuid(),"
        " claimed_at, received_at, text_hash, hash, repeat('a', 64)"
        " FROM bewijzen_regel WHERE traject_id = %s AND number = 4",
        cast.samira.pk,
    )
    assert faults() == [(cast.samira.pk, 5)]


def test_a_withdrawal_of_a_line_elsewhere_is_found(cast):
    """Its number is hashed, its key is not: the first line of another chain has number 1 too."""
    tamper(
        "UPDATE bewijzen_regel SET withdraws_id = %s WHERE kind = 'intrekking'",
        lines(cast.yusuf)[0].pk,
    )
    assert faults() == [(cast.samira.pk, 3)]


# -- What is kept beside the log -------------------------------------------------------------

PROJECTED = {
    "traject_id": OTHER_UUID,
    "deelname_id": OTHER_UUID,
    "day": "day - 1",
    "minutes": "minutes - 1",
    "block": "NULL",
    "grade": "'samen'",
    "signer_id": "(SELECT max(id) FROM gemeenten_user)",
    "received_at": "received_at + interval '1 microsecond'",
    "regel_id": "(SELECT id FROM bewijzen_regel WHERE number = 2)",
}


@pytest.mark.parametrize("column", PROJECTED)
def test_a_changed_projection_is_found(cast, column):
    sql("ALTER TABLE bewijzen_bevestiging DROP CONSTRAINT block_belongs_to_the_day_it_starts")
    tamper(
        f"UPDATE bewijzen_bevestiging SET {column} = {PROJECTED[column]} WHERE regel_id = %s",
        lines(cast.samira)[0].pk,
    )
    assert faults()[0] == (cast.samira.pk, 1)


def test_every_column_of_the_projection_is_tried():
    assert {field.attname for field in Bevestiging._meta.fields} == PROJECTED.keys()


@pytest.mark.parametrize(
    "block",
    ["tstzrange(lower(block), upper(block), '[]')", "tstzrange(lower(block), upper(block), '()')"],
)
def test_the_bounds_of_a_projected_block_count(cast, block):
    tamper(f"UPDATE bewijzen_bevestiging SET block = {block} WHERE block IS NOT NULL")
    assert len(faults()) == 2


def test_a_projected_line_that_is_gone_is_found(cast):
    sql("DELETE FROM bewijzen_bevestiging WHERE regel_id = %s", lines(cast.samira)[3].pk)
    assert faults() == [(cast.samira.pk, 4)]


def test_a_withdrawn_line_that_counts_again_is_found(cast):
    sql(
        "INSERT INTO bewijzen_bevestiging (regel_id, traject_id, deelname_id, day, minutes, grade,"
        " signer_id, received_at) SELECT id, traject_id, deelname_id, day, minutes, grade,"
        " signer_id, received_at FROM bewijzen_regel WHERE traject_id = %s AND number = 2",
        cast.samira.pk,
    )
    assert faults() == [(cast.samira.pk, 0)]


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE bewijzen_dagtotaal SET minutes = minutes + 1 WHERE traject_id = %s", 1),
        ("UPDATE bewijzen_dagtotaal SET day = day - 100 WHERE traject_id = %s", 1),
        ("DELETE FROM bewijzen_dagtotaal WHERE traject_id = %s", 1),
        ("UPDATE bewijzen_traject SET total_minutes = total_minutes - 1 WHERE id = %s", 4),
        ("UPDATE bewijzen_traject SET total_minutes = 0 WHERE id = %s", 4),
    ],
)
def test_a_wrong_total_is_found(cast, statement, place):
    sql(statement, cast.samira.pk)
    assert faults() == [(cast.samira.pk, place)]


def test_a_total_without_any_line_is_found(cast):
    sql("UPDATE bewijzen_traject SET total_minutes = 2400 WHERE id = %s", cast.yordanka.pk)
    sql(
        "INSERT INTO bewijzen_dagtotaal (traject_id, day, minutes) VALUES (%s, '2026-01-01', 60)",
        cast.ahmad_n.pk,
    )
    assert sorted(faults()) == sorted([(cast.yordanka.pk, 0), (cast.ahmad_n.pk, 0)])


def test_an_empty_day_is_no_fault(cast):
    Dagtotaal._base_manager.filter(minutes=0).delete()
    assert list(check()) == []


# -- How it is asked -------------------------------------------------------------------------


def test_some_trajecten_can_be_checked_alone(cast):
    sql("UPDATE bewijzen_traject SET total_minutes = total_minutes + 1")
    assert [fault.traject for fault in check([cast.yusuf.pk])] == [cast.yusuf.pk]
    assert list(check([])) == []


def test_each_traject_has_at_most_one_fault(cast):
    sql("UPDATE bewijzen_traject SET total_minutes = total_minutes + 1")
    sql("DELETE FROM bewijzen_dagtotaal")
    sql("DELETE FROM bewijzen_bevestiging")
    found = [fault.traject for fault in check()]
    assert len(found) == len(set(found))
    assert {cast.samira.pk, cast.yusuf.pk} <= set(found)


def test_batches_miss_nobody(cast, monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 2)
    assert list(check()) == []
    sql("UPDATE bewijzen_traject SET total_minutes = total_minutes + 1")
    assert len(list(check())) == 5


def test_the_number_of_queries_does_not_grow_with_the_lines(cast):
    def queries():
        with CaptureQueriesContext(connection) as made:
            assert list(check()) == []
        return len(made)

    before = queries()
    for hour in range(8, 14):
        confirm(cast.samira_praat, cast.lieve, evening(f"{hour:02}:00", f"{hour:02}:30"))
    for name in ["Aisha", "Bilal", "Chen"]:
        traject = make_traject(cast, name)
        confirm(make_deelname(traject, cast.praattafel), cast.lieve)
    assert queries() == before


def test_whoever_asks_stays_who_they_are_between_the_faults(cast):
    sql("UPDATE bewijzen_traject SET total_minutes = total_minutes + 1")
    with acting_as(cast.stranger):
        for _ in check():
            assert acting_person() == cast.stranger
    for _ in check():
        with pytest.raises(ActingPersonMissing):
            acting_person()


def test_the_command_says_that_all_is_well(cast):
    out = StringIO()
    call_command("controleer_grootboek", stdout=out)
    assert "5 regels" in out.getvalue()


def test_the_command_exits_with_1_and_the_place(cast):
    tamper("UPDATE bewijzen_regel SET minutes = 121 WHERE number = 2")
    with pytest.raises(CommandError, match=f"{cast.samira.pk}, regel 2") as caught:
        call_command("controleer_grootboek")
    assert caught.value.returncode == 1


def test_what_was_mended_by_rebuilding_has_no_faults(cast):
    sql("DELETE FROM bewijzen_bevestiging")
    assert len(faults()) == 2
    for traject in [cast.samira, cast.yusuf]:
        ledger.rebuild(traject)
    assert list(check()) == []
