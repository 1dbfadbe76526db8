"""Values that stand in addresses and in the database (model.md). Labels are Dutch at A2."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Soort(models.TextChoices):
    BUDDY = "buddy", _("Buddy")
    STAGE = "stage", _("Stage")
    TAALSTAGE = "taalstage", _("Taalstage")
    VRIJWILLIGERSWERK = "vrijwilligerswerk", _("Vrijwilligerswerk")
    VERENIGING = "vereniging", _("Vereniging")
    SPORT = "sport", _("Sport")
    CULTUUR = "cultuur", _("Cultuur")
    CONVERSATIE = "conversatie", _("Nederlands praten")
    CURSUS = "cursus", _("Cursus")
    BUURTHUIS = "buurthuis", _("Buurthuis")
    SCHOOL = "school", _("Op school")
    ANDERE = "andere", _("Iets anders")


class Moment(models.TextChoices):
    OCHTEND = "ochtend", _("Ochtend")
    NAMIDDAG = "namiddag", _("Namiddag")
    AVOND = "avond", _("Avond")
    WEEKEND = "weekend", _("Weekend")
    SCHOOLVAKANTIE = "schoolvakantie", _("Schoolvakantie")


class Dag(models.TextChoices):
    """In the order of `date.weekday()`."""

    MA = "ma", _("maandag")
    DI = "di", _("dinsdag")
    WO = "wo", _("woensdag")
    DO = "do", _("donderdag")
    VR = "vr", _("vrijdag")
    ZA = "za", _("zaterdag")
    ZO = "zo", _("zondag")


class Taalniveau(models.TextChoices):
    """A wish of the organiser, never a gate (R3)."""

    GEEN = "geen", _("Je hoeft geen Nederlands te kennen")
    A1 = "a1", _("Een beetje Nederlands (A1)")
    A2 = "a2", _("Eenvoudig Nederlands (A2)")
    B1 = "b1", _("Goed Nederlands (B1)")


class Kinderopvang(models.TextChoices):
    OPVANG = "opvang", _("Er is kinderopvang")
    MEE = "mee", _("Kinderen mogen mee")


class Voor(models.TextChoices):
    VROUWEN = "vrouwen", _("Alleen voor vrouwen")


class Frequentie(models.TextChoices):
    EENMALIG = "eenmalig", _("één keer")
    WEKELIJKS = "wekelijks", _("elke week")
    TWEEWEKELIJKS = "tweewekelijks", _("om de twee weken")
    MAANDELIJKS = "maandelijks", _("elke maand")
