"""The editor's own screens, below /cms/."""

from django.urls import path

from aanbod import cms_views as views
from aanbod import navraag_views

app_name = "redactie"
urlpatterns = [
    path("nieuw/", views.new_activity, name="nieuw"),
    path("leesbaarheid/", views.readability, name="leesbaarheid"),
    path("data/<int:page_id>/", views.coming_dates, name="data"),
    path("data/datum/<int:pk>/", views.change_date, name="datum"),
    path("navraag/<int:page_id>/", navraag_views.one, name="navraag"),
    path("grens/<str:nis>/", views.boundary, name="grens"),
]
