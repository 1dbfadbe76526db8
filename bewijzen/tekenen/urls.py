"""Addresses of the contact person, below /<language>/tekenen/."""

from django.urls import path

from bewijzen.tekenen import bereik, invaller, meeting, samen, single, today

urlpatterns = [
    path("", today.tekenen, name="tekenen"),
    path("code/", today.getypt, name="tekenen_getypt"),
    path("bereik/", bereik.bereik, name="tekenen_bereik"),
    path("aanvraag/<uuid:pk>/", today.aanvraag, name="tekenen_aanvraag"),
    path("verzoek/<uuid:pk>/", today.verzoek, name="tekenen_verzoek"),
    path("sessie/<int:pk>/", meeting.sessie, name="tekenen_sessie"),
    path("sessie/<int:pk>/klaar/<str:day>/", meeting.klaar, name="tekenen_sessie_klaar"),
    path("deelname/<uuid:pk>/", single.deelname, name="tekenen_deelname"),
    path("ontvangst/<int:pk>/", single.ontvangst, name="tekenen_ontvangst"),
    path("intrekken/<int:pk>/", single.intrekken, name="tekenen_intrekken"),
    path("invaller/", invaller.kies, name="tekenen_invaller"),
    path("invaller/<int:pk>/code/", invaller.code, name="tekenen_invaller_code"),
    path("invaller/<int:pk>/stop/", invaller.stop, name="tekenen_invaller_stop"),
    path("invallen/", invaller.invallen, name="tekenen_invallen"),
    path("invallen/<int:pk>/<int:page>/", invaller.invallen_dag, name="tekenen_invallen_dag"),
    path("getekend/", single.getekend, name="tekenen_getekend"),
    path("samen/", samen.lijst, name="tekenen_samen"),
    path("samen/<uuid:pk>/", samen.samen, name="tekenen_samen_een"),
    path("samen/<uuid:pk>/ja/", samen.ja, name="tekenen_samen_ja"),
    path("samen/<uuid:pk>/nee/", samen.nee, name="tekenen_samen_nee"),
    path("samen/<uuid:pk>/gedaan/", samen.gedaan, name="tekenen_samen_gedaan"),
]
