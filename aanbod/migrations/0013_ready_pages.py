"""Activity pages that are ready in every language, and short recordings."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0012_finding")]

    operations: list = []
