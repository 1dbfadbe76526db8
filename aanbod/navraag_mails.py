"""What is said when a step of `aanbod/navraag.py` is taken: one message a night to each contact
person of an organisatie, and one to each editor of the gemeente."""

import hashlib
from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanbod import links
from aanbod.models import Contactpersoon, Navraag, Organisatielink
from gemeenten.days import full_day
from gemeenten.models import Bericht, Gemeente, Rol, User
from gemeenten.outbox import tell

if TYPE_CHECKING:
    from aanbod.navraag import Taken

Step = Navraag.Step
SUBJECT = gettext_lazy("Klopt je activiteit nog?")
TO_EDITORS = "Navraag bij de organisaties"
UNREACHED = (
    "Niemand van de organisatie heeft een e-mailadres. Bel ze, en duid het antwoord zelf aan."
)


def tell_contacts(taken: "list[Taken]", gemeente: Gemeente, *, now: datetime) -> None:
    """Ask the contact persons of each organisatie, with its link to answer."""
    found: dict[int, dict[int, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    people: dict[int, Contactpersoon] = {}
    for step in taken:
        for contact in step.contacts:
            people[contact.pk] = contact
            found[step.page.organisatie_id][contact.pk].append(step)
    for by_contact in found.values():
        organisatie = next(iter(by_contact.values()))[0].page.organisatie
        link = links.link_of(organisatie, gemeente, by=None, now=now)
        for pk, steps in by_contact.items():
            _tell_contact(people[pk], steps, gemeente, link, now)


def _tell_contact(
    contact: Contactpersoon,
    steps: "list[Taken]",
    gemeente: Gemeente,
    link: Organisatielink,
    now: datetime,
) -> None:
    tell(
        contact.user,
        subject=SUBJECT,
        text=lazy(_text_to_contact, str)(steps, gemeente.name),
        key=f"{links.MESSAGE}:{link.pk}:{contact.pk}:navraag:{_digest(steps)}",
        now=now,
        channel=Bericht.Channel.MAIL,
        language=contact.language,
        contact_gemeente=gemeente,
    )


def _digest(steps: "list[Taken]") -> str:
    """The same for the same steps of the same questions: nobody is told them twice."""
    names = sorted(f"{one.page.pk} {one.step} {one.asked_at.isoformat()}" for one in steps)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:24]


def _text_to_contact(steps: "list[Taken]", gemeente: str) -> str:
    return "\n\n".join(
        [
            _("Dag"),
            *(f"“{one.page.title}”\n{_sentence(one, gemeente)}" for one in steps),
            _("Antwoord met deze link: %(address)s") % {"address": links.MARK},
            _(
                "Druk daar op “Ja, dit klopt nog” of op “Er verandert iets”. Je hebt geen "
                "account nodig."
            ),
            _("Groeten van %(gemeente)s") % {"gemeente": gemeente},
        ]
    )


def _sentence(one: "Taken", gemeente: str) -> str:
    """What has happened, and what happens next and when."""
    day = _written(one.next_on)
    if one.step == Step.GEVRAAGD:
        return _(
            "Klopt deze activiteit nog? Laat het weten voor %(day)s. Anders vragen we het nog "
            "een keer."
        ) % {"day": day}
    if one.step == Step.HERINNERD:
        return _(
            "We kregen nog geen antwoord. Klopt deze activiteit nog? Laat het weten voor %(day)s. "
            "Anders komt ze lager in de lijst met activiteiten."
        ) % {"day": day}
    if one.step == Step.LAGER:
        return _(
            "We kregen geen antwoord. De activiteit staat nu lager in de lijst. Laat weten of ze "
            "nog klopt voor %(day)s. Anders gaat ze offline: dan ziet niemand ze nog."
        ) % {"day": day}
    return _(
        "We kregen geen antwoord. De activiteit staat niet meer online. Klopt ze nog? Laat het "
        "weten, dan zet %(gemeente)s ze terug."
    ) % {"gemeente": gemeente}


def _written(day: date | None) -> str:
    return full_day(day) if day else ""


# -- The editors -----------------------------------------------------------------------------


def tell_editors(taken: "list[Taken]", gemeente: Gemeente, *, now: datetime) -> None:
    """What was done tonight, what comes next, and whom they have to call themselves."""
    if not taken:
        return
    lines = [_line(one) for one in taken]
    text = "\n\n".join([f"Navraag in {gemeente.name}:", *lines])
    for editor in _editors(gemeente):
        tell(
            editor,
            subject=TO_EDITORS,
            text=text,
            key=f"navraag:{gemeente.pk}:{editor.pk}:{_digest(taken)}",
            now=now,
        )


def _editors(gemeente: Gemeente) -> QuerySet[User]:
    roles = Rol.everyone.valid().filter(gemeente=gemeente, kind__in=Rol.GEMEENTE_KINDS)
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("pk")


#: In Dutch: staff read these.
LINES = {
    Step.GEVRAAGD: "{who} is gevraagd of ze nog klopt. Geen antwoord? Op {day} vragen we het "
    "opnieuw.",
    Step.HERINNERD: "{who} antwoordde nog niet en is opnieuw gevraagd. Geen antwoord? Op {day} "
    "komt de activiteit lager in de resultaten.",
    Step.LAGER: "Er kwam geen antwoord van {who}. De activiteit staat nu lager in de resultaten. "
    "Geen antwoord? Op {day} gaat ze offline.",
    Step.OFFLINE: "Er kwam geen antwoord van {who}. De activiteit staat nu offline. Zegt de "
    "organisatie later dat ze klopt, dan zet je ze met één klik terug.",
}


def _line(one: "Taken") -> str:
    said = LINES[one.step].format(who=one.page.organisatie.name, day=_written(one.next_on))
    address = settings.BASE_URL + reverse("redactie:navraag", args=[one.page.pk])
    found = [f"“{one.page.title}”", said, *([] if one.contacts else [UNREACHED]), address]
    return "\n".join(found)
