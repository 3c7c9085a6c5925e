"""The Director's exception report: what is off track, at risk, slipped, unproven or overdue, as a report in Word."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boards.queries.bodies import main_board
from boards.queries.meetings import last_held
from councils.models import Council
from notices.deadlines.lines import Line
from notices.deadlines.queries import deadlines_of
from plans.answering.asking import last_words
from plans.answering.needs import Last
from plans.expected import EVIDENCE_RULE
from plans.exporting.letters import Block, Bullets, Grid, Heading, Letter, Words
from plans.models import Plan
from plans.rag import Standing
from plans.rows import ActionRow
from reporting.packs.basis import Basis
from reporting.packs.collect import figures_of
from reporting.packs.facts import Figures

if TYPE_CHECKING:
    from plans.adding_up import Contradiction

_ACTIONS = ("Ref", "Action and lead", "End", "What is in the way", "Next step")
_WIDTHS = (8, 32, 13, 25, 22)


@dataclass(frozen=True)
class Exceptions:
    """What the report says: the plan's figures, the last words of each action, and the notice's overdue duties."""

    council: str
    plan: str
    on: dt.date
    figures: Figures
    lasts: Mapping[int, Last]
    overdue: tuple[Line, ...]

    def standing(self, standing: Standing) -> list[ActionRow]:
        """Actions whose rating has a standing, in the plan's order."""
        return [row for row in self.figures.table.actions if row.rating and row.rating.standing is standing]


def exceptions_of(council: Council, plan: Plan, *, today: dt.date, now: dt.datetime) -> Exceptions:
    """The plan as it stands today, against the last board."""
    board = main_board(council, today=today)
    before = last_held(board, before=today + dt.timedelta(days=1)) if board else None
    figures = figures_of(plan, before, Basis(today, now))
    worrying = [row.id for row in figures.table.actions if row.rating and row.rating.owes_a_reason]
    return Exceptions(
        council=council.name,
        plan=plan.title,
        on=today,
        figures=figures,
        lasts=last_words(worrying),
        overdue=tuple(deadlines_of(council, today=today, until=today).overdue),
    )


def exception_letter(facts: Exceptions, *, now: dt.datetime) -> Letter:
    """The report as a document: what matters in sentences first, then each kind of exception with its detail."""
    return Letter(
        over=facts.council,
        title=f"Exception report, {_day(facts.on)}",
        standing=f"{facts.plan}, as it stands today. For the Director of Children’s Services.",
        made_at=now,
        blocks=(
            *_summary(facts),
            *_rated(facts, Standing.OFF_TRACK, "Off track"),
            *_rated(facts, Standing.AT_RISK, "At risk"),
            *_slipped(facts),
            *_adds_up(facts),
            *_unproven(facts),
            *_overdue(facts),
        ),
    )


def _summary(facts: Exceptions) -> list[Block]:
    figures, table = facts.figures, facts.figures.table
    total = len(table.actions)
    off, risk = facts.standing(Standing.OFF_TRACK), facts.standing(Standing.AT_RISK)
    sentences = [f"Of {_count(total, 'action')} {len(off)} {_is(off)} off track and {len(risk)} at risk."]
    if table.counts.overdue:
        past = "is past its" if table.counts.overdue == 1 else "are past their"
        sentences.append(f"{_count(table.counts.overdue, 'action')} {past} end and not complete.")
    moved = figures.moved
    if moved is not None and figures.before_on is not None:
        sentences.append(
            f"Since the board of {_day(figures.before_on)} {len(moved.better)} got better, {len(moved.worse)} got"
            f" worse and {_count(len(figures.slips), 'end') if figures.slips else 'no end'} moved;"
            f" {_count(len(figures.completed), 'action')} {_was(figures.completed)} completed."
        )
    blocks: list[Block] = [Words(" ".join(sentences))]
    if facts.overdue:
        first = min(facts.overdue, key=lambda line: line.due)
        oldest = f"{first.duty.deliverable} ({first.duty.duty_holder}), since {_day(first.due)}"
        words = (
            f"One duty of the notice is overdue: {oldest}."
            if len(facts.overdue) == 1
            else f"{len(facts.overdue)} duties of the notice are overdue, the oldest {oldest}."
        )
        blocks.append(Words(words))
    if moved is not None and moved.worse:
        blocks.append(Heading("Worse since the last board", 2))
        blocks.append(Bullets(tuple((row.ref, f"{row.activity} Now {_rating(row)}.") for row in moved.worse)))
    return blocks


