"""A lead's sheet handed out, and what comes back taken: the same for pages and programs."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from councils.models import Council, User
from plans.answering.needs import Answers
from plans.answering.rounds import Asked
from plans.answering.sheets import Answer, Problem, make_sheet
from plans.models import Plan
from plans.rows import ActionRow
from plans.services import Conflict, Refused, Report, Source, record_update
from plans.table import PlanTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Taken:
    """One answer of a sheet, and why it cannot be taken, where it cannot."""

    answer: Answer
    why_not: str = ""


@dataclass(frozen=True)
class Speaker:
    """Who answers by a sheet: for which actions, of which day, and in whose name. `by` is None for a signed link."""

    council: Council
    leads: Callable[[ActionRow], bool]
    on: dt.date
    by: User | None
    said_by: str
    today: dt.date


def sheet_of(
    plan: Plan, table: PlanTable, answers: Answers, asked: Asked, *, title: str, today: dt.date
) -> tuple[str, bytes]:
    """The name and the content of the sheet of what is asked of a lead; `title` says whose actions they are."""
    data = make_sheet(
        answers.todos,
        plan=plan.pk,
        title=f"{plan.title}: {title[0].lower()}{title[1:]}",
        asked=f"For {asked.label}.",
        ratings=table.ratings,
    )
    return f"{plan.council.slug}-{slugify(title)}-{today.isoformat()}.xlsx", data


def take_answers(
    answers: Iterable[Answer],
    table: PlanTable,
    speaker: Speaker,
    *,
    now: dt.datetime,
    only_look: bool = False,
) -> list[Taken]:
    """Record each answer by the rules that hold on pages, and say why one is not; with `only_look` nothing stays."""
    own = {row.id for row in table.actions if speaker.leads(row)}
    taken = []
    with transaction.atomic():
        for answer in answers:
            why_not = "" if answer.number in own else "It is not, or no longer, an action of this lead"
            taken.append(Taken(answer, why_not or _record(answer, speaker, now)))
        if only_look:
            transaction.set_rollback(True)
    return taken


def problems_of(taken: Iterable[Taken]) -> list[Problem]:
    """The answers that were not taken, as problems of their rows."""
    return [Problem(one.answer.row, one.answer.ref, one.why_not) for one in taken if one.why_not]


def _record(answer: Answer, speaker: Speaker, now: dt.datetime) -> str:
    """Record one answer; returns why it could not be, or "" where it was."""
    values = answer.values
    report = Report(
        on=speaker.on,
        rating=values["rating"],
        narrative=values["narrative"],
        reason=values["reason"],
        next_step=values["next_step"],
        impact=values["impact"],
        source=Source.SHEET,
        said_by=speaker.said_by,
    )
    try:
        record_update(
            council=speaker.council,
            action_id=answer.number,
            report=report,
            version=answer.version,
            by=speaker.by,
            now=now,
            today=speaker.today,
        )
    except Refused as refused:
        return ". ".join(refused.errors.values())
    except Conflict as conflict:
        theirs = ", ".join(f"“{value or 'none'}”" for value in conflict.theirs.values())
        return f"{conflict.by_name} changed it since the sheet was made: it says {theirs} now"
    return ""
