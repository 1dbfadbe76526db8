from django.apps import AppConfig


class AanbodConfig(AppConfig):
    name = "aanbod"

    def ready(self) -> None:
        from aanbod import editing, signals

        signals.connect()
        editing.attach()
