"""The editor's own screens, below /cms/."""

from django.urls import path

from aanbod import cms_views as views

app_name = "redactie"
urlpatterns = [
    path("leesbaarheid/", views.readability, name="leesbaarheid"),
    path("data/<int:page_id>/", views.coming_dates, name="data"),
    path("data/datum/<int:pk>/", views.change_date, name="datum"),
    path("grens/<str:nis>/", views.boundary, name="grens"),
]
