"""The top of the page tree: home, and one page per active municipality."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester

from gemeenten.models.gemeente import Gemeente
from gemeenten.models.users import User

#: First path segments that are ours; never the slug of a page under home (model.md).
RESERVED_SLUGS = frozenset(
    [
        *["aanbod", "aanmelden", "activeer", "api", "b", "begeleiding", "cms", "gezond", "media"],
        *["mijn", "over", "privacy", "static", "stijl", "tekenen", "toegankelijkheid"],
        *["verifieer", "wegwijzer", "zoekvraag"],
    ]
)


class FixedPagePermissions(PagePermissionTester):
    """A page that activation made: editors change its texts; only a beheerder may do more."""

    def _is_beheerder(self) -> bool:
        return self.user.is_active and self.user.is_superuser

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._is_beheerder() and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        return self._is_beheerder() and super().can_unpublish()

    def can_copy(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class FixedPage(Page):
    """Home and landing pages: their place in the tree and their address are printed on posters."""

    private_page_options: list[str] = []
    #: A plain field: Wagtail's own would write the address as one types.
    content_panels = [FieldPanel("title", classname="title")]
    promote_panels: list = []
    settings_panels: list = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> FixedPagePermissions:
        return FixedPagePermissions(user, self)


class HomePage(FixedPage):
    is_creatable = False
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["gemeenten.GemeentePage", "gemeenten.UitlegPage"]
    max_count = 1
    template = "gemeenten/home.html"

    class Meta:
        verbose_name = "startpagina"
        verbose_name_plural = "startpagina's"


class GemeentePage(FixedPage):
    is_creatable = False  # activation makes them

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
        *FixedPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("contact"),
        FieldPanel(
            "colour",
            help_text="Zo: #0f6b4f. Leeg: het groen van Veertig. Een kleur die te licht of te "
            "donker is om te lezen, passen we aan.",
        ),
    ]
    parent_page_types = ["gemeenten.HomePage"]
    subpage_types = ["aanbod.ActiviteitPage"]
    template = "gemeenten/gemeente.html"

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"/{self.slug}/ is een adres van Veertig zelf."})
