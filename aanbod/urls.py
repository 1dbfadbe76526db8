"""Addresses of the public offer, below /<language>/aanbod/."""

from django.urls import path, re_path

from aanbod import embed, poster_views, views

app_name = "aanbod"
urlpatterns = [
    path("", views.results, name="results"),
    path("affiche/<int:pk>.pdf", poster_views.activiteit, name="affiche"),
    re_path(
        r"^affiche/gemeente/(?P<nis>[0-9]{5})\.pdf$", poster_views.gemeente, name="affiche_gemeente"
    ),
    re_path(r"^inbedden/(?P<nis>[0-9]{5})/$", embed.gemeente, name="inbedden"),
]
