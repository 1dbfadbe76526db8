"""Below /<language>/verifieer/, in the namespace of bewijzen."""

from django.urls import path

from bewijzen.verifieer import views

urlpatterns = [path("", views.verifieer, name="verifieer")]
