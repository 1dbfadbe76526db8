"""Favourites, reminders and a PIN on a shared phone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0007_joining")]

    operations: list = []
