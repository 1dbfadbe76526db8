"""One activity of the demo of which the organisation did not answer yet whether it still holds."""

from datetime import datetime, timedelta

from aanbod.models import ActiviteitPage, Navraag

ASKED, REMINDED = timedelta(days=18), timedelta(days=4)


def load(page: ActiviteitPage, now: datetime) -> None:
    """As `manage.py navraag` would have left it; without its mails, which would be weeks old."""
    Navraag.objects.filter(page=page).update(
        ask_on=(now - ASKED).date(),
        step=Navraag.Step.HERINNERD,
        step_at=now - REMINDED,
        asked_at=now - ASKED,
        reminded_at=now - REMINDED,
    )
