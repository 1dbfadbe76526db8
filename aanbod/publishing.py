"""What an activity needs before everybody may see it."""

from aanbod.criteria import refusals
from aanbod.models import ActiviteitPage
from aanbod.places import is_pin_inside
from gemeenten.models import Gemeente

NO_MOMENT = "Voeg een moment toe, of kies “In overleg”."
NO_MINUTES = "Vul in hoeveel minuten iemand per keer meedoet. Zo weet je hoeveel uren het telt."
OTHER_DEELGEMEENTE = "Deze deelgemeente ligt niet in {gemeente}. Kies een andere, of laat het leeg."
OTHER_POSTCODE = (
    "{postcode} is geen postcode van {gemeente}. Gebruik {postcodes}, of laat het leeg."
)
PIN_OUTSIDE = "De speld staat niet in {gemeente}. Zet ze binnen de grens, of haal ze weg."


def problems(
    page: ActiviteitPage,
    gemeente: Gemeente | None = None,
    *,
    slugs: set[str] | None = None,
    has_moments: bool | None = None,
) -> dict[str, list[str]]:
    """Sentences by field about an activity that may not be published yet; {} when it may.

    The page is judged as it is in memory. `gemeente` is where it would be published, `slugs` are
    its kenmerken and `has_moments` says whether it has a series; its own when absent.
    """
    gemeente = gemeente or page.gemeente
    if has_moments is None:
        has_moments = bool(page.reeksen.all())
    needs_moments = page.timing == page.Timing.MOMENTEN
    found = {
        "kenmerken": refusals(page, gemeente, slugs),
        "timing": [NO_MOMENT] if needs_moments and not has_moments else [],
        "minutes_per_time": [NO_MINUTES] if _lacks_minutes(page) else [],
        **place_problems(page, gemeente),
    }
    return {field: sentences for field, sentences in found.items() if sentences}


def place_problems(page: ActiviteitPage, gemeente: Gemeente) -> dict[str, list[str]]:
    """Sentences by field about a place that is not in the gemeente."""
    found = {}
    if page.postcode and page.postcode not in gemeente.postcodes:
        found["postcode"] = [
            OTHER_POSTCODE.format(
                postcode=page.postcode,
                gemeente=gemeente.name,
                postcodes=" of ".join(gemeente.postcodes) or "geen postcode",
            )
        ]
    if page.deelgemeente and page.deelgemeente.gemeente_id != gemeente.pk:
        found["deelgemeente"] = [OTHER_DEELGEMEENTE.format(gemeente=gemeente.name)]
    if not is_pin_inside(page, gemeente):
        found["pin_lat"] = [PIN_OUTSIDE.format(gemeente=gemeente.name)]
    return found


def _lacks_minutes(page: ActiviteitPage) -> bool:
    return page.timing == page.Timing.AFSPRAAK and not page.minutes_per_time
