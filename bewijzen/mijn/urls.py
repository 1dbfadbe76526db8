"""Addresses of the inburgeraar, below /<language>/."""

from django.urls import include, path

from bewijzen.mijn import deelname, entrance, plan, samen, views, voorstel, zoekvraag

urlpatterns = [
    path("activeer/", entrance.activeer, name="activeer"),
    path("meedoen/<int:page_pk>/", deelname.meedoen, name="meedoen"),
    path("mijn/", views.mijn, name="mijn"),
    path("mijn/plan/", plan.plan, name="mijn_plan"),
    path("mijn/", include("bewijzen.mijn.eigen_urls")),
    path("mijn/voorstel/", voorstel.nieuw, name="mijn_voorstel"),
    path("mijn/voorstel/<uuid:pk>/", voorstel.een, name="mijn_voorstel_een"),
    path("mijn/voorstel/<uuid:pk>/antwoord/", voorstel.wijzig, name="mijn_voorstel_wijzig"),
    path("mijn/voorstel/<uuid:pk>/intrekken/", voorstel.intrekken, name="mijn_voorstel_intrekken"),
    path("mijn/gelezen/", views.gelezen, name="mijn_gelezen"),
    path("mijn/code/", views.code, name="mijn_code"),
    path("mijn/kaart/", views.kaart, name="mijn_kaart"),
    path("mijn/bewijs/", views.bewijs, name="mijn_bewijs"),
    path("mijn/bewijs.pdf", views.bewijs_pdf_view, name="mijn_bewijs_pdf"),
    path("mijn/deelname/<uuid:pk>/", deelname.deelname, name="mijn_deelname"),
    path("mijn/deelname/<uuid:pk>/was-er/", deelname.was_er, name="mijn_was_er"),
    path("mijn/deelname/<uuid:pk>/stop/", deelname.stop, name="mijn_stop"),
    path("mijn/deelname/<uuid:pk>/plaats/", deelname.plaats, name="mijn_plaats"),
    path("mijn/verzoek/<uuid:pk>/terug/", deelname.neem_terug, name="mijn_neem_terug"),
    path("mijn/samen/vraag/<int:page_pk>/", samen.vraag, name="mijn_samen_vraag"),
    path("mijn/samen/<uuid:pk>/", samen.samen, name="mijn_samen"),
    path("mijn/samen/<uuid:pk>/ja/", samen.ja, name="mijn_samen_ja"),
    path("mijn/samen/<uuid:pk>/af/", samen.af, name="mijn_samen_af"),
    path("zoekvraag/", zoekvraag.zoekvraag, name="zoekvraag"),
    path("zoekvraag/<uuid:pk>/", zoekvraag.een, name="zoekvraag_een"),
    path("zoekvraag/<uuid:pk>/intrekken/", zoekvraag.intrekken, name="zoekvraag_intrekken"),
    path("zoekvraag/<uuid:pk>/klaar/", zoekvraag.klaar, name="zoekvraag_klaar"),
]
