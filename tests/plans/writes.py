"""Every way of writing to a plan that its table shows, for tests that hold for all of them."""

import datetime as dt
import uuid

from plans import services
from plans.answering.bulk import change_many
from plans.answering.outcomes import SetLeads, SetRating
from plans.importing.writing import write_reading
from plans.models import Milestone
from plans.queries import live_table
from plans.services import NewAction, Report
from tests.plans.build import BEGUN, action, objective, read_action, read_plan

WHY = "Agreed at the board"
END = dt.date(2015, 6, 30)


def _of(service, **fields):
    """A write to the first action."""
    return lambda plan, **who: service(action_id=action(plan, "P1.1").pk, **fields, **who)


def _many(wanted):
    def write(plan, *, council, by, now, today):
        rows = {row.id: row for row in live_table(plan, today=today, last_board=None).actions}
        return change_many(
            council=council,
            plan=plan,
            rows=rows,
            chosen=dict.fromkeys(rows, 1),
            wanted=wanted(today),
            may=lambda row: True,
            by=by,
            now=now,
            today=today,
            batch=uuid.uuid4(),
        )

    return write


def _document(plan, *, council, by, now, today):
    return write_reading(
        read_plan(read_action("P1.1", activity="As the document has it"), as_at=today),
        council=council,
        as_at=today,
        by=by,
        now=now,
    )


def _reach(plan, **who):
    """A milestone that has passed, or else it would make no difference to the table."""
    step = Milestone.objects.get(action__plan=plan)
    return services.reach_milestone(milestone_id=step.pk, reached_on=BEGUN, version=1, **who)


WRITES = {
    "report": lambda plan, **who: services.record_update(
        action_id=action(plan, "P1.1").pk,
        report=Report(on=who["today"], rating="G", narrative="Sent before it was frozen"),
        version=1,
        **who,
    ),
    "end moved": _of(services.move_end, end=END, reason=WHY, approved_by="Board", version=1),
    "assured": _of(services.assure, rating="R", finding="The files do not show it", on=BEGUN),
    "reworded": _of(services.reword, values={"activity": "Other words"}, reason=WHY, version=1),
    "other leads": _of(services.change_leads, leads=["Sol Marsh"], reason=WHY, version=1),
    "retired": _of(services.retire, reason=WHY, version=1),
    "split": _of(services.split, parts=[NewAction("P1.8", "A part of it")], keep=True, reason=WHY, version=1),
    "evidence": _of(services.add_evidence, title="Audit", address="https://a.example/", on=BEGUN),
    "milestone": _of(services.add_milestone, text="Advertise", due_on=BEGUN),
    "milestone reached": _reach,
    "merged": lambda plan, **who: services.merge(
        action_id=action(plan, "P1.1").pk, others=[action(plan, "P1.2").pk], reason=WHY, version=1, **who
    ),
    "re-homed": lambda plan, **who: services.rehome(
        action_id=action(plan, "P1.1").pk,
        objective_id=objective(plan, "P2").pk,
        reason=WHY,
        version=1,
        **who,
    ),
    "added": lambda plan, **who: services.add_action(
        objective_id=objective(plan, "P1").pk, new=NewAction("P1.9", "Do more"), reason=WHY, **who
    ),
    "judged": lambda plan, **who: services.judge_objective(
        objective_id=objective(plan, "P1").pk, rating="R", reason=WHY, version=1, **who
    ),
    "rule switched": lambda plan, **who: services.switch_rule(
        rule="on_track_past_end", from_on=None, version=0, **who
    ),
    "many rated": _many(lambda today: SetRating("G", today)),
    "many led": _many(lambda _: SetLeads(("Sol Marsh",), WHY)),
    "document": _document,
}
"""By what it does: a function of the plan and of whoever writes (council, by, now, today)."""
