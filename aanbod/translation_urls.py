"""Translations, below /cms/vertalingen/."""

from django.urls import path

from aanbod import opname_views
from aanbod import translation_views as views

app_name = "vertalingen"
urlpatterns = [
    path("", views.index, name="index"),
    path("opnames/<int:page_id>/", opname_views.opnames, name="opnames"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/<str:language>/", views.language, name="taal"),
    path("activiteit/<int:page_id>/<str:language>/", views.activiteit, name="activiteit"),
]
