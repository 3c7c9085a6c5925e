"""Which texts reports keep, and how they are put right where something should never have been written."""

from plans.elsewhere import Kept
from reporting.models import Newsletter, Recommendation, ReportSection, SectionVersion

TEXTS = (
    Kept(
        "sections of reports",
        ReportSection,
        "report__council",
        ("text",),
        "reword a draft; correct a report that was submitted",
    ),
    Kept("earlier versions of sections", SectionVersion, "section__report__council", ("text",), "they stay"),
    Kept(
        "newsletters",
        Newsletter,
        "meeting__board__council",
        ("title", "opening", "decided", "completed", "coming", "closing"),
        "reword a draft; one that was sent has to be asked back",
    ),
    Kept(
        "recommendations of scrutiny",
        Recommendation,
        "council",
        ("text", "answer_text"),
        "ask the scrutiny committee",
    ),
)
