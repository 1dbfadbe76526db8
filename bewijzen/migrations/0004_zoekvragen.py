"""Referral questions, and a first time together."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bewijzen", "0003_bounds_of_what_is_valid"),
        ("aanbod", "0006_translations"),
        ("gemeenten", "0006_translators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Toeleider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5), default=list, size=None
                    ),
                ),
                ("available", models.CharField(blank=True, max_length=200, verbose_name="wanneer")),
                ("valid_from", models.DateField(verbose_name="vanaf")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toeleiders",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toeleiders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "toeleider",
                "verbose_name_plural": "toeleiders",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EersteKeer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=255)),
                ("asked_at", models.DateTimeField()),
                ("first_name", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gevraagd", "gevraagd"),
                            ("toegewezen", "voorgesteld"),
                            ("bevestigd", "afgesproken"),
                            ("gedaan", "gedaan"),
                            ("afgezegd", "afgezegd"),
                        ],
                        default="gevraagd",
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="wanneer")),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="waar spreken jullie af"
                    ),
                ),
                ("plan", models.PositiveSmallIntegerField(default=0)),
                ("person_agreed", models.BooleanField(default=False)),
                ("toeleider_agreed", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
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
                        related_name="+",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="aanbod.activiteitpage",
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eerste_keren",
                        to="bewijzen.traject",
                    ),
                ),
                (
                    "toeleider",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eerste_keren",
                        to="bewijzen.toeleider",
                    ),
                ),
            ],
            options={
                "verbose_name": "eerste keer samen",
                "verbose_name_plural": "eerste keren samen",
                "ordering": ["at", "asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Zoekvraag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("zelf", "inburgeraar"),
                            ("begeleider", "trajectbegeleider"),
                            ("loket", "aan het loket of aan de telefoon"),
                        ],
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "soorten",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "moments",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("ochtend", "Ochtend"),
                                ("namiddag", "Namiddag"),
                                ("avond", "Avond"),
                                ("weekend", "Weekend"),
                                ("schoolvakantie", "Schoolvakantie"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("km", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("children", models.BooleanField(default=False)),
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
                ("language", models.CharField(default="nl", max_length=5)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("callback", models.CharField(blank=True, max_length=120)),
                ("agreed", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gesteld", "gesteld"),
                            ("opgenomen", "opgenomen"),
                            ("beantwoord", "beantwoord"),
                            ("gesloten", "gesloten"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        default="gesteld",
                        max_length=12,
                    ),
                ),
                ("answer_by", models.DateField()),
                ("reminded_on", models.DateField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("activiteiten", "activiteiten"),
                            ("gesprek", "een gesprek"),
                            ("niets", "niets gevonden"),
                        ],
                        max_length=12,
                    ),
                ),
                ("answer_text", models.CharField(blank=True, max_length=600)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activiteiten",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="aanbod.activiteitpage"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deelgemeente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="gemeenten.deelgemeente",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zoekvragen",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="zoekvragen",
                        to="bewijzen.traject",
                    ),
                ),
            ],
            options={
                "verbose_name": "zoekvraag",
                "verbose_name_plural": "zoekvragen",
                "ordering": ["answer_by", "asked_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="toeleider",
            constraint=models.UniqueConstraint(
                models.F("user"), models.F("gemeente"), name="toeleider_once_per_gemeente"
            ),
        ),
        migrations.AddIndex(
            model_name="eerstekeer",
            index=models.Index(fields=["gemeente", "state", "at"], name="eerste_keer_of_gemeente"),
        ),
        migrations.AddConstraint(
            model_name="eerstekeer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["gevraagd", "toegewezen", "bevestigd"])),
                fields=("traject", "page"),
                name="eerste_keer_one_open_per_activiteit",
            ),
        ),
        migrations.AddConstraint(
            model_name="eerstekeer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["toegewezen", "bevestigd", "gedaan"]), _negated=True),
                    models.Q(
                        ("at__isnull", False),
                        ("toeleider__isnull", False),
                        models.Q(("place", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="eerste_keer_planned_has_a_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="eerstekeer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["bevestigd", "gedaan"]), _negated=True),
                    models.Q(("person_agreed", True), ("toeleider_agreed", True)),
                    _connector="OR",
                ),
                name="eerste_keer_agreed_by_both",
            ),
        ),
        migrations.AddIndex(
            model_name="zoekvraag",
            index=models.Index(
                fields=["gemeente", "state", "answer_by"], name="zoekvraag_of_gemeente"
            ),
        ),
        migrations.AddIndex(
            model_name="zoekvraag",
            index=models.Index(
                condition=models.Q(("state__in", ["gesteld", "opgenomen"])),
                fields=["answer_by"],
                name="zoekvraag_to_remind",
            ),
        ),
        migrations.AddConstraint(
            model_name="zoekvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed", True), models.Q(("callback", ""), ("name", "")), _connector="OR"
                ),
                name="zoekvraag_shows_only_what_was_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="zoekvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "loket"), ("traject__isnull", True)),
                    models.Q(
                        models.Q(("channel", "loket"), _negated=True), ("traject__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="zoekvraag_is_of_a_traject_or_the_desk",
            ),
        ),
        migrations.AddConstraint(
            model_name="zoekvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["beantwoord", "gesloten"]), _negated=True),
                    models.Q(
                        models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="zoekvraag_answered_has_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="zoekvraag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["gesteld", "opgenomen"])),
                fields=("traject", "gemeente"),
                name="zoekvraag_one_open_per_traject",
            ),
        ),
    ]
