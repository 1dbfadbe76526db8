"""Statistics, below /cms/cijfers/."""

from django.urls import path

from bewijzen.cijfers import views

app_name = "cijfers"
urlpatterns = [
    path("", views.index, name="index"),
    path("cijfers.csv", views.csv, name="csv"),
    path("activiteit/<int:page_id>/", views.activiteit, name="activiteit"),
]
