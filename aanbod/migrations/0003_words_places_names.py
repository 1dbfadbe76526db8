"""Trigrams over title and themes together, places taken, and a contact person's name per gemeente."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0002_search_configuration"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlacesTaken",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="places_taken",
                        serialize=False,
                        to="aanbod.activiteitpage",
                    ),
                ),
                ("number", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="contactpersoon",
            name="name",
            field=models.CharField(blank=True, max_length=120, verbose_name="naam"),
        ),
        migrations.AddField(
            model_name="zoekregel",
            name="fuzzy",
            field=models.TextField(default=""),
        ),
        migrations.AddIndex(
            model_name="zoekregel",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["fuzzy"], name="zoekregel_by_typing", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.RunSQL(
            "DROP INDEX zoekregel_by_title",
            "CREATE INDEX zoekregel_by_title ON aanbod_zoekregel USING gin (title gin_trgm_ops)",
        ),
    ]
