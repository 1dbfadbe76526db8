"""The page of an activity, ready before anybody asks for it.

Rendering it takes as much work as some twenty requests, so it is done once for each change and
language, and kept beside the activity. What changes by the hour are marks in it: the dates, the
places left, who can be asked, and the gemeente above it. One statement reads all of that in the
moment somebody asks, so nothing private, full or over is shown because it was kept.
"""

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.db.models.functions import JSONObject
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from aanbod import details, translations
from aanbod.details import SHOWN_DATES, Details
from aanbod.models import ActiviteitPage, KlarePagina, PlacesTaken, Sessie, Vertaling
from aanbod.permissions import public_contacts
from aanbod.sessies import BRUSSELS
from gemeenten.mobile import readable
from gemeenten.models import GemeentePage

# A comment cannot come from what editors type: that is escaped.
DATES, ASK, ASK_URL, SAID, PLACES, CONTACT, GEMEENTE, GEMEENTE_URL = (
    SafeString(f"<!--{name}-->")
    for name in ("data", "vraag", "vraag-url", "gezegd", "plaatsen", "contact", "in", "in-url")
)
MARKS = {
    "dates": DATES,
    "ask": ASK,
    "ask_url": ASK_URL,
    "said": SAID,
    "places": PLACES,
    "contact": CONTACT,
    "gemeente": GEMEENTE,
    "gemeente_url": GEMEENTE_URL,
}

#: What one can send in Dutch, by the start of a date; None: by agreement.
Messages = dict[datetime | None, str]


@dataclass(frozen=True)
class Moment:
    """What is asked of the database when somebody opens the page."""

    gemeente: str
    gemeente_slug: str
    colour: str
    #: None: no limit.
    places_left: int | None
    #: Who let it be public: {"name", "email", "mobile"}.
    contacts: list[dict[str, str]]


@dataclass(frozen=True)
class Shown:
    """The page for one reader: texts of its head, and all of its main part."""

    #: None of a page that has no address yet.
    pk: int | None
    title: str
    summary: str
    colour: str
    main: SafeString


# -- Writing ---------------------------------------------------------------------------------


def store(page: ActiviteitPage, *, now: datetime) -> None:
    """Write a live activity's pages as it is saved, in every language. For the transaction that
    changes it."""
    rows = translations.rows_of(page)
    facts = details.of(page, now=now)
    dutch = _dutch(page, facts)
    landing = GemeentePage.objects.only("pk").get(path=page.path[: -page.steplen])
    ready = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            made = render(page, facts, rows.get(language), dutch)
        made.page_id, made.landing, made.language = page.pk, landing, language
        made.valid_until = _valid_until(page, facts, now)
        ready.append(made)
    KlarePagina.objects.bulk_create(
        ready,
        update_conflicts=True,
        unique_fields=["page", "language"],
        update_fields=["landing", "title", "summary", "body", "times", "valid_until"],
    )


def remove(page_id: int) -> None:
    KlarePagina.objects.filter(page_id=page_id).delete()


def render(
    page: ActiviteitPage, facts: Details, row: Vertaling | None, dutch: Messages
) -> KlarePagina:
    """The page in the current language, with marks, not saved."""
    texts = translations.reading(page, row)
    context = {"page": page, "details": facts, "texts": texts, "mark": MARKS}
    return KlarePagina(
        title=str(texts.title),
        summary=str(texts.summary),
        body=render_to_string("aanbod/activiteit_body.html", context),
        times={
            "dates": [_date(one, str(texts.title), dutch) for one in facts.times],
            "ask": _ask(str(texts.title), None, dutch),
        },
    )


def _date(one: details.Time, title: str, dutch: Messages) -> dict[str, Any]:
    return {
        "van": one.van.isoformat(),
        "tot": one.tot.isoformat(),
        "row": render_to_string("aanbod/activiteit_datum.html", {"time": one}),
        "ask": None if one.cancelled else _ask(title, one.van, dutch),
    }


def _ask(title: str, van: datetime | None, dutch: Messages) -> list[str]:
    """The message that somebody can send, in Dutch, and what it says."""
    return [dutch[van], "" if get_language() == "nl" else _message(title, van)]


def _dutch(page: ActiviteitPage, facts: Details) -> Messages:
    with translation.override("nl"):
        return {van: _message(page.title, van) for van in [None, *(t.van for t in facts.times)]}


def _message(title: str, van: datetime | None) -> str:
    return render_to_string("aanbod/activiteit_vraag.txt", {"title": title, "van": van}).strip()


def _valid_until(page: ActiviteitPage, facts: Details, now: datetime) -> datetime | None:
    """When something is shown that is over, or not shown that is to come."""
    ends = []
    if facts.times:
        shown = SHOWN_DATES if facts.more_times else 1
        ends.append(facts.times[-shown].tot)
    if facts.pause and page.paused_until:
        ends.append(datetime.combine(page.paused_until + timedelta(1), time.min, BRUSSELS))
    return min(ends, default=None)


# -- Reading ---------------------------------------------------------------------------------


