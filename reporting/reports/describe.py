"""What the plan's figures say in a report: blocks, numbers and references, from plain rows. Plain Python."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deadlines.sentences import day_in_words
from plans.adding_up import listed
from plans.rag import Standing
from plans.table import ActionRow, Code, ObjectiveRow
from reporting.packs.facts import Figures
from reporting.reports.facts import Block, Cell, Figure, Row

LONG, SHORT = 160, 140
UNRATED = "Not rated"


@dataclass(frozen=True, slots=True)
class Tested:
    """What independent testing found of one action: "test 3", by whom, when, result and words."""

    test: str
    tester: str
    on: dt.date
    result: str
    words: str
    assured: str = ""  # the code that testing accepts


def cut(text: str, length: int = LONG) -> str:
    """A text on one line, shortened at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rpartition(' ')[0]}…"


def named(objective: ObjectiveRow) -> str:
    """An objective in a line, without its reference, which stands beside it."""
    return cut(objective.title.removeprefix(objective.ref).strip() or objective.text)


def rated(code: Code | None) -> Cell:
    """A rating as a cell: its letter, its word, and the colour behind them."""
    if code is None:
        return Cell(UNRATED, "none")
    return Cell(code.label, code.colour.value)


def end_of(action: ActionRow) -> str:
    """When an action is to end: the day that could be read, else the plan's own words."""
    return _short(action.ends_on) if action.ends_on else action.timeline or "No date"


def _short(day: dt.date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no date"


def _row(ref: str, *cells: str | Cell) -> Row:
    made = tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in (ref, *cells))
    return Row(made, ref)


def counted(number: int, one: str, many: str = "") -> str:
    """3 actions, 1 action, no actions."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def figure(key: str, count: int, one: str, many: str) -> Figure:
    """A number with its label: "deadline overdue now" of one, "deadlines overdue now" of others."""
    return Figure(key, one if count == 1 else many, str(count))


def standing(figures: Figures) -> tuple[Block, ...]:
    """Where the plan stands: one sentence and the ratings now and then."""
    counts, moved = figures.table.counts, figures.moved
    words = f"{counted(counts.total, 'action').capitalize()}; {counts.overdue_words}."
    if moved and figures.before_on:
        words += (
            f" Since {day_in_words(figures.before_on)}: {len(moved.better)} better, {len(moved.worse)} worse, "
            f"{moved.same} the same" + (f", {len(moved.new)} new" if moved.new else "") + "."
        )
    rows = []
    for code, now, earlier in figures.by_rating:
        change = "–" if earlier is None else _change(now - earlier)
        meaning = code.means if code else "No rating was given"
        rows.append(
            Row(
                (
                    rated(code),
                    Cell(meaning),
                    Cell(str(now)),
                    Cell("–" if earlier is None else str(earlier)),
                    Cell(change),
                )
            )
        )
    then = _short(figures.before_on) if figures.before_on else "Before"
    columns = ("Rating", "Meaning", _short(figures.table.on), then, "Change")
    return (Block("Where the plan stands", words, columns, (20, 36, 14, 14, 16), tuple(rows)),)


def _change(by: int) -> str:
    return "= same" if by == 0 else f"▲ {by} more" if by > 0 else f"▼ {-by} fewer"


def numbers(figures: Figures) -> list[Figure]:
    """The plan's numbers that can stand in a text."""
    table = figures.table
    of = dict.fromkeys(Standing, 0)
    for action in table.actions:
        if action.rating and action.rating.standing:
            of[action.rating.standing] += 1
    found = [
        figure("actions", len(table.actions), "action in the plan", "actions in the plan"),
        figure("off track", of[Standing.OFF_TRACK], "action off track", "actions off track"),
        figure("at risk", of[Standing.AT_RISK], "action at risk", "actions at risk"),
        figure("on track", of[Standing.ON_TRACK], "action on track", "actions on track"),
        figure(
            "complete", of[Standing.COMPLETE] + of[Standing.EMBEDDED], "action complete", "actions complete"
        ),
        figure(
            "overdue",
            table.counts.overdue,
            "action past its end and not complete",
            "actions past their end and not complete",
        ),
    ]
    moved = figures.moved
    if moved:
        found += [
            figure("better", len(moved.better), "action that moved up", "actions that moved up"),
            figure("worse", len(moved.worse), "action that moved down", "actions that moved down"),
            figure(
                "completed",
                len(figures.completed),
                "action completed since the last report",
                "actions completed since the last report",
            ),
            figure(
                "slipped",
                len(figures.slips),
                "end that was moved since the last report",
                "ends that were moved since the last report",
            ),
        ]
    return found


