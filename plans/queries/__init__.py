"""Reading plans: the live table, the table as it stood on a day, and single things of a plan."""

from plans.queries.as_at import NO_REPORT, reports_at, table_at
from plans.queries.live import codes_of, leads_of, live_table
from plans.queries.names import (
    ACTION,
    ASSURANCE,
    CHALLENGE,
    EVIDENCE,
    MILESTONE,
    OBJECTIVE,
    RULE,
    SCALE,
    THEME,
    VERSION,
)
from plans.queries.reads import (
    last_position,
    open_findings,
    open_plan,
    people_of,
    positions_of,
    reading_of,
    readings_of,
    reports_in,
    stored_action,
    updates_of,
)

__all__ = [
    "ACTION",
    "ASSURANCE",
    "CHALLENGE",
    "EVIDENCE",
    "MILESTONE",
    "NO_REPORT",
    "OBJECTIVE",
    "RULE",
    "SCALE",
    "THEME",
    "VERSION",
    "codes_of",
    "last_position",
    "leads_of",
    "live_table",
    "open_findings",
    "open_plan",
    "people_of",
    "positions_of",
    "reading_of",
    "readings_of",
    "reports_at",
    "reports_in",
    "stored_action",
    "table_at",
    "updates_of",
]
