from django.apps import AppConfig


class BewijzenConfig(AppConfig):
    name = "bewijzen"
