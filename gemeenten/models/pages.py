"""The top of the page tree: home, and one page per active municipality."""

from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from gemeenten.models.gemeente import Gemeente

#: First path segments that are ours; never the slug of a page under home (model.md).
RESERVED_SLUGS = frozenset(
    "aanbod aanmelden activeer api b begeleiding cms gezond media mijn over privacy static stijl "
    "tekenen toegankelijkheid verifieer wegwijzer zoekvraag".split()
)


class HomePage(Page):
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["gemeenten.GemeentePage"]
    max_count = 1
    template = "gemeenten/home.html"


class GemeentePage(Page):
    gemeente = models.OneToOneField(Gemeente, models.PROTECT, related_name="landing")
    intro = models.TextField("welkomsttekst", max_length=600, blank=True)
    contact = models.CharField(
        "wie helpt nieuwkomers zoeken",
        max_length=200,
        blank=True,
        help_text="Een dienst of algemeen adres, geen privénummer.",
    )
    colour = models.CharField(
        "kleur van de gemeente",
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Schrijf de kleur zo: #0f6b4f.")],
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("contact"),
        FieldPanel("colour"),
    ]
    parent_page_types = ["gemeenten.HomePage"]
    subpage_types = ["aanbod.ActiviteitPage"]
    template = "gemeenten/gemeente.html"
