from django.db import migrations, models

import gemeenten.models.users


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0002_home_and_municipality_pages")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="username",
            field=models.CharField(
                default=gemeenten.models.users.new_username, max_length=36, unique=True
            ),
        ),
    ]
