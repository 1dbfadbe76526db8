"""Who works for a gemeente, below /cms/mensen/."""

from django.urls import path

from gemeenten import mensen_views as views

app_name = "mensen"
urlpatterns = [
    path("", views.index, name="index"),
    path("rol/<int:pk>/einde/", views.einde, name="einde"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
]
