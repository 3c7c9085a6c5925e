"""What is stored of what is made from the rooms above."""

from reporting.models.in_a_click import ChairQuestion, Newsletter
from reporting.models.packs import Pack, PackTemplate
from reporting.models.reports import (
    Judgement,
    Report,
    ReportSection,
    ReportTemplate,
    SectionVersion,
    SubmittedReport,
)
from reporting.models.scrutiny import Publication, Recommendation

__all__ = [
    "ChairQuestion",
    "Judgement",
    "Newsletter",
    "Pack",
    "PackTemplate",
    "Publication",
    "Recommendation",
    "Report",
    "ReportSection",
    "ReportTemplate",
    "SectionVersion",
    "SubmittedReport",
]