def objectives(figures: Figures, tested: Mapping[int, Sequence[Tested]]) -> tuple[Block, ...]:
    """Movement objective by objective between the two positions, and what testing found of objectives."""
    before = {one.id: one for one in figures.before.objectives} if figures.before else {}
    rows = [
        _objective(one, before.get(one.id), figures, tested.get(one.id, ()))
        for one in figures.table.objectives
    ]
    columns = ("Ref", "Objective", "Then", "Now", "Its actions")
    words = "" if before else "There is no earlier position to compare with."
    return (Block("Movement by objective", words, columns, (9, 37, 16, 16, 22), tuple(rows)),)


def _objective(
    now: ObjectiveRow, then: ObjectiveRow | None, figures: Figures, tested: Sequence[Tested]
) -> Row:
    moved = figures.moved
    ids = {action.id for action in now.actions}
    better = sum(action.id in ids for action in moved.better) if moved else 0
    worse = sum(action.id in ids for action in moved.worse) if moved else 0
    said = [f"▲ {better} better"] * bool(better) + [f"▼ {worse} worse"] * bool(worse)
    words = str(len(now.actions))
    if moved:
        words += f": {', '.join(said)}" if said else ": no movement"
    if tested:
        words += f". {tested[0].test.capitalize()}: {tested[0].result}"
    return _row(
        now.ref,
        named(now),
        rated(then.rating) if then else Cell("–"),
        rated(now.rating),
        words,
    )


def moved(figures: Figures) -> tuple[Block, ...]:
    """The actions that moved down and up, with both ratings."""
    found, then = figures.moved, figures.then
    if found is None:
        return ()
    columns, widths = ("Ref", "Action", "Lead", "Then", "Now"), (9, 37, 22, 16, 16)
    blocks = []
    for heading, actions in (("Moved down", found.worse), ("Moved up", found.better)):
        rows = tuple(
            _row(
                one.ref,
                cut(one.activity, SHORT),
                one.lead_names or "No lead named",
                rated(then[one.id]),
                rated(one.rating),
            )
            for one in actions
        )
        blocks.append(Block(heading, "" if rows else "No action did.", columns if rows else (), widths, rows))
    return tuple(blocks)


def completed(figures: Figures, tested: Mapping[int, Sequence[Tested]]) -> tuple[Block, ...]:
    """What was completed since the last report, with what shows it."""
    rows = tuple(
        _row(
            one.ref,
            cut(one.activity, SHORT),
            one.lead_names or "No lead named",
            counted(one.evidence, "file or link", "files or links").capitalize(),
            tested[one.id][0].result.capitalize() if tested.get(one.id) else "Not tested",
        )
        for one in figures.completed
    )
    words = "" if rows else _nothing(figures, "Nothing was completed in this period.")
    columns = ("Ref", "Action", "Lead", "Evidence kept", "Independent testing")
    return (Block("Completed", words, columns if rows else (), (9, 37, 20, 16, 18), rows),)


def slipped(figures: Figures) -> tuple[Block, ...]:
    """Ends that were moved, and why."""
    rows = tuple(
        _row(
            one.action.ref,
            cut(one.action.activity, SHORT),
            _short(one.old),
            _short(one.new),
            cut(one.reason) or "No reason was recorded",
        )
        for one in figures.slips
    )
    words = "" if rows else _nothing(figures, "No end was moved in this period.")
    columns = ("Ref", "Action", "From", "To", "Why")
    return (Block("Slipped", words, columns if rows else (), (9, 33, 13, 13, 32), rows),)


