"""A municipality that wants a moderator to read first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0007_mobile_numbers")]

    operations = [
        migrations.AddField(
            "gemeente",
            "moderated",
            models.BooleanField(default=False, verbose_name="een moderator leest na"),
        ),
    ]
