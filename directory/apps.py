from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"

    def ready(self) -> None:
        """Keep the public search true when rows are renamed."""
        from directory.search import connect

        connect()
