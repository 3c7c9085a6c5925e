"""Comments that stand beside cells: kept as findings, with the words to take over, never silently part of the
plan or silently lost.
"""

from collections.abc import Sequence

from plans.reader.draft import Draft, DraftAction
from plans.reader.findings import Change, Choice, FindingCode, Severity
from plans.reader.reading import Action, column_letter
from plans.reader.reading import ColumnRole as Role
from plans.reader.scale import Match, Scale


def check_comments(draft: Draft, actions: Sequence[Action], scale: Scale) -> None:
    """Report each comment beside an action's cells, with the choice to put it with the action's progress; one
    that is a rating beside an empty rating cell is suggested as the rating.
    """
    built = {action.key: action for action in actions}
    for drafted in draft.actions:
        for column, words in sorted(drafted.row.comments.items()):
            action = built.get(drafted.key)
            if action is None or not words.strip():
                continue
            if column in drafted.layout.of(Role.RATING) and action.rating is None:
                code = _code(scale, words)
                if code:
                    _suggest(draft, drafted, code, words)
                    continue
            _report(draft, drafted, action, column, words)


def _code(scale: Scale, words: str) -> str | None:
    """Return the rating that a comment says, or None. An author's name may stand on a line above it."""
    for text in (words, words.partition("\n")[2]):
        found = scale.read(text.strip(), None) if text.strip() else None
        if found and found.match is Match.EXACT:
            return found.codes[0]
    return None


def _heading(drafted: DraftAction, column: int) -> str:
    profiles = drafted.layout.profiles
    heading = profiles[column].heading if column < len(profiles) else ""
    return heading or column_letter(column)


def _suggest(draft: Draft, drafted: DraftAction, code: str, words: str) -> None:
    draft.find_in(
        drafted,
        FindingCode.RATING_IN_COMMENT,
        Severity.SUGGESTION,
        f"{drafted.row.opening} ({drafted.name}): its rating is empty, and the comment beside the cell says "
        f"“{words[:200]}”. That may be its rating.",
        role=Role.RATING,
        suggestion=code,
        choices=(
            Choice(code, f"Rate it {code}", (Change("action", drafted.key, "rating", code),)),
            Choice("none", "Leave it unrated", (Change("action", drafted.key, "rating", None),)),
        ),
    )


def _report(draft: Draft, drafted: DraftAction, action: Action, column: int, words: str) -> None:
    joined = f"{action.progress}\n{words}" if action.progress else words
    heading = _heading(drafted, column)
    draft.find(
        FindingCode.CELL_COMMENT,
        Severity.NOTE,
        f"{drafted.row.opening}, {heading} ({drafted.name}): a comment beside the cell says “{words[:400]}”. It is "
        "not part of the plan unless you add it.",
        ref=drafted.ref,
        table=drafted.table,
        row=drafted.row,
        column=heading,
        choices=(
            Choice("leave", "Leave it out"),
            Choice("add", "Add it to the progress", (Change("action", drafted.key, "progress", joined),)),
        ),
    )
