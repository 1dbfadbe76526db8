"""Zoekvragen, below /cms/zoekvragen/."""

from django.urls import path

from bewijzen.gemeente import zoekvragen as views

app_name = "zoekvragen"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/nieuw/", views.nieuw, name="nieuw"),
    path("vraag/<uuid:pk>/", views.vraag, name="vraag"),
    path("vraag/<uuid:pk>/opnemen/", views.opnemen, name="opnemen"),
    path("vraag/<uuid:pk>/sluiten/", views.sluiten, name="sluiten"),
    path("vraag/<uuid:pk>/intrekken/", views.intrekken, name="intrekken"),
    path("vraag/<uuid:pk>/samen/<int:page_id>/", views.aanbieden, name="aanbieden"),
]
