"""Addresses of everything around proof, below /<language>/."""

from django.urls import include, path

app_name = "bewijzen"
urlpatterns: list = [
    path("verifieer/", include("bewijzen.verifieer.urls")),
]
