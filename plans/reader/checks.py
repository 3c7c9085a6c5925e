"""What only shows when rows are seen together: repeats, gaps, dates that do not fit, a legend that says a
thing twice.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from plans.rag import Standing
from plans.reader.draft import Draft, DraftAction, heading_of, set_action
from plans.reader.findings import Change, Choice, FindingCode, Severity
from plans.reader.headings import words_of
from plans.reader.leads import Leads
from plans.reader.ratings import Ratings
from plans.reader.reading import Action
from plans.reader.reading import ColumnRole as Role
from plans.reader.scale import Entry, Scale
from plans.reader.timelines import Timeline, Trouble

_LONG_AHEAD = timedelta(days=90)
_FAR_FROM_REST = timedelta(days=180)
_FAR_YEARS = 10
_SHORTEST_REPEAT = 15


def check_references(draft: Draft) -> None:
    """Find references used twice, actions without one, and plans that have none at all."""
    by_ref: dict[str, list[DraftAction]] = defaultdict(list)
    for action in draft.actions:
        if action.ref:
            by_ref[action.ref.casefold()].append(action)
    for actions in by_ref.values():
        for count, action in enumerate(actions[1:], start=2):
            free = f"{action.ref} ({count})"
            draft.find_in(
                action,
                FindingCode.REPEATED_REFERENCE,
                Severity.QUESTION,
                f"{action.row.opening}: the reference {action.ref} already stands in "
                f"{actions[0].row.place}. Give this action a reference of its own.",
                role=Role.REFERENCE,
                suggestion=free,
                choices=(
                    Choice(free, f"Call it {free}", set_action(action, "ref", free)),
                    Choice("keep", "Keep both"),
                ),
            )
    without = [action for action in draft.actions if not action.ref]
    if without and len(without) == len(draft.actions):
        _number_all(draft, without)
    else:
        for action in without:
            _offer_number(draft, action, set(by_ref))


def _number_all(draft: Draft, actions: list[DraftAction]) -> None:
    """In a plan without references propose objective and place: 2.3 is the second objective's third
    action.
    """
    order = {objective.key: at for at, objective in enumerate(draft.objectives, start=1)}
    counted: dict[str | None, int] = defaultdict(int)
    changes = []
    for action in actions:
        counted[action.objective] += 1
        head = order.get(action.objective or "")
        ref = f"{head}.{counted[action.objective]}" if head else str(counted[None])
        changes.append(Change("action", action.key, "ref", ref))
    draft.find(
        FindingCode.NO_REFERENCES,
        Severity.SUGGESTION,
        f"None of the {len(actions)} actions has a reference. They can be numbered in the document's order, "
        f"{changes[0].value} to {changes[-1].value}.",
        suggestion="number",
        choices=(
            Choice("number", "Number them in order", tuple(changes)),
            Choice("keep", "Leave them without"),
        ),
    )


def _offer_number(draft: Draft, action: DraftAction, taken: set[str]) -> None:
    siblings = [each.ref for each in draft.actions if each.ref and each.objective == action.objective]
    free = _next_free(siblings, taken)
    choices = (Choice(free, f"Call it {free}", set_action(action, "ref", free)),) if free else ()
    if free:
        taken.add(free.casefold())
    draft.find_in(
        action,
        FindingCode.NO_REFERENCE,
        Severity.SUGGESTION if free else Severity.QUESTION,
        f"{action.row.opening} (“{action.said(Role.ACTIVITY)[:60]}”) has no reference."
        + (f" {free} is free." if free else ""),
        role=Role.REFERENCE,
        suggestion=free,
        choices=(*choices, Choice("keep", "Leave it without")),
    )


def _next_free(siblings: Sequence[str], taken: set[str]) -> str | None:
    numbered = [match for ref in siblings if (match := re.fullmatch(r"(.*?)(\d+)[a-z]?", ref))]
    if not numbered:
        return None
    stem, number = numbered[-1][1], max(int(match[2]) for match in numbered if match[1] == numbered[-1][1])
    while f"{stem}{number + 1}".casefold() in taken:
        number += 1
    return f"{stem}{number + 1}"


def check_repeats(draft: Draft) -> None:
    """Find actions that say the same as an earlier one."""
    said: dict[str, DraftAction] = {}
    for action in draft.actions:
        words = words_of(action.said(Role.ACTIVITY))
        if len(words) < _SHORTEST_REPEAT:
            continue
        first = said.setdefault(words, action)
        same = words_of(first.said(Role.OUTCOME)) == words_of(action.said(Role.OUTCOME))
        if first is not action and same:
            draft.find_in(
                action,
                FindingCode.REPEATED_ACTION,
                Severity.QUESTION,
                f"{action.row.opening}: {action.name} says the same as {first.name} "
                f"({first.row.place}). "
                "Both were kept.",
                role=Role.ACTIVITY,
                choices=(
                    Choice("keep", "Keep both"),
                    Choice("leave_out", f"Leave out {action.name}", set_action(action, "left_out", "yes")),
                ),
            )


def check_gaps(draft: Draft, leads: dict[str, Leads], ratings: Ratings, scale: Scale) -> None:
    """Find actions without lead or rating, where the plan has such a column, and objectives without a
    rating.
    """
    asked = {
        finding.row for finding in draft.findings if finding.code in _ABOUT_RATING and finding.row is not None
    }
    for action in draft.actions:
        place = f"{action.row.opening} ({action.name})"
        if action.layout.of(Role.LEAD) and not leads[action.key].leads:
            words = action.said(Role.LEAD)
            tail = f" (“{words}”)" if words else ""
            draft.find_in(
                action, FindingCode.NO_LEAD, Severity.QUESTION, f"{place} has no lead{tail}.", role=Role.LEAD
            )
        if (
            action.layout.of(Role.RATING)
            and action.key not in ratings.actions
            and action.row.number not in asked
        ):
            draft.find_in(
                action, FindingCode.NO_RATING, Severity.NOTE, f"{place} has no rating.", role=Role.RATING
            )
    if not ratings.objectives:
        return
    for objective in draft.objectives:
        if objective.key not in ratings.objectives and objective.actions:
            draft.find(
                FindingCode.OBJECTIVE_UNRATED,
                Severity.NOTE,
                f"Objective {objective.name} ({objective.row.place}) has no rating.",
                ref=objective.ref,
                table=objective.table,
                row=objective.row,
                choices=tuple(
                    Choice(
                        entry.code,
                        f"Rate it {entry.code}",
                        (Change("objective", objective.key, "rating", entry.code),),
                    )
                    for entry in scale.ratings
                ),
            )


_ABOUT_RATING = {
    FindingCode.RATING_SLIPPED,
    FindingCode.UNKNOWN_RATING,
    FindingCode.AMBIGUOUS_RATING,
    FindingCode.RATING_BY_COLOUR,
}


def check_timeline(
    draft: Draft, action: DraftAction, found: Timeline, *, role: Role, finished: bool, near: date | None
) -> None:
    """Find dates that cannot be, could be two or were not understood, each with its possible readings."""
    for trouble in found.troubles:
        guesses = _likeliest_first(trouble, finished=finished, near=near)
        name = "start" if trouble.of_start else "end"
        choices = tuple(
            Choice(
                day.isoformat(),
                f"Read it as {day.day} {day:%B %Y}",
                set_action(action, name, day.isoformat()),
            )
            for day in guesses
        )
        code = FindingCode.IMPOSSIBLE_DATE if trouble.impossible else FindingCode.UNCLEAR_DATE
        words = " ".join(trouble.words.split())[:120]
        said = f"“{words}” is no date: {trouble.why}" if trouble.impossible else f"“{words}”: {trouble.why}"
        draft.find_in(
            action,
            code,
            Severity.QUESTION,
            (f"{action.row.opening} ({action.name}): {said}. The words are kept and no date was taken."),
            role=role,
            suggestion=choices[0].key if choices else None,
            choices=(*choices, Choice("none", "Keep the words without a date")),
        )


def _likeliest_first(trouble: Trouble, *, finished: bool, near: date | None) -> list[date]:
    """An action that is done ended by about the plan's date: a year or a month that fits is the likelier
    reading.
    """
    guesses = list(trouble.guesses)
    if not (finished and near and trouble.impossible):
        return guesses
    late = near + _LONG_AHEAD
    guesses += [
        day.replace(year=day.year - 1) for day in guesses if day > late and (day.month, day.day) != (2, 29)
    ]
    return sorted(dict.fromkeys(guesses), key=lambda day: (day > late, guesses.index(day)))


def usual_end(ends: Sequence[date | None]) -> date | None:
    """Return the day by which three quarters of the ends have passed, or None of fewer than four.

    Of completed actions this stands in for the plan's own date where the document does not give it.
    """
    known = sorted(end for end in ends if end)
    return known[(len(known) * 3) // 4 - 1] if len(known) > 3 else None  # noqa: PLR2004


def check_dates(draft: Draft, actions: list[Action], finished: set[str], as_at: date | None) -> None:
    """Find ends before starts, years far from the others, and ends that lie far ahead of a finished
    action.
    """
    by_key = {action.key: action for action in draft.actions}
    ends = sorted(action.end for action in actions if action.end)
    usual = usual_end([action.end for action in actions if action.key in finished])
    for action in actions:
        why = _unlikely(action, ends, usual, finished=action.key in finished, as_at=as_at)
        row = by_key[action.key]
        if action.start and action.end and action.end < action.start:
            _odd(
                draft,
                row,
                action,
                FindingCode.END_BEFORE_START,
                f"ends {_long(action.end)}, before it starts {_long(action.start)}",
            )
        elif why:
            _odd(draft, row, action, FindingCode.UNLIKELY_DATE, why)


def _unlikely(
    action: Action, ends: list[date], usual: date | None, *, finished: bool, as_at: date | None
) -> str:
    if action.end is None:
        return ""
    middle = ends[len(ends) // 2]
    if abs(action.end.year - middle.year) > _FAR_YEARS:
        return f"ends {_long(action.end)}, more than {_FAR_YEARS} years from most of the plan"
    if finished and as_at and action.end > as_at + _LONG_AHEAD:
        return (
            f"is complete, but its end, {_long(action.end)}, is months after the plan's date, {_long(as_at)}"
        )
    if finished and not as_at and usual and action.end > usual + _FAR_FROM_REST:
        return (
            f"is complete, but its end, {_long(action.end)}, is months after that of most completed actions "
            f"({_long(usual)} or before)"
        )
    return ""


def _odd(draft: Draft, row: DraftAction, action: Action, code: FindingCode, why: str) -> None:
    choices = [Choice("keep", "Keep it as it stands")]
    if action.end and code is FindingCode.UNLIKELY_DATE and (action.end.month, action.end.day) != (2, 29):
        before = action.end.replace(year=action.end.year - 1)
        choices.append(
            Choice(
                before.isoformat(), f"Read it as {_long(before)}", set_action(row, "end", before.isoformat())
            )
        )
    role = Role.TIMELINE if row.layout.of(Role.TIMELINE) else Role.END
    draft.find_in(
        row, code, Severity.QUESTION, f"{row.row.opening} ({row.name}) {why}. Check the date.",
        role=role, choices=tuple(choices),
    )  # fmt: skip


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _ask_standing(draft: Draft, entry: Entry) -> None:
    usual = entry.standing
    given = f" It was given the usual meaning of its colour, “{usual.label}”: confirm it." if usual else ""
    draft.find(
        FindingCode.STANDING_UNCLEAR,
        Severity.QUESTION,
        f"The legend's words do not say what {entry.name} means for delivery.{given or ' Choose its standing.'}",
        ref=entry.code,
        suggestion=usual.value if usual else None,
        choices=tuple(
            Choice(
                each.value, f"It means “{each.label}”", (Change("scale", entry.code, "standing", each.value),)
            )
            for each in Standing
        ),
    )


def check_scale(draft: Draft, scale: Scale, place: str) -> None:
    """Find a missing legend, entries that mean the same, and ratings whose meaning nobody says."""
    ratings = scale.ratings
    column = heading_of(draft.actions[0].layout, Role.RATING) if draft.actions else None
    if not place and ratings:
        named = ", ".join(entry.code for entry in ratings)
        draft.find(
            FindingCode.NO_LEGEND,
            Severity.QUESTION,
            (
                f"The document has no legend. Its ratings ({named}) were given their usual meanings: "
                "confirm each."
            ),
            column=column,
        )
    by_standing: dict[str, list[str]] = defaultdict(list)
    for entry in ratings:
        if entry.standing is None or entry.guessed:
            _ask_standing(draft, entry)
        elif entry.in_legend:
            by_standing[entry.standing.label].append(entry.name)
            continue
        if place and not entry.in_legend:
            draft.find(
                FindingCode.UNKNOWN_RATING,
                Severity.QUESTION,
                (
                    f"“{entry.code}” is used as a rating but is not in the legend ({place}). It was kept "
                    "as a code of its own."
                ),
                ref=entry.code,
                column=column,
            )
    for standing, names in by_standing.items():
        if len(names) > 1 and standing != "On track":
            draft.find(
                FindingCode.DOUBLE_MEANING,
                Severity.QUESTION,
                (
                    f"{' and '.join(names)} both read as “{standing}” in the legend. Say how they differ, "
                    "or keep both."
                ),
                choices=(Choice("keep", "Keep both"),),
            )
