"""What changed and who looked."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "What changed and who looked"

    def ready(self) -> None:
        """Load every room's `labels.py`, which says how its subjects read in the log."""
        autodiscover_modules("labels")
