"""Addresses below /<language>/mijn/: phones, what is stored about me, my list, offline."""

from django.urls import path

from bewijzen.mijn import gegevens, lijst, offline, telefoon

urlpatterns = [
    path("wie/", telefoon.wie, name="wie"),
    path("wie/<uuid:pk>/", telefoon.wie_pin, name="wie_pin"),
    path("vergrendel/", telefoon.vergrendel, name="mijn_vergrendel"),
    path("pin/", telefoon.pin, name="mijn_pin"),
    path("pin/weg/", telefoon.pin_weg, name="mijn_pin_weg"),
    path("telefoon/<uuid:pk>/afmelden/", telefoon.afmelden, name="mijn_telefoon_afmelden"),
    path("lijst/", lijst.lijst, name="lijst"),
    path("lijst/<int:page_pk>/", lijst.bewaar, name="bewaar"),
    path("gegevens/", gegevens.gegevens, name="mijn_gegevens"),
    path("gegevens.json", gegevens.gegevens_json, name="mijn_gegevens_json"),
    path("gegevens/naam/", gegevens.naam, name="mijn_naam"),
    path("gegevens/taal/", gegevens.taal, name="mijn_taal"),
    path("gegevens/herinner/", gegevens.herinner, name="mijn_herinner"),
    path("gegevens/wensen/weg/", gegevens.wensen_weg, name="mijn_wensen_weg"),
    path("gegevens/adres/", gegevens.adres, name="mijn_adres"),
    path("gegevens/adres/code/", gegevens.adres_code, name="mijn_adres_code"),
    path("gegevens/adres/weg/", gegevens.adres_weg, name="mijn_adres_weg"),
    path("offline/", offline.offline, name="offline"),
    path("zak.json", offline.zak, name="mijn_zak"),
]
