"""`manage.py laad_kenmerken`: the points of the two criteria, as tags (R2)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from aanbod.models import Criterium, Kenmerk

C1, C2 = Criterium.C1, Criterium.C2

#: slug, criterium, punt, name, question to the editor
KENMERKEN = [
    ("duo", C1, "duo-of-groep", "Met twee", "Doet de deelnemer dit samen met één vaste persoon?"),
    ("groep", C1, "duo-of-groep", "In groep", "Doet de deelnemer dit samen met een groep mensen?"),
    (
        *("nieuwe-mensen", C1, "nieuwe-mensen", "Nieuwe mensen"),
        "Leert de deelnemer mensen kennen buiten de eigen kring, zoals buren die hier al lang "
        "wonen?",
    ),
    (
        *("duurzame-contacten", C1, "duurzame-contacten", "Contacten die blijven"),
        "Zien mensen elkaar vaak genoeg terug om elkaar echt te leren kennen?",
    ),
    (
        *("voertaal", C2, "voertaal", "We spreken Nederlands"),
        "Is Nederlands de taal van de activiteit?",
    ),
    (
        *("wederzijds", C2, "wederzijds", "Echte gesprekken"),
        "Praten de mensen met elkaar, zodat de deelnemer niet alleen luistert?",
    ),
    (
        *("nederlandstaligen", C2, "nederlandstaligen", "Mensen die goed Nederlands spreken"),
        "Spreken de andere deelnemers goed Nederlands, en leren ze het niet zelf nog?",
    ),
]


class Command(BaseCommand):
    help = "Laadt de punten van de twee criteria. Mag opnieuw: bestaande worden bijgewerkt."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        for order, (slug, criterium, punt, name, question) in enumerate(KENMERKEN):
            Kenmerk.objects.update_or_create(
                slug=slug,
                defaults={
                    "name": name,
                    "criterium": criterium,
                    "punt": punt,
                    "question": question,
                    "order": order,
                },
            )
        self.stdout.write(f"{len(KENMERKEN)} kenmerken")
