"""All rows of a file in one transaction, or none of them.

Nothing goes online: what is new is a draft, what is changed is a draft beside the live page, and
somebody here still judges the criteria.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from aanbod.contacts import named_organisatie
from aanbod.importing import judging, pages
from aanbod.importing.judging import CREATED, REFUSED, UPDATED, Existing, Judged
from aanbod.models import ActiviteitPage, Herkomst, Organisatie
from gemeenten.models import Gemeente, User

EVERY = 50  # rows between two words about progress


class ImportRefused(ValueError):
    """At least one row cannot be written, so none was. `judged` says which and why."""

    def __init__(self, judged: list[Judged]) -> None:
        super().__init__("Er zijn rijen geweigerd. Er is niets ingevoerd.")
        self.judged = judged


def apply(
    judged: list[Judged],
    gemeente: Gemeente,
    source: str,
    *,
    by: User | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Judged]:
    """Write the rows and give them back as they ended, each with its page.

    `progress` is told the number of rows done, at the start and after every fifty. Raises
    ImportRefused when a row is refused, in the preview or by what changed since; then nothing is
    written, as with any other error.
    """
    with transaction.atomic():
        # Two imports of one gemeente wait for each other, or both would make the same activity.
        Gemeente.objects.select_for_update(no_key=True).get(pk=gemeente.pk)
        existing = Existing(gemeente, source)
        judged = judging.again(judged, existing)
        if any(one.outcome == REFUSED for one in judged):
            raise ImportRefused(judged)
        writer = _Writer(existing, by)
        for done, one in enumerate(judged):
            if done % EVERY == 0:
                progress(done)
            writer.write(one)
        progress(len(judged))
    return judged


class _Writer:
    def __init__(self, existing: Existing, by: User | None) -> None:
        self.existing, self.by = existing, by
        self.organisaties: dict[str, Organisatie] = {}

    def write(self, one: Judged) -> None:
        if one.outcome == CREATED:
            self._create(one)
        elif one.outcome == UPDATED:
            self._update(one)

    def _create(self, one: Judged) -> None:
        page = ActiviteitPage(live=False, owner=self.by)
        self._fill(page, one.values)
        self.existing.landing.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=self.by, content_changed=True)
        page.save_revision(user=self.by)
        one.page_id = page.pk
        Herkomst.objects.create(page=page, **self._record(one))

    def _update(self, one: Judged) -> None:
        page = ActiviteitPage.objects.get(pk=one.page_id).get_latest_revision_as_object()
        self._fill(page, one.values)
        page.save_revision(user=self.by, log_action=True)
        if not one.external_id.startswith(pages.OWN):
            Herkomst.objects.filter(page=page).update(**self._record(one))

    def _fill(self, page: ActiviteitPage, values: dict[str, Any]) -> None:
        page.organisatie = self._organisatie(values["organisatie"])
        pages.fill(page, values, self.existing.deelgemeenten)

    def _organisatie(self, name: str) -> Organisatie:
        if name not in self.organisaties:
            self.organisaties[name] = named_organisatie(name)
        return self.organisaties[name]

    def _record(self, one: Judged) -> dict[str, str]:
        return {
            "source": self.existing.source,
            "external_id": one.external_id,
            "content_hash": judging.content_hash(one.values),
        }
