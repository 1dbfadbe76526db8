"""Who comes to the desk, and what everyone else sees."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override

from bewijzen.begeleiding import HOME
from bewijzen.web import try_again
from gemeenten.permissions import can_use_desk

View = Callable[..., HttpResponse]


def desk(view: View) -> View:
    """For staff who follow trajects, in Dutch, and kept in no cache. Visitors sign in first;
    everyone else, and whoever asks for what is not theirs, gets 404 with a sentence."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override("nl"):
            response = _answer(view, request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = "nl"
        return response

    return wrapper


def posts(view: View) -> View:
    """Changes something, so it answers to POST only; who opens the address sees the dossier."""

    @wraps(view)
    def wrapper(request: HttpRequest, pk: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("begeleiding:dossier", pk)
        return view(request, pk, *args, **kwargs)

    return wrapper


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if not request.user.is_authenticated:
        is_page = request.method in {"GET", "HEAD"}
        back_to = request.get_full_path() if is_page else reverse(HOME)
        return redirect_to_login(back_to, settings.LOGIN_URL)
    if not can_use_desk(request.user):
        return render(request, "bewijzen/begeleiding/not_staff.html", status=404)
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return render(request, "bewijzen/begeleiding/not_here.html", status=404)
    except (OperationalError, InterfaceError):
        return try_again(request)
