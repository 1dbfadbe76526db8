"""Referral questions, and a first time together."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0003_bounds_of_what_is_valid")]

    operations: list = []
