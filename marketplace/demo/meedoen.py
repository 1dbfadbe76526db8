"""Joining for the demo: an own proposal that waits at the desk, and somebody on a waiting list."""

from datetime import datetime, timedelta
from uuid import UUID

from aanbod.models import ActiviteitPage
from bewijzen import participation, trajects, voorstellen
from bewijzen.voorstellen import Named, Plan
from gemeenten.models import User

COFFEE = Plan(
    what="أشرب القهوة مع جارتي ونتحدث بالهولندية.",
    with_whom="مع جارتي ريتا، وأحيانًا مع أختها.",
    moment="كل يوم ثلاثاء بعد الظهر، ساعة ونصف.",
    place="في بيت ريتا.",
    dutch="Ik drink elke dinsdag koffie met mijn buurvrouw Rita, bij haar thuis.",
    answers={
        "groep": "ja",
        "nieuwe-mensen": "weet_niet",
        "duurzame-contacten": "ja",
        "voertaal": "ja",
        "wederzijds": "ja",
        "nederlandstaligen": "ja",
    },
    contact=Named("Rita Zonnedauw", "rita.zonnedauw@post.example"),
)


def load(users: dict[str, User], pages: dict[str, ActiviteitPage], now: datetime) -> None:
    """`users` and `pages` by the keys of the demo's files."""
    samira, elena = trajects.current(users["samira"]), trajects.current(users["elena"])
    if samira is None or elena is None:
        raise LookupError("the demo's inburgeraars have no traject")
    sent = now - timedelta(days=1)
    voorstel = voorstellen.propose(
        samira, COFFEE, intent=UUID(int=40), by=users["samira"], now=sent
    )
    tuesday = now.date() - timedelta(days=(now.date().weekday() - 1) % 7 or 7)
    voorstellen.note_day(voorstel.pk, tuesday, 90, by=users["samira"], now=now)
    # One place, and Emre has it.
    page = ActiviteitPage.objects.get(pk=pages["24038/stage-groendienst"].pk)
    participation.ask_to_join(elena, page, questions=["weinig"], now=sent)