def _rated(facts: Exceptions, standing: Standing, heading: str) -> list[Block]:
    rows = facts.standing(standing)
    blocks: list[Block] = [Heading(heading)]
    if not rows:
        return [*blocks, Words(f"No action is {heading.lower()}.")]
    silent = [row for row in rows if not _last(facts, row).reason]
    if silent:
        refs = ", ".join(row.ref for row in silent)
        blocks.append(Words(f"Nobody has said what is in the way of {refs}."))
    return [*blocks, Grid("", _ACTIONS, _WIDTHS, tuple(_line(facts, row) for row in rows))]


def _line(facts: Exceptions, row: ActionRow) -> tuple[str, ...]:
    last = _last(facts, row)
    lead = f" ({row.lead_names})" if row.lead_names else " (no lead)"
    end = _short_day(row.ends_on) if row.ends_on else row.timeline or "No date"
    if row.overdue:
        end += ", overdue"
    return row.ref, row.activity + lead, end, last.reason or "Not said", last.next_step or "Not said"


def _last(facts: Exceptions, row: ActionRow) -> Last:
    return facts.lasts.get(row.id, Last())


def _slipped(facts: Exceptions) -> list[Block]:
    figures = facts.figures
    blocks: list[Block] = [Heading("Slipped since the last board")]
    if figures.before_on is None:
        return [*blocks, Words("There is no position of the plan at an earlier board to compare with.")]
    if not figures.slips:
        return [*blocks, Words("No end was moved.")]
    rows = tuple(
        (
            slip.action.ref,
            slip.action.activity,
            _short_day(slip.old) if slip.old else "None",
            _short_day(slip.new) if slip.new else "Taken away",
            slip.reason or "Not said",
        )
        for slip in figures.slips
    )
    return [*blocks, Grid("", ("Ref", "Action", "From", "To", "Why"), (8, 38, 13, 13, 28), rows)]


def _adds_up(facts: Exceptions) -> list[Block]:
    blocks: list[Block] = [Heading("Does not add up")]
    by_rule: dict[str, list[Contradiction]] = {}
    for found in facts.figures.table.contradictions:
        if found.rule.code != EVIDENCE_RULE:
            by_rule.setdefault(found.rule.title, []).append(found)
    if not by_rule:
        return [*blocks, Words("Nothing was found.")]
    for title, flagged in by_rule.items():
        blocks.append(Heading(f"{title} ({len(flagged)})", 2))
        blocks.append(Words(f"{flagged[0].settle}.", quiet=True))
        blocks.append(Bullets(tuple((one.ref, f"{one.message}.") for one in flagged)))
    return blocks


def _unproven(facts: Exceptions) -> list[Block]:
    rows = facts.figures.complete_without_evidence
    blocks: list[Block] = [Heading("Complete, with nothing that shows it")]
    if not rows:
        return [*blocks, Words("Every action that is complete has evidence.")]
    verb = "is" if len(rows) == 1 else "are"
    words = (
        f"{_count(len(rows), 'action')} {verb} rated complete without a file or a link. By who leads them:"
    )
    by_lead: dict[str, list[str]] = {}
    for row in rows:
        by_lead.setdefault(row.leads[0].name if row.leads else "Nobody", []).append(row.ref)
    owed = tuple((f"{lead}:", ", ".join(refs)) for lead, refs in sorted(by_lead.items()))
    return [*blocks, Words(words), Bullets(owed)]


def _overdue(facts: Exceptions) -> list[Block]:
    blocks: list[Block] = [Heading("Overdue duties of the notice")]
    if not facts.overdue:
        return [*blocks, Words("None.")]
    rows = tuple(
        (
            _short_day(line.due),
            line.duty.deliverable,
            line.duty.duty_holder,
            f"{line.duty.requirement}. {line.one.because}",
        )
        for line in sorted(facts.overdue, key=lambda line: line.due)
    )
    return [*blocks, Grid("", ("Due", "What", "Who", "Notice, and why then"), (14, 28, 18, 40), rows)]


def _rating(row: ActionRow) -> str:
    return row.rating.label if row.rating else "not rated"


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"


def _is(rows: list[Any]) -> str:
    return "is" if len(rows) == 1 else "are"


def _was(rows: list[Any]) -> str:
    return "was" if len(rows) == 1 else "were"


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%B %Y}"


def _short_day(on: dt.date) -> str:
    return f"{on.day} {on:%b %Y}"
