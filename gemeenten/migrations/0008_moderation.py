"""A municipality that wants a moderator to read first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0007_mobile_numbers")]

    operations: list = []
