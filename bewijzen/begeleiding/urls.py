"""Addresses of the trajectbegeleider desk, below /begeleiding/."""

from django.urls import path

from bewijzen.begeleiding import views

app_name = "begeleiding"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("zoek/", views.find, name="find"),
    path("nieuw/", views.new, name="new"),
    path("<uuid:pk>/", views.dossier, name="dossier"),
    path("<uuid:pk>/oordeel/<uuid:deelname>/", views.judge, name="judge"),
    path("<uuid:pk>/gecontroleerd/", views.check, name="check"),
    path("<uuid:pk>/intrekken/<int:regel>/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/activering/", views.activation, name="activation"),
    path("<uuid:pk>/kaart/", views.card, name="card"),
    path("<uuid:pk>/kaart/nieuw/", views.new_card, name="new_card"),
    path("<uuid:pk>/bewijs.pdf", views.bewijs_pdf, name="bewijs_pdf"),
]
