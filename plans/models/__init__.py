"""Plans: what is stored. Ratings are codes of the plan's own scale; what a code means to the rules is its standing."""

from plans.models.actions import Action, ActionLead, Milestone, MovedEnd
from plans.models.answering import AnswerLink, SavedFilter
from plans.models.coverage import CoverageDecision
from plans.models.documents import ColumnMemory, Finding, Reading
from plans.models.plan import Objective, Plan, PlanVersion, Position, ScaleCode, Theme
from plans.models.reports import Assurance, Challenge, Evidence, ProgressUpdate, RuleSwitch

__all__ = [
    "Action",
    "ActionLead",
    "AnswerLink",
    "Assurance",
    "Challenge",
    "ColumnMemory",
    "CoverageDecision",
    "Evidence",
    "Finding",
    "Milestone",
    "MovedEnd",
    "Objective",
    "Plan",
    "PlanVersion",
    "Position",
    "ProgressUpdate",
    "Reading",
    "RuleSwitch",
    "SavedFilter",
    "ScaleCode",
    "Theme",
]
