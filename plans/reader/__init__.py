"""The plan reader: a council's plan as bytes in, a typed reading out. No Django, no network, no clock.

`read_plan(data, filename)` gives a `Reading`; `accept` and `accept_suggestions` answer its findings;
`to_json` and `from_json` store it; `summary` is the command's JSON. What cannot be read raises
`UnreadablePlan`.
"""

from plans.reader.accepting import UnknownChoice, accept, accept_suggestions
from plans.reader.contract import rating_counts, summary
from plans.reader.errors import UnreadablePlan
from plans.reader.findings import Change, Choice, Finding, FindingCode, Severity
from plans.reader.read import read_plan
from plans.reader.reading import (
    Action,
    Column,
    ColumnRole,
    Format,
    Lead,
    LeadKind,
    Mapping,
    Objective,
    Reading,
    RowUse,
    ScaleEntry,
    SourceRow,
    TableUse,
    Theme,
)
from plans.reader.serial import from_json, to_json

__all__ = [
    "Action",
    "Change",
    "Choice",
    "Column",
    "ColumnRole",
    "Finding",
    "FindingCode",
    "Format",
    "Lead",
    "LeadKind",
    "Mapping",
    "Objective",
    "Reading",
    "RowUse",
    "ScaleEntry",
    "Severity",
    "SourceRow",
    "TableUse",
    "Theme",
    "UnknownChoice",
    "UnreadablePlan",
    "accept",
    "accept_suggestions",
    "from_json",
    "rating_counts",
    "read_plan",
    "summary",
    "to_json",
]