#: Written out, because the ORM takes four times as long to make it as PostgreSQL to answer it. Who
#: is public: `aanbod/permissions.py`, `public_contacts`; a test holds that they agree.
_READY = """
SELECT ready.page_id, ready.title, ready.summary, ready.body, activiteit.capacity, taken.number,
    above.title, landing.colour, ready.times::text,
    (SELECT json_agg(json_build_object(
            'name', contact.name, 'account', person.name,
            'email', person.email, 'mobile', person.mobile) ORDER BY contact.name, contact.id)
        FROM aanbod_activiteitcontact named
        JOIN aanbod_contactpersoon contact ON contact.id = named.contactpersoon_id
        JOIN gemeenten_user person ON person.id = contact.user_id
        WHERE named.page_id = ready.page_id AND named.deputy = 0 AND contact.is_public
            AND person.is_active AND contact.valid_from <= %(today)s
            AND (contact.valid_to IS NULL OR contact.valid_to >= %(today)s))::text
FROM wagtailcore_page page
JOIN aanbod_klarepagina ready ON ready.page_id = page.id AND ready.language = %(language)s
JOIN aanbod_activiteitpage activiteit ON activiteit.page_ptr_id = page.id
JOIN wagtailcore_page above ON above.id = ready.landing_id AND above.slug = %(gemeente)s
JOIN gemeenten_gemeentepage landing ON landing.page_ptr_id = ready.landing_id
LEFT JOIN aanbod_placestaken taken ON taken.page_id = page.id
WHERE page.slug = %(slug)s AND page.live
    AND (ready.valid_until IS NULL OR ready.valid_until > %(now)s)
LIMIT 1
"""


def find(gemeente: str, slug: str, *, now: datetime) -> Shown | None:
    """The page at an address (slugs) in the current language, in one statement; None when none
    is ready."""
    asked: dict[str, Any] = {
        "language": get_language(),
        "gemeente": gemeente,
        "slug": slug,
        "now": now,
        "today": details.day_of(now),
    }
    with connection.cursor() as cursor:
        cursor.execute(_READY, asked)
        found = cursor.fetchone()
    if found is None:
        return None
    pk, title, summary, body, capacity, taken, landing, colour = found[:8]
    times, contacts = json.loads(found[8]), json.loads(found[9] or "[]")
    left = details.places_left(capacity, taken)
    moment = Moment(landing, gemeente, colour, left, contacts)
    return Shown(pk, title, summary, colour, _fill(body, times, moment, now))


def fresh(page: ActiviteitPage, *, now: datetime) -> Shown:
    """The same, made now: for a preview, and for what is not ready."""
    rows = {} if get_language() == "nl" else translations.rows_of(page)
    facts = details.of(page, now=now)
    made = render(page, facts, rows.get(get_language() or ""), _dutch(page, facts))
    moment = _moment(page, now)
    main = _fill(made.body, made.times, moment, now)
    return Shown(page.pk if page.live else None, made.title, made.summary, moment.colour, main)


def message(page: ActiviteitPage, *, now: datetime) -> str:
    """The message in Dutch that somebody can send, about the next date that is not cancelled."""
    coming = Sessie.objects.filter(page=page, van__gt=now).exclude(state=Sessie.State.AFGELAST)
    van = coming.order_by("van").values_list("van", flat=True).first()
    with translation.override("nl"):
        return _message(page.title, van)


def _moment(page: ActiviteitPage, now: datetime) -> Moment:
    # A page that was never saved knows its place in the tree, but not more.
    landing = page.get_parent().specific if page.path else None
    taken = PlacesTaken.objects.filter(page_id=page.pk).values_list("number", flat=True).first()
    contacts = list(_contact_rows(page.pk, now)) if page.pk else []
    left = details.places_left(page.capacity, taken)
    if landing is None:
        return Moment("", "", "", left, contacts)
    return Moment(landing.title, landing.slug, landing.colour, left, contacts)


def _contact_rows(page_id: Any, now: datetime) -> Any:
    rows = public_contacts(details.day_of(now)).filter(
        activiteiten__page=page_id, activiteiten__deputy=0
    )
    said = JSONObject(name="name", account="user__name", email="user__email", mobile="user__mobile")
    return rows.order_by("name", "pk").values_list(said, flat=True)


def _fill(body: str, times: dict[str, Any], moment: Moment, now: datetime) -> SafeString:
    """The marks replaced by what holds now."""
    coming = [one for one in times["dates"] if datetime.fromisoformat(one["tot"]) > now]
    asks = (one["ask"] for one in coming if datetime.fromisoformat(one["van"]) > now)
    dutch, said = next(filter(None, asks), times["ask"])
    filled = (
        body.replace(DATES, "".join(one["row"] for one in coming[:SHOWN_DATES]))
        .replace(GEMEENTE_URL, f"/{get_language()}/{moment.gemeente_slug}/")
        .replace(GEMEENTE, escape(moment.gemeente))
        .replace(ASK_URL, quote(dutch))
        .replace(ASK, escape(dutch))
        .replace(SAID, escape(said))
    )
    if PLACES in filled:
        filled = filled.replace(PLACES, _places(moment.places_left))
    contact = _contact(moment.contacts, dutch) if moment.contacts else ""
    return mark_safe(filled.replace(CONTACT, contact))  # noqa: S308 - ours, and all else escaped


def _places(left: int | None) -> str:
    return render_to_string("aanbod/activiteit_plaatsen.html", {"left": left})


def _contact(contacts: list[dict[str, str]], dutch: str) -> str:
    people = [
        {
            "name": row["name"] or row["account"],
            "email": row["email"],
            "mobile": row["mobile"],
            "readable": readable(row["mobile"]) if row["mobile"] else "",
        }
        for row in contacts
        if row["email"] or row["mobile"]
    ]
    context = {"people": people, "ask_url": quote(dutch)}
    return render_to_string("aanbod/activiteit_contact.html", context)
