"""Counts of visits and of searches, without persons."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0010_waiting_for_moderation")]

    operations: list = []
