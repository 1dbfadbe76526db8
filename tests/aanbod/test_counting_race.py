"""Several processes write the same counts at the same time."""

from collections import Counter
from datetime import date
from random import Random
from threading import Thread

import pytest
from django.db import connection, transaction

from aanbod import counting
from aanbod.counting import Asked, Opened
from aanbod.models import Bezoek, Zoekopdracht
from gemeenten.acting import System, acting_as
from gemeenten.models import Gemeente
from tests.aanbod.cast import make_cast

DAY = date(2026, 11, 2)
WRITERS, TIMES = 6, 15


@pytest.fixture
def keys(committed_db):
    make_cast()
    kinds = ["sport", "cultuur", ""]
    return [
        *[Opened(DAY, slug, "") for slug in ("herent", "leuven")],
        *[
            Asked(DAY, pk, "", soort, "", "", "", "", False)
            for pk in Gemeente.objects.values_list("pk", flat=True)
            for soort in kinds
        ],
    ]


def write_together(keys):
    """Each writer gives its batches in another order."""

    def work(seed):
        order = Random(seed)
        for _ in range(TIMES):
            counting.store(Counter(dict.fromkeys(order.sample(keys, len(keys)), 1)))
        connection.close()

    threads = [Thread(target=work, args=[seed]) for seed in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with acting_as(System("test")):
        return [
            *Bezoek.objects.values_list("number", flat=True),
            *Zoekopdracht.objects.values_list("number", flat=True),
        ]


def test_batches_of_several_processes_add_up(keys, caplog):
    assert write_together(keys) == [WRITERS * TIMES] * len(keys)
    assert "were lost" not in caplog.text


def test_control_reading_and_then_writing_loses_counts(keys, monkeypatch):
    def read_then_write(batch):
        with acting_as(System("test")):
            for key in sorted(batch):
                gemeente = Gemeente.objects.get(slug=key.gemeente)
                there = Bezoek.objects.filter(gemeente=gemeente, page=None, day=DAY)
                number = there.values_list("number", flat=True).first()
                there.update(number=number + 1)

    counting.store(Counter(keys[:2]))
    monkeypatch.setattr(counting, "store", read_then_write)

    assert sum(write_together(keys[:2])) < 2 * (WRITERS * TIMES + 1)


def test_control_a_batch_that_is_tried_again_counts_double(keys):
    """Why a batch is never tried twice: nobody knows whether a lost answer was a commit."""
    for _ in range(2):
        with transaction.atomic():
            counting.store(Counter(keys[:1]))

    with acting_as(System("test")):
        assert Bezoek.objects.get().number == 2
