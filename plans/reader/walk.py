"""Walks the plan's rows in order: what heads what, what is an action, what goes on with the row before."""

import re
from collections import Counter

from plans.reader.cells import Cells
from plans.reader.columns import Layout
from plans.reader.draft import Draft, DraftAction, DraftTheme, RatingCell, set_action
from plans.reader.findings import Choice, FindingCode, Severity
from plans.reader.furniture import PageTops, is_page_line, is_total
from plans.reader.grids import Document, Grid, Row
from plans.reader.groups import Head, Levels, group_rows
from plans.reader.headings import words_of
from plans.reader.objectives import Objectives
from plans.reader.reading import ColumnRole as Role
from plans.reader.reading import Format, Furniture, RowUse
from plans.reader.references import is_reference, joined, leading, tidied
from plans.reader.tables import Segment
from plans.reader.texts import readable

_NARRATIVE = {
    Role.ACTIVITY,
    Role.OUTCOME,
    Role.PROGRESS,
    Role.EVIDENCE,
    Role.MILESTONES,
    Role.OTHER,
    Role.OBJECTIVE,
    Role.LEAD,
}
_MOSTLY = 0.6
_OPEN_END = re.compile(r"[.!?:;)\]]\s*$")
_LEADING = re.compile(r"\s*([A-Za-z]{0,5}[.\-]?\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):]?\s+(?=\S)")


