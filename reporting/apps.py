"""Overview, dashboards, packs and reports."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Overview, dashboards, packs and reports"

    def ready(self) -> None:
        """Say to other rooms which reports count a held meeting, and which texts reports keep."""
        from boards.services.resting import RESTS_ON_MEETING  # noqa: PLC0415 - models are there only now
        from plans.elsewhere import register_texts  # noqa: PLC0415
        from reporting.reports.reads import counts_meeting  # noqa: PLC0415
        from reporting.texts import TEXTS  # noqa: PLC0415

        if counts_meeting not in RESTS_ON_MEETING:
            RESTS_ON_MEETING.append(counts_meeting)
        register_texts(TEXTS)
