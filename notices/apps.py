"""Notices and what follows from them."""

from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Notices and what follows from them"

    def ready(self) -> None:
        """Listen for changes of what deadlines are worked out from; say how their marks read in the log."""
        import_module("notices.signals")
        import_module("notices.deadlines.labels")
