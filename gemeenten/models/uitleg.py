"""Short pages about the traject, and their translations."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel

from gemeenten.models.pages import FixedPage
from gemeenten.uitlegtekst import check_icons

BODY_HELP = (
    "Eén regel is één stuk tekst. Zo begint een regel: ## voor een tussentitel, - voor een punt, "
    "- [users] voor een punt met een pictogram, 1. voor een stap, ! voor wat moet opvallen. "
    "Verander je een regel? Dan lezen anderstaligen die regel in het Nederlands tot ze vertaald is."
)


class UitlegPage(FixedPage):
    """One page: /nl/over/ itself, or one below it. The command laad_uitleg makes them."""

    is_creatable = False  # their addresses are printed

    summary = models.CharField("in één zin", max_length=300)
    body = models.TextField("tekst")

    content_panels = [
        *FixedPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body", help_text=BODY_HELP),
    ]
    parent_page_types = ["gemeenten.HomePage", "gemeenten.UitlegPage"]
    subpage_types = ["gemeenten.UitlegPage"]
    template = "gemeenten/uitleg.html"

    class Meta:
        verbose_name = "uitleg"
        verbose_name_plural = "uitleg"

    def clean(self) -> None:
        super().clean()
        try:
            check_icons(self.body)
        except ValidationError as error:
            raise ValidationError({"body": error}) from None


class UitlegVertaling(models.Model):
    """One language of one page: for each Dutch text its translation."""

    class State(models.TextChoices):
        MENS = "mens", "door een mens"
        MACHINE = "machine", "door een machine"
        ACHTER = "achter", "achter op het Nederlands"

    page = models.ForeignKey(UitlegPage, models.CASCADE, related_name="vertalingen")
    language = models.CharField("taal", max_length=2)
    texts = models.JSONField("teksten", default=dict)
    by_machine = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "vertaling van uitleg"
        verbose_name_plural = "vertalingen van uitleg"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="uitlegvertaling_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} ({self.language})"
