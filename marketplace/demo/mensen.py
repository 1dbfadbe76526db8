"""Around the contact persons of the demo: a deputy, a mail that did not arrive, and somebody who
stands in for a day."""

from datetime import datetime, timedelta

from aanbod import invallers
from aanbod.invallers import NewInvaller
from aanbod.models import ActiviteitContact, ActiviteitPage, Contactpersoon, Organisatie
from gemeenten.models import Bericht, User


def load(
    organisatie: Organisatie,
    page: ActiviteitPage,
    deputy: Contactpersoon,
    unreached: Contactpersoon,
    *,
    by: User,
    now: datetime,
) -> None:
    """`deputy` is asked second for `page`; the last mail to `unreached` failed; today somebody
    without e-mail stands in at `page` of `organisatie`, named by the editor `by`."""
    ActiviteitContact.objects.update_or_create(
        page=page, contactpersoon=deputy, defaults={"deputy": 1}
    )
    Bericht.objects.create(
        receiver=unreached.user,
        contact_gemeente=unreached.gemeente,
        channel=Bericht.Channel.MAIL,
        language=unreached.language,
        subject="Er wacht iets op je handtekening",
        text="Op je pagina in Veertig zie je wie er was.",
        state=Bericht.State.FAILED,
        attempts=5,
        key=f"demo/mislukt/{unreached.pk}",
        created_at=now - timedelta(days=2),
    )
    day = now.astimezone(invallers.BRUSSELS).date()
    new = NewInvaller("Warre Lisdodde", day, page=page)
    invallers.name(deputy.gemeente, organisatie, new, by=by, now=now)
