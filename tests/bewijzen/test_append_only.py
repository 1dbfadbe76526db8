"""The log only grows: the database refuses what the code never does. Words may be erased."""

import pytest
from django.db import IntegrityError, transaction

from bewijzen.chain import check
from bewijzen.models import Hoofd, Regel, RegelTekst
from tests.bewijzen.grootboek import confirm, evening, fresh, lines, sql, tampering, withdraw

LOG = ["bewijzen_regel", "bewijzen_hoofd"]
CHANGES = {
    "UPDATE": "UPDATE {} SET hash = repeat('0', 64)",
    "UPDATE of nothing new": "UPDATE {} SET hash = hash",
    "DELETE": "DELETE FROM {}",
    "TRUNCATE": "TRUNCATE {} CASCADE",
}


@pytest.fixture
def cast(shared_cast):
    receipt = confirm(shared_cast.samira_praat, shared_cast.lieve)
    withdraw(receipt, shared_cast.lieve)
    confirm(shared_cast.samira_praat, shared_cast.lieve, evening("16:00", "17:00"))
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # no TRUNCATE while a foreign key is still to be checked
    return shared_cast


def refuses(change):
    with pytest.raises(IntegrityError, match="the grootboek only grows"), transaction.atomic():
        change()


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_the_log(cast, table, change):
    refuses(lambda: sql(CHANGES[change].format(table)))
    assert list(check()) == []


def test_truncating_what_the_log_hangs_on_is_refused_as_well(cast):
    refuses(lambda: sql("TRUNCATE bewijzen_traject CASCADE"))
    refuses(lambda: sql("TRUNCATE gemeenten_user CASCADE"))


@pytest.mark.parametrize("model", [Regel, Hoofd])
def test_the_orm_cannot_change_the_log_either(cast, model):
    rows = model._base_manager.filter(traject=cast.samira)
    row = rows.order_by("number").last()
    refuses(lambda: rows.update(hash="0" * 64))
    refuses(lambda: row.save())
    refuses(lambda: rows._raw_delete("default"))
    refuses(lambda: model._base_manager.bulk_update([row], ["hash"]))
    if model is Hoofd:
        refuses(lambda: row.delete())
    assert len(rows) == 3


def test_the_words_are_not_changed(cast):
    refuses(lambda: sql("UPDATE bewijzen_regeltekst SET reason = 'Anders.'"))
    refuses(lambda: RegelTekst._base_manager.update(signer="Iemand anders"))
    refuses(lambda: sql("TRUNCATE bewijzen_regeltekst"))


def test_words_are_erased_and_the_chain_stays_whole(cast):
    assert RegelTekst._base_manager.filter(regel__traject=cast.samira).delete()[0] == 3
    assert list(check()) == []
    assert len(lines(cast.samira)) == 3


def test_whoever_signed_cannot_be_deleted(cast):
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        sql("DELETE FROM gemeenten_user WHERE id = %s", cast.lieve.pk)


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("change", ["UPDATE", "DELETE"])
def test_the_control_without_the_trigger_the_change_goes_through(cast, table, change):
    with tampering():
        assert sql(CHANGES[change].format(table)) == 3
    assert list(check())


def test_the_control_without_the_trigger_truncate_goes_through(cast):
    sql("DROP TRIGGER bewijzen_hoofd_truncate ON bewijzen_hoofd")
    sql("TRUNCATE bewijzen_hoofd")
    assert not Hoofd._base_manager.exists()


def test_the_projection_may_change_because_it_can_be_made_again(cast):
    assert sql("DELETE FROM bewijzen_bevestiging") == 1
    assert fresh(cast.samira).total_minutes == 60
