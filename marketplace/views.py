"""Pages of the project itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from marketplace import styleguide as samples


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
