"""Zoekvragen and a toeleider for the demo: one open, one answered, one noted at the desk, and a
first time together that waits for a yes."""

from datetime import datetime, time, timedelta

from aanbod.models import ActiviteitPage
from bewijzen import eerste_keer, toeleiders, trajects, zoekvragen
from bewijzen.ledger import BRUSSELS
from bewijzen.toeleiders import NewToeleider
from bewijzen.zoekvragen import Agreed, Reply, Wishes
from gemeenten.models import Gemeente, User


def load(users: dict[str, User], pages: dict[str, ActiviteitPage], now: datetime) -> None:
    """`users` and `pages` by the keys of the demo's files."""
    herent, colleague = Gemeente.objects.get(nis="24038"), users["redacteur_herent"]
    # As it was published; the row at hand is older.
    table = ActiviteitPage.objects.get(pk=pages["24038/praattafel"].pk)
    today = now.astimezone(BRUSSELS).date()
    rosa = toeleiders.add(
        herent,
        NewToeleider(
            name="Rosa Vlinderbloem",
            email="rosa.vlinderbloem@herent.example",
            languages=("nl", "ar", "fr"),
            valid_from=today - timedelta(days=100),
            available="dinsdagavond en zaterdag",
        ),
        by=colleague,
    )
    samira = trajects.current(users["samira"])
    ahmad = trajects.current(users["ahmad_s"])
    if samira is None or ahmad is None:
        raise LookupError("the demo's inburgeraars have no traject")
    zoekvragen.ask(
        samira,
        herent,
        Wishes(
            soorten=("sport", "buurthuis"),
            moments=("avond",),
            children=True,
            note="Mijn dochter is 5 jaar.",
        ),
        Agreed(samira.inburgeraar.name, "samira@post.example"),
        by=samira.inburgeraar.user,
        now=now - timedelta(days=9),
    )
    vraag = zoekvragen.ask(
        ahmad,
        herent,
        Wishes(soorten=("conversatie",), moments=("avond",), taalniveau="a1"),
        None,
        by=ahmad.trajectbegeleider,
        now=now - timedelta(days=6),
    )
    zoekvragen.answer(
        vraag.pk,
        Reply("activiteiten", "Aan deze tafel is plaats. Kom gerust eens kijken.", _pks(table)),
        by=colleague,
        now=now - timedelta(days=2),
    )
    zoekvragen.note_at_desk(
        herent,
        Wishes(soorten=("vrijwilligerswerk",), moments=("weekend",), note="Kookt graag."),
        None,
        language="tr",
        by=colleague,
        now=now - timedelta(days=1),
    )
    keer = eerste_keer.ask(ahmad, table, by=ahmad.inburgeraar.user, now=now)
    evening = datetime.combine(today + timedelta(days=3), time(18, 45), BRUSSELS)
    eerste_keer.plan(
        keer.pk, rosa, evening, "Aan de ingang van de bibliotheek", by=colleague, now=now
    )


def _pks(*pages: ActiviteitPage) -> frozenset[int]:
    return frozenset(page.pk for page in pages)
