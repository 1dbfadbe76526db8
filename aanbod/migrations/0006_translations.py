"""The texts of an activity in another language, beside the Dutch."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0005_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Vertaling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "Engels"),
                            ("fr", "Frans"),
                            ("ar", "Arabisch"),
                            ("tr", "Turks"),
                            ("fa", "Dari en Perzisch"),
                            ("ps", "Pasjtoe"),
                            ("uk", "Oekraïens"),
                            ("ro", "Roemeens"),
                            ("bg", "Bulgaars"),
                            ("pl", "Pools"),
                            ("es", "Spaans"),
                            ("ti", "Tigrinya"),
                            ("so", "Somalisch"),
                        ],
                        max_length=2,
                        verbose_name="taal",
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="titel")),
                ("summary", models.CharField(max_length=300, verbose_name="in één zin")),
                ("description", models.TextField(verbose_name="wat doe je er")),
                (
                    "bring",
                    models.CharField(blank=True, max_length=300, verbose_name="wat breng je mee"),
                ),
                (
                    "cost_note",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="uitleg bij de prijs"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("mens", "door een mens"),
                            ("machine", "door een machine"),
                            ("achter", "achter op het Nederlands"),
                        ],
                        max_length=8,
                        verbose_name="staat",
                    ),
                ),
                ("by_machine", models.BooleanField(default=False)),
                ("source_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vertalingen",
                        to="aanbod.activiteitpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertaling",
                "verbose_name_plural": "vertalingen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="vertaling_once_per_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "achter"),
                            models.Q(("by_machine", False), ("state", "mens")),
                            models.Q(("by_machine", True), ("state", "machine")),
                            _connector="OR",
                        ),
                        name="vertaling_says_who_wrote_it",
                    ),
                ],
            },
        ),
    ]
