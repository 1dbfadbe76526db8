from django.apps import AppConfig


class BewijzenConfig(AppConfig):
    name = "bewijzen"

    def ready(self) -> None:
        from bewijzen import changes, phone_sessions

        changes.connect()
        phone_sessions.connect()
