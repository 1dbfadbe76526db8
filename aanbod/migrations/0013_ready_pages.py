"""Activity pages that are ready in every language, short recordings, and contact persons who let
their number or address stand on the page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LANGUAGES = [
    ("nl", "Nederlands"),
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
]


def _id():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _to(model, related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0012_finding"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "contactpersoon",
            "is_public",
            models.BooleanField(default=False, verbose_name="mag op de pagina"),
        ),
        migrations.CreateModel(
            name="KlarePagina",
            fields=[
                ("id", _id()),
                ("language", models.CharField(max_length=5)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("body", models.TextField()),
                ("times", models.JSONField(default=list)),
                ("valid_until", models.DateTimeField(null=True)),
                ("landing", _to("gemeenten.gemeentepage", "+")),
                ("page", _to("aanbod.activiteitpage", "klare_paginas")),
            ],
            options={
                "verbose_name": "klare pagina",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="klare_pagina_once_per_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Opname",
            fields=[
                ("id", _id()),
                (
                    "language",
                    models.CharField(choices=LANGUAGES, max_length=2, verbose_name="taal"),
                ),
                ("file", models.FileField(upload_to="opnames", verbose_name="opname")),
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
                ("page", _to("aanbod.activiteitpage", "opnames")),
            ],
            options={
                "verbose_name": "opname",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"), name="opname_once_per_language"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), _negated=True), name="opname_has_a_file"
                    ),
                ],
            },
        ),
    ]
