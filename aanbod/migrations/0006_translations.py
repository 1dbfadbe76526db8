from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0005_imports")]

    operations: list = []
