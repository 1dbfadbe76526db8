"""Own proposals and informal contact."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0005_wishes")]

    operations: list = []
