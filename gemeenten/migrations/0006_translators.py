from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0005_names_of_fixed_pages")]

    operations: list = []
