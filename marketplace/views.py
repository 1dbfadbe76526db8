"""Pages of the project itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component and state on one page (served in the demo only)."""
    return render(request, "stijl.html")
