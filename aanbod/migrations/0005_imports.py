from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0004_pins_on_the_map")]

    operations: list = []
