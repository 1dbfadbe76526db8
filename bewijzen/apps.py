from django.apps import AppConfig


class BewijzenConfig(AppConfig):
    name = "bewijzen"

    def ready(self) -> None:
        from bewijzen import phone_sessions

        phone_sessions.connect()
