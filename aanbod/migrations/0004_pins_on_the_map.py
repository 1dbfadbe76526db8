"""A pause, why a date changed, where the pin stands, and what the geocoder said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aanbod", "0003_words_places_names")]

    operations = [
        migrations.CreateModel(
            name="AdresPunt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=300, unique=True)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("asked_at", models.DateTimeField()),
            ],
            options={"verbose_name": "adrespunt", "verbose_name_plural": "adrespunten"},
        ),
        migrations.AddField(
            model_name="activiteitpage",
            name="location_source",
            field=models.CharField(
                choices=[
                    ("deelgemeente", "midden van de deelgemeente"),
                    ("geocoder", "adres opgezocht"),
                    ("pin", "speld op de kaart"),
                ],
                default="deelgemeente",
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="activiteitpage",
            name="paused_from",
            field=models.DateField(blank=True, null=True, verbose_name="pauze van"),
        ),
        migrations.AddField(
            model_name="activiteitpage",
            name="paused_until",
            field=models.DateField(
                blank=True,
                help_text="Bijvoorbeeld de zomer. Daarna staat de activiteit vanzelf terug.",
                null=True,
                verbose_name="pauze tot en met",
            ),
        ),
        migrations.AddField(
            model_name="activiteitpage",
            name="pin_lat",
            field=models.FloatField(blank=True, null=True, verbose_name="breedtegraad"),
        ),
        migrations.AddField(
            model_name="activiteitpage",
            name="pin_lon",
            field=models.FloatField(blank=True, null=True, verbose_name="lengtegraad"),
        ),
        migrations.AddField(
            model_name="sessie",
            name="reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="reden"),
        ),
        migrations.AddConstraint(
            model_name="activiteitpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_from__isnull", True), ("paused_until__isnull", True)),
                    ("paused_until__gte", models.F("paused_from")),
                    _connector="OR",
                ),
                name="activiteit_pause_has_two_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="activiteitpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pin_lat__isnull", True), ("pin_lon__isnull", True)),
                    models.Q(("pin_lat__isnull", False), ("pin_lon__isnull", False)),
                    _connector="OR",
                ),
                name="activiteit_pin_has_two_numbers",
            ),
        ),
    ]
