"""Organisations, contact persons and stand-ins, below /cms/contacten/."""

from django.urls import path

from aanbod import contact_views as views
from aanbod import organisatie_views

app_name = "contacten"
urlpatterns = [
    path("", organisatie_views.index, name="index"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/nieuw/", views.add, name="nieuw"),
    path("<str:nis>/organisaties/", organisatie_views.listing, name="organisaties"),
    path("<str:nis>/organisaties/nieuw/", organisatie_views.add, name="organisatie_nieuw"),
    path("<str:nis>/organisatie/<int:pk>/", organisatie_views.show, name="organisatie"),
    path(
        "<str:nis>/organisatie/<int:pk>/wijzig/",
        organisatie_views.change,
        name="organisatie_wijzig",
    ),
    path("<str:nis>/organisatie/<int:pk>/neem/", organisatie_views.adopt, name="organisatie_neem"),
    path("<str:nis>/organisatie/<int:pk>/invaller/", organisatie_views.stand_in, name="invaller"),
    path("activiteit/<int:page_id>/", views.activiteit, name="activiteit"),
    path("persoon/<int:pk>/", views.change, name="persoon"),
    path("persoon/<int:pk>/einde/", views.end, name="einde"),
    path("persoon/<int:pk>/heropen/", views.reopen, name="heropen"),
    path("persoon/<int:pk>/opnieuw/", views.send_again, name="opnieuw"),
    path("persoon/<int:pk>/kaart/", views.card, name="kaart"),
    path("invaller/<int:pk>/einde/", organisatie_views.end_stand_in, name="invaller_einde"),
    path("invaller/<int:pk>/kaart/", organisatie_views.stand_in_card, name="invaller_kaart"),
]
