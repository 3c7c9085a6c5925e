"""Writing to a plan. Each service is one transaction and carries a version."""

from plans.services.findings import settle_finding
from plans.services.judging import judge_objective
from plans.services.positions import freeze_position
from plans.services.refusals import Conflict, Refused
from plans.services.updates import Report, Source, record_update

__all__ = [
    "Conflict",
    "Refused",
    "Report",
    "Source",
    "freeze_position",
    "judge_objective",
    "record_update",
    "settle_finding",
]
