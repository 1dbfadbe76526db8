"""A mobile number to reach somebody at, for who has no e-mail."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0006_translators")]

    operations: list = []
