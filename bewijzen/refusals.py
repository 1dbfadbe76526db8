"""Why something is refused: a code for the code and the tests, a sentence for the person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MAX_REASON = 300

SENTENCES: dict[str, Any] = {
    "not_signer": _(
        "Je kan voor deze activiteit niet tekenen. Vraag het aan een contactpersoon van de "
        "organisatie zelf."
    ),
    "own_bewijs": _(
        "Dit is je eigen bewijs. Iemand anders moet je uren tekenen: vraag het aan een andere "
        "contactpersoon."
    ),
    "no_minutes": _("Vul in hoelang het duurde: minstens 1 minuut."),
    "wrong_day": _("Deze uren begonnen op een andere dag. Kijk de dag en de uren na."),
    "wrong_order": _("Het einde ligt voor het begin. Kijk de uren na."),
    "half_a_block": _(
        "Vul het begin én het einde in. Weet je de uren niet juist? Laat ze leeg en vul in hoelang "
        "het duurde."
    ),
    "longer_than_block": _("Dat is meer tijd dan er tussen begin en einde ligt. Kijk de uren na."),
    "too_much_for_a_day": _(
        "Er zijn maar 24 uren in een dag. Met deze uren erbij zijn het er meer. Kijk de dag en de "
        "uren na."
    ),
    "future": _("Deze tijd moet nog komen. Kijk de dag en de uren na."),
    "more_than_today": _("Zo lang duurt deze dag nog niet. Was het gisteren? Kijk de dag na."),
    "long_ago": _("Deze dag ligt te ver terug. Kijk het jaartal na."),
    "overlap": _(
        "Op dit moment staan al uren voor deze persoon. Kijk de dag en de uren na, of trek eerst "
        "de oude uren in."
    ),
    "signed_already": _("Voor die dag zijn de uren bij deze activiteit al getekend."),
    "does_not_fit": _(
        "De trajectbegeleider zei dat deze activiteit na die dag niet meer past voor deze persoon. "
        "Bel de trajectbegeleider."
    ),
    "intent_conflict": _(
        "Deze uren werden al verstuurd met andere gegevens. Begin opnieuw vanaf de lijst."
    ),
    "damaged": _("Deze pagina was niet volledig. Laad ze opnieuw en probeer het nog eens."),
    "already_withdrawn": _("Deze uren waren al ingetrokken."),
    "needs_reason": _("Schrijf kort waarom."),
    "too_long": _("Dat is te lang. Schrijf het korter: hoogstens 300 letters."),
    "busy": _("Er ging iets mis bij het bewaren. Er is niets verloren: probeer het opnieuw."),
    "not_reached": _("Er zijn nog geen 40 uren. Controleren kan zodra het doel bereikt is."),
    "wrong_state": _("Dat kan nu niet meer. Laad de pagina opnieuw en kijk hoe het nu is."),
    "full": _("Er zijn geen plaatsen meer."),
    "already_there": _("Je staat al op de lijst van deze activiteit."),
    "not_allowed": _("Dat kan jij hier niet doen. Vraag het aan een collega die dat wel kan."),
    "noted_already": _("Voor die dag heb je dit al genoteerd."),
    "incomplete_name": _("Schrijf je naam."),
    "own_phone": _(
        "Deze persoon is op deze telefoon aangemeld. Daarom kan je hier niet voor die persoon "
        "tekenen. Teken op een andere telefoon of op papier."
    ),
    "pin_length": _("Kies een PIN van 4, 5 of 6 cijfers."),
    "pin_easy": _("Deze PIN is te gemakkelijk. Kies andere cijfers."),
    "pin_wrong": _("Deze PIN klopt niet. Probeer het opnieuw."),
    "pin_blocked": _(
        "Je typte te vaak een foute PIN. Meld je nu aan met een nieuwe code van je "
        "trajectbegeleider, of met een code per e-mail. Kies daarna een nieuwe PIN."
    ),
    "other_work": "Deze persoon werkt hier ook mee als contactpersoon of collega. Een code op "
    "papier zou ook dat werk openen. Laat de persoon aanmelden met een code per e-mail.",
    "needs_day": _("Kies tot welke dag de uren wel tellen."),
    "asked_already": _("Bij deze gemeente loopt al een vraag. Wacht op het antwoord."),
    "gemeente_away": _("Deze gemeente doet nog niet mee met Veertig. Kies een andere gemeente."),
    "asked_to_come_along": _("Je vroeg dit al. De gemeente zoekt iemand die meegaat."),
    "plan_changed": _("De afspraak is veranderd. Kijk opnieuw naar de dag en de plaats."),
    "not_yet": _("De afspraak moet nog komen."),
    "traject_stopped": _(
        "Je traject is gestopt. Wil je weer beginnen? Praat met je trajectbegeleider."
    ),
    "traject_paused": _(
        "Je traject staat op pauze. Wil je nu al meedoen? Zeg het eerst aan je "
        "trajectbegeleider. Uren van activiteiten waar je toch was, tellen wel."
    ),
    "asked_enough": _("Je vroeg dit vandaag al een paar keer. Vraag het morgen opnieuw."),
    "no_place_kept": _(
        "Deze plaats is er niet meer. Laad de pagina opnieuw en kijk hoe het nu is."
    ),
    "no_such_date": _("Deze datum is er niet meer. Kies een andere dag."),
    "meeting_passed": _("Dat moment is al voorbij. Kies een dag die nog komt."),
    "half_a_moment": _("Vul de dag én het uur in, of laat ze allebei leeg."),
    "own_contact": _(
        "Je kan niet voor jezelf tekenen. Schrijf iemand anders op, of kies: ik weet het nog niet."
    ),
    "incomplete": _("Vul de vier vakken in. Een paar woorden zijn genoeg."),
    "many_proposals": _("Er wachten al 5 voorstellen van jou. Wacht op een antwoord."),
    # Only staff see these: Dutch only.
    "needs_contact": "Schrijf op wie de uren tekent: een naam is genoeg.",
    "begeleider_signs": (
        "Wie dit traject volgt, tekent er geen uren voor. Kies iemand die er zelf bij is."
    ),
    "contact_away": "Het account van deze persoon is gesloten. Kies iemand anders.",
    "below_the_criteria": (
        "Niet alle criteria zijn aangeduid. Schrijf kort waarom je dit voorstel toch aanvaardt."
    ),
    "in_the_past": "Dat moment is al voorbij. Kies een dag die nog komt.",
    "no_place": "Schrijf waar ze afspreken.",
    "not_in_the_pool": "Deze toeleider kan op die dag niet gevraagd worden. Kies iemand anders.",
    "no_traject_behind": "Deze vraag kwam van het loket. Spreek het af met de persoon zelf.",
    "no_activity": "Kies minstens 1 en hoogstens 10 activiteiten, of kies een ander antwoord.",
    "not_published": "Een activiteit die je koos, staat niet meer online. Zoek opnieuw.",
    "needs_call": "Vul in wanneer je belde.",
    "answer_too_long": "Dat is te lang. Schrijf het korter: hoogstens 600 letters.",
    "reference_taken": "Dit dossiernummer is al in gebruik bij je agentschap. Kijk het na.",
    "national_number": (
        "Dit lijkt een rijksregisternummer. Dat bewaren we nooit. Neem het dossiernummer van je "
        "agentschap."
    ),
    "email_taken": "Dit adres kunnen we niet gebruiken. Neem een ander adres, of laat het leeg.",
    "starts_in_future": "Deze dag moet nog komen. Kijk de datum na.",
    "started_long_ago": (
        "Deze dag ligt voor 1 januari 2023: toen bestond dit traject nog niet. Kijk het jaartal na."
    ),
}


class Refusal(Exception):
    """A rule said no. `code` is one of SENTENCES; `sentence` is for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.code])


def given_reason(text: str) -> str:
    """The reason that somebody wrote. Raises `Refusal` when it is missing or too long to keep."""
    text = text.strip()
    if not text:
        raise Refusal("needs_reason")
    if len(text) > MAX_REASON:
        raise Refusal("too_long")
    return text
