"""A changed role works at once."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from gemeenten.groups import sync_groups
from gemeenten.models import Rol, User


@receiver([post_save, post_delete], sender=Rol)
def sync_groups_of_role(instance: Rol, **kwargs: Any) -> None:
    # Read afresh: the instance's user may be an old copy, or on its way out.
    user = User.objects.filter(pk=instance.user_id).first()
    if user:
        sync_groups(user)
