"""Reading what was handed over, below /cms/nalezen/."""

from django.urls import path

from aanbod import nalezen_views as views

app_name = "nalezen"
urlpatterns = [path("<int:page_id>/", views.activiteit, name="activiteit")]
