"""Marks of a legend that are no ratings (shaded: asked for by the notice), and the actions that carry them."""

from plans.reader.draft import Draft, DraftAction
from plans.reader.findings import Choice, FindingCode, Severity
from plans.reader.reading import ColumnRole as Role
from plans.reader.scale import Entry, Scale


def marks_of(draft: Draft, scale: Scale) -> dict[str, tuple[str, ...]]:
    """Return the marks that actions carry, by their keys: told by a mark column's words or by the shading of
    their first cells.
    """
    marks: dict[str, tuple[str, ...]] = {}
    for entry in scale.marks:
        shown = [action for action in draft.actions if _carries(action, entry)]
        if len(shown) > 0.9 * len(draft.actions) > 0 and entry.colour is None:
            shown = []  # a fill that nearly every row has is the table's own look
        for action in shown:
            marks[action.key] = (*marks.get(action.key, ()), entry.code)
        if not shown and entry.in_legend:
            draft.find(
                FindingCode.MARK_NOT_SHOWN,
                Severity.QUESTION,
                f"The legend explains {entry.name} (“{entry.meaning}”), but no action in this document "
                "shows it. "
                "If some should, the copy may have lost it: mark them on their own pages.",
                choices=(Choice("none", "No action carries it"),),
            )
    return marks


def _carries(action: DraftAction, entry: Entry) -> bool:
    said = action.said(Role.MARK).casefold()
    if said and (said in entry.keys or said in {"y", "yes", "x", "✓", "✔"}):
        return True
    if entry.colour:
        return action.marked == entry.colour
    shading = any(word in entry.name.casefold() for word in ("shad", "highlight", "hatch"))
    return shading and action.marked is not None and action.marked != "FFFFFF"
