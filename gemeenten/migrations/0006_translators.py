"""The role vertaler: works on translations in the CMS and on nothing else."""

from typing import Any

from django.db import migrations, models


def let_in(apps: Any, schema_editor: Any) -> None:
    """Municipalities that are active already get the group that `activate` gives the next ones."""
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for gemeente in apps.get_model("gemeenten", "Gemeente").objects.filter(active=True):
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(
            name=f"vertaler {gemeente.nis}"
        )
        group.permissions.set(permissions)


def take_away(apps: Any, schema_editor: Any) -> None:
    """Before this there was no such role."""
    apps.get_model("gemeenten", "Rol")._base_manager.filter(kind="vertaler").delete()
    apps.get_model("auth", "Group").objects.filter(name__startswith="vertaler ").delete()


def field_of_work(*municipal: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(
            models.Q(
                ("agentschap__isnull", True),
                ("gemeente__isnull", False),
                ("kind__in", list(municipal)),
                ("team__isnull", True),
            ),
            models.Q(
                ("agentschap__isnull", False),
                ("gemeente__isnull", True),
                ("kind__in", ["trajectbegeleider", "coordinator"]),
            ),
            models.Q(
                ("agentschap__isnull", True),
                ("gemeente__isnull", True),
                ("kind", "beheerder"),
                ("team__isnull", True),
            ),
            _connector="OR",
        ),
        name="rol_has_its_field_of_work",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("gemeenten", "0005_names_of_fixed_pages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [
        migrations.RemoveConstraint("rol", "rol_has_its_field_of_work"),
        migrations.AlterField(
            "rol",
            "kind",
            models.CharField(
                choices=[
                    ("redacteur", "redacteur"),
                    ("moderator", "moderator"),
                    ("gemeentebeheerder", "gemeentebeheerder"),
                    ("vertaler", "vertaler"),
                    ("trajectbegeleider", "trajectbegeleider"),
                    ("coordinator", "coördinator"),
                    ("beheerder", "beheerder"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        migrations.AddConstraint(
            "rol", field_of_work("redacteur", "moderator", "gemeentebeheerder", "vertaler")
        ),
        migrations.RunPython(let_in, take_away),
    ]
