"""Makes the reading's parts of the draft's: words become dates and leads, cells become codes."""

import re
from datetime import date

from plans.reader.checks import check_timeline, usual_end
from plans.reader.columns import Layout
from plans.reader.dates import dates_in
from plans.reader.draft import Draft, DraftAction
from plans.reader.grids import Document, Row
from plans.reader.lead_checks import check_leads
from plans.reader.leads import Leads, read_leads
from plans.reader.ratings import Ratings
from plans.reader.reading import Action, Column, Objective, ScaleEntry, column_letter
from plans.reader.reading import ColumnRole as Role
from plans.reader.scale import Scale
from plans.reader.tables import Segment
from plans.reader.timelines import Timeline, read_timeline

_SPEAKS_OF = re.compile(
    r"\b(?:as at|as of|position at|updated?|board|version|dated?|meeting)\b", re.IGNORECASE
)
_VERSION = re.compile(r"\bv(?:ersion)?\s*[\d.]+\s*[-–:]?", re.IGNORECASE)
_SAMPLE_LENGTH = 80
_TITLE_LENGTH = 150
_TITLE_LINES = 4
_NAMES_A_PLAN = re.compile(r"\bplan\b", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d")


def build_actions(
    draft: Draft, ratings: Ratings, scale: Scale, as_at: date | None
) -> tuple[list[Action], dict[str, Leads]]:
    """Return the actions, and what each lead cell was read as by the action's key."""
    finished = {entry.code for entry in scale.ratings if entry.standing and entry.standing.finished}
    done = {key for key, code in ratings.actions.items() if code in finished}
    parts = {drafted.key: _parts(drafted, as_at) for drafted in draft.actions}
    joint = {key: _joint(read) for key, read in parts.items()}
    near = as_at or usual_end([joint[key].end for key in done if key in joint])
    actions: list[Action] = []
    leads: dict[str, Leads] = {}
    for drafted in draft.actions:
        timeline = joint[drafted.key]
        for role, part in parts[drafted.key].items():
            check_timeline(draft, drafted, part, role=role, finished=drafted.key in done, near=near)
        leads[drafted.key] = read_leads(drafted.said(Role.LEAD))
        actions.append(
            Action(
                key=drafted.key,
                ref=drafted.ref,
                theme=drafted.theme,
                objective=drafted.objective,
                activity=drafted.said(Role.ACTIVITY),
                outcome=drafted.said(Role.OUTCOME),
                timeline=_words(drafted),
                start=timeline.start,
                end=timeline.end,
                earlier_ends=timeline.earlier_ends,
                schedule=timeline.schedule,
                leads=leads[drafted.key].leads,
                rating=ratings.actions.get(drafted.key),
                previous_rating=ratings.previous.get(drafted.key),
                impact_rating=ratings.impact.get(drafted.key),
                marks=ratings.marks.get(drafted.key, ()),
                progress=drafted.said(Role.PROGRESS),
                evidence=drafted.said(Role.EVIDENCE),
                milestones=drafted.said(Role.MILESTONES),
                table=drafted.table,
                row=drafted.row.number,
                continued=tuple(drafted.continued),
            )
        )
    check_leads(draft, leads)
    return actions, leads


_TIMES = (Role.TIMELINE, Role.START, Role.END, Role.REVISED_END)


def _parts(action: DraftAction, as_at: date | None) -> dict[Role, Timeline]:
    return {
        role: read_timeline(words, as_at, begins=role is Role.START)
        for role in _TIMES
        if (words := action.said(role))
    }


def _words(action: DraftAction) -> str:
    """Return an action's timeline in the document's words, of one column or of start, end and revised end.

    Beside a timeline in words, columns that hold nothing but a day each add none.
    """
    start = action.said(Role.START)
    if action.said(Role.TIMELINE) and all(
        _DAY.fullmatch(words) for role in (Role.START, Role.END) if (words := action.said(role))
    ):
        revised = action.said(Role.REVISED_END)
        return "\n".join(dict.fromkeys(words for words in (action.said(Role.TIMELINE), revised) if words))
    rest = "\n".join(
        dict.fromkeys(words for role in _TIMES if role is not Role.START and (words := action.said(role)))
    )
    return f"{start} – {rest}" if start and rest else start or rest


def _joint(parts: dict[Role, Timeline]) -> Timeline:
    """Return the dates of all columns together: a revised end makes the end beside it an earlier one."""
    whole, begins = parts.get(Role.TIMELINE, Timeline()), parts.get(Role.START, Timeline())
    ends, revised = parts.get(Role.END, Timeline()), parts.get(Role.REVISED_END, Timeline())
    earlier = {*whole.earlier_ends, *ends.earlier_ends, *revised.earlier_ends}
    before = ends.end or whole.end
    if revised.end and before and before != revised.end:
        earlier.add(before)
    start = begins.start or begins.end or whole.start or ends.start
    schedule = next((part.schedule for part in parts.values() if part.schedule), "")
    return Timeline(start, revised.end or before, tuple(sorted(earlier)), schedule)


def build_objectives(draft: Draft, ratings: Ratings) -> tuple[Objective, ...]:
    """Return the objectives in the document's order."""
    return tuple(
        Objective(
            key=each.key,
            ref=each.ref,
            title=each.title,
            text=each.text,
            theme=each.theme,
            rating=ratings.objectives.get(each.key),
            table=each.table,
            row=each.row.number,
        )
        for each in draft.objectives
    )


def build_scale(scale: Scale, actions: list[Action]) -> tuple[ScaleEntry, ...]:
    """Return the scale's entries, with how many actions carry each."""
    carried: dict[str, int] = {}
    for action in actions:
        for code in (action.rating, *action.marks):
            if code:
                carried[code] = carried.get(code, 0) + 1
    return tuple(
        ScaleEntry(
            code=entry.code,
            name=entry.name,
            meaning=entry.meaning,
            colour=entry.colour,
            palette=entry.palette,
            standing=entry.standing,
            is_mark=entry.is_mark,
            used=carried.get(entry.code, 0),
        )
        for entry in scale.entries
    )


def build_columns(layouts: dict[int, Layout]) -> tuple[Column, ...]:
    """Return every table's columns with three sample values each."""
    return tuple(
        Column(
            heading=found.heading,
            letter=column_letter(found.index),
            index=found.index,
            table=number,
            role=layout.roles[found.index],
            samples=tuple(dict.fromkeys(_short(text) for text in found.texts if text))[:3],
            others=layout.others.get(found.index, ()),
        )
        for number, layout in layouts.items()
        for found in layout.profiles
        if found.heading or found.texts
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SAMPLE_LENGTH else words[: _SAMPLE_LENGTH - 1].rstrip() + "…"


def as_at_of(lines: list[str]) -> date | None:
    """Return the date that a document's own lines give it: beside words such as `as at`, or the only date
    there.
    """
    found: list[date] = []
    for line in lines:
        if len(line) > _TITLE_LENGTH:
            continue
        days = [
            named.first
            for named in dates_in(_VERSION.sub(" ", line))
            if named.first and named.first == named.last
        ]
        if len(days) == 1 and _SPEAKS_OF.search(line):
            return days[0]
        found += days
    return found[0] if len(set(found)) == 1 else None


def title_of(
    document: Document, lead_ins: list[Row], legend: set[tuple[int, int]], segments: list[Segment]
) -> str:
    """Return the document's title: a line on top that says it is a plan, else what the document calls its title,
    else the first line of words above the plan; empty where there is none.
    """
    if _NAMES_A_PLAN.search(document.title):
        return document.title
    legend_rows = {id(document.grids[grid].rows[index]) for grid, index in legend}
    running = {re.sub(r"\d+", "0", line) for line in document.running}
    own = (line for line in document.outside if re.sub(r"\d+", "0", line) not in running)
    lines = [line for line in own if document.format.value in {"docx", "pdf"}]
    lines += [
        row.text(row.filled[0]) for row in lead_ins if len(row.filled) == 1 and id(row) not in legend_rows
    ]
    words = [found for line in lines if 3 < len(found := " ".join(line.split())) <= _TITLE_LENGTH]  # noqa: PLR2004
    undated = [line for line in words if not dates_in(line) and re.search(r"[A-Za-z]{3}", line)]
    named = [line for line in words if not _SPEAKS_OF.match(line) and re.search(r"[a-z]{4}.*[a-z]{4}", line)]
    named_so = [
        line for line in undated[:_TITLE_LINES] if _NAMES_A_PLAN.search(line) and not line.endswith(".")
    ]
    return next(iter([*named_so, *filter(None, [document.title]), *undated, *named]), "")
