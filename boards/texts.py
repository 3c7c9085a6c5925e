"""Which texts the board keeps, and how they are put right where something should never have been written."""

from boards.models import AgendaItem, Decision, Finding, Matter, MatterNote, MinutesSection, Paper, Risk, Test
from plans.elsewhere import Kept

ON_PAGES = "reword them on the board’s pages"
TEXTS = (
    Kept("agenda items", AgendaItem, "meeting__board__council", ("title", "presenter", "notes"), ON_PAGES),
    Kept(
        "titles and notes of papers",
        Paper,
        "item__meeting__board__council",
        ("title", "notes"),
        "replace the paper; what was circulated has to be asked back",
    ),
    Kept("decisions", Decision, "meeting__board__council", ("text",), ON_PAGES),
    Kept("matters arising", Matter, "board__council", ("text",), ON_PAGES),
    Kept("notes on matters", MatterNote, "matter__board__council", ("text",), ON_PAGES),
    Kept(
        "sections of minutes",
        MinutesSection,
        "minutes__meeting__board__council",
        ("heading", "text"),
        "reword a draft; minutes that were approved are corrected by the next meeting",
    ),
    Kept("risks", Risk, "board__council", ("text", "mitigation"), ON_PAGES),
    Kept("independent tests", Test, "board__council", ("title", "method", "notes"), "ask the chair"),
    Kept("findings of tests", Finding, "test__board__council", ("text",), "ask the chair"),
)
