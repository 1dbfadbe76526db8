"""Short pages about the traject, edited in the CMS."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0008_moderation")]

    operations: list = []
