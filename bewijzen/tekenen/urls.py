"""Addresses of the contact person, below /<language>/tekenen/."""

from django.urls import path

from bewijzen.tekenen import meeting, single, today

urlpatterns = [
    path("", today.tekenen, name="tekenen"),
    path("code/", today.getypt, name="tekenen_getypt"),
    path("aanvraag/<uuid:pk>/", today.aanvraag, name="tekenen_aanvraag"),
    path("verzoek/<uuid:pk>/", today.verzoek, name="tekenen_verzoek"),
    path("sessie/<int:pk>/", meeting.sessie, name="tekenen_sessie"),
    path("sessie/<int:pk>/klaar/<str:day>/", meeting.klaar, name="tekenen_sessie_klaar"),
    path("deelname/<uuid:pk>/", single.deelname, name="tekenen_deelname"),
    path("ontvangst/<int:pk>/", single.ontvangst, name="tekenen_ontvangst"),
    path("intrekken/<int:pk>/", single.intrekken, name="tekenen_intrekken"),
    path("getekend/", single.getekend, name="tekenen_getekend"),
]
