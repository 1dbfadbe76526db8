"""Translations of the pages about the traject, below /cms/uitleg/."""

from django.urls import path

from gemeenten import uitleg_views as views

app_name = "uitleg"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:page_id>/<str:language>/", views.translation, name="vertaling"),
]
