"""Writing to a plan. Each service is one transaction, says who and why, and carries a version where rows are edited."""

from plans.services.assuring import assure
from plans.services.challenging import accept_answer, answer, ask, ask_again, reach_of
from plans.services.changing import WORDING, bring_back, change_leads, rehome, retire, reword
from plans.services.composing import NewAction, add_action, merge, split
from plans.services.dates import move_end, set_recurrence
from plans.services.evidence import add_evidence, withdraw_evidence
from plans.services.findings import settle_finding
from plans.services.judging import judge_objective
from plans.services.milestones import add_milestone, drop_milestone, move_milestone, reach_milestone
from plans.services.positions import freeze_position
from plans.services.refusals import Conflict, Refused
from plans.services.rules import switch_rule
from plans.services.updates import Report, Source, record_update
from plans.services.versions import draft_version, endorse_version

__all__ = [
    "WORDING",
    "Conflict",
    "NewAction",
    "Refused",
    "Report",
    "Source",
    "accept_answer",
    "add_action",
    "add_evidence",
    "add_milestone",
    "answer",
    "ask",
    "ask_again",
    "assure",
    "bring_back",
    "change_leads",
    "draft_version",
    "drop_milestone",
    "endorse_version",
    "freeze_position",
    "judge_objective",
    "merge",
    "move_end",
    "move_milestone",
    "reach_milestone",
    "reach_of",
    "record_update",
    "rehome",
    "retire",
    "reword",
    "set_recurrence",
    "settle_finding",
    "split",
    "switch_rule",
    "withdraw_evidence",
]
