"""Import and export, below /cms/invoer/."""

from django.urls import path

from aanbod import import_views as views

app_name = "invoer"
urlpatterns = [
    path("", views.index, name="index"),
    path("sjabloon.<str:kind>", views.template, name="sjabloon"),
    path("stuk/<int:pk>/", views.one, name="stuk"),
    path("stuk/<int:pk>/start/", views.start, name="start"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/uitvoer.<str:kind>", views.export, name="uitvoer"),
]
