"""Short pages about the traject, edited in the CMS."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0008_moderation"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.CreateModel(
            "UitlegPage",
            [
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("summary", models.CharField(max_length=300, verbose_name="in één zin")),
                ("body", models.TextField(verbose_name="tekst")),
            ],
            options={"verbose_name": "uitleg", "verbose_name_plural": "uitleg"},
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            "UitlegVertaling",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="taal")),
                ("texts", models.JSONField(default=dict, verbose_name="teksten")),
                ("by_machine", models.BooleanField(default=False)),
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
                        to="gemeenten.uitlegpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertaling van uitleg",
                "verbose_name_plural": "vertalingen van uitleg",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["page", "language"], name="uitlegvertaling_once_per_language"
                    )
                ],
            },
        ),
    ]
