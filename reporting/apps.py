"""Overview, dashboards, packs and reports."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Overview, dashboards, packs and reports"
