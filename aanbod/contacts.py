"""Who signs for which activity: adding, changing and ending contact persons, per gemeente."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aanbod import permissions
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon, Organisatie
from aanbod.sessies import BRUSSELS
from gemeenten import outbox
from gemeenten.models import Gemeente, GemeentePage, User

#: As many deputies after each other as anybody keeps apart.
DEPUTIES = 3


class ContactRefused(ValueError):
    """Why somebody cannot be a contact person here; its text is said to the editor."""


@dataclass(frozen=True)
class NewContact:
    """What an editor writes down about a contact person.

    One way to reach them, or none: an e-mail address, or a mobile number in E.164
    (gemeenten/mobile.py).
    """

    name: str
    email: str
    language: str
    valid_from: date
    valid_to: date | None = None
    mobile: str = ""


@dataclass(frozen=True)
class Leaving:
    """Activities that lose something when a contact person ends."""

    #: Nobody is left who may sign.
    unsigned: list[ActiviteitPage]
    #: Others of the organisatie may sign, but nobody is named for it any more.
    unnamed: list[ActiviteitPage]


def named_organisatie(name: str, website: str = "") -> Organisatie:
    """The organisatie of that name, made when nobody has it yet. What others wrote about it
    stays as it is."""
    name = " ".join(name.split())
    known = Organisatie.objects.filter(name__iexact=name).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Organisatie.objects.create(name=name, website=website)
    except IntegrityError:  # somebody else wrote it down at the same moment
        return Organisatie.objects.get(name__iexact=name)


@transaction.atomic
def add(
    gemeente: Gemeente,
    organisatie: Organisatie,
    new: NewContact,
    *,
    now: datetime,
    by: User | None = None,
) -> Contactpersoon:
    """Name a contact person, and open an account for an address or number that has none.

    An address that is known is linked as it is: the account keeps its own name and language, and
    nobody here sees them. Somebody who was ended comes back with the new dates. Who is new, or
    back, is told what is asked of them. Two who add the same person at once add one.
    """
    user = account(new.name, new.email, new.mobile, new.language)
    mine = Contactpersoon.everyone.filter(user=user, gemeente=gemeente, organisatie=organisatie)
    was_valid = mine.valid(now.astimezone(BRUSSELS).date()).exists()
    contact, _made = Contactpersoon.everyone.update_or_create(
        user=user,
        gemeente=gemeente,
        organisatie=organisatie,
        defaults={
            "name": new.name,
            "language": new.language,
            "valid_from": new.valid_from,
            "valid_to": new.valid_to,
        },
    )
    if not was_valid:
        _welcome(contact, by=by, now=now)
    return contact


@transaction.atomic
def add_private(
    gemeente: Gemeente, new: NewContact, *, now: datetime, by: User | None = None
) -> Contactpersoon:
    """Name a private person (a neighbour, somebody of the street) who signs for an own proposal.
    Somebody who is known already keeps their own name, language and account. Raises
    ContactRefused when that account is closed."""
    user = account(new.name, new.email, new.mobile, new.language)
    if not user.is_active:
        raise ContactRefused("Het account van deze persoon is gesloten. Kies iemand anders.")
    contact, made = Contactpersoon.everyone.get_or_create(
        user=user,
        gemeente=gemeente,
        organisatie=None,
        defaults={
            "name": new.name,
            "language": new.language,
            "valid_from": new.valid_from,
            "valid_to": new.valid_to,
        },
    )
    today = now.astimezone(BRUSSELS).date()
    if not made and not Contactpersoon.everyone.valid(today).filter(pk=contact.pk).exists():
        contact.valid_from, contact.valid_to = new.valid_from, new.valid_to
        contact.save(update_fields=["valid_from", "valid_to"])
        made = True
    if made:
        _welcome_private(contact, by=by, now=now)
    return contact


def _welcome_private(contact: Contactpersoon, *, by: User | None, now: datetime) -> None:
    if not contact.user.email:
        return
    outbox.tell(
        contact.user,
        subject=_("Je bent contactpersoon in Veertig"),
        text=format_lazy(
            "{}\n\n{}\n{}\n\n{}\n\n{}",
            _(
                "Dag. Je spreekt soms af met iemand die Nederlands leert. Die persoon schreef jou "
                "op als contactpersoon: die tijd samen telt mee voor de inburgering."
            ),
            _("Jij tekent hoelang jullie samen waren. Dat doe je op deze pagina:"),
            f"{settings.BASE_URL}/{contact.language}/tekenen/",
            _("Vraag daar een code met dit e-mailadres. Je telefoon onthoudt je daarna."),
            format_lazy(
                _("Klopt dit niet? Zeg het aan de trajectbegeleider: {name}."),
                name=by.name if by else "",
            ),
        ),
        key=f"welkom/{contact.pk}/{contact.user_id}/{contact.valid_from}",
        now=now,
        sender=by,
        language=contact.language,
        contact_gemeente=contact.gemeente,
    )


def account(name: str, email: str, mobile: str, language: str) -> User:
    """The account of an e-mail address or a mobile number, else a new one without password."""
    email, mobile = email.strip(), mobile.strip()
    known = _known(email, mobile)
    if known:
        return known
    user = User(name=name, email=email or None, mobile=mobile or None, language=language)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # somebody else wrote the same address down at the same moment
        known = _known(email, mobile)
        if known is None:
            raise
        return known
    return user


def _known(email: str, mobile: str) -> User | None:
    if email:
        return User.objects.filter(email__iexact=email).first()
    return User.objects.filter(mobile=mobile).first() if mobile else None


@transaction.atomic
def change(
    contact: Contactpersoon, new: NewContact, *, now: datetime, by: User | None = None
) -> None:
    """Write down other facts about a contact person.

    Another address never changes somebody's account, which may be used elsewhere: the contact
    person is linked to the account of the new address, and phones that knew the old one no longer
    sign. Only an account that had none and is this gemeente's own gets its first address. Raises
    ContactRefused when the new address is of another contact person of the organisatie.
    """
    moved = _reached_elsewhere(contact, new)
    if moved:
        contact.is_public = False  # they said so of the address that it was
    contact.name, contact.language = new.name, new.language
    contact.valid_from, contact.valid_to = new.valid_from, new.valid_to
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:
        raise ContactRefused(
            "Dit adres of nummer is al van een andere contactpersoon van deze organisatie. Kijk "
            "de lijst na."
        ) from None
    if moved:
        _welcome(contact, by=by, now=now)


def _reached_elsewhere(contact: Contactpersoon, new: NewContact) -> bool:
    """Link the contact person to whom the new address is of; False when it is the same."""
    person = contact.user
    email, mobile = new.email.strip(), new.mobile.strip()
    if (person.email or "").lower() == email.lower() and (person.mobile or "") == mobile:
        return False
    bare = not person.email and not person.mobile
    if bare and permissions.is_own_account(person, contact.gemeente) and not _known(email, mobile):
        person.email, person.mobile = email or None, mobile or None
        person.save(update_fields=["email", "mobile"])
    else:
        contact.user = account(new.name, email, mobile, new.language)
    return True


def _welcome(contact: Contactpersoon, *, by: User | None, now: datetime) -> None:
    """Say what is asked of a contact person. The address in it opens a page where one asks for a
    code: opening it signs nobody in."""
    if contact.organisatie is None or not contact.user.email:
        return
    outbox.tell(
        contact.user,
        subject=_("Je bent contactpersoon in Veertig"),
        text=format_lazy(
            "{}\n\n{}\n{}\n\n{}\n\n{}",
            format_lazy(
                _("Dag. De gemeente {gemeente} schreef je op als contactpersoon van {name}."),
                gemeente=contact.gemeente.name,
                name=contact.organisatie.name,
            ),
            _(
                "Komt iemand naar een activiteit van jullie? Dan teken jij hoelang die persoon er "
                "was. Dat doe je op deze pagina:"
            ),
            f"{settings.BASE_URL}/{contact.language}/tekenen/",
            _("Vraag daar een code met dit e-mailadres. Je telefoon onthoudt je daarna."),
            _("Klopt dit niet? Zeg het aan de gemeente."),
        ),
        key=f"welkom/{contact.pk}/{contact.user_id}/{contact.valid_from}",
        now=now,
        sender=by,
        language=contact.language,
        contact_gemeente=contact.gemeente,
    )


def leaving(contact: Contactpersoon, *, today: date) -> Leaving:
    """What would be left without a signer if `contact` ended now."""
    landing = GemeentePage.objects.filter(gemeente=contact.gemeente).first()
    if contact.organisatie is None or landing is None:
        return Leaving([], [])
    pages = ActiviteitPage.objects.filter(
        organisatie=contact.organisatie, path__startswith=landing.path
    ).order_by("title", "pk")
    others = _colleagues(contact, today=today)
    if not others.exists():
        return Leaving(list(pages), [])
    named = ActiviteitContact.objects.filter(contactpersoon=contact).values("page")
    by_others = ActiviteitContact.objects.filter(contactpersoon__in=others).values("page")
    return Leaving([], list(pages.filter(pk__in=named).exclude(pk__in=by_others)))


def replacements(contact: Contactpersoon, *, today: date) -> list[Contactpersoon]:
    """Who can take over the activities of `contact`."""
    return list(_colleagues(contact, today=today).order_by("name", "pk"))


def _colleagues(contact: Contactpersoon, *, today: date) -> QuerySet[Contactpersoon]:
    rows = Contactpersoon.objects.valid(today).filter(
        gemeente=contact.gemeente, organisatie=contact.organisatie
    )
    return rows.exclude(pk=contact.pk)


@transaction.atomic
def end(contact: Contactpersoon, *, today: date, replacement: int | None = None) -> None:
    """From now on this person signs nothing more. What was signed stays; where they were named,
    `replacement` stands instead. Raises ContactRefused when that is no colleague."""
    if replacement is not None:
        _hand_over(contact, replacement, today=today)
    contact.valid_to = today - timedelta(days=1)
    contact.valid_from = min(contact.valid_from, contact.valid_to)
    contact.save(update_fields=["valid_from", "valid_to"])


def _hand_over(contact: Contactpersoon, replacement: int, *, today: date) -> None:
    if replacement not in {colleague.pk for colleague in replacements(contact, today=today)}:
        raise ContactRefused("Deze vervanger kan hier niet tekenen. Kies iemand uit de lijst.")
    mine = ActiviteitContact.objects.filter(contactpersoon=contact)
    already = ActiviteitContact.objects.filter(contactpersoon=replacement).values("page")
    mine.exclude(page__in=already).update(contactpersoon=replacement)


@transaction.atomic
def reopen(contact: Contactpersoon, *, now: datetime, by: User | None = None) -> None:
    """Let somebody who was ended sign again, from today, until somebody ends it."""
    contact.valid_from = now.astimezone(BRUSSELS).date()
    contact.valid_to = None
    contact.save(update_fields=["valid_from", "valid_to"])
    _welcome(contact, by=by, now=now)


def candidates(page: ActiviteitPage, *, today: date) -> list[Contactpersoon]:
    """Who may stand for an activity: the contact persons of its organisatie in its gemeente."""
    rows = Contactpersoon.objects.valid(today).filter(
        gemeente=page.gemeente, organisatie=page.organisatie
    )
    return list(rows.select_related("user").order_by("name", "pk"))


@transaction.atomic
def attach(
    page: ActiviteitPage,
    chosen: set[int],
    deputies: Sequence[int] | None = None,
    *,
    today: date,
) -> None:
    """Let exactly the contact persons `chosen` stand for an activity. Those in `deputies` come
    after the others, in that order; without `deputies` who stands already keeps their place.

    Raises ContactRefused when one of them is not of its organisatie in its gemeente, or when
    there are deputies and nobody comes before them.
    """
    if chosen - {contact.pk for contact in candidates(page, today=today)}:
        raise ContactRefused(
            "Iemand die je koos is geen contactpersoon van deze organisatie. Kijk de lijst na."
        )
    rows = ActiviteitContact.objects.filter(page=page)
    place = dict(rows.values_list("contactpersoon", "deputy"))
    if deputies is not None:
        place = {pk: number for number, pk in enumerate(deputies, 1)}
    if deputies and all(place.get(pk, 0) for pk in chosen):
        raise ContactRefused("Kies ook iemand die als eerste tekent.")
    rows.exclude(contactpersoon__in=chosen).delete()
    ActiviteitContact.objects.bulk_create(
        [
            ActiviteitContact(page=page, contactpersoon_id=pk, deputy=place.get(pk, 0))
            for pk in sorted(chosen)
        ],
        update_conflicts=True,
        unique_fields=["page", "contactpersoon"],
        update_fields=["deputy"],
    )
