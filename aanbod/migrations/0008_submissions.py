"""What an organisation sends in through its link."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0007_people_for_a_day")]

    operations: list = []
