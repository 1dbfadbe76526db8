"""Toeleiders and first times together, below /cms/toeleiders/."""

from django.urls import path

from bewijzen.gemeente import toeleiders as views

app_name = "toeleiders"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/nieuw/", views.nieuw, name="nieuw"),
    path("persoon/<int:pk>/einde/", views.einde, name="einde"),
    path("persoon/<int:pk>/kaart/", views.kaart, name="kaart"),
    path("keer/<uuid:pk>/", views.keer, name="keer"),
    path("keer/<uuid:pk>/afzeggen/", views.afzeggen, name="afzeggen"),
    path("keer/<uuid:pk>/gedaan/", views.gedaan, name="gedaan"),
]
