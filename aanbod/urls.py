"""Addresses of the public offer, below /<language>/aanbod/."""

from django.urls import path

from aanbod import views

app_name = "aanbod"
urlpatterns = [path("", views.results, name="results")]
