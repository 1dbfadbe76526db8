"""A mobile number is typed in many ways and kept in one."""

import pytest
from django.db import IntegrityError, transaction

from gemeenten import mobile
from gemeenten.models import User


@pytest.mark.parametrize(
    "typed",
    ["0470 00 00 00", "0470/00.00.00", "+32 470 00 00 00", "0032470000000", "٠٤٧٠ ٠٠ ٠٠ ٠٠"],
)
def test_every_way_of_typing_is_the_same_number(typed):
    assert mobile.normalised(typed) == "+32470000000"


def test_a_number_of_another_country_keeps_its_country():
    assert mobile.normalised("+1 202 555 0123") == "+12025550123"


@pytest.mark.parametrize(
    "typed", ["", "abc", "016 00 00 00", "112", "0470 00 00", "\x00", "9" * 60, "0470000000 x3"]
)
def test_what_is_no_mobile_number_is_refused(typed):
    with pytest.raises(mobile.NotMobile):
        mobile.normalised(typed)


def test_it_is_read_in_groups():
    assert mobile.readable("+32470000000") == "+32 470 00 00 00"


def test_the_database_keeps_no_other_form(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(name="Nora", mobile="0470 00 00 00")


def test_a_number_is_of_one_account(db):
    User.objects.create(name="Nora", mobile="+32470000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(name="Sara", mobile="+32470000000")
