"""Addresses of the public offer, below /<language>/aanbod/."""

from django.urls import path, re_path

from aanbod import (
    embed,
    message_views,
    navraag_link,
    page_views,
    planner_views,
    poster_views,
    submission_views,
    views,
)

app_name = "aanbod"
urlpatterns = [
    path("", views.results, name="results"),
    path("plan/", planner_views.plan, name="plan"),
    path("plan/agenda.ics", planner_views.calendar, name="plan_agenda"),
    path("toon/<int:pk>/", page_views.toon, name="toon"),
    path("vraag/<int:pk>/", message_views.vraag, name="vraag"),
    path("affiche/<int:pk>/", poster_views.of_activiteit, name="affiches"),
    re_path(
        r"^affiche/gemeente/(?P<nis>[0-9]{5})/$",
        poster_views.of_gemeente,
        name="affiches_gemeente",
    ),
    path("affiche/<int:pk>.pdf", poster_views.activiteit, name="affiche"),
    re_path(
        r"^affiche/gemeente/(?P<nis>[0-9]{5})\.pdf$", poster_views.gemeente, name="affiche_gemeente"
    ),
    re_path(r"^inbedden/(?P<nis>[0-9]{5})/$", embed.gemeente, name="inbedden"),
    path("doorgeven/<str:token>/", submission_views.overview, name="doorgeven"),
    path("doorgeven/<str:token>", submission_views.overview),  # as it is copied
    path("doorgeven/<str:token>/nieuw/", submission_views.new, name="doorgeven_nieuw"),
    path("doorgeven/<str:token>/kopie/<int:pk>/", submission_views.copy, name="doorgeven_kopie"),
    path(
        "doorgeven/<str:token>/wijzig/<int:pk>/", submission_views.change, name="doorgeven_wijzig"
    ),
    path(
        "doorgeven/<str:token>/inzending/<int:pk>/",
        submission_views.submission,
        name="doorgeven_inzending",
    ),
    path(
        "doorgeven/<str:token>/inzending/<int:pk>/intrekken/",
        submission_views.withdraw,
        name="doorgeven_intrekken",
    ),
    path("doorgeven/<str:token>/klopt/<int:pk>/", navraag_link.yes, name="doorgeven_klopt"),
    # Whatever else stands there is a damaged link.
    re_path(r"^doorgeven/(?P<rest>.*)$", submission_views.unknown),
]
