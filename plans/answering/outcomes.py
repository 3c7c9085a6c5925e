"""What is wanted of many actions at once, and what became of each row."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from councils.models import Council, User
from history.models import Change
from history.services import ChangeLog
from plans.models import Action, MovedEnd, Plan
from plans.queries import ACTION
from plans.rows import ActionRow
from plans.services import change_leads, move_end

FIELDS = ("rating", "leads", "ends_on")
PLAN, AT_ONCE, PUT_BACK = "plans.plan", "changed_at_once", "put_back_at_once"
NOT_THERE = "It is not in the plan any more"
NOT_YOURS = "You do not lead it, so you may not change it"


@dataclass(frozen=True)
class SetRating:
    """The same rating for every row, each with its own text as it stands. `on` is the day it speaks of."""

    rating: str
    on: dt.date
    reason: str = ""
    next_step: str = ""


@dataclass(frozen=True)
class SetLeads:
    """The same leads for every row."""

    leads: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class MoveEnds:
    """The same end (inclusive) for every row, with reason and approver."""

    end: dt.date | None
    reason: str
    approved_by: str


Wanted = SetRating | SetLeads | MoveEnds


@dataclass(frozen=True)
class Result:
    """What became, or would become, of one row."""

    id: int
    ref: str
    activity: str
    old: str
    new: str
    why_not: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of all of them."""

    batch: uuid.UUID
    done: tuple[Result, ...]
    refused: tuple[Result, ...]


@dataclass
class Run:
    """One bulk change under way."""

    council: Council
    by: User
    now: dt.datetime
    today: dt.date
    batch: uuid.UUID
    done: list[Result] = field(default_factory=list)
    refused: list[Result] = field(default_factory=list)

    def note(self, plan: Plan, *, puts_back: bool = False) -> None:
        """Note in the log that this was a change of many at once, by which it is known again."""
        if self.done:
            log = ChangeLog(
                council_id=self.council.pk, by=self.by, on=self.today, now=self.now, batch=self.batch
            )
            log.changed(PLAN, plan.pk, PUT_BACK if puts_back else AT_ONCE, None, len(self.done), version=1)
            log.write()

    def outcome(self) -> Outcome:
        return Outcome(self.batch, tuple(self.done), tuple(self.refused))


def result(row: ActionRow, wanted: Wanted, why_not: str = "") -> Result:
    if isinstance(wanted, SetRating):
        old, new = row.rating.code if row.rating else "not rated", wanted.rating or "not rated"
    elif isinstance(wanted, SetLeads):
        old, new = row.lead_names or "no lead", ", ".join(wanted.leads) or "no lead"
    else:
        old, new = day_of(row.ends_on), day_of(wanted.end)
    return Result(row.id, row.ref, row.activity, old, new, why_not)


def day_of(day: dt.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no date"


def change_one(
    run: Run, number: int, version: int, wanted: SetLeads | MoveEnds, *, undoes: MovedEnd | None = None
) -> None:
    if isinstance(wanted, MoveEnds):
        move_end(
            council=run.council,
            action_id=number,
            end=wanted.end,
            reason=wanted.reason,
            approved_by=wanted.approved_by,
            version=version,
            by=run.by,
            now=run.now,
            today=run.today,
            batch=run.batch,
            undoes=undoes,
        )
    else:
        change_leads(
            council=run.council,
            action_id=number,
            leads=wanted.leads,
            reason=wanted.reason,
            version=version,
            by=run.by,
            now=run.now,
            today=run.today,
            batch=run.batch,
        )


@dataclass(frozen=True)
class Batch:
    """A bulk change that was written."""

    council: Council
    batch: uuid.UUID
    by_id: int | None
    by_name: str
    at: dt.datetime
    reason: str
    field: str
    changes: tuple[Change, ...]
    puts_back: bool = False  # whether it is itself the undoing of another


def undo_of(batch: uuid.UUID) -> uuid.UUID:
    """The batch that puts another one back: always the same, so that undoing twice is undoing once."""
    return uuid.uuid5(batch, "undone")


def batch_of(council: Council, batch: uuid.UUID) -> Batch | None:
    """A bulk change of a council, as the change log has it; None if there is none."""
    notes = Change.objects.filter(
        council_id=council.pk, batch=batch, subject=PLAN, field__in=(AT_ONCE, PUT_BACK)
    )
    note = notes.values_list("field", flat=True).first()
    if note is None:
        return None
    changes = tuple(
        Change.objects.filter(council_id=council.pk, batch=batch, subject=ACTION, field__in=FIELDS).order_by(
            "id"
        )
    )
    if not changes:
        return None
    first = changes[0]
    return Batch(
        council,
        batch,
        first.by_id,
        first.by_name,
        first.recorded_at,
        first.reason,
        first.field,
        changes,
        puts_back=note == PUT_BACK,
    )


def outcome_of(council: Council, batch: uuid.UUID) -> Outcome:
    """What a batch wrote, row by row."""
    found = batch_of(council, batch)
    changes = found.changes if found else ()
    named = Action.objects.in_bulk([change.subject_id for change in changes])
    done = tuple(
        Result(
            change.subject_id,
            named[change.subject_id].ref,
            named[change.subject_id].activity,
            said(change.field, change.old),
            said(change.field, change.new),
        )
        for change in changes
    )
    return Outcome(batch, done, ())


def said(name: str, value: Any) -> str:
    if name == "leads":
        return ", ".join(lead["name"] for lead in value or []) or "no lead"
    if name == "ends_on":
        return day_of(dt.date.fromisoformat(str(value)) if value else None)
    return str(value) if value else "not rated"
