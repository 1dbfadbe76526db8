"""Counts of visits and of searches, without persons."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0010_waiting_for_moderation"),
        ("gemeenten", "0001_people_and_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bezoek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "gemeente",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="aanbod.activiteitpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "bezoek",
                "verbose_name_plural": "bezoeken",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gemeente", "day", "page"),
                        name="bezoek_once_a_day",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zoekopdracht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                (
                    "soort",
                    models.CharField(
                        blank=True,
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
                            ("meer", "meer"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ochtend", "Ochtend"),
                            ("namiddag", "Namiddag"),
                            ("avond", "Avond"),
                            ("weekend", "Weekend"),
                            ("schoolvakantie", "Schoolvakantie"),
                            ("meer", "meer"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "kinderopvang",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opvang", "Er is kinderopvang"),
                            ("mee", "Kinderen mogen mee"),
                            ("meer", "meer"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "taalniveau",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geen", "Je hoeft geen Nederlands te kennen"),
                            ("a1", "Een beetje Nederlands (A1)"),
                            ("a2", "Eenvoudig Nederlands (A2)"),
                            ("b1", "Goed Nederlands (B1)"),
                        ],
                        max_length=4,
                    ),
                ),
                ("kosten", models.CharField(blank=True, max_length=6)),
                ("empty", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                (
                    "deelgemeente",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.deelgemeente",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "zoekopdracht",
                "verbose_name_plural": "zoekopdrachten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "gemeente",
                            "day",
                            "deelgemeente",
                            "soort",
                            "moment",
                            "kinderopvang",
                            "taalniveau",
                            "kosten",
                            "empty",
                        ),
                        name="zoekopdracht_once_a_day",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Zoekwoord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("word", models.CharField(blank=True, max_length=40)),
                ("empty", models.BooleanField()),
                ("number", models.PositiveIntegerField()),
                (
                    "gemeente",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "zoekwoord",
                "verbose_name_plural": "zoekwoorden",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gemeente", "day", "word", "empty"), name="zoekwoord_once_a_day"
                    )
                ],
            },
        ),
    ]
