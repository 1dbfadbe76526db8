"""A mobile number to reach somebody at, for who has no e-mail; and whose contact person was told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0006_translators")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="mobile",
            field=models.CharField(
                blank=True, max_length=16, null=True, unique=True, verbose_name="gsm-nummer"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mobile__isnull", True),
                    ("mobile__regex", "^\\+[1-9][0-9]{6,14}$"),
                    _connector="OR",
                ),
                name="user_mobile_is_e164",
            ),
        ),
        migrations.AddField(
            model_name="bericht",
            name="contact_gemeente",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="gemeenten.gemeente",
            ),
        ),
    ]
