from django.apps import AppConfig


class AanbodConfig(AppConfig):
    name = "aanbod"

    def ready(self) -> None:
        from aanbod import editing, links, signals, submissions
        from gemeenten import outbox

        signals.connect()
        editing.attach()
        outbox.LAST_WORDS[links.MESSAGE] = links.last_words
        outbox.LAST_WORDS[submissions.MESSAGE] = submissions.last_words
