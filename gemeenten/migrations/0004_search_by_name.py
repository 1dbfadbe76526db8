"""Names of places are compared without accents, and by trigram when mistyped."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0003_username_in_forms")]

    operations = [UnaccentExtension(), TrigramExtension()]
