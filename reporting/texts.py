"""Which texts reports keep, and how they are put right where something should never have been written.

What was submitted is never altered, also not for this: a correction takes its place, and both are kept.
"""

from plans.elsewhere import Kept
from reporting.models import (
    Judgement,
    Newsletter,
    Recommendation,
    Report,
    ReportSection,
    SectionVersion,
    SubmittedReport,
)

TEXTS = (
    Kept(
        "sections of reports",
        ReportSection,
        "report__council",
        ("text",),
        "reword a draft; correct a report that was submitted",
    ),
    Kept(
        "earlier versions of sections",
        SectionVersion,
        "section__report__council",
        ("text",),
        "they stay, for the report’s author alone",
    ),
    Kept(
        "judgements in reports",
        Judgement,
        "report__council",
        ("words",),
        "reword a draft; correct a report that was submitted",
    ),
    Kept(
        "frozen facts of reports",
        Report,
        "council",
        ("facts",),
        "let the facts of the draft, or of the correction, refresh and freeze them again",
    ),
    Kept(
        "submitted reports",
        SubmittedReport,
        "report__council",
        ("body",),
        "they are never altered: correct each with a new report, and ask its readers to destroy the copies they hold",
    ),
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
