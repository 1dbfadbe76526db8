"""Addresses of the trajectbegeleider desk, below /begeleiding/."""

from django.urls import path

from bewijzen.begeleiding import views, voorstel, zoekvraag

app_name = "begeleiding"
urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("zoek/", views.find, name="find"),
    path("nieuw/", views.new, name="new"),
    path("voorstellen/", voorstel.lijst, name="voorstellen"),
    path("voorstellen/<uuid:pk>/", voorstel.een, name="voorstel"),
    path("<uuid:pk>/", views.dossier, name="dossier"),
    path("<uuid:pk>/oordeel/<uuid:deelname>/", views.judge, name="judge"),
    path("<uuid:pk>/gecontroleerd/", views.check, name="check"),
    path("<uuid:pk>/intrekken/<int:regel>/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/activering/", views.activation, name="activation"),
    path("<uuid:pk>/kaart/", views.card, name="card"),
    path("<uuid:pk>/kaart/nieuw/", views.new_card, name="new_card"),
    path("<uuid:pk>/bewijs.pdf", views.bewijs_pdf, name="bewijs_pdf"),
    path("<uuid:pk>/zoekvraag/", zoekvraag.ask, name="zoekvraag"),
    path(
        "<uuid:pk>/zoekvraag/<uuid:vraag>/intrekken/",
        zoekvraag.withdraw,
        name="zoekvraag_intrekken",
    ),
    path("<uuid:pk>/contactcode/<uuid:deelname>/", voorstel.code, name="contactcode"),
    path("<uuid:pk>/samen/", zoekvraag.together, name="samen"),
    path("<uuid:pk>/samen/<uuid:keer>/ja/", zoekvraag.agree, name="samen_ja"),
    path("<uuid:pk>/samen/<uuid:keer>/af/", zoekvraag.cancel, name="samen_af"),
]
