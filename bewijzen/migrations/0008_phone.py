"""Favourites, reminders and a PIN on a shared phone."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0001_offer"),
        ("bewijzen", "0007_joining"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="inburgeraar",
            name="remind_me",
            field=models.BooleanField(default=False, verbose_name="herinner mij de avond vooraf"),
        ),
        migrations.CreateModel(
            name="Aanmelding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("phone_hash", models.CharField(max_length=64)),
                ("session_key", models.CharField(blank=True, max_length=40)),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "pictogram",
                    models.CharField(
                        choices=[
                            ("zon", "zon"),
                            ("maan", "maan"),
                            ("ster", "ster"),
                            ("hart", "hart"),
                            ("muziek", "muziek"),
                            ("fiets", "fiets"),
                            ("kopje", "kopje"),
                            ("boek", "boek"),
                        ],
                        default="zon",
                        max_length=10,
                    ),
                ),
                ("pin_hash", models.CharField(blank=True, max_length=128)),
                ("pin_wrong", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aanmeldingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "aanmelding",
                "verbose_name_plural": "aanmeldingen",
                "ordering": ["-seen_at", "pk"],
                "indexes": [
                    models.Index(fields=["session_key"], name="aanmelding_of_session"),
                    models.Index(fields=["user", "-seen_at"], name="aanmelding_of_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("phone_hash", "user"),
                        name="aanmelding_once_per_phone",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Favoriet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kept_at", models.DateTimeField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favorieten",
                        to="aanbod.activiteitpage",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favorieten",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "favoriet",
                "verbose_name_plural": "favorieten",
                "ordering": ["-kept_at", "-pk"],
                "constraints": [models.UniqueConstraint("user", "page", name="favoriet_once")],
            },
        ),
    ]
