"""The wachtrij and the links of organisations, below /cms/wachtrij/."""

from django.urls import path

from aanbod import queue_views as views

app_name = "wachtrij"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:nis>/", views.gemeente, name="gemeente"),
    path("<str:nis>/goedkeuren/", views.approve, name="goedkeuren"),
    path("<str:nis>/inzending/<int:pk>/", views.submission, name="inzending"),
    path("<str:nis>/inzending/<int:pk>/beslis/", views.decide, name="beslis"),
    path("<str:nis>/links/", views.all_links, name="links"),
    path("<str:nis>/links/<int:pk>/", views.one_link, name="link"),
    path("<str:nis>/links/<int:pk>/doe/", views.change_link, name="link_doe"),
]
