"""Tags and filters of the look. They are builtins: no {% load %} needed."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _

from gemeenten import formats, icons
from marketplace import ring, styles

register = template.Library()

register.filter("hours", formats.hours)
register.filter("distance", formats.distance)
register.filter("digits", formats.digits)
register.filter("month_day", formats.month_day, expects_localtime=True)
register.filter("long_day", formats.long_day, expects_localtime=True)
register.filter("full_day", formats.full_day, expects_localtime=True)
register.simple_tag(icons.icon, name="icon")

FACE = "vendor/noto-ethiopic/noto-sans-ethiopic.woff2"

_RING_WIDTH = {"large": 6.5, "small": 10.0}


@register.simple_tag
def css(name: str) -> SafeString:
    """A bundle of marketplace.styles, inline: exactly what its hash in the CSP allows."""
    return mark_safe(f"<style>{styles.bundle(name)}</style>")  # noqa: S308 - our own files


@register.simple_tag(takes_context=True)
def accent(context: Context, colour: str) -> SafeString:
    """A municipality's own colour ("#rrggbb" or empty) for this page, in {% block head %}.

    Leaves its hash on the request for the CSP; without a request it writes nothing.
    """
    own = styles.accent(colour or "")
    request = context.get("request")
    if not own or request is None:
        return mark_safe("")
    return _own_style(request, own)


@register.simple_tag(takes_context=True)
def face(context: Context) -> SafeString:
    """The letters of Tigrinya, on pages in Tigrinya; other pages pay no byte for them."""
    request = context.get("request")
    if get_language() != "ti" or request is None:
        return mark_safe("")
    return _own_style(request, styles.ethiopic(static(FACE)))


def _own_style(request: HttpRequest, css: str) -> SafeString:
    """A style of this page only: its hash is left on the request for the CSP."""
    known = getattr(request, "style_hashes", [])
    request.style_hashes = [*known, styles.hash_of(css)]  # type: ignore[attr-defined]
    return mark_safe(f"<style>{css}</style>")  # noqa: S308 - a checked colour or our own file


@register.simple_tag
def soort_icon(soort: str, size: str = "") -> SafeString:
    """The pictogram of a kind of activity (model.md: soort)."""
    return icons.icon(icons.ICON_FOR_SOORT[soort], size)


@register.simple_tag
def moment_icon(moment: str, size: str = "") -> SafeString:
    """The pictogram of a moment (model.md: moment)."""
    return icons.icon(icons.ICON_FOR_MOMENT[moment], size)


@register.simple_tag(name="ring")
def ring_tag(
    counted_minutes: int,
    waiting_minutes: int = 0,
    target_minutes: int = ring.SEGMENTS * 60,
    size: str = "large",
    label: str = "",
) -> SafeString:
    """The ring of forty as SVG. Put it in <div class="ring">, with .ring-text for the number."""
    return format_html(
        '<svg width="216" height="216" viewBox="0 0 100 100" role="img" aria-label="{}">'
        '<g fill="none" stroke="currentColor">{}</g></svg>',
        label or _ring_label(counted_minutes, waiting_minutes, target_minutes),
        mark_safe(  # noqa: S308 - numbers only
            ring.drawing(counted_minutes, waiting_minutes, target_minutes, _RING_WIDTH[size])
        ),
    )


def _ring_label(counted: int, waiting: int, target: int) -> str:
    words = {
        key: formats.hours(value)
        for key, value in {"counted": counted, "waiting": waiting, "target": target}.items()
    }
    if waiting:
        return _("%(counted)s telt, %(waiting)s wacht, van %(target)s") % words
    return _("%(counted)s van %(target)s") % words


@register.simple_tag
def mark() -> SafeString:
    """The small logo, in the colour of .mark. The name stands beside it."""
    return mark_safe(
        '<svg class="mark" width="34" height="34" viewBox="0 0 40 40" aria-hidden="true">'
        '<circle cx="20" cy="20" r="15.5" fill="none" stroke="currentColor" stroke-width="7"'
        ' pathLength="400" stroke-dasharray="12 8" stroke-dashoffset="-4"'
        ' transform="rotate(-90 20 20)"/></svg>'
    )


@register.inclusion_tag("language_links.html", takes_context=True)
def language_links(context: Context) -> dict[str, Any]:
    """This page in the other languages, as plain links; nothing where an address has no language.

    Only the prefix differs between languages, so nothing has to be resolved.
    """
    request = context.get("request")
    path = request.get_full_path() if request else ""
    current = get_language_from_path(path)
    rest = path[len(f"/{current}") :] if current else ""
    return {
        "current": get_language(),
        "links": [
            {"code": code, "name": name, "url": f"/{code}{rest}"}
            for code, name in settings.LANGUAGES
            if current
        ],
    }


@register.simple_tag(takes_context=True)
def here(context: Context, url: str, *others: str) -> SafeString:
    """aria-current for a link in a menu: "page" on that page, "true" on a page below it.

    The other addresses lie below this one and have a menu entry of their own.
    """
    path = context["request"].path if "request" in context else ""
    if not url or not path.startswith(url) or any(o and path.startswith(o) for o in others):
        return mark_safe("")
    value = "page" if path == url else "true"
    return format_html(' aria-current="{}"', value)
