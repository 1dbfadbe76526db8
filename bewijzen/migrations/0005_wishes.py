"""What somebody chose in the planner, kept with the traject."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bewijzen", "0004_zoekvragen")]

    operations = [
        migrations.CreateModel(
            name="Wensen",
            fields=[
                (
                    "traject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wensen",
                        serialize=False,
                        to="bewijzen.traject",
                    ),
                ),
                ("plaats", models.CharField(max_length=100, verbose_name="waar")),
                ("straal", models.PositiveSmallIntegerField(verbose_name="hoogstens zo ver (km)")),
                (
                    "les",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "werk",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("clocks", models.JSONField(blank=True, default=dict)),
                (
                    "door",
                    models.BooleanField(default=False, verbose_name="ook les in schoolvakanties"),
                ),
                (
                    "soort",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("buddy", "Buddy"),
                                ("stage", "Stage"),
                                ("taalstage", "Taalstage"),
                                ("vrijwilligerswerk", "Vrijwilligerswerk"),
                                ("vereniging", "Vereniging"),
                                ("sport", "Sport"),
                                ("cultuur", "Cultuur"),
                                ("conversatie", "Nederlands praten"),
                                ("cursus", "Cursus"),
                                ("buurthuis", "Buurthuis"),
                                ("school", "Op school"),
                                ("andere", "Iets anders"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "thema",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "kinderopvang",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("opvang", "Er is kinderopvang"),
                                ("mee", "Kinderen mogen mee"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "taalniveau",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("geen", "Je hoeft geen Nederlands te kennen"),
                                ("a1", "Een beetje Nederlands (A1)"),
                                ("a2", "Eenvoudig Nederlands (A2)"),
                                ("b1", "Goed Nederlands (B1)"),
                            ],
                            max_length=4,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "kosten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "voor",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "vrouw",
                    models.BooleanField(default=False, verbose_name="toon ook wat voor vrouwen is"),
                ),
                ("klaar", models.DateField(blank=True, null=True, verbose_name="klaar op")),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "wensen",
                "verbose_name_plural": "wensen",
            },
        ),
    ]
