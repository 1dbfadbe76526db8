"""Own proposals and informal contact."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("bewijzen", "0005_wishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Voorstel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                    ),
                ),
                ("language", models.CharField(max_length=5, verbose_name="taal")),
                ("what", models.CharField(max_length=300, verbose_name="wat")),
                ("with_whom", models.CharField(max_length=300, verbose_name="met wie")),
                ("moment", models.CharField(max_length=300, verbose_name="wanneer en hoe vaak")),
                ("place", models.CharField(max_length=300, verbose_name="waar")),
                (
                    "dutch",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="in het Nederlands, één zin"
                    ),
                ),
                ("answers", models.JSONField(default=dict, verbose_name="antwoorden")),
                (
                    "contact_name",
                    models.CharField(blank=True, max_length=120, verbose_name="contactpersoon"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
                ),
                (
                    "contact_mobile",
                    models.CharField(blank=True, max_length=16, verbose_name="gsm-nummer"),
                ),
                ("reply", models.CharField(blank=True, max_length=300, verbose_name="antwoord")),
                (
                    "kenmerken",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
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
                    "deelname",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorstel",
                        to="bewijzen.deelname",
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorstellen",
                        to="bewijzen.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel",
                "verbose_name_plural": "voorstellen",
                "ordering": ["sent_at", "id"],
                "indexes": [models.Index(fields=["traject", "state"], name="voorstel_of_traject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state="aanvaard", deelname__isnull=False)
                        | (~Q(state="aanvaard") & Q(deelname__isnull=True)),
                        name="voorstel_has_a_deelname_once_accepted",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state__in=["teruggevraagd", "afgewezen"]) | ~Q(reply=""),
                        name="voorstel_is_answered_with_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoorstelDag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minuten")),
                ("noted_at", models.DateTimeField()),
                (
                    "voorstel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dagen",
                        to="bewijzen.voorstel",
                    ),
                ),
            ],
            options={
                "verbose_name": "dag van een voorstel",
                "verbose_name_plural": "dagen van een voorstel",
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(F("voorstel"), F("day"), name="voorstel_day_once"),
                    models.CheckConstraint(
                        condition=Q(minutes__range=(1, 1440)), name="voorstel_day_fits_in_a_day"
                    ),
                ],
            },
        ),
    ]
