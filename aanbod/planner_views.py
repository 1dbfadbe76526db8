"""The planner's page, for anyone: nothing is kept, the address holds what was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import date as format_date
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from aanbod import planner, planner_form
from aanbod.api import feeds, offer
from aanbod.labels import HEADINGS, KOSTEN, LABELS, STRAAL
from aanbod.models import Dag, Kinderopvang, Sessie, Soort, Taalniveau, Zoekregel
from aanbod.planner import Obstacle, Plan, Wish
from aanbod.planner_form import Choice
from aanbod.planner_search import Going
from aanbod.planner_week import PARTS
from aanbod.search import Row
from aanbod.sessies import BRUSSELS
from gemeenten.places import Place, find_place, suggestions

#: Dates of one calendar file.
MOST_DATES = 200
CLOSE_KM = 5
HALF_HOUR = 30


@dataclass(frozen=True)
class Shown:
    """One activity of a plan, with its card and the days to go."""

    row: Row
    going: Going
    days: list[date]
    minutes_each: list[int]

    @property
    def by_agreement(self) -> bool:
        return self.going.option.by_agreement

    @property
    def each(self) -> int:
        """Minutes of one time, when all are equally long; else 0."""
        return self.minutes_each[0] if len(set(self.minutes_each)) == 1 else 0


@dataclass(frozen=True)
class PlanCard:
    """A plan as the page shows it; minutes, and days in Brussels."""

    day: date
    gives: int
    #: Never more than it gives: 23.5 hours are 23.
    whole_hours: int
    a_week: int
    why: str
    reasons: list[str]
    #: Kilometres to the farthest, when that is not far.
    close_km: float | None
    shown: list[Shown]
    calendar: str


@dataclass(frozen=True)
class Way:
    """A wish that stands in the way, and the address without it."""

    wish: str
    change: str
    url: str
    day: date


@require_safe
@conditional_page
def plan(request: HttpRequest) -> HttpResponse:
    choice = planner_form.parse(request.GET)
    context = screen(choice, now=timezone.now(), path=reverse("aanbod:plan"))
    context["keep"] = _with(_named("bewijzen:mijn_plan"), choice)
    return render(request, "aanbod/planner.html", context)


@require_safe
@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """The dates of one plan, by their numbers: the plan itself may be another one tomorrow."""
    numbers = request.GET.get("s", "")[: MOST_DATES * 10].split(".")
    ids = [int(number) for number in numbers if number.isascii() and number.isdigit()]
    ids = [number for number in ids if number < 2**63][:MOST_DATES]
    dates: dict[int, list[Sessie]] = {}
    for row in Sessie.objects.filter(pk__in=ids).order_by("van", "pk"):
        dates.setdefault(row.page_id, []).append(row)
    shown = offer.shown(dates)
    if not shown:
        raise Http404
    return HttpResponse(
        feeds.calendar("Mijn plan", shown, dates),
        content_type=f"{feeds.CONTENT_TYPE}; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="veertig-plan.ics"'},
    )


def screen(
    choice: Choice,
    *,
    now: datetime,
    path: str,
    done: int | None = None,
    target: int = planner_form.TARGET_HOURS * 60,
) -> dict[str, Any]:
    """What the page shows for a choice; `done` in minutes when a traject says it. `path` is where
    the form goes."""
    if done is not None:
        choice = replace(choice, uren=0)
    place = find_place(choice.plaats) if choice.plaats else None
    if choice.plaats and place is None:
        choice = replace(choice, unknown=(*choice.unknown, ("plaats", choice.plaats)))
    context = {
        "choice": choice,
        "path": path,
        "place": place,
        "done": choice.uren * 60 if done is None else done,
        "done_is_known": done is not None,
        "target": target,
        "notes": [_note(name, value) for name, value in choice.unknown],
        "suggested": _suggested(choice, path) if place is None else [],
        "fields": [(name, value) for name, value in _pairs(choice)],
        **_fields(choice),
    }
    if place is not None:
        wish = planner_form.wish(choice, place, done=done, target=target)
        context |= _answer(choice, wish, now=now, path=path)
    return context


def _answer(choice: Choice, wish: Wish, *, now: datetime, path: str) -> dict[str, Any]:
    found = planner.plans(wish, now=now)
    answer: dict[str, Any] = {"missing": wish.missing}
    ways: list[Obstacle] = []
    if not found and wish.missing:
        ways = planner.obstacles(wish, now=now)
        answer["ways"] = [_way(way, choice, path) for way in ways]
        answer["zoekvraag"] = _named("bewijzen:zoekvraag") or reverse("aanbod:results")
    answer["plans"] = _cards(found, wish, now)
    # The nearest that does work, in full.
    answer["nearest"] = _cards([way.plan for way in ways[:1]], ways[0].wish, now) if ways else []
    return answer


# -- Plans -----------------------------------------------------------------------------------


def _cards(found: list[Plan], wish: Wish, now: datetime) -> list[PlanCard]:
    ids = [page_id for plan in found for page_id in plan.found.ids]
    made = _ready_made(ids)
    today = now.astimezone(BRUSSELS).date()
    return [_card(plan, wish, made, today) for plan in found]


def _ready_made(ids: list[int]) -> dict[int, tuple[str, int | None]]:
    if not ids:
        return {}
    rows = Zoekregel.objects.filter(page__in=ids)
    found = rows.values_list("page_id", f"cards__{get_language()}", "places_left")
    return {page_id: (card or "", left) for page_id, card, left in found}


def _card(plan: Plan, wish: Wish, made: dict[int, tuple[str, int | None]], today: date) -> PlanCard:
    day = date.fromordinal(plan.found.day)
    farthest = max(going.option.km for going in plan.found.going)
    weeks = max(1.0, (day - today).days / 7)
    numbers = [str(time.pk) for going in plan.found.going for time in going.times if time.pk]
    path = f"{reverse('aanbod:plan_agenda')}?s={'.'.join(numbers[:MOST_DATES])}"
    return PlanCard(
        day=day,
        gives=plan.found.minutes,
        whole_hours=plan.found.minutes // 60,
        a_week=max(1, round(plan.found.minutes / weeks / HALF_HOUR)) * HALF_HOUR,
        why=_why(plan),
        reasons=list(_reasons(plan, wish)),
        close_km=farthest if farthest <= CLOSE_KM else None,
        shown=[_shown(going, *made.get(going.option.page_id, ("", None)))
               for going in plan.found.going],
        calendar=path if numbers else "",
    )  # fmt: skip


def _shown(going: Going, card: str, left: int | None) -> Shown:
    return Shown(
        row=Row(going.option.page_id, card, left, going.option.km),
        going=going,
        days=[date.fromordinal(time.day) for time in going.times],
        minutes_each=[time.minutes for time in going.times],
    )


def _why(plan: Plan) -> str:
    return {
        "snelst": gettext("Het snelst klaar"),
        "een": gettext("Eén activiteit: je ziet altijd dezelfde mensen"),
        "dichtbij": gettext("Dichter bij huis"),
        "anders": gettext("Iets anders"),
        "bijna": gettext("Dit past bijna"),
    }[plan.why]


def _reasons(plan: Plan, wish: Wish) -> Iterator[str]:
    """What this plan has that was asked for, or that makes it easy."""
    options = [going.option for going in plan.found.going]
    if wish.soort or wish.thema:
        yield gettext("Dit doe je graag.")
    if wish.week.taken:
        yield gettext("Je hebt dan geen les en geen werk.")
    if wish.kinderopvang == (Kinderopvang.OPVANG,):
        yield gettext("Er is altijd kinderopvang.")
    elif wish.kinderopvang == (Kinderopvang.MEE,):
        yield gettext("Je kinderen mogen altijd mee.")
    elif wish.kinderopvang:
        yield gettext("Er is opvang, of je kinderen mogen mee.")
    if all(option.cost == 0 for option in options):
        yield gettext("Het is gratis.")


# -- When there is none ----------------------------------------------------------------------


def _way(way: Obstacle, choice: Choice, path: str) -> Way:
    other = choice
    for name in way.names:
        other = planner_form.without(other, name, way.wish)
    words = [_words_of(name, choice.straal, way.wish.straal) for name in way.names]
    wish, change = " ".join(word[0] for word in words), " + ".join(word[1] for word in words)
    return Way(wish, change, _with(path, other), date.fromordinal(way.plan.found.day))


def _words_of(name: str, *km: int) -> tuple[str, str]:
    """The wish that stands in the way, and the change that helps; `km` of now and then."""
    return {
        "klaar": (gettext("Je wil vroeg klaar zijn."), gettext("Neem meer tijd")),
        "straal": (
            gettext("Je zoekt tot %(km)s km.") % {"km": km[0]},
            gettext("Zoek tot %(km)s km") % {"km": km[1]},
        ),
        "soort": (gettext("Je koos wat je graag doet."), gettext("Kies uit alles")),
        "kosten": (gettext("Het mag niet te veel kosten."), gettext("Het mag meer kosten")),
        "taalniveau": (
            gettext("Je koos weinig Nederlands."),
            gettext("Het mag met meer Nederlands"),
        ),
        "voor": (gettext("Je wil alleen met vrouwen."), gettext("Het mag ook gemengd zijn")),
        "week": (gettext("Je hebt les of werk."), gettext("Kijk naar de hele week")),
        "kinderopvang": (gettext("Je hebt kinderen bij je."), gettext("Zonder je kinderen")),
    }[name]


# -- The form --------------------------------------------------------------------------------


def _fields(choice: Choice) -> dict[str, Any]:
    return {
        "straal": STRAAL,
        "soorten": [(value, label, value in choice.soort) for value, label in Soort.choices],
        "kinderen": [
            (value, label, value in choice.kinderopvang) for value, label in Kinderopvang.choices
        ],
        "taalniveaus": [
            (value, label, value in choice.taalniveau) for value, label in Taalniveau.choices
        ],
        "prijzen": [(value, label, value in choice.kosten) for value, label in KOSTEN.items()],
        "weeks": [_week(kind, choice) for kind in planner_form.KINDS],
        "more": bool(
            choice.werk or choice.taalniveau or choice.kosten or choice.voor or choice.vrouw
            or choice.straal != planner.STRAAL or choice.clocks or choice.door
        ),
    }  # fmt: skip


def _week(kind: str, choice: Choice) -> dict[str, Any]:
    """The week of lessons or work: for each weekday three blocks, and the clock times."""
    moments = LABELS["moment"]
    return {
        "kind": kind,
        "days": [
            (
                label,
                _short(weekday),
                [
                    (f"{dag}-{part}", part, moments[part], f"{dag}-{part}" in getattr(choice, kind))
                    for part in PARTS
                ],
            )
            for weekday, (dag, label) in enumerate(Dag.choices)
        ],
        "clocks": [
            (f"{kind}_{part}", moments[part], *_times(choice, f"{kind}_{part}")) for part in PARTS
        ],
    }


def _short(weekday: int) -> str:
    """A day of the week in at most three letters (0 is Monday). In Arabic without its article,
    with which all seven begin."""
    # The first of January of the year 1 was a Monday.
    written = format_date(date(1, 1, 1 + weekday), "D")
    return str(written).strip(".").removeprefix("ال")[:3]


def _times(choice: Choice, name: str) -> tuple[str, str]:
    if name not in choice.clocks:
        return "", ""
    start, end = choice.clocks[name]
    return planner_form.clock(start), planner_form.clock(end)


def _note(name: str, value: str) -> str:
    words = {"value": value, "filter": HEADINGS.get(name, "")}
    if name == "plaats":
        return gettext("We kennen de plaats “%(value)s” niet.") % words
    if name == "klaar":
        return gettext("We begrijpen de dag “%(value)s” niet. We zoeken zonder.") % words
    if name == "uur":
        return gettext("We begrijpen de uren “%(value)s” niet. Vul van en tot in.") % words
    if name == "uren":
        return gettext("“%(value)s” is geen aantal uren.") % words
    return gettext("“%(filter)s”: we kennen “%(value)s” niet. We zoeken zonder.") % words


def _suggested(choice: Choice, path: str) -> list[tuple[str, str]]:
    """Places written almost like one that we do not know: (name, address)."""
    if not choice.plaats:
        return []
    close: list[Place] = suggestions(choice.plaats, limit=3)
    return [(place.name, _with(path, replace(choice, plaats=place.name))) for place in close]


def _with(path: str, choice: Choice) -> str:
    query = planner_form.address(choice)
    return f"{path}?{query}" if path and query else path


def _pairs(choice: Choice) -> Iterator[tuple[str, str]]:
    for name, values in QueryDict(planner_form.address(choice)).lists():
        yield from ((name, value) for value in values)


def _named(name: str) -> str:
    """An address of a room above this one; "" while it is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
