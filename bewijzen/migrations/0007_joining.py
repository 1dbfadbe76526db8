"""The waiting list, and a first meeting that is agreed on."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0001_offer"),
        ("bewijzen", "0006_voorstellen"),
    ]

    operations = [
        migrations.AddField(
            model_name="deelname",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deelname",
            name="asked_times",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="deelname",
            name="questions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="deelname",
            name="queued_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deelname",
            name="offered_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deelname",
            name="first_sessie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="aanbod.sessie",
            ),
        ),
        migrations.AddField(
            model_name="deelname",
            name="first_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="deelname",
            name="first_place",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="deelname",
            name="first_note",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddIndex(
            model_name="deelname",
            index=models.Index(
                condition=Q(state="wachtlijst"),
                fields=["page", "queued_at"],
                name="deelname_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="deelname",
            index=models.Index(
                condition=Q(state="gevraagd"), fields=["asked_at"], name="deelname_unanswered"
            ),
        ),
        migrations.AddConstraint(
            model_name="deelname",
            constraint=models.CheckConstraint(
                condition=Q(offered_until__isnull=True) | Q(state="wachtlijst"),
                name="place_kept_for_who_waits",
            ),
        ),
    ]
