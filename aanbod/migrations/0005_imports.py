import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0004_pins_on_the_map"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Herkomst",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="herkomst",
                        serialize=False,
                        to="aanbod.activiteitpage",
                    ),
                ),
                ("source", models.CharField(max_length=60, verbose_name="bron")),
                ("external_id", models.CharField(max_length=255, verbose_name="id in de bron")),
                ("content_hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "herkomst",
                "indexes": [
                    models.Index(fields=["source", "external_id"], name="herkomst_by_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=120, verbose_name="bestand")),
                ("source", models.CharField(max_length=60, verbose_name="bron")),
                ("rows", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("voorbeeld", "nagekeken"),
                            ("wacht", "wacht"),
                            ("bezig", "bezig"),
                            ("klaar", "ingevoerd"),
                            ("mislukt", "niet ingevoerd"),
                        ],
                        default="voorbeeld",
                        max_length=10,
                    ),
                ),
                ("progress", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoer",
                "ordering": ["-made_at"],
            },
        ),
    ]
