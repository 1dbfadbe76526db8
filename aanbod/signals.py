"""What has to happen in the transaction that saves an activity, whoever saves it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_slug_changed

from aanbod import (
    criteria,
    geocoding,
    indexing,
    nalezen,
    navraag,
    places,
    ready,
    sessies,
    translations,
)
from aanbod.models import (
    ActiviteitPage,
    Inzending,
    Opname,
    Organisatie,
    Vertaling,
    activiteit_saved,
)
from aanbod.models.pages import writes_state
from gemeenten.models import Gemeente, GemeentePage


def connect() -> None:
    pre_save.connect(_before_going_live, sender=ActiviteitPage)
    pre_save.connect(_before_scheduling, sender=Revision)
    activiteit_saved.connect(_saved, sender=ActiviteitPage)
    post_save.connect(_saved_as_plain_page, sender=Page)
    post_save.connect(_organisatie_saved, sender=Organisatie)
    post_save.connect(_vertaling_saved, sender=Vertaling)
    post_delete.connect(_vertaling_deleted, sender=Vertaling)
    post_save.connect(_inzending_saved, sender=Inzending)
    post_save.connect(_opname_saved, sender=Opname)
    post_delete.connect(_opname_deleted, sender=Opname)
    post_save.connect(_picture_saved, sender=get_image_model())
    pre_delete.connect(_picture_going, sender=get_image_model())
    page_published.connect(_published, sender=ActiviteitPage)
    page_slug_changed.connect(_gemeente_moved, sender=GemeentePage)


def _before_going_live(
    instance: ActiviteitPage, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    if raw or not instance.live or not writes_state(update_fields):
        return
    gemeente = instance.gemeente
    _require_criteria(instance, gemeente)
    found = places.locate(instance, gemeente)
    instance.lat, instance.lon, instance.location_source = found.lat, found.lon, found.source


def _before_scheduling(instance: Revision, raw: bool, **kwargs: Any) -> None:
    """Wagtail schedules on the revision alone, without saving the page."""
    if raw or not instance.approved_go_live_at:
        return
    if instance.content_type.model_class() is ActiviteitPage:
        page = instance.as_object()
        _require_criteria(page, page.gemeente)


def _require_criteria(page: ActiviteitPage, gemeente: Gemeente) -> None:
    """The last guard, below every way to publish; forms say the same by the field."""
    if sentences := criteria.refusals(page, gemeente):
        raise ValidationError({"kenmerken": sentences})


def _saved(instance: ActiviteitPage, **kwargs: Any) -> None:
    if instance.live:
        now = timezone.now()
        sessies.refresh(instance, now=now)
        translations.follow_dutch(instance)
        indexing.index(instance, now=now)
        geocoding.ask_after_commit(instance)
    else:
        indexing.remove(instance)


def _published(instance: ActiviteitPage, revision: Revision, **kwargs: Any) -> None:
    nalezen.published_otherwise(instance, revision)
    navraag.published(instance, now=timezone.now())


def _inzending_saved(instance: Inzending, created: bool, raw: bool, **kwargs: Any) -> None:
    """A change that an organisation sends in answers the question whether it still holds."""
    if created and instance.page_id and not raw:
        navraag.change_sent(instance.page_id, now=instance.sent_at)


def _saved_as_plain_page(instance: Page, raw: bool, **kwargs: Any) -> None:
    """Moving and bulk unpublishing save the base page only."""
    if not raw and instance.specific_class is ActiviteitPage:
        _saved(ActiviteitPage.objects.get(pk=instance.pk))


def _organisatie_saved(instance: Organisatie, created: bool, raw: bool, **kwargs: Any) -> None:
    if not raw and not created:
        _index_all(ActiviteitPage.objects.live().filter(organisatie=instance))


def _vertaling_saved(instance: Vertaling, raw: bool, **kwargs: Any) -> None:
    """Its words stand in the search table."""
    if not raw:
        _index_all(ActiviteitPage.objects.live().filter(pk=instance.page_id))


def _vertaling_deleted(instance: Vertaling, origin: Any, **kwargs: Any) -> None:
    """When its page goes along there is nothing to write."""
    if isinstance(origin, Vertaling) or getattr(origin, "model", None) is Vertaling:
        _index_all(ActiviteitPage.objects.live().filter(pk=instance.page_id))


def _opname_saved(instance: Opname, raw: bool, **kwargs: Any) -> None:
    """Its address stands in the ready pages."""
    if not raw:
        _index_all(ActiviteitPage.objects.live().filter(pk=instance.page_id))


def _opname_deleted(instance: Opname, origin: Any, **kwargs: Any) -> None:
    """The file goes with the row, whatever took the row away."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
    if isinstance(origin, Opname):
        _index_all(ActiviteitPage.objects.live().filter(pk=instance.page_id))


def _picture_saved(instance: Any, raw: bool, **kwargs: Any) -> None:
    """Another file or another crop has another address."""
    if not raw:
        _index_all(ActiviteitPage.objects.live().filter(picture=instance))


def _picture_going(instance: Any, **kwargs: Any) -> None:
    """Until they are written again, Wagtail renders the pages on which it stood."""
    for pk in ActiviteitPage.objects.filter(picture=instance).values_list("pk", flat=True):
        ready.remove(pk)


def _gemeente_moved(instance: GemeentePage, **kwargs: Any) -> None:
    """The addresses of its activities stand in their cards."""
    _index_all(ActiviteitPage.objects.live().descendant_of(instance))


def _index_all(pages: Any) -> None:
    for page in pages:
        indexing.index(page, now=timezone.now())
