"""Addresses of everything around proof, below /<language>/."""

from django.urls import include, path

app_name = "bewijzen"
urlpatterns: list = [
    path("", include("bewijzen.mijn.urls")),
    path("tekenen/", include("bewijzen.tekenen.urls")),
    path("verifieer/", include("bewijzen.verifieer.urls")),
    path("wegwijzer/", include("bewijzen.wegwijzer.urls")),
]
