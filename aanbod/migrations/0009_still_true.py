"""When an organisation is asked whether an activity still holds."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0008_submissions")]

    operations: list = []