class Walk:
    """One walk over all tables of the plan; fills the draft."""

    def __init__(
        self, document: Document, draft: Draft, tops: PageTops, consumed: set[tuple[int, int]]
    ) -> None:
        self._document = document
        self._draft = draft
        self._tops = tops
        self._consumed = consumed
        self._objectives = Objectives(draft)
        self._theme: DraftTheme | None = None
        self._themes: dict[str, DraftTheme] = {}
        self._last: DraftAction | None = None
        self._raw_refs: Counter[str] = Counter()

    def table(
        self,
        number: int,
        segment: Segment,
        layout: Layout,
        heads: list[tuple[str, Row | None]],
        levels: Levels,
    ) -> None:
        """Walk one table of the plan. `heads` is what stands above it, with its row where that is in the
        grid.
        """
        grid = self._document.grids[segment.grid]
        self._number, self._grid, self._layout, self._levels = number, grid, layout, levels
        self._cells = Cells(self._draft, grid, number, layout, self._tops)
        body = [index for index in segment.body if (segment.grid, index) not in self._consumed]
        self._raw_refs.update(self._reference_texts(grid, body))
        self._refless = self._without_references(grid, body)
        groups = group_rows(grid, [index for index in body if index not in segment.repeated], layout)
        for index in sorted(groups):
            if index + 1 in groups:
                levels.see(grid.rows[index], groups[index], grid.rows[index + 1], groups[index + 1])
        for position, (text, row) in enumerate(heads):
            self._head(
                row, Head(text, leading(text)), self._next_ref(grid, body), after_group=position > 0, at=text
            )
        if grid.intro and (grid.heading, None) in heads:
            self._objectives.introduce(grid.heading, grid.intro)
        self._cells.at_top = bool(segment.continues)
        after_group = False
        for position, index in enumerate(body):
            row = grid.rows[index]
            if index in segment.repeated:
                self._use(row, RowUse.REPEATED_HEADING)
                self._cells.at_top = True
            elif row.filled:
                is_group = index in groups and not self._dropped(row)
                if is_group:
                    self._head(
                        row,
                        groups[index],
                        self._next_ref(grid, body[position + 1 :]),
                        after_group=after_group,
                    )
                elif index not in groups:
                    self._row(row, index)
                after_group = is_group
                self._cells.at_top = False

    def finish(self) -> None:
        """Say what heads nothing, and give objectives the reference that their actions share."""
        self._objectives.finish()
        used = {action.theme for action in self._draft.actions} | {
            each.theme for each in self._draft.objectives
        }
        for theme in [theme for theme in self._draft.themes if theme.key not in used]:
            self._draft.themes.remove(theme)
            if theme.row:
                self._unplaced(theme.table, theme.row)

    @property
    def _theme_key(self) -> str | None:
        return self._theme.key if self._theme else None

    def _use(self, row: Row, use: RowUse) -> None:
        self._draft.uses[self._number, row.number] = use

    def _unplaced(self, table: int, row: Row) -> None:
        self._draft.uses[table, row.number] = RowUse.UNPLACED
        words = " ".join(" ".join(row.texts).split())[:120]
        self._draft.find(
            FindingCode.UNPLACED_ROW,
            Severity.NOTE,
            (
                f"{row.opening} (“{words}”) heads no action and is no action, so it is kept "
                "but not in the plan."
            ),
            table=table,
            row=row,
        )

    def _dropped(self, row: Row) -> bool:
        """Leave out page lines and totals, and say so."""
        texts = [row.text(column) for column in row.filled]
        if len(texts) == 1 and is_page_line(texts[0]):
            self._use(row, RowUse.FURNITURE)
            self._draft.furniture.append(Furniture(texts[0], row.place, "a page's header or footer"))
            return True
        if is_total(texts[0]) and all(re.fullmatch(r"[\d.,%£ -]*", text) for text in texts[1:]):
            self._use(row, RowUse.TOTAL)
            self._draft.furniture.append(Furniture(" ".join(texts), row.place, "a total"))
            return True
        return False

    def _head(
        self, row: Row | None, head: Head, next_ref: str | None, *, after_group: bool, at: str = ""
    ) -> None:
        """Take a group row as an objective or a theme."""
        head = Head(readable(head.text)[0], head.ref)
        probe = row or Row(0, at, [head.text])
        if self._levels.is_objective(probe, head, next_ref, after_group=after_group):
            if row:
                self._use(row, RowUse.OBJECTIVE)
            self._objectives.head(head, self._number, probe, self._theme_key)
            columns = [*self._layout.of(Role.OBJECTIVE_RATING), *self._layout.of(Role.RATING)]
            if row and columns:
                self._objectives.rate(RatingCell(row.text(columns[0]), row.fills.get(columns[0])))
            return
        if row:
            self._use(row, RowUse.THEME)
        self._enter_theme(head.text, row, at)

    def _enter_theme(self, text: str, row: Row | None, at: str = "") -> None:
        known = self._themes.get(
            words_of(re.sub(r"\(?\bcont(?:inued|'?d|\.)?\)?\s*$", "", text, flags=re.IGNORECASE))
        )
        if known is None:
            known = DraftTheme(f"t{len(self._themes) + 1}", text, row.place if row else at, self._number, row)
            self._themes[words_of(text)] = known
            self._draft.themes.append(known)
        if known is not self._theme:
            self._objectives.leave()
        self._theme = known

    def _row(self, row: Row, index: int) -> None:
        if self._dropped(row):
            return
        texts = self._cells.words(row)
        if (theme := self._cells.text(row, Role.THEME)) and words_of(theme):
            self._enter_theme(theme, row)
        raw = self._cells.text(row, Role.REFERENCE)
        if self._goes_on(row, raw, texts):
            self._continue(row, texts)
            return
        if not raw and not texts.get(Role.ACTIVITY) and not self._has_objective_only(row):
            self._use(row, RowUse.UNPLACED)
            self._unplaced(self._number, row)
            return
        action = DraftAction(f"a{self._number}-{row.number}", self._number, row, self._layout, words=texts)
        self._refer(action, raw)
        self._objectives.place(action, self._cells.objective(row), self._theme_key, index)
        action.theme = self._theme_key
        if raw or texts.get(Role.ACTIVITY):
            self._rate(action, index)
            self._draft.actions.append(action)
            self._use(row, RowUse.ACTION)
            self._last = action
        else:
            self._objectives.withdraw(action)
            self._use(row, RowUse.OBJECTIVE)

    def _has_objective_only(self, row: Row) -> bool:
        return bool(self._cells.text(row, Role.OBJECTIVE) or self._cells.text(row, Role.OBJECTIVE_REFERENCE))

    def _goes_on(self, row: Row, raw: str, texts: dict[Role, str]) -> bool:
        """Whether a row goes on with the action before it: no reference of its own and nothing but more
        words.
        """
        if raw or self._last is None or (self._last.table != self._number and not self._cells.at_top):
            return False
        roles = {self._layout.roles.get(column, Role.OTHER) for column in row.filled}
        if Role.ACTIVITY not in roles:
            return not roles & {Role.OBJECTIVE, Role.OBJECTIVE_REFERENCE} and bool(texts)
        if self._refless or not roles <= _NARRATIVE:
            return False
        torn = self._cells.at_top or self._document.format is not Format.XLSX
        return torn and Role.LEAD not in roles and not _OPEN_END.search(self._last.said(Role.ACTIVITY))

    def _continue(self, row: Row, texts: dict[Role, str]) -> None:
        action = self._last
        assert action is not None  # noqa: S101 - _goes_on asked
        for role, text in texts.items():
            break_at = " " if role in {Role.ACTIVITY, Role.OUTCOME} else "\n"
            was = action.said(role)
            action.words[role] = f"{was}{break_at}{text}" if was and text not in was else was or text
        column = self._layout.first(Role.RATING)
        rating = "" if column is None else row.text(column)
        other = (
            bool(rating) and not action.rating.empty and rating.casefold() != action.rating.text.casefold()
        )
        if column is not None and action.rating.empty and rating:
            action.rating = RatingCell(rating, row.fills.get(column))
        action.continued.append(row.number)
        self._use(row, RowUse.CONTINUED)
        self._draft.find(
            FindingCode.JOINED_ROW,
            Severity.QUESTION if other else Severity.NOTE,
            f"{row.opening} has no reference and no action of its own; its words were added to "
            f"{action.name}, which stands before it."
            + (
                f" Its rating, “{rating[:40]}”, was not taken: {action.name} is rated “{action.rating.text[:40]}”."
                if other
                else ""
            ),
            ref=action.ref,
            table=self._number,
            row=row,
        )

    def _refer(self, action: DraftAction, raw: str) -> None:
        """Give an action its reference, put together where it was split, and say so."""
        ref = tidied(raw)
        column = self._layout.first(Role.REFERENCE)
        heading = self._layout.profiles[column].heading if column is not None else None
        if not raw:
            self._from_activity(action)
            return
        together = None if is_reference(ref) and " " not in ref else joined(ref)
        if together and not self._raw_refs[together]:
            action.ref = together
            self._draft.find_in(
                action,
                FindingCode.REPAIRED_REFERENCE,
                Severity.NOTE,
                (f"{action.row.opening}: the reference “{raw}” is split; it was read as {together}."),
                role=Role.REFERENCE,
                choices=(
                    Choice(together, f"Read it as {together}"),
                    Choice(raw, f"Keep {raw}", set_action(action, "ref", raw)),
                ),
            )
            return
        action.ref = " ".join(ref.split())
        if column in action.row.dates:
            day = action.row.dates[column]
            meant = f"{day.day}.{day.month}"
            self._draft.find_in(
                action,
                FindingCode.REFERENCE_IS_DATE,
                Severity.SUGGESTION,
                f"{action.row.opening}, {heading}: the spreadsheet holds the date {raw} "
                "where a reference is "
                f"expected; it may be {meant}.",
                role=Role.REFERENCE,
                suggestion=meant,
                choices=(
                    Choice(meant, f"Read it as {meant}", set_action(action, "ref", meant)),
                    Choice(raw, f"Keep {raw}"),
                ),
            )

    def _from_activity(self, action: DraftAction) -> None:
        """In a plan without a column of references the action's own words may begin with it."""
        match = _LEADING.match(action.said(Role.ACTIVITY)) if self._refless == "led" else None
        if match and is_reference(tidied(match[1])):
            action.ref = tidied(match[1])
            action.words[Role.ACTIVITY] = action.said(Role.ACTIVITY)[match.end() :]

    def _rate(self, action: DraftAction, index: int) -> None:
        action.rating = self._cells.rating(action.row, Role.RATING, index)
        action.objective_rating = self._cells.rating(action.row, Role.OBJECTIVE_RATING, index, shared=False)
        for role in (Role.PREVIOUS_RATING, Role.IMPACT_RATING):
            columns = self._layout.of(role)
            texts = [
                text for column in columns if (text := self._cells.cell(action.row, column, shared=True))
            ]
            if texts:
                action.words[role] = texts[-1]
        action.marked = self._cells.shade(action.row)

    def _next_ref(self, grid: Grid, following: list[int]) -> str | None:
        column = self._layout.first(Role.REFERENCE)
        for index in following[:8]:
            texts = [grid.rows[index].text(column)] if column is not None else []
            if column is None or self._refless == "led":
                activity = self._layout.first(Role.ACTIVITY)
                match = _LEADING.match(grid.rows[index].text(activity)) if activity is not None else None
                texts = [match[1]] if match else []
            if texts and is_reference(tidied(texts[0])) and len(grid.rows[index].filled) > 1:
                return tidied(texts[0])
        return None

    def _reference_texts(self, grid: Grid, body: list[int]) -> list[str]:
        column = self._layout.first(Role.REFERENCE)
        return [] if column is None else [tidied(grid.rows[index].text(column)) for index in body]

    def _without_references(self, grid: Grid, body: list[int]) -> str:
        """Return "" where a column of references is used, "led" where actions begin with theirs, else
        "none".
        """
        activity = self._layout.first(Role.ACTIVITY)
        rows = [grid.rows[index] for index in body if len(grid.rows[index].filled) > 1]
        texts = [row.text(activity) for row in rows if row.text(activity)] if activity is not None else []
        column = self._layout.first(Role.REFERENCE)
        if column is not None and sum(1 for row in rows if row.text(column)) > _MOSTLY * len(texts):
            return ""
        led = sum(1 for text in texts if (match := _LEADING.match(text)) and is_reference(tidied(match[1])))
        return "led" if texts and led > _MOSTLY * len(texts) else "none" if column is None else ""
