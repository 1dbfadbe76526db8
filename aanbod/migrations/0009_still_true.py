"""When an organisation is asked whether an activity still holds; who does not answer comes last."""

import django.db.models.deletion
from django.db import migrations, models

PLACE = "CREATE INDEX zoekregel_by_place ON aanbod_zoekregel USING gist (ll_to_earth(lat, lon))"
# With `lowered` in it, one index gives the nearest first of those that come before the others.
PLACE_AND_LOWERED = PLACE[:-1] + ", lowered)"
DROP_PLACE = "DROP INDEX zoekregel_by_place"


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0008_submissions"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        # Stays when this is taken back: bewijzen leans on it too.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Navraag",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="navraag",
                        serialize=False,
                        to="aanbod.activiteitpage",
                    ),
                ),
                ("ask_on", models.DateField(verbose_name="navragen vanaf")),
                ("chosen", models.BooleanField(default=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("rust", "nog niet gevraagd"),
                            ("gevraagd", "gevraagd"),
                            ("herinnerd", "herinnerd"),
                            ("lager", "lager in de resultaten"),
                            ("offline", "offline"),
                        ],
                        default="rust",
                        max_length=10,
                    ),
                ),
                ("step_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("reached", models.BooleanField(default=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("ja", "het klopt nog"), ("anders", "er verandert iets")],
                        max_length=8,
                    ),
                ),
                (
                    "answered_via",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("link", "de organisatie, met haar link"),
                            ("contact", "een contactpersoon"),
                            ("redactie", "een redacteur, na een telefoontje"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={"verbose_name": "navraag"},
        ),
        migrations.AddIndex(
            model_name="navraag",
            index=models.Index(fields=["step", "ask_on"], name="navraag_by_step"),
        ),
        migrations.AddField(
            model_name="zoekregel",
            name="lowered",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RemoveIndex(model_name="zoekregel", name="zoekregel_by_next"),
        migrations.AddIndex(
            model_name="zoekregel",
            index=models.Index(fields=["lowered", "next_at"], name="zoekregel_by_next"),
        ),
        migrations.RunSQL(f"{DROP_PLACE}; {PLACE_AND_LOWERED}", f"{DROP_PLACE}; {PLACE}"),
    ]
