"""Drafts that wait for a moderator."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WAITS = models.Q(("state", "wacht"))


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0009_still_true"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Nalezing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wacht", "wacht op nalezen"),
                            ("online", "nagelezen en gepubliceerd"),
                            ("terug", "teruggestuurd"),
                        ],
                        default="wacht",
                        max_length=6,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
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
                        related_name="nalezingen",
                        to="aanbod.activiteitpage",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "nalezing",
                "verbose_name_plural": "nalezingen",
                "ordering": ["handed_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            "nalezing",
            models.UniqueConstraint(
                condition=WAITS, fields=("page",), name="nalezing_waits_once_per_page"
            ),
        ),
        migrations.AddConstraint(
            "nalezing",
            models.CheckConstraint(
                condition=models.Q(
                    ("state", "wacht"), ("decided_at__isnull", False), _connector="OR"
                ),
                name="nalezing_decided_has_its_time",
            ),
        ),
    ]
