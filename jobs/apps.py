"""Long work with progress."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Long work with progress"

    def ready(self) -> None:
        """Load every room's `work.py`, where the handlers of its jobs stand, and the task that runs them."""
        autodiscover_modules("tasks", "work")
