"""Pages of the project itself."""

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.static import serve

from bewijzen.permissions import is_contact, is_stand_in, is_toeleider
from gemeenten.models import User
from gemeenten.permissions import can_use_cms, can_use_desk
from marketplace import styleguide as samples


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`/` chooses: somebody signed in goes to their own work, anybody else to the home page."""
    if request.user.is_authenticated:
        return redirect(own_page(request.user))
    with override(get_language_from_request(request)):
        response = redirect("wagtail_serve", "")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def own_page(user: User) -> str:
    """Where somebody's own work is, in their own language."""
    if can_use_desk(user):
        return reverse("begeleiding:caseload")
    if can_use_cms(user):
        return reverse("wagtailadmin_home")
    spoken = dict(settings.LANGUAGES)
    with override(user.language if user.language in spoken else settings.LANGUAGE_CODE):
        signs = is_contact(user) or is_stand_in(user, today=timezone.localdate())
        comes_along = is_toeleider(user)
        return reverse("bewijzen:tekenen" if signs or comes_along else "bewijzen:mijn")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and all migrations are in, else 503."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"gezond": False, "waarom": "database"}, status=503)
    if missing:
        return JsonResponse({"gezond": False, "waarom": "migraties"}, status=503)
    return JsonResponse({"gezond": True})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look without being told."""
    return redirect(static("icons/favicon-32.png"), permanent=True)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Pictures as pages show them. Originals and documents are not served."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    except (SuspiciousFileOperation, OSError):
        raise Http404 from None
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"translations_email": settings.TRANSLATIONS_EMAIL}
    return render(request, "toegankelijkheid.html", context)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component and state: ?taal=ar from right to left, ?scherm=desk for staff screens.

    Served in the demo only. ?kleur=1d5a9e shows a municipality's own colour.
    """
    asked = request.GET.get("taal", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    desk = request.GET.get("scherm") == "desk"
    with override(language):
        return render(
            request,
            "stijl_desk.html" if desk else "stijl.html",
            {
                "w": samples.words(language),
                "names": ["Samira", "Yusuf", "Olena", "Tesfay"],
                "rows": samples.DESK_ROWS,
                "qr": samples.qr(),
                "colour": f"#{request.GET.get('kleur', '')}",
            },
        )