def _nothing(figures: Figures, words: str) -> str:
    return words if figures.before else "There is no earlier position to compare with."


def off_track(figures: Figures) -> tuple[Block, ...]:
    """What is off track now, with what was last said of it."""
    rows = tuple(
        _row(
            one.ref,
            cut(one.activity, SHORT),
            one.lead_names or "No lead named",
            end_of(one),
            cut(one.progress) or "Nothing was reported",
        )
        for one in figures.off_track
    )
    words = "" if rows else "No action is rated off track."
    columns = ("Ref", "Action", "Lead", "End", "Last report")
    return (Block("Off track now", words, columns if rows else (), (9, 29, 18, 12, 32), rows),)


def slow(figures: Figures) -> tuple[Block, ...]:
    """Objectives slow to progress, each with the reason."""
    rows = tuple(
        _row(
            one.objective.ref,
            named(one.objective),
            rated(one.objective.rating),
            one.why[:1].upper() + one.why[1:].replace("the last board", "the last report"),
        )
        for one in figures.slow
    )
    words = "" if rows else "No objective is slow by the rule used here."
    columns = ("Ref", "Objective", "Judged", "Why it is thought slow")
    return (Block("Objectives slow to progress", words, columns if rows else (), (9, 41, 16, 34), rows),)


MOST_ANSWERS = 12


def answered_by(actions: Sequence[ActionRow], tested: Mapping[int, Sequence[Tested]]) -> str:
    """The actions that answer a provision with their ratings; which of them were tested, and which have evidence."""
    if not actions:
        return ""
    shown = listed([f"{one.ref} ({rated(one.rating).text})" for one in actions], MOST_ANSWERS)
    found = [
        f"{one.ref} {tested[one.id][0].result} ({tested[one.id][0].test})"
        for one in actions
        if tested.get(one.id)
    ]
    kept = [one.ref for one in actions if one.evidence]
    return " ".join(
        (
            f"Answered by {shown}.",
            f"Tested: {'; '.join(found)}." if found else "Not tested independently.",
            f"Evidence is kept of {listed(kept, MOST_ANSWERS)}." if kept else "No evidence is kept.",
        )
    )


def evidence_lines(action: ActionRow, tested: Sequence[Tested], evidence: str) -> tuple[str, ...]:
    """From a claim about an action to what is reported, to the test, to the evidence."""
    said = (
        f", reported for {day_in_words(action.reported_on)}" if action.reported_on else ", never reported on"
    )
    lines = [f"Rated {rated(action.rating).text}{said}. Ends: {end_of(action)}."]
    if action.assured:
        when = f" on {day_in_words(action.assured_on)}" if action.assured_on else ""
        lines.append(f"Accepted after testing{when}: {rated(action.assured).text}.")
    lines += _found(tested) or ["Not tested independently."]
    lines.append(f"Evidence kept by the council: {evidence}." if evidence else "No evidence is kept.")
    return tuple(lines)


def judged_lines(objective: ObjectiveRow, tested: Sequence[Tested]) -> tuple[str, ...]:
    """From a claim about an objective to how it is judged, and to the test."""
    return (
        f"Judged {rated(objective.rating).text}, with {counted(len(objective.actions), 'action')} under it.",
        *(_found(tested) or ["Not tested independently."]),
    )


def _found(tested: Sequence[Tested]) -> list[str]:
    return [
        " ".join(
            (
                f"{one.test.capitalize()} ({one.tester}, {day_in_words(one.on)}): {one.result}.",
                *([f"{cut(one.words).removesuffix('.')}."] if one.words.strip() else []),
                *([f"Rating accepted after testing: {one.assured}."] if one.assured else []),
            )
        )
        for one in tested
    ]
