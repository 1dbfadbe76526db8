"""What a printed QR opens. Outside the languages: a card is printed once for all of them."""

from django.urls import path

from bewijzen.tekenen.scan import scan

urlpatterns = [
    path("B/<str:token>", scan, name="scan"),
    path("b/<str:token>", scan),
]
