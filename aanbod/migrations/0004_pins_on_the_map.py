from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0003_words_places_names")]

    operations: list = []
