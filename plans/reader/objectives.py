"""Objectives as the walk meets them: in group rows, in merged, repeated or blank cells, in two columns or
one.
"""

from collections import defaultdict

from plans.reader.draft import Draft, DraftAction, DraftObjective, RatingCell
from plans.reader.findings import FindingCode, Severity
from plans.reader.grids import Row
from plans.reader.groups import Head
from plans.reader.headings import words_of
from plans.reader.reading import RowUse
from plans.reader.references import (
    after_reference,
    common_parent,
    is_reference,
    leading,
    parent,
    stands_under,
    tidied,
)
from plans.reader.texts import joined

_TITLE_LENGTH = 60


class Objectives:
    """Knows the objective that rows belong to, and every objective met before."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._current: DraftObjective | None = None
        self._by_ref: dict[str, DraftObjective] = {}
        self._by_words: dict[str, DraftObjective] = {}
        self._intros: dict[str, str] = {}

    def leave(self) -> None:
        """A new theme begins: what follows answers no objective until one is named."""
        self._current = None

    def head(self, head: Head, table: int, row: Row, theme: str | None) -> None:
        """Enter the objective that a group row or heading names."""
        parts = _parted(leading(head.text), head.text)
        self._current = self._known(head.ref, head.text) or self._add(head.ref, parts, theme, (table, row))

    def introduce(self, heading: str, words: str) -> None:
        """Words between the heading of an objective and its table are the objective's text, where it has none."""
        named = self._current
        if named and not named.text and words_of(heading) in words_of(named.title):
            self._intros[named.key] = words

    def rate(self, cell: RatingCell) -> None:
        """Note the rating that stands beside the objective's own row."""
        if self._current and (cell.text or cell.fill):
            self._current.rating = cell

    def place(self, action: DraftAction, texts: tuple[str, str], theme: str | None, index: int) -> None:
        """Put an action under the objective that its row names, or the one that goes on."""
        title, body = texts
        if title or body:
            self._named(action, title, body, theme)
        elif self._current and self._current.theme != theme and theme:
            self._current = None
        if self._current:
            action.objective = self._current.key
            self._current.actions.append(action)

    def withdraw(self, action: DraftAction) -> None:
        """Take out an action that was none: its row only names the objective."""
        if self._current and action in self._current.actions:
            self._current.actions.remove(action)

    def finish(self) -> None:
        """Give objectives their references where cells do not, and the words that introduce them."""
        self._share_references()
        for objective in self._draft.objectives:
            if objective.ref and not objective.text:  # one without is known again by its words alone
                objective.text = self._intros.get(objective.key, "")

    def _share_references(self) -> None:
        """Give objectives without a reference the ones that their actions stand under, if that suits all of
        them.
        """
        without = [objective for objective in self._draft.objectives if objective.ref is None]
        shared = [common_parent([action.ref for action in each.actions if action.ref]) for each in without]
        taken = [ref for ref in shared if ref and ref not in self._by_ref]
        if len(set(taken)) < len(without):
            return
        owners = self._owners()
        if all(owners[ref] == {objective.key} for objective, ref in zip(without, taken, strict=True)):
            for objective, ref in zip(without, taken, strict=True):
                objective.ref = ref
                self._by_ref[ref] = objective

    def _owners(self) -> dict[str, set[str | None]]:
        """Return which objectives' actions stand under each reference, at whatever depth."""
        owners: dict[str, set[str | None]] = defaultdict(set)
        for action in self._draft.actions:
            above = parent(action.ref or "")
            while above:
                owners[above].add(action.objective)
                above = parent(above)
        return owners

    def _named(self, action: DraftAction, title: str, body: str, theme: str | None) -> None:
        ref = self._reference(title) or (leading(body) if not title else None)
        current = self._current
        if ref and current and current.ref == ref:
            self._go_on(current, action, "", body)
            return
        known = self._known(ref, title or body)
        if known:
            self._current = known
            return
        if ref is None and current and current.ref and action.ref and stands_under(action.ref, current.ref):
            self._go_on(current, action, title, body)
            return
        parts = (title, body) if title and body else _parted(ref, title or body)
        self._current = self._add(ref, parts, theme, (action.table, action.row))

    @staticmethod
    def _reference(title: str) -> str | None:
        tidy = tidied(title)
        return tidy if title and is_reference(tidy) else leading(title)

    def _known(self, ref: str | None, words: str) -> DraftObjective | None:
        return self._by_ref.get(ref) if ref else self._by_words.get(words_of(words))

    def _go_on(self, objective: DraftObjective, action: DraftAction, title: str, body: str) -> None:
        """A cell of a row further down holds more of the objective's title or text, not another objective."""
        more_title = title and words_of(title) not in words_of(objective.title)
        more_body = body and words_of(body) not in words_of(f"{objective.title} {objective.text}")
        if not (more_title or more_body):
            return
        if more_title:
            objective.title = joined(objective.title, title)
        if more_body:
            objective.text = joined(objective.text, body)
        self._draft.find(
            FindingCode.JOINED_TEXT,
            Severity.NOTE,
            f"{action.row.opening}: “{(title or body)[:80]}” goes on with "
            f"objective {objective.name}; "
            "it was put together with the row above.",
            ref=objective.ref,
            table=action.table,
            row=action.row,
        )

    def _add(
        self, ref: str | None, words: tuple[str, str], theme: str | None, place: tuple[int, Row]
    ) -> DraftObjective:
        (title, text), (table, row) = words, place
        objective = DraftObjective(f"o{len(self._draft.objectives) + 1}", ref, title, text, theme, table, row)
        self._draft.objectives.append(objective)
        if ref:
            self._by_ref.setdefault(ref, objective)
        else:
            self._by_words.setdefault(words_of(title or text), objective)
        return objective


def _parted(ref: str | None, text: str) -> tuple[str, str]:
    """Return title and text of an objective that stands in one cell: a short one is a title, a long one a
    text.
    """
    first, _, rest = text.partition("\n")
    if rest and len(first) <= _TITLE_LENGTH:
        return first, rest
    if len(text) <= _TITLE_LENGTH or not ref:
        return text, ""
    words = after_reference(text)
    return text[: len(text) - len(words)].strip(" :.)–—-") if words and text.endswith(words) else "", words


def unused_objectives(draft: Draft) -> None:
    """Objectives that no action answers stay only where they are numbered; others headed nothing."""
    for objective in [each for each in draft.objectives if not each.actions and each.ref is None]:
        draft.objectives.remove(objective)
        if objective.row.number:
            draft.uses[objective.table, objective.row.number] = RowUse.UNPLACED
            draft.find(
                FindingCode.UNPLACED_ROW,
                Severity.NOTE,
                f"{objective.row.opening} (“{objective.name[:120]}”) heads no action, so it "
                "is kept but "
                "not in the plan.",
                table=objective.table,
                row=objective.row,
            )
