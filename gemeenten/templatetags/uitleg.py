"""What a page about the traject shows."""

from django import template
from django.utils.translation import get_language

from gemeenten import uitleg
from gemeenten.models import UitlegPage, UitlegVertaling

register = template.Library()


@register.simple_tag
def uitleg_of(page: UitlegPage) -> uitleg.Reading:
    """The page for the reader; works for a preview as well."""
    row = None
    if page.pk:
        row = UitlegVertaling.objects.filter(page_id=page.pk, language=get_language()).first()
    return uitleg.reading(page, row)


@register.simple_tag
def uitleg_links() -> list[uitleg.Link]:
    return uitleg.links(get_language() or "nl")
