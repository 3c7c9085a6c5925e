"""Which of a council's plans a document is read into.

Pages show one plan at a time, so while one is open every document goes into it: a second would hide the first.
"""

from councils.models import Council
from plans.models import Plan

KINDS = Plan.Kind.choices
"""What a plan can be, each with its words."""


class NotWritten(Exception):  # noqa: N818 - what the domain says, no fault of ours
    """A document cannot be written into the plan that there is; `str()` of it says why and what to do."""


class AnotherPlan(NotWritten):
    """The council works on a plan of another kind."""

    def __init__(self, kinds: dict[str, Plan | None]) -> None:
        working_on = " and ".join(Plan.Kind(kind).label.lower() for kind in kinds)
        super().__init__(f"The council works on another plan: read the document into its {working_on}")


def open_plan_of(council: Council, kind: str) -> Plan | None:
    """The open plan of a kind, into which a document of that kind is written."""
    return Plan.objects.filter(council=council, kind=kind, closed_on__isnull=True).first()


def kinds_of(council: Council) -> dict[str, Plan | None]:
    """The kinds of plan that a document can be read into, with the council's open plan of each.

    Where a plan is open, only what is open; else each of them may be begun.
    """
    found: dict[str, Plan | None] = {kind: open_plan_of(council, kind) for kind in Plan.Kind.values}
    return {kind: plan for kind, plan in found.items() if plan is not None} or found


def usual_kind(kinds: dict[str, Plan | None]) -> str:
    """The kind that a document most likely is: that of the open plan begun last, else the improvement plan."""
    begun = [plan for plan in kinds.values() if plan is not None]
    return max(begun, key=lambda plan: (plan.begun_on, plan.pk)).kind if begun else Plan.Kind.IMPROVEMENT


def kind_for(council: Council, asked: str = "") -> str:
    """The kind of plan that a document is read into: the one asked for, else the usual. Raises AnotherPlan."""
    kinds = kinds_of(council)
    if asked and asked not in kinds:
        raise AnotherPlan(kinds)
    return asked or usual_kind(kinds)
