"""What the search table needs for counts, other languages and a map."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0011_counts")]

    operations: list = []
