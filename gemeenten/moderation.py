"""A municipality that wants somebody to read before anything goes online.

Rights in Wagtail are the wall: with moderation on, the group of the redacteurs has no right to
publish on the gemeente's pages, so every way of Wagtail's to publish is closed to them at once.
"""

from django.db import transaction
from wagtail.log_actions import log

from gemeenten.activation import activate
from gemeenten.models import Gemeente, User

MODERATION_ON = "gemeenten.moderation_on"
MODERATION_OFF = "gemeenten.moderation_off"


@transaction.atomic
def set_moderated(gemeente: Gemeente, on: bool, *, by: User | None) -> bool:
    """Switch moderation on or off, with the rights that go along; was it different?

    What a redacteur scheduled before stays scheduled: it was theirs to publish then.
    """
    row = Gemeente.objects.select_for_update().get(pk=gemeente.pk)
    gemeente.moderated = on
    if row.moderated == on:
        return False
    row.moderated = on
    row.save(update_fields=["moderated"])
    if row.active:
        activate(row)
    log(instance=row, action=MODERATION_ON if on else MODERATION_OFF, user=by)
    return True
