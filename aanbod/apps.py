from django.apps import AppConfig


class AanbodConfig(AppConfig):
    name = "aanbod"
