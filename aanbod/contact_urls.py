"""Contact persons, below /cms/contacten/."""

from django.urls import path

from aanbod import contact_views as views

app_name = "contacten"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/nieuw/", views.add, name="nieuw"),
    path("activiteit/<int:page_id>/", views.activiteit, name="activiteit"),
    path("persoon/<int:pk>/einde/", views.end, name="einde"),
    path("persoon/<int:pk>/kaart/", views.card, name="kaart"),
]
