"""Drafts that wait for a moderator."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0009_still_true")]

    operations: list = []
