from django.apps import AppConfig


class GemeentenConfig(AppConfig):
    name = "gemeenten"

    def ready(self) -> None:
        from gemeenten import signals  # noqa: F401
