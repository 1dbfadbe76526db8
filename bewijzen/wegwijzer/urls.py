"""Below /<language>/wegwijzer/, in the namespace of bewijzen."""

from django.urls import path

from bewijzen.wegwijzer import views

urlpatterns = [path("", views.wegwijzer, name="wegwijzer")]
