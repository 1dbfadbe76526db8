"""Deputies, and stand-ins for a day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0006_translations")]

    operations: list = []
