"""Deputies, and stand-ins for a day; an organisatie is written down once."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0006_translations"),
        ("gemeenten", "0007_mobile_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="activiteitcontact",
            name="deputy",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="organisatie",
            name="known_in",
            field=models.ManyToManyField(
                blank=True, related_name="organisaties", to="gemeenten.gemeente"
            ),
        ),
        migrations.AddIndex(
            model_name="organisatie",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("name"), name="gin_trgm_ops"
                ),
                name="organisatie_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"), name="organisatie_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisatie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("register_code", ""), _negated=True),
                fields=("register_code",),
                name="organisatie_register_code_once",
            ),
        ),
        migrations.CreateModel(
            name="Invaller",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "language",
                    models.CharField(
                        default="nl", max_length=5, verbose_name="taal van de berichten"
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                ("sign_until", models.DateField(verbose_name="tekent tot en met")),
                ("named_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invallers",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invallers",
                        to="aanbod.organisatie",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invallers",
                        to="aanbod.activiteitpage",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invallers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invaller",
                "verbose_name_plural": "invallers",
                "indexes": [models.Index(fields=["user", "sign_until"], name="invaller_of_user")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "gemeente", "organisatie", "page", "day"),
                        name="invaller_once_per_day",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sign_until__gte", models.F("day"))),
                        name="invaller_signs_from_that_day",
                    ),
                ],
            },
        ),
    ]
