"""Tags: the points of the two criteria (R2), and free themes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase


class Criterium(models.TextChoices):
    """The two criteria of R2 (seed 004)."""

    C1 = "c1", _("Participatie op sociaal vlak")
    C2 = "c2", _("Nederlandstalige context")


class Kenmerk(TagBase):
    """One point of a criterium that an activity has. A fixed list (`laad_kenmerken`).

    `punt` names the point: the tags `duo` and `groep` are two ways to meet the same one.
    """

    free_tagging = False

    criterium = models.CharField(max_length=2, choices=Criterium.choices)
    punt = models.SlugField("punt van het criterium")
    question = models.CharField("vraag aan de redacteur", max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = "kenmerk"
        verbose_name_plural = "kenmerken"


class ActiviteitKenmerk(ItemBase):
    tag = models.ForeignKey(Kenmerk, models.PROTECT, related_name="items")
    content_object = ParentalKey(
        "aanbod.ActiviteitPage", on_delete=models.CASCADE, related_name="kenmerk_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("content_object", "tag", name="kenmerk_once_per_activiteit")
        ]


class Thema(TagBase):
    class Meta:
        verbose_name = "thema"
        verbose_name_plural = "thema's"


class ActiviteitThema(ItemBase):
    tag = models.ForeignKey(Thema, models.CASCADE, related_name="items")
    content_object = ParentalKey(
        "aanbod.ActiviteitPage", on_delete=models.CASCADE, related_name="thema_items"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint("content_object", "tag", name="thema_once_per_activiteit")
        ]
