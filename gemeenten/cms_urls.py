"""What a gemeentebeheerder sets, below /cms/gemeente/."""

from django.urls import path

from gemeenten import cms_views as views

app_name = "gemeente"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:nis>/", views.settings_of, name="instellingen"),
]
