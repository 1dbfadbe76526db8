"""What an organisation sends in through its link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aanbod", "0007_people_for_a_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Inzending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("nieuw", "nieuw"), ("wijziging", "wijziging")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ingediend", "ingediend"),
                            ("teruggevraagd", "teruggevraagd"),
                            ("aanvaard", "aanvaard"),
                            ("afgewezen", "afgewezen"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        default="ingediend",
                        max_length=14,
                        verbose_name="staat",
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("base", models.JSONField(default=dict)),
                ("base_revision", models.PositiveBigIntegerField(blank=True, null=True)),
                ("contacts", models.JSONField(default=list)),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="woordje voor de gemeente"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reden")),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inzendingen",
                        to="aanbod.organisatie",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inzendingen",
                        to="aanbod.activiteitpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "inzending",
                "verbose_name_plural": "inzendingen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ingediend")),
                        fields=["gemeente", "sent_at"],
                        name="inzending_waiting",
                    ),
                    models.Index(
                        fields=["organisatie", "gemeente"], name="inzending_of_organisatie"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "nieuw"), ("page__isnull", False), _connector="OR"
                        ),
                        name="inzending_change_has_a_page",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisatielink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("generation", models.PositiveIntegerField()),
                ("kid", models.CharField(max_length=20)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="aanbod.organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "link van een organisatie",
                "verbose_name_plural": "links van organisaties",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisatie", "gemeente", "generation"),
                        name="organisatielink_once_per_generation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("organisatie", "gemeente"),
                        name="organisatielink_one_living",
                    ),
                ],
            },
        ),
    ]
