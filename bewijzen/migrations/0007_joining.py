"""The waiting list, and a first meeting that is agreed on."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0006_voorstellen")]

    operations: list = []
